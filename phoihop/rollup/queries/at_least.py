"""Units that hold at least what they show: a part of it stands unallocated at a unit above (docs/figures.md)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaAncestor, AreaCandidate, AreaTarget
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.models import Report
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.facts import is_counted
from phoihop.rollup.live.counting import duty_of, reports_below_areas, with_units_below
from phoihop.rollup.queries.columns import Columns
from phoihop.rollup.queries.confirmed import confirmed_of
from phoihop.rollup.queries.figure import FigureArea, Key
from phoihop.rollup.queries.rows import MapDays


def at_least(columns: Columns, areas: Iterable[FigureArea], days: MapDays, state: str) -> set[Key]:
    """Unit and column: a counted value of a source that may lie in the unit, or below it, stands above it."""
    rows = [
        area for area in areas if area.is_on_map and area.level != Level.NATION
    ]  # nothing stands above it
    if days.epoch_id is None or not rows:
        return set()
    parts = _units_with_parts([area.id for area in rows], days)
    if not parts:
        return set()
    return {
        (unit, name)
        for source, names in _values_given(columns, parts, state).items()
        for unit in parts[source]
        for name in names
    }


def _units_with_parts(units: list[int], days: MapDays) -> dict[int, set[int]]:
    """Source area -> units of the table that may hold a part of it while it stands strictly above them."""
    above: dict[int, set[int]] = defaultdict(set)
    links = AreaAncestor.objects.as_of(days.start)
    for unit, ancestor in links.filter(area__in=units).values_list("area_id", "ancestor_id"):
        above[unit].add(ancestor)
    targets = AreaTarget.objects.filter(
        epoch=days.epoch_id, is_whole=False, target__in=set().union(*above.values())
    )
    stands = dict(targets.values_list("area_id", "target_id"))
    if not stands:
        return {}
    candidates = AreaCandidate.objects.filter(epoch=days.epoch_id, area__in=stands)
    pairs = list(candidates.values_list("area_id", "unit_id"))
    holders: dict[int, set[int]] = defaultdict(set, {unit: {unit} for unit in units})
    upward = links.filter(area__in={unit for _, unit in pairs}, ancestor__in=units)
    for area, ancestor in upward.values_list("area_id", "ancestor_id"):
        holders[area].add(ancestor)
    found: dict[int, set[int]] = defaultdict(set)
    for source, candidate in pairs:
        found[source] |= {unit for unit in holders[candidate] if stands[source] in above[unit]}
    return {source: held for source, held in found.items() if held}


def _values_given(columns: Columns, sources: Iterable[int], state: str) -> Mapping[int, set[str]]:
    periods = {period.id: period for column in columns.entered for period in column.periods}
    rows = (
        Report.objects.expected()
        .filter(period__in=periods, area__in=list(sources), accepted_version__isnull=False)
        .values_list(
            "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
            "accepted_version__cells", "accepted_version__consolidated",
        )
    )  # fmt: skip
    given = [(ReportRow(*row[:8]), row[8], row[9]) for row in rows]
    if state == FigureState.CONFIRMED:
        standing = confirmed_of([report for report, *_ in given])
        given = [(report, *standing[report.id][1:]) for report, *_ in given if report.id in standing]
    above_others = with_units_below(report for report, *_ in given)
    below = reports_below_areas(periods, above_others) if above_others else {}
    found: dict[int, set[str]] = defaultdict(set)
    for report, cells, consolidated in given:
        period = periods[report.period_id]
        duty = duty_of(report, period, below)
        for column in columns.entered:
            code = column.indicator.code
            row = column.rule_on(period.start)
            taken = any(each.id == period.id for each in column.periods)
            if (
                not taken
                or row is None
                or not row.rule.climbs
                or cells.get(code, NOT_APPLICABLE) == NOT_APPLICABLE
            ):
                continue
            if is_counted(row.rule, duty, consolidated=code in consolidated):
                found[report.area_id].add(column.name)
    return found
