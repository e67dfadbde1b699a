"""Why a review's figure is not what it was: reports that came late, were corrected or left; the map; the catalogue."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from phoihop.areas.models import AreaAncestor
from phoihop.audit.models import AuditEvent
from phoihop.reports.models import ReportVersion
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.enums import ReasonKind
from phoihop.reviews.queries.acts import MAP_ACTS, basis_acts
from phoihop.reviews.queries.moves import Move, moves_between
from phoihop.reviews.queries.scopes import Entered, Scopes

_MAP = frozenset(MAP_ACTS)
MOST = 2_000  # reports told of in one comparison, the newest; a page must not wait for more


@dataclass(frozen=True, slots=True)
class Reason:
    """`then` and `now` are what the report gave, as reported; `said` is the reason written with the act."""

    kind: ReasonKind
    at: datetime | None = None
    by: str = ""  # username
    post: str = ""
    said: str = ""
    report_id: int | None = None
    organisation: str = ""
    window: str = ""
    number_before: int | None = None
    number_after: int | None = None
    then: str | None = None
    now: str | None = None


@dataclass(frozen=True)
class Reasons:
    """All that was done between two numbers of the ledger and of the audit log, asked figure by figure."""

    question: Question
    scopes: Scopes
    moves: Sequence[Move]
    acts: Sequence[AuditEvent]
    places: Mapping[str, frozenset[int]]  # area of an act -> it and every area it ever stood in
    is_cut: bool = False  # older reports than those of `moves` were moved as well
    moving: dict[tuple[str, frozenset[str]], Sequence[Move]] = field(
        default_factory=dict
    )  # as it is asked for

    @classmethod
    def between(cls, question: Question, ledger: tuple[int, int], log: tuple[int, int]) -> "Reasons":
        """Entries of the ledger and acts of the audit log after the first number, up to the second."""
        done = list(basis_acts().filter(pk__gt=log[0], pk__lte=log[1]).order_by("pk"))
        moves = sorted(moves_between(question, *ledger, most=MOST), key=_newest_first)
        return cls(question, Scopes.of(question), moves[:MOST], done, _places(done), len(moves) > MOST)

    def of(self, key: str, figure: Mapping[str, Any], most: int | None = None) -> tuple[int, list[Reason]]:
        """How many there are, and the newest of them; of the reports only those in its area, indicators and windows."""
        area = figure["area_id"]
        found: dict[int, tuple[Move, Entered]] = {}
        for entered in self.scopes.entered(key, figure):
            for move in self._moving(entered):
                if area in move.above:
                    found.setdefault(move.report.pk, (move, entered))
        codes = self.scopes.codes(key, figure)
        acts = [reason for act in self.acts if (reason := self._of_act(act, area, codes))]
        newest = sorted(found.values(), key=lambda each: _newest_first(each[0]))
        told = [*(_of_report(*each) for each in newest[:most]), *acts]
        told.sort(key=lambda each: each.at.timestamp() if each.at else 0.0, reverse=True)
        return len(found) + len(acts), told[:most]

    def _moving(self, entered: Entered) -> Sequence[Move]:
        """Many figures stand on one indicator: of every unit, of every window."""
        key = entered.code, entered.windows
        if key not in self.moving:
            self.moving[key] = entered.moving(self.moves)
        return self.moving[key]

    def _of_act(self, act: AuditEvent, area: int, codes: Collection[str]) -> Reason | None:
        if act.action in _MAP:
            is_near = act.action == "load_areas" or area in self.places.get(act.object_id, ())
            said = str(act.details.get("act", ""))
            return Reason(ReasonKind.MAP, act.at, act.actor, said=said) if is_near else None
        told = json.dumps(act.details, ensure_ascii=False)
        if not any(f'"{code}' in told for code in codes):
            return None
        is_catalogue = act.action == "load_indicators"
        kind = ReasonKind.DEFINITION if is_catalogue else ReasonKind.SELECTION
        return Reason(kind, act.at, act.actor)


def _newest_first(move: Move) -> float:
    version = move.after or move.before
    return -version.decided_at.timestamp() if version and version.decided_at else 0.0


def _of_report(move: Move, entered: Entered) -> Reason:
    report, version = move.report, move.after or move.before
    last = report.covers_until.toordinal() - 1
    return Reason(
        kind=_kind(move),
        at=version.decided_at if version else None,
        by=version.submitted_by.username if version and version.submitted_by else "",
        post=version.submitted_by.post_name if version and version.submitted_by else "",
        said=move.after.reason if move.after else "",
        report_id=report.pk,
        organisation=report.organisation.name_on(report.covers_until.fromordinal(last)),
        window=report.period.code,
        number_before=move.before.number if move.before else None,
        number_after=move.after.number if move.after else None,
        then=_given(move.before, entered.code),
        now=_given(move.after, entered.code),
    )


def _kind(move: Move) -> ReasonKind:
    if move.after is None:
        return ReasonKind.GONE if move.is_gone else ReasonKind.NO_LONGER
    if move.before is None:
        return ReasonKind.LATE
    return ReasonKind.CORRECTION if move.after.number > move.before.number else ReasonKind.EARLIER


def _given(version: ReportVersion | None, code: str) -> str | None:
    return version.cells.get(code) if version is not None else None


def _places(acts: Iterable[AuditEvent]) -> dict[str, frozenset[int]]:
    areas = {act.object_id for act in acts if act.action in _MAP and act.action != "load_areas"}
    found: dict[str, set[int]] = {each: {int(each)} for each in areas if each.isdigit()}
    for area, ancestor in AreaAncestor.objects.filter(area__in=[int(each) for each in found]).values_list(
        "area_id", "ancestor_id"
    ):
        found[str(area)].add(ancestor)
    return {area: frozenset(held) for area, held in found.items()}
