"""What a run of ledger entries changes: for each report, the version that stood and the one that stands."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from phoihop.reports.models import LedgerEntry, Report, ReportingPeriod
from phoihop.rollup.compute_rows import accepted_versions, confirmed_versions, period_rows, report_rows
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live.counting import (
    Counter,
    Rulebook,
    facts_of,
    reports_below_areas,
    with_units_below,
)
from phoihop.rollup.live.places import places_of
from phoihop.rollup.live.tables import move_partials


class Move(NamedTuple):
    report: ReportRow
    state: str
    before: int | None  # versions
    after: int | None


@dataclass(frozen=True)
class Run:
    """Entries after one ledger number, up to another, in windows whose lists stand still."""

    after: int
    upto: int
    periods: Collection[int]

    def moves(self) -> list[Move]:
        """A confirmed version moves only where the top of a line was accepted; then its whole window is looked at."""
        reports = _reports_entered(self)
        before, after = _standing(reports, self.after), _standing(reports, self.upto)
        found = list(_changes(reports.values(), FigureState.RECEIVED, before, after))
        changed = {move.report.id for move in found}
        for period in _with_changed_tops(reports[each] for each in changed):
            found += self._confirmed_moves(period)
        return found

    def _confirmed_moves(self, period: int) -> Iterable[Move]:
        reports = report_rows([period])
        before, after = (
            confirmed_versions(reports, accepted_versions([period], seq), [period], seq)
            for seq in (self.after, self.upto)
        )
        return _changes(reports, FigureState.CONFIRMED, before, after)


def apply_moves(moves: Collection[Move]) -> None:
    """Adds what stands now and takes away what stood, at every unit above."""
    if not moves:
        return
    reports = [move.report for move in moves]
    periods = {report.period_id for report in reports}
    rows = period_rows(ReportingPeriod.objects.filter(pk__in=periods).select_related("form"))
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


def changes_who_gave(moves: Iterable[Move]) -> set[int]:
    """Windows where a report became accepted or confirmed, or no longer is."""
    return {move.report.period_id for move in moves if (move.before is None) != (move.after is None)}


def _reports_entered(run: Run) -> dict[int, ReportRow]:
    entered = LedgerEntry.objects.filter(seq__gt=run.after, seq__lte=run.upto)
    mine = Report.objects.expected().filter(period__in=run.periods, pk__in=entered.values("report"))
    rows = mine.values_list(
        "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id"
    )
    return {row[0]: ReportRow(*row) for row in rows}


def _standing(reports: Collection[int], upto: int) -> dict[int, int | None]:
    entries = LedgerEntry.objects.filter(report__in=reports, seq__lte=upto).order_by("seq")
    return dict(entries.values_list("report_id", "version_id"))


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


def _with_changed_tops(changed: Iterable[ReportRow]) -> set[int]:
    """Windows in which a changed report stands at the top of its line: its superior owes none there."""
    reports = list(changed)
    superiors = Report.objects.expected().filter(
        period__in={report.period_id for report in reports},
        organisation__in={report.superior_id for report in reports if report.superior_id},
    )
    reporting = set(superiors.values_list("period_id", "organisation_id"))
    return {each.period_id for each in reports if (each.period_id, each.superior_id) not in reporting}
