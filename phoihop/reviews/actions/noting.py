"""Looks at frozen versions again after corrections; what it finds stands on the review's page, its room and its desks'."""

import logging
from datetime import datetime

from django.db import DatabaseError

from phoihop.core import clock
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.gathering.quotes import quoted_keys
from phoihop.reviews.models import FailedCheck, FigureCheck, ReviewVersion
from phoihop.reviews.queries.acts import basis_acts, basis_now, basis_of
from phoihop.reviews.queries.changes import changed_now
from phoihop.reviews.queries.checked import BETWEEN
from phoihop.reviews.queries.reviews import context_of
from phoihop.reviews.queries.watching import entries_since, watched
from phoihop.rollup.ledger import last_seq

log = logging.getLogger(__name__)


def note_changes() -> list[FigureCheck]:
    """Of every version people read."""
    seq, basis = last_seq(), basis_now()
    return [check for version in watched() if (check := _looked_at(version, seq, basis)) is not None]


def _looked_at(version: ReviewVersion, seq: int, basis: int) -> FigureCheck | None:
    """One that cannot be computed never keeps the others from it; its page says so."""
    failed = getattr(version, "failed_check", None)
    if failed and clock.now() - failed.at < BETWEEN:
        return None
    try:
        check = _noted(version, seq, basis)
    except DatabaseError:
        raise  # no fault of this review: all are looked at again
    except Exception as fault:  # `review verify` says why it cannot be computed again
        log.warning("The review %s cannot be computed again.", version.review.slug, exc_info=fault)
        FailedCheck.objects.update_or_create(version=version, defaults={"at": clock.now()})
        return None
    if failed:
        failed.delete()
    return check


def _noted(version: ReviewVersion, seq: int, basis: int) -> FigureCheck | None:
    """None where nothing was to be looked at."""
    held = getattr(version, "figure_check", None)
    after, known = (held.ledger_seq, held.basis) if held else (version.ledger_seq, basis_of(version))
    if held and (after, known) == (seq, basis):
        return None
    if held and held.changed and clock.now() - held.checked_at < BETWEEN:
        return None
    values, reworded, moved_at = (held.values, held.reworded, held.moved_at) if held else ({}, [], None)
    question = Question.from_json(context_of(version)["provenance"]["question"], upto=seq)
    entries, act = entries_since(question, after, seq), _last_act(known)
    entry = entries.order_by("-seq").values_list("at", flat=True).first()
    if entry or act:
        touched = (
            None if act else set(entries.values_list("report__period__form__window", "report__period__code"))
        )
        moved = changed_now(version, touched=touched, known=values)
        values = {each.key: each.now for each in moved}
        kept = [] if touched is None else [key for key in reworded if key in values]
        reworded = sorted({*kept, *(each.key for each in moved if each.is_reworded)})
        moved_at = max(at for at in (entry, act) if at) if values else None
    fields = {
        "ledger_seq": seq, "basis": basis, "changed": len(values), "values": values, "reworded": reworded,
        "quoted": len(quoted_keys(context_of(version)) & values.keys()), "moved_at": moved_at, "checked_at": clock.now(),
    }  # fmt: skip
    return FigureCheck.objects.update_or_create(version=version, defaults=fields)[0]


def _last_act(known: int) -> datetime | None:
    """On the map or the catalogue: then anything may have moved."""
    found: datetime | None = (
        basis_acts().filter(pk__gt=known).order_by("-pk").values_list("at", flat=True).first()
    )
    return found
