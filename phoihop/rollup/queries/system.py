"""Figures the system counts itself: communes in force, and the desks' own reports (block K)."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, Sum

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor, AreaTarget
from phoihop.indicators.enums import IndicatorKind
from phoihop.reports.content import SCALE
from phoihop.reports.models import Report
from phoihop.rollup.compute_inputs import COMMUNES_IN_FORCE, MEASURED
from phoihop.rollup.live.counting import Sums
from phoihop.rollup.models import Coverage
from phoihop.rollup.queries.columns import Column, Columns
from phoihop.rollup.queries.figure import FigureArea, Key
from phoihop.rollup.queries.leaves import leaf_reports
from phoihop.rollup.queries.rows import MapDays


def system_sums(columns: Columns, areas: Iterable[FigureArea], days: MapDays) -> dict[Key, Sums]:
    """Missing: a figure of which the system keeps no register yet (tasks)."""
    rows = [area for area in areas if area.is_on_map]
    found: dict[Key, Sums] = {}
    computed = [each for each in columns.every.values() if each.indicator.kind == IndicatorKind.SYSTEM]
    for column in computed:
        if column.indicator.code == COMMUNES_IN_FORCE and column.cover.periods:
            day = column.cover.periods[-1].last
            for area, sums in _communes_in_force(rows, days, day).items():
                found[area, column.name] = sums
    measured = [each for each in computed if each.indicator.code in MEASURED and each.periods]
    if measured:
        found |= _measured(measured, rows, days)
    return found


def _measured(columns: list[Column], areas: list[FigureArea], days: MapDays) -> dict[Key, Sums]:
    """Every party's reports, at the levels below and at the unit itself."""
    nodes = {area.id for area in areas if area.level != Level.COMMUNE}
    leaves = {area.id for area in areas} - nodes
    periods = {period.id: period for column in columns for period in column.periods}
    counts: dict[tuple[int, int], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kept = Coverage.objects.filter(area__in=nodes, period__in=periods, map_key=days.key)
    names = sorted(set(MEASURED.values()))
    for area, period, *amounts in kept.values_list("area_id", "period_id").annotate(*map(Sum, names)):
        counts[area, period] = dict(zip(names, amounts, strict=True))
    reports = leaf_reports(periods.values(), leaves, days, "received") if leaves else []
    timely = Report.objects.filter(pk__in=[each.report.id for each in reports], is_on_time=True)
    punctual = set(timely.values_list("pk", flat=True)) if reports else set()
    for each in reports:
        row = counts[each.area_id, each.report.period_id]
        row["expected"] += 1
        row["accepted"] += each.version_id is not None
        row["timely"] += each.version_id is not None and each.report.id in punctual
    return {
        (area.id, column.name): _whole(
            sum(
                counts[area.id, period.id].get(MEASURED[column.indicator.code], 0)
                for period in column.periods
            )
        )
        for area in areas
        for column in columns
        if any((area.id, period.id) in counts for period in column.periods)
    }


def _communes_in_force(areas: list[FigureArea], days: MapDays, day: date) -> dict[int, Sums]:
    """Communes of the day's own register, each carried to the map like a value."""
    communes = Area.objects.filter(level=Level.COMMUNE).as_of(day)
    wanted = [area.id for area in areas]
    found: dict[int, Sums] = defaultdict(Sums)
    if days.epoch_id is None:
        links = AreaAncestor.objects.as_of(day).filter(ancestor__in=wanted, area__in=communes)
        above = list(links.values_list("ancestor_id").annotate(Count("pk")))
        here = communes.filter(pk__in=wanted).values_list("pk", flat=True)
        standing = [(area, True, 1) for area in here]
    else:
        targets = AreaTarget.objects.filter(epoch=days.epoch_id, area__in=communes)
        path = "target__ancestor_links__"
        climbing = targets.filter(_on_the_map(path, days.start), **{f"{path}ancestor__in": wanted})
        above = list(climbing.values_list(f"{path}ancestor_id").annotate(Count("pk")))
        here = targets.filter(target__in=wanted)
        standing = list(here.values_list("target_id", "is_whole").annotate(Count("pk")))
    for area, count in above:
        found[area].total += count * SCALE
    for area, is_whole, count in standing:
        found[area].total += count * SCALE
        found[area].own += count * SCALE * is_whole
        found[area].unallocated += count * SCALE * (not is_whole)
    return found


def _on_the_map(links: str, day: date) -> Q:
    starts = Q(**{f"{links}valid_from__isnull": True}) | Q(**{f"{links}valid_from__lte": day})
    ends = Q(**{f"{links}valid_until__isnull": True}) | Q(**{f"{links}valid_until__gt": day})
    return starts & ends


def _whole(count: int) -> Sums:
    return Sums(total=count * SCALE, own=count * SCALE)
