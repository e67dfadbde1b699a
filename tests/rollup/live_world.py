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
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.models import Report, ReportForm, ReportingPeriod, ReportVersion
from tests.factories.areas import area_under, nation, succeed
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import OrganisationFactory
from tests.factories.reports import accepted, enter, expected, half, half_form

MERGER = date(2025, 7, 1)
OLD, NEW = "open", "2025-07-01"


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


def build_world() -> World:
    world = World()
    _areas(world)
    rebuild_derived()
    _organisations(world)
    world.programme = programme_in(world.areas["Nation"])
    indicator("F1", programme=world.programme)
    indicator("S1", "stock", programme=world.programme, levels=["commune"])
    indicator("U1", "distinct", programme=world.programme)
    indicator("R1", "ratio", programme=world.programme, **_operands(), factor=100, decimals=2, unit_vi="%")
    world.form = half_form(world.programme)
    return world


def _operands() -> dict[str, Any]:
    from phoihop.indicators.models import Indicator

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
