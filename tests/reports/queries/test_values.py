from phoihop.periods import parse_period
from phoihop.reports.actions import return_report
from phoihop.reports.models import ReportVersion
from phoihop.reports.queries.values import (
    latest_values,
    previous_value,
    previous_values,
    values_a_year_before,
)
from tests.reports.world import World, accepted, submitted


def test_latest_values_are_the_accepted_else_the_submitted(world: World) -> None:
    period = world.open()
    first = accepted(world.report_of(world.units[0]), {"B01": "4"})
    submitted(first, {"B01": "5"}, reason="Chờ tiếp nhận")
    second = submitted(world.report_of(world.units[1]), {"B01": "6"})

    values = latest_values(period.reports.all())

    assert {key: given.cells for key, given in values.items()} == {
        first.pk: {"B01": "4"},
        second.pk: {"B01": "6"},
    }


def test_only_the_last_of_several_submitted_versions_speaks(world: World) -> None:
    world.open()
    submitted(world.report_of(world.units[0]), {"B01": "4"})
    report = submitted(world.report_of(world.units[0]), {"B01": "5"})

    version = ReportVersion.objects.in_force().get()
    assert (version.number, latest_values([report])[report.pk].cells) == (2, {"B01": "5"})


def test_returned_report_says_nothing(world: World) -> None:
    world.open()
    report = return_report(report=submitted(world.report_of(world.units[0])), reason="Sai", by=None)

    assert latest_values([report]) == {}


def test_values_of_the_window_before_and_of_the_year_before(world: World) -> None:
    for code, b01 in (("ADM-2025-H1", "1"), ("ADM-2025-H2", "2")):
        accepted(world.report_of(world.units[0], world.open(parse_period(code))), {"B01": b01})
    now = world.report_of(world.units[0], world.open())

    assert previous_value(now, "B01") == "2"
    assert previous_value(now, "B02") is None
    before = values_a_year_before(now)
    assert before is not None
    assert before.cells == {"B01": "1"}
    assert previous_values(world.report_of(world.units[1], now.period)) is None
