"""Completeness, timeliness and the matrix of units by windows."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.areas.enums import Level
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.queries import Duties, Duty, Letter, completeness, matrix, rank_duties
from tests.factories.areas import area_under
from tests.factories.orgs import police_of

from .live_world import ACROSS, BEFORE, FIRST_HALF, NEW, YEAR, World, add_report, told_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    built = told_world()
    late = built.report("Birch", BEFORE)
    late.is_on_time = False
    late.save()
    built.accept("Birch", BEFORE, F1="1")
    late = built.report("Birch", BEFORE)
    late.is_on_time = False
    late.save()
    return built


def test_duties_of_a_unit_hold_those_of_every_unit_below(world: World) -> None:
    found = completeness(
        programmes=[world.programme],
        span=FIRST_HALF,
        under=world.areas["North"],
        level="commune",
        party="police",
    )
    shown = {area.name: found.get(area.id) for area in found.areas}
    assert (shown["Tỉnh North"].expected, shown["Tỉnh North"].accepted) == (4, 4)
    assert shown["Xã Birch"] == Duties(1, 1, 0, 1, 0, 0)
    assert shown["Xã Ash"].confirmed == 1
    assert shown["Tỉnh North"].timeliness_percent == Decimal("75.00")


def test_a_unit_with_nothing_due_has_no_rate(world: World) -> None:
    found = completeness(programmes=[world.programme], span=FIRST_HALF, areas=[world.areas["Dale"]])
    assert found.get(world.areas["Dale"].pk).completeness_percent is None


def test_only_the_desks_duties_are_ranked_and_equals_share_a_place(world: World) -> None:
    table = completeness(
        programmes=[world.programme], span=YEAR, under=world.areas["Nation"], level="province"
    )
    ranks = rank_duties(table, Duty.COMPLETENESS)
    assert [(rank.place, rank.area.name, rank.rate_percent) for rank in ranks] == [
        (1, "Tỉnh Middle", Decimal("66.67")),
        (1, "Tỉnh North", Decimal("66.67")),
        (3, "Tỉnh South", Decimal("0.00")),
    ]


def test_the_matrix_gives_every_unit_a_letter_in_every_window(world: World) -> None:
    periods = list(ReportingPeriod.objects.all())
    found = matrix(form=world.form, under=world.areas["Nation"], periods=periods, on=date(2025, 12, 20))
    first, second = (period.pk for period in found.periods)
    north, south, middle = (world.areas[name].pk for name in ("North", "South", "Middle"))
    assert [found.get(north, each).letter for each in (first, second)] == [Letter.ACCEPTED, Letter.OVERDUE]
    assert found.get(south, first).letter == Letter.OVERDUE
    assert found.get(middle, first).letter == Letter.NOT_ASKED
    assert found.get(middle, second).duties.expected == 3


def test_late_stays_late_and_a_day_not_reached_is_not_overdue(world: World) -> None:
    period = ReportingPeriod.objects.get(code=BEFORE)
    found = matrix(form=world.form, under=world.areas["Upper"], periods=[period], on=date(2025, 6, 1))
    assert found.get(world.areas["Birch"].pk, period.pk).letter == Letter.ACCEPTED_LATE
    across = ReportingPeriod.objects.get(code=ACROSS)
    again = matrix(form=world.form, under=world.areas["Middle"], periods=[across], on=date(2025, 6, 20))
    assert again.get(world.areas["Middle"].pk, across.pk).letter == Letter.NOT_YET_DUE


def test_on_another_map_a_cell_holds_the_reports_that_stand_wholly_there(world: World) -> None:
    across = ReportingPeriod.objects.get(code=ACROSS)
    found = matrix(
        form=world.form, under=world.areas["Middle"], periods=[across], map_key=NEW, on=date(2025, 12, 20)
    )
    alder = found.get(world.areas["Alder"].pk, across.pk)
    assert (alder.reports, alder.letter, alder.duties.accepted) == (3, Letter.OVERDUE, 2)


def test_a_matrix_of_more_units_costs_no_more_queries(world: World) -> None:
    periods = list(ReportingPeriod.objects.all())

    def count() -> int:
        matrix(form=world.form, under=world.areas["Upper"], periods=periods, on=date(2025, 12, 20))
        with CaptureQueriesContext(connection) as queries:
            matrix(form=world.form, under=world.areas["Upper"], periods=periods, on=date(2025, 12, 20))
        return len(queries)

    few = count()
    for number in range(15):
        area = area_under(world.areas["Upper"], Level.COMMUNE, f"More {number}", valid_until=date(2025, 7, 1))
        world.organisations[area.name] = police_of(area, world.organisations["North"])
        add_report(world, periods[0], area.name)
    rebuild_derived()
    assert count() == few <= 16
