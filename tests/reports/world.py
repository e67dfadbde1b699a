"""One province with two communes, of one party, that report by half-years: small enough to reckon by head."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.core import clock
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation
from phoihop.periods import Period, parse_period
from phoihop.programmes.models import Programme
from phoihop.reports.actions import accept_report, open_period, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import AskedScope, Report, ReportForm, ReportingPeriod
from tests.factories.areas import area_under, nation
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import OrganisationFactory, police_of, user_for
from tests.factories.reports import half_form

H1 = parse_period("ADM-2026-H1")
IN_TIME = datetime(2026, 6, 15, 3, tzinfo=UTC)
LATE = datetime(2026, 7, 15, 3, tzinfo=UTC)
CELLS = {"B01": "4", "B02": "400"}


@dataclass
class World:
    country: Area
    province: Area
    communes: list[Area]
    centre: Organisation
    desk: Organisation  # the province's police
    units: list[Organisation]  # the communes' police
    programme: Programme
    form: ReportForm
    users: dict[str, User] = field(default_factory=dict)

    def user(self, organisation: Organisation, role: Role) -> User:
        """The same user each time."""
        key = f"{organisation.slug}/{role}"
        if key not in self.users:
            self.users[key] = user_for(organisation, role)
        return self.users[key]

    def officer(self, index: int = 0) -> User:
        return self.user(self.units[index], Role.REPORTING_OFFICER)

    @property
    def provincial_desk(self) -> User:
        return self.user(self.desk, Role.PROVINCIAL_DESK)

    @property
    def central_desk(self) -> User:
        return self.user(self.centre, Role.CENTRAL_DESK)

    def open(self, period: Period = H1) -> ReportingPeriod:
        return open_period(form=self.form, period=period, by=None)

    def report_of(self, organisation: Organisation, period: ReportingPeriod | None = None) -> Report:
        reports = Report.objects.filter(organisation=organisation)
        return reports.get(period=period) if period else reports.get()

    def ask(self, level: Level, root: Area, party: PartyKind = PartyKind.POLICE, **dates: date) -> AskedScope:
        return AskedScope.objects.create(form=self.form, level=level, root=root, party=party, **dates)


def new_world() -> World:
    country = nation()
    province = area_under(country, Level.PROVINCE, "Kon Tum")
    communes = [area_under(province, Level.COMMUNE, name) for name in ("Đăk Hà", "Đăk Tô")]
    centre = police_of(country)
    desk = police_of(province, centre)
    units = [police_of(commune, desk) for commune in communes]
    programme = programme_in(country)
    form = half_form(programme)
    indicator("B01", programme=programme)
    indicator("B02", programme=programme)
    world = World(country, province, communes, centre, desk, units, programme, form)
    for level, root in ((Level.COMMUNE, province), (Level.PROVINCE, country)):
        world.ask(level, root)
    return world


def submitted(report: Report, cells: dict[str, str] | None = None, **fields: Any) -> Report:
    """By the system, in time unless told otherwise."""
    given = {"by": None, "origin": Origin.FORM, "simulated": True, **fields}
    with clock.pinned(given.pop("at", IN_TIME)):
        return submit_report(report=report, cells=CELLS if cells is None else cells, **given)


def accepted(report: Report, cells: dict[str, str] | None = None, **fields: Any) -> Report:
    return accept_report(report=submitted(report, cells, **fields), by=None)


def front_of(area: Area, parent: Organisation | None = None) -> Organisation:
    return OrganisationFactory(area=area, parent=parent, party=PartyKind.FRONT)
