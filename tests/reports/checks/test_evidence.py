"""What the checks know of the database: earlier windows, windows inside, units below."""

from datetime import UTC, date, datetime

import time_machine

from phoihop.areas.enums import Level
from phoihop.periods import parse_period
from phoihop.reports.checks.evidence import gather
from phoihop.reports.content import SCALE
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from tests.factories.areas import area_under
from tests.factories.indicators import indicator
from tests.factories.orgs import police_of
from tests.reports.world import LATE, World, accepted, submitted


def evidence(world: World, period: ReportingPeriod, *codes: str):  # type: ignore[no-untyped-def]
    return gather(period, list(period.reports.all()), set(codes))


def yearly(world: World) -> ReportForm:
    form = ReportForm.objects.create(
        code="year", title_vi="Năm", title_en="Year", window="year", working_days={"commune": 2}
    )
    form.programmes.add(world.programme)
    for code in ("C06", "C07"):
        indicator(code, programme=world.programme)
    indicator("C02", "stock", programme=world.programme, window="year")
    return form


def open_year(world: World, form: ReportForm, code: str) -> ReportingPeriod:
    world.form.scopes.filter(level=Level.COMMUNE).update(form=form)
    world.form = form
    return world.open(parse_period(code))


def test_year_before_is_what_is_in_force(world: World) -> None:
    before, now = world.open(parse_period("ADM-2025-H1")), world.open()
    report = accepted(world.report_of(world.units[0], before), {"B01": "4"})
    submitted(report, {"B01": "8"}, reason="Chưa được tiếp nhận")
    submitted(world.report_of(world.units[1], before), {"B01": "6"})

    known = evidence(world, now, "B01").year_before

    assert {key: given.cells for key, given in known.items()} == {
        world.units[0].pk: {"B01": "4"},
        world.units[1].pk: {"B01": "6"},
    }


def test_last_years_report_of_fewer_days_says_so(world: World) -> None:
    before, now = world.open(parse_period("ADM-2025-H1")), world.open()
    Report.objects.filter(period=before).update(covers_from=date(2025, 3, 1))
    accepted(world.report_of(world.units[0], before))

    assert not evidence(world, now, "B01").year_before[world.units[0].pk].is_whole_window


def test_movements_are_summed_only_where_the_halves_cover_the_year(world: World) -> None:
    form = yearly(world)
    halves = [world.open(parse_period(code)) for code in ("ADM-2025-H1", "ADM-2025-H2")]
    for half, added in zip(halves, ("3", "4"), strict=True):
        accepted(world.report_of(world.units[0], half), {"C06": added, "C07": "1"})
    accepted(world.report_of(world.units[1], halves[0]), {"C06": "9", "C07": "0"})

    year = open_year(world, form, "ADM-2025")

    assert dict(evidence(world, year, "C02").movements) == {
        world.units[0].pk: {"C06": 7 * SCALE, "C07": 2 * SCALE},
        world.units[1].pk: {},
    }
    assert evidence(world, year, "B01").movements == {}


def test_stock_of_the_year_before_and_the_halves_make_one_finding(world: World) -> None:
    form = yearly(world)
    halves = [world.open(parse_period(code)) for code in ("ADM-2025-H1", "ADM-2025-H2")]
    for half in halves:
        accepted(world.report_of(world.units[0], half), {"C06": "3", "C07": "1"})
    first = open_year(world, form, "ADM-2024")
    second = world.open(parse_period("ADM-2025"))
    accepted(world.report_of(world.units[0], first), {"C02": "10"})
    known = evidence(world, second, "C02")
    report = world.report_of(world.units[0], second)

    from phoihop.reports.checks import findings_in

    assert findings_in(known.filled(report, {"C02": "14"}, [])) == []
    [finding] = findings_in(known.filled(report, {"C02": "15"}, []))
    assert finding.check == "stock_balances"


def test_units_below_are_those_of_the_map_not_of_the_list(world: World) -> None:
    bare = police_of(area_under(world.country, Level.PROVINCE, "Không xã"))
    other = police_of(area_under(world.country, Level.PROVINCE, "Có xã"))
    area_under(other.area, Level.COMMUNE, "Không báo cáo")
    period = world.open()
    known = evidence(world, period, "B01")

    below = {
        organisation: known.filled(world.report_of(organisation), {}, []).has_units_below
        for organisation in (world.desk, bare, other, world.units[0])
    }

    assert below == {world.desk: True, bare: False, other: True, world.units[0]: False}


def test_communes_are_counted_on_the_last_day_covered(world: World) -> None:
    gone = area_under(world.province, Level.COMMUNE, "Xã cũ", valid_until=date(2026, 6, 1))
    period = world.open()
    whole, cut = world.report_of(world.desk), world.report_of(world.desk)
    cut.covers_until = date(2026, 6, 1)

    reports = [whole, cut, world.report_of(world.units[0])]
    known = gather(period, reports, {"E01"})

    assert [known.filled(report, {}, []).communes_below for report in reports] == [2, 3, None]
    assert gather(period, reports, {"B01"}).filled(whole, {}, []).communes_below is None
    assert gone.valid_until


def test_indicator_of_a_later_day_is_not_known(world: World) -> None:
    indicator("N01", programme=world.programme, valid_from=date(2026, 1, 1))
    period = world.open()

    assert evidence(world, period, "B01").known == {"B01", "B02"}
    with time_machine.travel(datetime(2026, 12, 16, tzinfo=UTC)):
        later = world.open(parse_period("ADM-2026-H2"))
    assert evidence(world, later, "B01").known == {"B01", "B02", "N01"}
    assert later.start < LATE.date()
