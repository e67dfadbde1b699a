"""The figures of now for a run of a draft, or a version no job looks at by itself: asked for, then computed beside the pages."""

import logging

from django.db import DatabaseError, transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.reviews.actions.guards import require_reading_why
from phoihop.reviews.models import AskedFigures, DraftRun
from phoihop.reviews.queries.acts import basis_now
from phoihop.reviews.queries.changes import changed_at
from phoihop.reviews.queries.sides import Stand, side_of
from phoihop.rollup.ledger import last_seq

log = logging.getLogger(__name__)


@transaction.atomic
def ask_figures(*, stand: Stand, by: User | None) -> AskedFigures:
    """Who asks while they are being computed is answered with those."""
    require_reading_why(by, stand.review)
    key = {"run": stand} if isinstance(stand, DraftRun) else {"version": stand}
    now = {"is_waiting": True, "asked_at": clock.now(), "asked_by": by}
    asked, _is_new = AskedFigures.objects.update_or_create(**key, defaults=now)
    details = {"number": stand.number, "of": "run" if isinstance(stand, DraftRun) else "version"}
    record("ask_figures", stand.review, by=by, details=details)
    return asked


def compute_asked() -> list[AskedFigures]:
    """Computed outside a transaction: it takes seconds, and everyone else writes meanwhile."""
    waiting = AskedFigures.objects.filter(is_waiting=True).order_by("asked_at", "pk")
    return [found for asked in waiting if (found := _computed(asked)) is not None]


def _computed(asked: AskedFigures) -> AskedFigures | None:
    """None where it cannot be computed any more; nobody waits for it then."""
    seq, basis, at = last_seq(), basis_now(), clock.now()
    asked.is_waiting = False
    try:
        side = side_of(asked.stand)
        moved = changed_at(side.figures, side.question, seq)
    except DatabaseError:
        raise  # no fault of this review: it is still waited for
    except Exception as fault:  # `review verify` says why it cannot be computed again
        slug = asked.stand.review.slug
        log.warning("Figures asked for of the review %s cannot be computed again.", slug, exc_info=fault)
        asked.save(update_fields=["is_waiting"])
        return None
    asked.values = {each.key: each.now for each in moved}
    asked.reworded = [each.key for each in moved if each.is_reworded]
    asked.ledger_seq, asked.basis, asked.checked_at = seq, basis, at
    asked.save(update_fields=["is_waiting", "values", "reworded", "ledger_seq", "basis", "checked_at"])
    return asked
