"""The parties' figures side by side: what stands there, how far apart, which counts."""

from decimal import Decimal
from typing import Any

import pytest

from phoihop.areas.enums import Level
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.reports.queries.reconciling import (
    Line,
    Narrowed,
    shared_indicators,
    shared_periods,
    side_by_side,
)
from tests.factories.indicators import ALL_LEVELS
from tests.factories.reports import accepted as take_in
from tests.factories.reports import expected
from tests.reports.world import World, accepted, front_of, submitted

BOTH = [PartyKind.POLICE, PartyKind.FRONT]


@pytest.fixture
def fronts(world: World) -> list[Organisation]:
    """Both communes have a Front beside the police; sessions (B01) are asked of both."""
    above = front_of(world.province, front_of(world.country))
    IndicatorVersion.objects.filter(indicator__code="B01").update(asked_of=dict.fromkeys(ALL_LEVELS, BOTH))
    world.ask(Level.COMMUNE, world.province, PartyKind.FRONT)
    return [front_of(commune, above) for commune in world.communes]


@pytest.fixture
def period(world: World, fronts: list[Organisation]) -> ReportingPeriod:
    return world.open()


def lines(world: World, period: ReportingPeriod, **more: Any) -> list[Line]:
    return side_by_side(world.provincial_desk, Narrowed(period, world.province, **more))


def told(line: Line) -> dict[str, Decimal | None]:
    return {party: figure.value for party, figure in line.figures.items()}


def in_first(world: World, period: ReportingPeriod, **more: Any) -> Line:
    return next(line for line in lines(world, period, **more) if line.area == world.communes[0])


def test_what_one_party_alone_is_asked_for_is_not_there(world: World, period: ReportingPeriod) -> None:
    assert [each.indicator.code for each in shared_indicators(period)] == ["B01"]
    assert shared_periods() == [period]
    assert {line.version.indicator.code for line in lines(world, period)} == {"B01"}


def test_nothing_is_shared_where_every_figure_has_one_party(world: World) -> None:
    world.open()
    assert shared_periods() == []


def test_the_difference_is_measured_against_the_party_that_counts(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    accepted(world.report_of(world.units[0]), {"B01": "40"})
    accepted(world.report_of(fronts[0]), {"B01": "50"})
    line = in_first(world, period)
    assert told(line) == {"police": 40, "front": 50}
    assert (line.counting, line.difference, line.percent, line.is_beyond) == ("police", 10, 25, True)
    assert line.counted is not None
    assert line.counted.value == 40


@pytest.mark.parametrize(
    ("police", "front", "tolerance", "beyond"),
    [
        ("40", "44", 10, False),  # exactly the tolerance
        ("40", "45", 10, True),
        ("40", "45", 20, False),
        ("4", "5", 10, False),  # 25 %, but one session only
        ("4", "6", 10, True),
        ("0", "1", 10, False),
        ("0", "2", 10, True),
        ("3", "3", 0, False),
        ("0", "0", 0, False),
        ("na", "9", 0, False),
    ],
)
def test_a_difference_is_marked_beyond_the_tolerance(
    world: World,
    fronts: list[Organisation],
    period: ReportingPeriod,
    police: str,
    front: str,
    tolerance: int,
    beyond: bool,
) -> None:
    accepted(world.report_of(world.units[0]), {"B01": police})
    accepted(world.report_of(fronts[0]), {"B01": front})
    assert in_first(world, period, tolerance_percent=tolerance).is_beyond is beyond


def test_what_is_not_decided_is_shown_a_draft_and_a_returned_figure_are_not(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    assert told(in_first(world, period)) == {"police": None, "front": None}
    submitted(world.report_of(fronts[0]), {"B01": "50"})
    figure = in_first(world, period).figures["front"]
    assert (figure.value, figure.state, figure.is_simulated) == (50, "submitted", True)
    Report.objects.filter(pk=figure.report_id).update(state="returned")
    assert in_first(world, period).figures["front"].value is None


def test_the_accepted_figure_stands_while_its_correction_waits(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    report = accepted(world.report_of(fronts[0]), {"B01": "50"})
    submitted(report, {"B01": "70"}, reason="Đếm lại")
    assert in_first(world, period).figures["front"].value == 50


def test_a_missing_counting_party_is_not_replaced(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    accepted(world.report_of(fronts[0]), {"B01": "50"})
    line = in_first(world, period)
    assert (line.counting, line.counted and line.counted.value, line.difference) == ("police", None, None)


def test_the_furthest_apart_come_first(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    for index, front in enumerate(("41", "90")):
        accepted(world.report_of(world.units[index]), {"B01": "40"})
        accepted(world.report_of(fronts[index]), {"B01": front})
    assert [line.area for line in lines(world, period)] == [
        world.communes[1],
        world.province,
        world.communes[0],
    ]


def test_only_what_the_user_may_see_stands_there(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    wanted = Narrowed(period, world.province)
    officer = side_by_side(world.officer(), wanted)
    assert [(line.area, set(line.figures)) for line in officer] == [(world.communes[0], {"police"})]
    reader = side_by_side(world.user(fronts[0], Role.READER), wanted)
    assert [(line.area, set(line.figures)) for line in reader] == [(world.communes[0], {"police", "front"})]


def test_the_nation_shows_provinces_not_communes(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    found = side_by_side(world.central_desk, Narrowed(period, world.country))
    assert [line.area for line in found] == [world.province]


def test_two_reports_of_one_party_in_a_unit_add_up(
    world: World, fronts: list[Organisation], period: ReportingPeriod
) -> None:
    """One that ended inside the window, and the one that came after."""
    accepted(world.report_of(fronts[0]), {"B01": "50"})
    successor = front_of(world.communes[0])
    later = expected(period, successor)
    line = in_first(world, period)
    assert told(line) == {"police": None, "front": 50}
    assert (line.figures["front"].reports, line.figures["front"].blank) == (2, 1), "a part is missing"
    take_in(later, {"B01": "7"})
    line = in_first(world, period)
    assert told(line) == {"police": None, "front": 57}
    assert (line.figures["front"].reports, line.figures["front"].blank) == (2, 0)
