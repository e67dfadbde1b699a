from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError, connection

from phoihop.core import clock
from phoihop.reports.models import LedgerEntry
from phoihop.rollup.models import AppliedPosition


@dataclass(frozen=True, slots=True)
class Health:
    is_well: bool
    waiting: int  # accepted reports the figures do not include yet
    at: datetime


def health() -> Health:
    """Whether the database answers, and how far the figures are behind it."""
    try:
        last = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        applied = AppliedPosition.objects.values_list("seq", flat=True).first() or 0
    except DatabaseError:
        connection.close()
        return Health(is_well=False, waiting=0, at=clock.now())
    return Health(is_well=True, waiting=max(0, last - applied), at=clock.now())
