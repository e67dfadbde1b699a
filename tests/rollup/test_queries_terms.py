"""Trends, terms, targets, parties and last-known values."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.indicators.models import Selection, Target
from phoihop.rollup.queries import (
    comparison,
    last_known,
    parties_side_by_side,
    target_attainment,
    trend,
    trends,
)

from .live_world import ACROSS, BEFORE, FIRST_HALF, NEW, SECOND_HALF, YEAR, World, told_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return told_world()


def test_a_trend_has_every_window_of_the_span_by_itself(world: World) -> None:
    nation = world.areas["Nation"]
    flow, stock, rate = (
        [(each.windows, each.value) for each in trend(indicator=code, area=nation, span=YEAR)]
        for code in ("F1", "S1", "R1")
    )
    assert flow == [((BEFORE,), Decimal("118.25")), ((ACROSS,), 21)]
    assert stock == [((BEFORE,), 7), ((ACROSS,), 6)]
    assert rate == [((BEFORE,), Decimal("5.92")), ((ACROSS,), Decimal("28.57"))]


def test_trends_of_communes_and_of_other_maps_are_read_in_as_many_queries_as_one(world: World) -> None:
    def count(*names: str) -> int:
        areas = [world.areas[name] for name in names]
        with CaptureQueriesContext(connection) as queries:
            trends(indicators=["F1", "S1"], areas=areas, span=YEAR, map_key=NEW)
        return len(queries)

    alder = trends(indicators=["F1"], areas=[world.areas["Alder"]], span=YEAR, map_key=NEW)
    assert [each.value for each in alder[world.areas["Alder"].pk, "F1"]] == [Decimal("6.25"), 21]
    assert count("Alder", "Middle") == count("Alder", "Dale", "Middle", "Nation")


def test_a_term_is_compared_with_the_term_before(world: World) -> None:
    found = comparison(
        programmes=[world.programme], span=SECOND_HALF, areas=[world.areas["Nation"], world.areas["South"]]
    )
    change = found.changes[world.areas["Nation"].pk, "F1"]
    assert (change.absolute, change.percent, change.same_windows) == (
        Decimal("-97.25"),
        Decimal("-82.24"),
        True,
    )
    missing = found.changes[world.areas["South"].pk, "F1"]
    assert (missing.absolute, missing.percent, bool(missing.why_missing)) == (None, None, True)


def test_a_change_from_zero_has_no_percentage(world: World) -> None:
    world.accept("South", BEFORE, F1="0")
    world.accept("South", ACROSS, F1="3")
    found = comparison(programmes=[world.programme], span=SECOND_HALF, areas=[world.areas["South"]])
    change = found.changes[world.areas["South"].pk, "F1"]
    assert (change.absolute, change.percent, bool(change.why_missing)) == (3, None, True)


def test_a_target_of_a_flow_is_asked_once_for_each_window(world: World) -> None:
    selection = Selection.objects.get(indicator__code="F1")
    Target.objects.create(selection=selection, level="province", value=Decimal(10))
    [row] = target_attainment(programme=world.programme, span=YEAR, under=world.areas["Nation"])
    reached = {unit.area.name: (unit.target, unit.percent, unit.attained) for unit in row.units}
    assert reached == {
        "Tỉnh Middle": (20, Decimal("100.00"), True),
        "Tỉnh North": (20, Decimal("96.25"), False),
        "Tỉnh South": (20, None, None),
    }
    assert (row.attained, row.known, row.share_percent) == (1, 2, Decimal("50.00"))


def test_parties_stand_side_by_side_and_one_counts(world: World) -> None:
    found = parties_side_by_side(indicator="F1", area=world.areas["North"], span=FIRST_HALF)
    assert [(each.party, each.value, each.reported, each.is_counting) for each in found] == [
        ("police", Decimal("18.25"), 4, True),
        ("front", 6, 1, False),
    ]
    assert parties_side_by_side(indicator="R1", area=world.areas["North"], span=FIRST_HALF) == ()


def test_parties_of_a_confirmed_figure_are_those_of_confirmed_versions(world: World) -> None:
    police, front = parties_side_by_side(
        indicator="F1", area=world.areas["North"], span=FIRST_HALF, state="confirmed"
    )
    assert (police.value, front.value) == (17, 6)


def test_what_was_last_known_says_its_age(world: World) -> None:
    known = last_known(indicator="S1", area=world.areas["North"], day=date(2025, 12, 31))
    assert known is not None
    assert (known.figure.value, known.window, known.last_day, known.age_days) == (
        7,
        BEFORE,
        date(2025, 6, 14),
        200,
    )
    assert last_known(indicator="S1", area=world.areas["South"], day=date(2025, 12, 31)) is None
