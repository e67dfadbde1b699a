"""Up to where a frozen version was looked at again, and whether that still says how things are."""

from datetime import timedelta

from phoihop.core import clock
from phoihop.reviews.models import FigureCheck, ReviewVersion
from phoihop.reviews.queries.acts import basis_now
from phoihop.rollup.ledger import last_seq

BETWEEN = timedelta(minutes=5)  # a version already known to have changed is not computed more often


def recent_check(version: ReviewVersion) -> FigureCheck | None:
    """Computing a national review takes many seconds: what the job found a moment ago serves a page as well."""
    held = FigureCheck.objects.filter(version=version).first()
    if held is None or (held.ledger_seq, held.basis) == (last_seq(), basis_now()):
        return held
    return held if held.changed and clock.now() - held.checked_at < BETWEEN else None
