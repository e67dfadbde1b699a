"""What the database knows beside the report itself, read once for many reports."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.checks.filled import Filled, figures
from phoihop.reports.checks.tables import BALANCES, COUNTS_OF_COMMUNES
from phoihop.reports.models import Report, ReportingPeriod, ReportVersion
from phoihop.reports.queries.cells import FormCell, cells_for
from phoihop.reports.queries.values import (
    Given,
    earlier_code,
    given,
    given_by_one,
    given_in,
    handed_in_last,
    of_organisations,
)

MOVING = {code for row in BALANCES for code in (row.added, row.ended)}


@dataclass
class Evidence:
    """Of one period."""

    period: ReportingPeriod
    with_units_below: Collection[int] = frozenset()  # area ids
    communes_below: Mapping[tuple[int, date], int] = field(default_factory=dict)  # by area and covers_until
    year_before: Mapping[int, Given] = field(default_factory=dict)  # by organisation
    window_before: Mapping[int, Given] = field(default_factory=dict)
    handed_in: Mapping[int, Given] = field(default_factory=dict)  # by report
    movements: Mapping[int, Mapping[str, int]] = field(default_factory=dict)
    asked: dict[tuple[str, str, bool], dict[str, FormCell]] = field(default_factory=dict)

    @cached_property
    def known(self) -> frozenset[str]:
        return _codes_in_force(self.period)

    def filled(self, report: Report, cells: Mapping[str, str], consolidated: Collection[str]) -> Filled:
        asked = self._asked(report)
        return Filled(
            level=report.level,
            asked=asked,
            cells=cells,
            consolidated=frozenset(consolidated),
            known=self.known if cells.keys() - asked.keys() else frozenset(asked),
            is_whole_window=(
                report.covers_from == self.period.start and report.covers_until == self.period.end
            ),
            has_units_below=report.level != Level.COMMUNE and report.area_id in self.with_units_below,
            communes_below=self.communes_below.get((report.area_id, report.covers_until)),
            year_before=self.year_before.get(report.organisation_id),
            window_before=self.window_before.get(report.organisation_id),
            handed_in=self.handed_in.get(report.pk),
            movements=self.movements.get(report.organisation_id, {}),
        )

    def _asked(self, report: Report) -> dict[str, FormCell]:
        place = (report.level, report.party, not report.has_children_asked)
        if place not in self.asked:
            cells = cells_for(self.period.form, self.period.start, *place[:2], stands_for_below=place[2])
            self.asked[place] = {cell.code: cell for cell in cells}
        return self.asked[place]


def gather(period: ReportingPeriod, reports: Sequence[Report], codes: set[str]) -> Evidence:
    """`codes` are those the reports fill in: what no check will ask is not read."""
    organisations = {report.organisation_id for report in reports}
    year_before = earlier_code(period, "same_period_last_year")
    window_before = earlier_code(period, "previous")
    earlier = _earlier(period, {year_before, window_before}, organisations)
    has_stock = any(row.stock in codes for row in BALANCES)
    return Evidence(
        period=period,
        with_units_below=_areas_with_units_below(period, reports),
        communes_below=_communes_below(reports) if codes & set(COUNTS_OF_COMMUNES) else {},
        year_before=earlier.get(year_before, {}),
        window_before=earlier.get(window_before, {}) if has_stock else {},
        handed_in=handed_in_last(period, reports),
        movements=_movements(period, organisations) if has_stock and not codes >= MOVING else {},
    )


def _codes_in_force(period: ReportingPeriod) -> frozenset[str]:
    versions = IndicatorVersion.objects.as_of(period.start)
    return frozenset(versions.values_list("indicator__code", flat=True))


def _areas_with_units_below(period: ReportingPeriod, reports: Sequence[Report]) -> set[int]:
    areas = {report.area_id for report in reports if report.level != Level.COMMUNE}
    if not areas:
        return set()
    links = AreaAncestor.objects.overlapping(period.start, period.end).filter(ancestor__in=areas)
    return set(links.values_list("ancestor", flat=True).distinct())


def _communes_below(reports: Sequence[Report]) -> dict[tuple[int, date], int]:
    areas: dict[date, set[int]] = defaultdict(set)
    for report in reports:
        if report.level != Level.COMMUNE:
            areas[report.covers_until].add(report.area_id)
    found = {(area, end): 0 for end, of_day in areas.items() for area in of_day}
    for end, of_day in areas.items():
        last = end - timedelta(days=1)
        communes = Area.objects.as_of(last).at_level(Level.COMMUNE)
        links = AreaAncestor.objects.as_of(last).filter(ancestor__in=of_day, area__in=communes)
        for area, count in links.values_list("ancestor").annotate(Count("pk")):
            found[area, end] = count
    return found


def _earlier(
    period: ReportingPeriod, codes: set[str | None], organisations: Collection[int]
) -> dict[str | None, dict[int, Given]]:
    found: dict[str | None, dict[int, Given]] = defaultdict(dict)
    named = [code for code in codes if code]
    [*one] = organisations if len(organisations) == 1 else ()
    versions = given_by_one(period, named, *one) if one else given_in(period, named, organisations)
    for version in versions:
        found[version.report.period.code][version.report.organisation_id] = given(version)
    return found


def _movements(period: ReportingPeriod, organisations: Collection[int]) -> dict[int, dict[str, int]]:
    """Sums over the other forms' windows inside this one, where together they cover all its days."""
    versions = of_organisations(
        ReportVersion.objects.in_force()
        .filter(report__period__start__gte=period.start, report__period__end__lte=period.end)
        .exclude(report__period=period),
        organisations,
    )
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[tuple[int, str], int] = defaultdict(int)
    for version in versions.select_related("report"):
        report = version.report
        moved = figures({code: text for code, text in version.cells.items() if code in MOVING})
        for code, value in moved.items():
            sums[report.organisation_id][code] += value
            days[report.organisation_id, code] += (report.covers_until - report.covers_from).days
    whole = (period.end - period.start).days
    return {
        organisation: {code: value for code, value in each.items() if days[organisation, code] == whole}
        for organisation, each in sums.items()
    }
