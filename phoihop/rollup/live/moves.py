"""What a run of ledger entries changes: for each report, the version that stood and the one that stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from phoihop.reports.enums import ReportState
from phoihop.reports.models import LedgerEntry, ReportingPeriod
from phoihop.rollup.compute_rules import PeriodRow, ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live.confirming import confirmed_of_lines, tops_among
from phoihop.rollup.live.counting import (
    Counter,
    Rulebook,
    facts_of,
    reports_below_areas,
    with_units_below,
)
from phoihop.rollup.live.places import places_of
from phoihop.rollup.live.tables import move_partials

_ENTERED = (
    "report__state", "report_id", "report__period_id", "report__area_id", "report__level", "report__party",
    "report__covers_until", "report__organisation_id", "report__superior_id", "report__is_on_time",
)  # fmt: skip


class Move(NamedTuple):
    report: ReportRow
    state: str
    before: int | None  # versions
    after: int | None


@dataclass(frozen=True)
class Run:
    """Entries after one ledger number, up to another."""

    after: int
    upto: int
    entered: Collection[ReportRow]  # reports, once each
    expected: Collection[int] = ()  # of these, the ones still on the list

    @classmethod
    def between(cls, after: int, upto: int) -> "Run":
        if upto == after:
            return cls(after, upto, ())
        entries = LedgerEntry.objects.filter(seq__gt=after, seq__lte=upto)
        found = {row[1]: row for row in entries.values_list(*_ENTERED)}
        expected = {pk for pk, (state, *_report) in found.items() if state != ReportState.WITHDRAWN}
        entered = [ReportRow(*row[1:9])._replace(is_on_time=bool(row[9])) for row in found.values()]
        return cls(after, upto, entered, expected)

    def moves(self, *, besides: Collection[int]) -> list[Move]:
        """Those in windows whose lists stand still.

        A confirmed version moves only where the top of a line was accepted; then that line is looked at.
        """
        reports = {
            each.id: each
            for each in self.entered
            if each.id in self.expected and each.period_id not in besides
        }
        if not reports:
            return []
        before, after = _standing(reports, self.after, self.upto)
        found = list(_changes(reports.values(), FigureState.RECEIVED, before, after))
        changed = {move.report.id for move in found}
        for tops in tops_among(reports[each] for each in changed).values():
            line, stood, stands = confirmed_of_lines(tops, self.after, self.upto)
            found += _changes(line, FigureState.CONFIRMED, stood, stands)
        return found


def apply_moves(moves: Collection[Move]) -> None:
    """Adds what stands now and takes away what stood, at every unit above."""
    if not moves:
        return
    reports = [move.report for move in moves]
    periods = {report.period_id for report in reports}
    rows = _period_rows(periods)
    above_others = with_units_below(reports)
    below = reports_below_areas(periods, above_others) if above_others else {}
    rulebook = Rulebook.load()
    counter = Counter(rulebook, rows, places_of({report.area_id for report in reports}), below)
    versions = {version for move in moves for version in (move.before, move.after) if version}
    facts = facts_of(versions, rulebook.codes)
    for move in moves:
        if move.before:
            counter.move(move.report, facts[move.before], state=move.state, sign=-1)
        if move.after:
            counter.move(move.report, facts[move.after], state=move.state, sign=1)
    move_partials(counter.partials)


def _period_rows(periods: Collection[int]) -> dict[int, PeriodRow]:
    found = ReportingPeriod.objects.filter(pk__in=periods).values_list(
        "pk", "form_id", "form__window", "code", "start", "end"
    )
    return {row[0]: PeriodRow(*row) for row in found}


def _standing(reports: Collection[int], *numbers: int) -> list[dict[int, int | None]]:
    """At each of these ledger numbers, report -> the version its last entry named."""
    entries = LedgerEntry.objects.filter(report__in=reports, seq__lte=max(numbers)).order_by("seq")
    rows = list(entries.values_list("seq", "report_id", "version_id"))
    return [{report: version for seq, report, version in rows if seq <= upto} for upto in numbers]


def _changes(
    reports: Iterable[ReportRow],
    state: str,
    before: Mapping[int, int | None],
    after: Mapping[int, int | None],
) -> Iterable[Move]:
    for report in reports:
        old, new = before.get(report.id), after.get(report.id)
        if old != new:
            yield Move(report, state, old, new)
