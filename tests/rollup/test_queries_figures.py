"""What a reader of figures sees: every rule of docs/figures.md, from live rows and, for communes, from versions."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from phoihop.areas.enums import Level
from phoihop.core.errors import DomainError
from phoihop.periods import Span
from phoihop.rollup.compute import roll_up
from phoihop.rollup.queries import FigureTable, figures
from tests.factories.areas import area_under
from tests.factories.indicators import indicator

from .live_world import ACROSS, FIRST_HALF, NEW, OLD, YEAR, World, told_world

pytestmark = pytest.mark.django_db
ALL = ("Nation", "North", "South", "Middle", "Upper", "Ash", "Birch", "Cedar", "Alder", "Dale")


@pytest.fixture
def world() -> World:
    return told_world()


def table(world: World, *names: str, **asked: object) -> FigureTable:
    defaults = {
        "programmes": [world.programme],
        "span": FIRST_HALF,
        "areas": [world.areas[name] for name in names],
    }
    return figures(**{**defaults, **asked})


def value(world: World, name: str, code: str, **asked: object) -> Decimal | None:
    return table(world, name, **asked).get(world.areas[name].pk, code).value


def test_a_flow_is_added_over_units_and_windows(world: World) -> None:
    assert value(world, "Nation", "F1") == Decimal("118.25")
    assert value(world, "Nation", "F1", span=YEAR) == Decimal("139.25")
    assert value(world, "Birch", "F1") == Decimal("1.25")


def test_a_stock_is_that_of_the_last_window_and_of_units_then_in_force(world: World) -> None:
    assert value(world, "Nation", "S1") == 7
    figure = table(world, "Nation", span=YEAR).get(world.areas["Nation"].pk, "S1")
    assert (figure.value, figure.windows, figure.reported, figure.expected) == (6, (ACROSS,), 1, 2)


def test_a_distinct_count_stays_where_it_was_counted(world: World) -> None:
    assert [value(world, name, "U1") for name in ("Ash", "North", "Nation")] == [2, 7, None]
    assert value(world, "Middle", "U1", map_key=NEW) is None


def test_a_ratio_is_divided_once_from_its_parts(world: World) -> None:
    figure = table(world, "North").get(world.areas["North"].pk, "R1")
    assert (figure.numerator, figure.denominator, figure.value) == (7, Decimal("18.25"), Decimal("38.36"))
    missing = table(world, "Dale", span=YEAR).get(world.areas["Dale"].pk, "R1")
    assert missing.value is None
    assert missing.why_missing.startswith("S1")


def test_a_missing_value_says_why_and_a_reported_zero_is_a_value(world: World) -> None:
    south = table(world, "South").get(world.areas["South"].pk, "F1")
    assert (south.value, south.reported, south.expected, bool(south.why_missing)) == (None, 0, 1, True)
    birch = table(world, "Birch").get(world.areas["Birch"].pk, "S1")
    assert (birch.value, birch.reported, birch.expected) == (None, 1, 1)
    assert value(world, "Dale", "F1", span=YEAR) == 0


def test_what_does_not_map_wholly_is_unallocated_above_and_makes_units_say_at_least(world: World) -> None:
    middle, alder, dale = (world.areas[name].pk for name in ("Middle", "Alder", "Dale"))
    found = table(world, under=world.areas["Middle"], areas=None, map_key=NEW)
    assert [area.id for area in found.areas] == [middle, alder, dale]
    figure = found.get(middle, "F1")
    assert (figure.value, figure.unallocated, figure.own) == (Decimal("18.25"), 2, 10)
    assert [found.get(unit, "F1").value for unit in (alder, dale)] == [Decimal("6.25"), None]
    assert [found.get(unit, "F1").is_at_least for unit in (middle, alder, dale)] == [False, True, True]


def test_a_parent_is_its_own_part_its_children_and_the_unallocated(world: World) -> None:
    for map_key in ("reported", OLD, NEW):
        for parent in ("Nation", "North", "Middle", "Upper"):
            found = table(
                world, under=world.areas[parent], areas=None, map_key=map_key, span=YEAR, indicators=["F1"]
            )
            first, *children = found.column("F1")
            parts = [each.value for each in children] + [first.own, first.unallocated]
            assert sum(part for part in parts if part is not None) == (first.value or 0)


def test_confirmed_figures_rest_on_what_the_superiors_pinned(world: World) -> None:
    assert value(world, "Nation", "F1", state="confirmed") == 117
    assert [value(world, name, "F1", state="confirmed") for name in ("Ash", "Birch")] == [5, None]


@pytest.mark.parametrize("state", ["received", "confirmed"])
@pytest.mark.parametrize("map_key", ["reported", OLD, NEW])
@pytest.mark.parametrize("span", [FIRST_HALF, YEAR])
def test_every_figure_is_that_of_the_full_roll_up(world: World, span: Span, map_key: str, state: str) -> None:
    full = roll_up(programmes=[world.programme], span=span, map_key=map_key, state=state).by_area()
    shown = table(world, *ALL, span=span, map_key=map_key, state=state)
    for area in shown.areas:
        for figure in shown.row(area.id):
            row = full.get((area.id, figure.indicator_code))
            if not area.is_on_map or row is None:
                assert (figure.value, figure.reported, figure.expected) == (None, 0, 0)
                continue
            assert (figure.value, figure.numerator, figure.denominator, figure.reported, figure.expected) == (
                row.value, row.numerator, row.denominator, row.reported, row.expected,
            )  # fmt: skip


def test_more_units_cost_no_more_queries(world: World) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            table(world, under=world.areas["Middle"], areas=None, map_key=NEW, span=YEAR)
        return len(queries)

    table(world, "Nation")
    few = count()
    for number in range(20):
        area_under(world.areas["Middle"], Level.COMMUNE, f"New {number}", valid_from=date(2025, 7, 1))
    table(world, "Nation")
    assert count() == few <= 24


def test_the_span_says_which_days_it_left_out(world: World) -> None:
    figure = table(world, "Nation", span=Span.of(date(2025, 1, 1), date(2025, 12, 31))).get(
        world.areas["Nation"].pk, "F1"
    )
    assert figure.windows == (ACROSS,)
    assert "01/01/2025" in figure.left_out


def test_figures_of_registers_the_system_does_not_keep_are_missing_with_the_reason(world: World) -> None:
    indicator("K01", "system", programme=world.programme)
    figure = table(world, "Nation").get(world.areas["Nation"].pk, "K01")
    with override("en"):
        again = table(world, "Nation").get(world.areas["Nation"].pk, "K01")
    assert (figure.value, again.why_missing) == (
        None,
        "tasks are counted in reviews and on the page of assignments, not window by window",
    )


def test_reports_themselves_are_counted_for_completeness(world: World) -> None:
    found = table(world, "North", "Ash", span=FIRST_HALF)
    north = found.get(world.areas["North"].pk, "K05")
    assert (north.numerator, north.denominator, north.value) == (5, 5, Decimal("100.00"))
    assert found.get(world.areas["Ash"].pk, "K05").denominator == 2


def test_an_unknown_indicator_is_refused_by_name(world: World) -> None:
    with pytest.raises(DomainError, match="X9"):
        table(world, "Nation", indicators=["X9"])
