"""Totals over the windows taken: of units with live rows from the tables, of communes from their own versions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F, Min, Q, Sum

from phoihop.areas.enums import Level
from phoihop.reports.content import NOT_APPLICABLE, scaled
from phoihop.rollup.compute_rules import PeriodRow
from phoihop.rollup.facts import Duty, is_counted
from phoihop.rollup.live.counting import Sums, duty_from, duty_of, reports_below_areas, with_units_below
from phoihop.rollup.models import DutyCount, Partial
from phoihop.rollup.queries.columns import Columns
from phoihop.rollup.queries.figure import FigureArea, Key
from phoihop.rollup.queries.leaves import LeafReport, leaf_reports
from phoihop.rollup.queries.rows import MapDays

_AMOUNTS = ("total", "own", "unallocated", "reported", "not_applicable")


@dataclass
class Totals:
    """By unit and name of the column."""

    sums: dict[Key, Sums] = field(default_factory=dict)
    expected: dict[Key, int] = field(default_factory=lambda: defaultdict(int))


def totals(
    columns: Columns, areas: Iterable[FigureArea], days: MapDays, state: str, *, with_expected: bool = True
) -> Totals:
    rows = [area for area in areas if area.is_on_map]
    leaves = {area.id for area in rows if area.level == Level.COMMUNE}
    nodes = {area.id for area in rows} - leaves
    found = Totals()
    if nodes:
        _read_partials(found, columns, nodes, days.key, state)
    if nodes and with_expected:
        _read_duties(found, columns, nodes, days.key)
    if leaves:
        _read_leaves(found, columns, leaves, days, state)
    return found


def _read_partials(found: Totals, columns: Columns, nodes: set[int], map_key: str, state: str) -> None:
    wanted = Q()
    groups = columns.by_periods()
    for periods, group in groups.items():
        wanted |= Q(period__in=periods, indicator__in=[column.indicator.id for column in group])
    if not groups:
        return
    names = {
        (column.indicator.id, period.id): column.name
        for column in columns.entered
        for period in column.periods
    }
    rows = Partial.objects.filter(wanted, area__in=nodes, map_key=map_key, state=state)
    window = F("period_id") if columns.is_split else Min("period_id")  # any: all are of one column
    found_rows = rows.values_list("area_id", "indicator_id").annotate(
        window=window, **{f"sum_{name}": Sum(name) for name in _AMOUNTS}
    )
    for area, indicator, period, *amounts in found_rows:
        sums = found.sums.setdefault((area, names[indicator, period]), Sums())
        found.sums[area, names[indicator, period]] = sums.moved_by(Sums(*map(int, amounts)))


def _read_duties(found: Totals, columns: Columns, nodes: set[int], map_key: str) -> None:
    periods = {period.id: period for column in columns.entered for period in column.periods}
    rows = DutyCount.objects.filter(period__in=periods, area__in=nodes, map_key=map_key)
    counts: dict[int, dict[tuple[int, str], tuple[int, int]]] = defaultdict(dict)
    for area, period, text, total, own in rows.values_list(
        "area_id", "period_id", "duty__text", "total", "own"
    ):
        counts[area][period, text] = total, own
    duties = {text: duty_from(text) for count in counts.values() for _period, text in count}
    for column in columns.entered:
        mine = {period.id for period in column.periods}
        kinds = {kind for count in counts.values() for kind in count if kind[0] in mine}
        owed = {(period, text) for period, text in kinds if column.owes(periods[period], duties[text])}
        for area, count in counts.items():
            both = [count[kind] for kind in owed & count.keys()]
            found.expected[area, column.name] = sum(total if column.climbs else own for total, own in both)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one column takes from every report of one duty in one window."""

    name: str
    code: str
    climbs: bool
    is_owed: bool
    counts_own: bool
    counts_whole: bool  # a consolidated value


def _read_leaves(found: Totals, columns: Columns, leaves: set[int], days: MapDays, state: str) -> None:
    periods = {period.id: period for column in columns.entered for period in column.periods}
    reports = leaf_reports(periods.values(), leaves, days, state)
    above_others = with_units_below(each.report for each in reports)
    below = reports_below_areas(periods, above_others) if above_others else {}
    plans: dict[tuple[int, Duty], list[_Plan]] = {}
    for each in reports:
        period = periods[each.report.period_id]
        duty = duty_of(each.report, period, below)
        if (period.id, duty) not in plans:
            plans[period.id, duty] = _plans(columns, period, duty)
        for plan in plans[period.id, duty]:
            if plan.climbs or (each.is_whole and each.area_id == each.report.area_id):
                _add_leaf(found, plan, each)


def _plans(columns: Columns, period: PeriodRow, duty: Duty) -> list[_Plan]:
    plans = []
    for column in columns.entered:
        rule = column.rule_on(period.start)
        if rule is None or period not in column.periods:
            continue
        counts_own, counts_whole = (
            is_counted(rule.rule, duty, consolidated=whole) for whole in (False, True)
        )
        owed = column.owes(period, duty)
        if owed or counts_own or counts_whole:
            plans.append(
                _Plan(column.name, column.indicator.code, column.climbs, owed, counts_own, counts_whole)
            )
    return plans


def _add_leaf(found: Totals, plan: _Plan, each: LeafReport) -> None:
    key = (each.area_id, plan.name)
    found.expected[key] += plan.is_owed
    text = each.cells.get(plan.code)
    counts = plan.counts_whole if plan.code in each.consolidated else plan.counts_own
    if text is None or not counts:
        return
    value = None if text == NOT_APPLICABLE else scaled(text)
    sums = found.sums.setdefault(key, Sums())
    sums.total += value or 0
    if each.is_whole:
        sums.own += value or 0
    else:
        sums.unallocated += value or 0
    sums.reported += 1
    sums.not_applicable += value is None
