"""Up to where a frozen version was looked at again, and whether that still says how things are."""

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from phoihop.audit.models import AuditEvent
from phoihop.core import clock
from phoihop.reviews.models import FigureCheck, ReviewVersion
from phoihop.reviews.queries.reasons import CATALOGUE_ACTS, MAP_ACTS
from phoihop.rollup.ledger import last_seq

BETWEEN = timedelta(minutes=5)  # a version already known to have changed is not computed more often


def recent_check(version: ReviewVersion) -> FigureCheck | None:
    """Computing a national review takes many seconds: what the job found a moment ago serves a page as well."""
    held = FigureCheck.objects.filter(version=version).first()
    if held is None or (held.ledger_seq, held.basis) == (last_seq(), basis_at()):
        return held
    return held if held.changed and clock.now() - held.checked_at < BETWEEN else None


def basis_at(at: datetime | None = None) -> int:
    """The last act on the map or the catalogue, by an instant."""
    acts = basis_acts() if at is None else basis_acts().filter(at__lte=at)
    return acts.aggregate(last=Max("pk"))["last"] or 0


def basis_acts() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action__in=[*MAP_ACTS, *CATALOGUE_ACTS])
