"""The figures of now as they were last computed beside the pages: a national review takes many seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from phoihop.core import clock
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.models import AskedFigures, DraftRun, FailedCheck, FigureCheck
from phoihop.reviews.queries.acts import basis_acts
from phoihop.reviews.queries.sides import Side, Stand
from phoihop.reviews.queries.watching import entries_since, is_watched
from phoihop.rollup.ledger import last_seq

BETWEEN = timedelta(minutes=5)  # a version already known to have changed is not computed more often


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of now. Missing: `values` (of the figures that moved, exact) is None where it was never computed."""

    values: Mapping[str, str | None] | None
    reworded: Sequence[str]
    ledger_seq: int
    basis: int
    at: datetime  # how things stood then
    moved: int = 0  # reports taken in, corrected or withdrawn since
    is_basis_moved: bool = False  # the map or the catalogue
    is_coming: bool = False  # a newer one is computed without anybody's doing
    failed_at: datetime | None = None  # the last one could not be computed

    @property
    def is_current(self) -> bool:
        return self.values is not None and not self.moved and not self.is_basis_moved


def held_of(stand: Stand, before: Side) -> Held:
    """Without computing a figure. What nothing has touched since it was computed is how things stand now."""
    check = _newest(stand)
    seq, basis = (check.ledger_seq, check.basis) if check else (before.ledger_seq, before.basis)
    seq, basis, until = seq or 0, basis or 0, last_seq()
    entries = entries_since(Question.from_json(before.question, upto=until), seq, until)
    moved = entries.values("report").distinct().count()
    is_basis_moved = basis_acts().filter(pk__gt=basis).exists()
    values, reworded = (dict(check.values), list(check.reworded)) if check else (None, [])
    if not moved and not is_basis_moved:
        return Held(values or {}, reworded, until, basis, clock.now())
    at = (check.checked_at if check else None) or _made_at(stand)
    failed_at = _failed_at(stand)
    is_coming = _is_coming(stand, failed_at)
    return Held(values, reworded, seq, basis, at, moved, is_basis_moved, is_coming, failed_at)


def _newest(stand: Stand) -> FigureCheck | AskedFigures | None:
    if isinstance(stand, DraftRun):
        return AskedFigures.objects.filter(run=stand, checked_at__isnull=False).first()
    found: list[FigureCheck | AskedFigures] = [
        *FigureCheck.objects.filter(version=stand),
        *AskedFigures.objects.filter(version=stand, checked_at__isnull=False),
    ]
    return max(found, key=lambda each: (each.ledger_seq or 0, each.basis or 0), default=None)


def _is_coming(stand: Stand, failed_at: datetime | None) -> bool:
    if isinstance(stand, DraftRun):
        return AskedFigures.objects.filter(run=stand, is_waiting=True).exists()
    if failed_at is None and is_watched(stand):
        return True
    return AskedFigures.objects.filter(version=stand, is_waiting=True).exists()


def _failed_at(stand: Stand) -> datetime | None:
    """Of a version a job looks at by itself."""
    if isinstance(stand, DraftRun):
        return None
    return FailedCheck.objects.filter(version=stand).values_list("at", flat=True).first()


def _made_at(stand: Stand) -> datetime:
    return stand.composed_at if isinstance(stand, DraftRun) else stand.frozen_at
