"""A country with two maps, small enough to reckon by head.

Until 1/7/2025: province North with district Upper (communes Ash, Birch and Cedar) and province South.
From then: North and South are Middle; Ash and Birch are Alder, and Cedar is split between Alder and Dale.
Police report at commune, province and nation; a front report stands beside.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.indicators.models import Indicator
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import Report, ReportForm, ReportingPeriod, ReportVersion
from tests.factories.areas import area_under, nation, succeed
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import OrganisationFactory
from tests.factories.reports import accepted, enter, expected, half, half_form

MERGER = date(2025, 7, 1)
OLD, NEW = "open", "2025-07-01"
BEFORE, ACROSS = "ADM-2025-H1", "ADM-2025-H2"
YEAR = Span.of(date(2024, 12, 15), date(2025, 12, 14))
FIRST_HALF = Span.of(date(2024, 12, 15), date(2025, 6, 14))
SECOND_HALF = Span.of(date(2025, 6, 15), date(2025, 12, 14))


@dataclass
class World:
    areas: dict[str, Area] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    reports: dict[tuple[str, str], Report] = field(default_factory=dict)
    programme: Programme = None  # type: ignore[assignment]
    form: ReportForm = None  # type: ignore[assignment]

    def report(self, name: str, period: str) -> Report:
        return Report.objects.get(pk=self.reports[name, period].pk)

    def accept(
        self, name: str, period: str, pins: list[ReportVersion] | None = None, **cells: str
    ) -> ReportVersion:
        whole = [code for code, text in cells.items() if text.startswith("*")]
        plain = {code: text.removeprefix("*") for code, text in cells.items()}
        version = accepted(self.report(name, period), plain, consolidated=whole)
        version.pins.set(pins or [])
        return version

    def standing(self, *names: str, period: str) -> list[ReportVersion]:
        found = (self.report(name, period).accepted_version for name in names)
        return [version for version in found if version]

    def withdraw(self, name: str, period: str) -> None:
        report = self.report(name, period)
        report.state = "withdrawn"
        report.save()
        if report.accepted_version_id:
            enter(report, None)


def told_world() -> World:
    """Two halves reported: the first before the merger, with corrections to come; the second across it."""
    world = build_world()
    indicator("K00", "system", programme=world.programme, over_time="last", over_units="add")
    for code in ("K05N", "K05D", "K06N"):
        indicator(code, "system", programme=world.programme, over_time="add", over_units="add")
    codes = Indicator.objects.in_bulk(field_name="code")
    parts = {"numerator": codes["K05N"], "denominator": codes["K05D"]}
    indicator(
        "K05", "system", programme=world.programme, over_time="recompute", factor=100, decimals=2, **parts
    )
    open_half(world, 2025, 1, "Nation", "North", "South", "Ash", "Birch", "Cedar", "Ash front")
    open_half(world, 2025, 2, "Nation", "North", "South", "Middle", "Ash", "Birch", "Cedar", "Alder", "Dale")
    world.accept("Ash", BEFORE, F1="5", S1="3", U1="2")
    world.accept("Ash front", BEFORE, F1="6")
    world.accept("Birch", BEFORE, F1="1.25", S1="na")
    world.accept("Cedar", BEFORE, F1="2", S1="4")
    world.accept("North", BEFORE, pins=world.standing("Ash", "Cedar", period=BEFORE), F1="10", U1="7")
    world.accept("Nation", BEFORE, pins=world.standing("North", period=BEFORE), F1="100")
    world.accept("Ash", ACROSS, F1="1", S1="9")
    world.accept("Alder", ACROSS, F1="20", S1="6")
    world.accept("Dale", ACROSS, F1="0")
    return world


def build_world() -> World:
    world = World()
    _areas(world)
    rebuild_derived()
    _organisations(world)
    world.programme = programme_in(world.areas["Nation"])
    both = ["police", "front"]
    asked = {"commune": both, "province": both, "nation": ["police"]}
    indicator("F1", programme=world.programme, asked_of=asked)
    indicator("S1", "stock", programme=world.programme, levels=["commune"])
    indicator("U1", "distinct", programme=world.programme)
    indicator("R1", "ratio", programme=world.programme, **_operands(), factor=100, decimals=2, unit_vi="%")
    world.form = half_form(world.programme)
    return world


def _operands() -> dict[str, Any]:
    codes = Indicator.objects.in_bulk(field_name="code")
    return {"numerator": codes["S1"], "denominator": codes["F1"]}


def _areas(world: World) -> None:
    put = world.areas
    put["Nation"] = nation()
    for name in ("North", "South"):
        put[name] = area_under(put["Nation"], Level.PROVINCE, name, valid_until=MERGER)
    put["Upper"] = area_under(put["North"], Level.DISTRICT, "Upper", valid_until=MERGER)
    for name in ("Ash", "Birch", "Cedar"):
        put[name] = area_under(put["Upper"], Level.COMMUNE, name, valid_until=MERGER)
    put["Middle"] = area_under(put["Nation"], Level.PROVINCE, "Middle", valid_from=MERGER)
    for name in ("Alder", "Dale"):
        put[name] = area_under(put["Middle"], Level.COMMUNE, name, valid_from=MERGER)
    succeed(put["North"], put["Middle"], on=MERGER)
    succeed(put["South"], put["Middle"], on=MERGER)
    succeed(put["Ash"], put["Alder"], on=MERGER)
    succeed(put["Birch"], put["Alder"], on=MERGER)
    succeed(put["Cedar"], put["Alder"], put["Dale"], on=MERGER)


def _organisations(world: World) -> None:
    above = {"North": "Nation", "South": "Nation", "Middle": "Nation"}
    above |= dict.fromkeys(("Ash", "Birch", "Cedar"), "North") | dict.fromkeys(("Alder", "Dale"), "Middle")
    for name in ("Nation", *above):
        area = world.areas[name]
        for party in (PartyKind.POLICE, PartyKind.FRONT):
            key = name if party == PartyKind.POLICE else f"{name} front"
            over = above.get(name)
            parent = world.organisations.get(over if party == PartyKind.POLICE else f"{over} front")
            world.organisations[key] = OrganisationFactory(
                slug=key.lower().replace(" ", "-"), area=area, party=party, parent=parent,
                valid_from=area.valid_from, valid_until=area.valid_until,
            )  # fmt: skip


def open_half(world: World, year: int, index: int, *names: str) -> ReportingPeriod:
    """The window, with a report of each organisation named, cut to the days it was in force."""
    period = half(world.form, year, index)
    for name in names:
        add_report(world, period, name)
    return period


def add_report(world: World, period: ReportingPeriod, name: str) -> Report:
    organisation = world.organisations[name]
    until = min(period.end, organisation.valid_until or period.end)
    start = max(period.start, organisation.valid_from or period.start)
    report = expected(period, organisation, covers_from=start, covers_until=until)
    world.reports[name, period.code] = report
    return report
