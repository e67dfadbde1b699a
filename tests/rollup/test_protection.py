"""Counts of persons before readers who have not signed in: in every table, map, state and span at once."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.rollup.lineage import lineage
from phoihop.rollup.protection import (
    mark,
    protect,
    protect_lineage,
    protect_parties,
    protect_trend,
    protect_trends,
)
from phoihop.rollup.queries import Figure, FigureTable, figures, parties_side_by_side, trend, trends
from tests.factories.indicators import indicator

from .live_world import (
    ACROSS,
    BEFORE,
    FIRST_HALF,
    NEW,
    OLD,
    SECOND_HALF,
    YEAR,
    World,
    build_world,
    open_half,
)  # fmt: skip
from .test_protection_tree import rank

pytestmark = pytest.mark.django_db
UNITS = {
    BEFORE: ("Nation", "North", "South", "Ash", "Birch", "Cedar"),
    ACROSS: ("Nation", "North", "South", "Middle", "Ash", "Alder", "Dale"),
}
PARENTS = ("Nation", "North", "Middle", "Upper")


@pytest.fixture
def world() -> World:
    return persons_world()


def persons_world() -> World:
    built = build_world()
    persons = indicator("P1", programme=built.programme, persons="participants", asked_of=_asked())
    sessions = indicator("N1", programme=built.programme)
    parts = {"numerator": persons, "denominator": sessions}
    indicator("Q1", "ratio", programme=built.programme, factor=1, decimals=2, **parts)
    open_half(built, 2025, 1, *UNITS[BEFORE], "Ash front")
    open_half(built, 2025, 2, *UNITS[ACROSS])
    return built


def _asked() -> dict[str, list[str]]:
    return {"commune": ["police", "front"], "province": ["police"], "nation": ["police"]}


def tell(world: World, values: dict[tuple[str, str], int | None], *, confirm: bool = True) -> None:
    """Accept the values, and every superior above them with its pins."""
    for (period, name), value in values.items():
        if value is not None:
            world.accept(name, period, P1=str(value), N1="10")
    for period in (BEFORE, ACROSS) if confirm else ():
        for name in ("North", "South", "Middle", "Nation"):
            if name not in UNITS[period]:
                continue
            below = [
                each
                for each in UNITS[period]
                if world.organisations[each].parent == world.organisations[name]
            ]
            given = values.get((period, name))
            cells = {} if given is None else {"P1": str(given), "N1": "10"}
            world.accept(name, period, pins=world.standing(*below, period=period), **cells)


def table(world: World, parent: str, **asked: object) -> FigureTable:
    defaults = {"programmes": [world.programme], "span": FIRST_HALF, "state": "confirmed"}
    return figures(**{**defaults, "under": world.areas[parent], **asked})  # type: ignore[arg-type]


def shown(world: World, found: FigureTable, code: str = "P1") -> dict[str, object]:
    names = {area.pk: name for name, area in world.areas.items()}
    return {
        names[area.id]: mark(figure) or figure.value
        for area, figure in zip(found.areas, found.column(code), strict=True)
    }


def test_a_small_count_takes_another_with_it(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 3, (BEFORE, "Birch"): 40, (BEFORE, "Cedar"): 9})
    public = protect(table(world, "Upper"))
    assert shown(world, public) == {"Upper": 52, "Ash": "<5", "Birch": 40, "Cedar": "*"}
    assert public.get(world.areas["Ash"].pk, "P1").value is None


def test_figures_that_count_no_persons_are_left_alone(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 3})
    found = table(world, "Upper", indicators=["N1", "F1"])
    assert protect(found).cells == found.cells


def test_a_rate_is_withheld_with_either_of_its_parts(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 3, (BEFORE, "Birch"): 40, (BEFORE, "Cedar"): 9})
    public = protect(table(world, "Upper"))
    assert shown(world, public, "Q1") == {"Upper": Decimal("1.73"), "Ash": "*", "Birch": 4, "Cedar": "*"}
    hidden = public.get(world.areas["Ash"].pk, "Q1")
    assert (hidden.numerator, hidden.denominator) == (None, None)


def test_a_span_with_a_hidden_window_is_hidden(world: World) -> None:
    tell(world, {(BEFORE, "South"): 3, (ACROSS, "South"): 50, (BEFORE, "North"): 70, (ACROSS, "Middle"): 30})
    public = protect(table(world, "Nation", span=YEAR))
    assert shown(world, public) == {"Nation": 153, "Middle": 30, "North": "*", "South": "*"}
    points = trend(indicator="P1", area=world.areas["South"], span=YEAR, state="confirmed")
    seen = protect_trend(points, area=world.areas["South"], span=YEAR, map_key="reported")
    assert [mark(each) or each.value for each in seen] == ["<5", 50]


def test_trends_of_many_are_protected_as_each_alone(world: World) -> None:
    tell(world, {(BEFORE, "South"): 3, (BEFORE, "North"): 30, (ACROSS, "South"): 50})
    areas = [world.areas[name] for name in ("Nation", "North", "South")]
    many = protect_trends(
        trends(indicators=["P1"], areas=areas, span=YEAR, state="confirmed"), span=YEAR, map_key="reported"
    )
    for area in areas:
        points = trend(indicator="P1", area=area, span=YEAR, state="confirmed")
        alone = protect_trend(points, area=area, span=YEAR, map_key="reported")
        assert [(each.value, each.hidden) for each in many[area.pk, "P1"]] == [
            (each.value, each.hidden) for each in alone
        ]
    assert "<5" in [mark(each) for each in many[world.areas["South"].pk, "P1"]]


def test_another_map_shows_only_what_adds_up_from_shown_cells(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 3, (BEFORE, "Birch"): 40, (BEFORE, "Cedar"): 9, (BEFORE, "South"): 60})
    public = protect(table(world, "Middle", map_key=NEW))
    assert shown(world, public) == {"Middle": 112, "Alder": "*", "Dale": None}
    assert public.get(world.areas["Middle"].pk, "P1").unallocated is None


def test_a_received_count_waits_for_its_confirmation(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 30, (BEFORE, "Birch"): 40})
    world.accept("Ash", BEFORE, P1="33", N1="10")
    assert shown(world, protect(table(world, "Upper"))) == {
        "Upper": 70,
        "Ash": 30,
        "Birch": 40,
        "Cedar": None,
    }
    public = protect(table(world, "Upper", state="received"))
    assert shown(world, public) == {"Upper": "*", "Ash": "*", "Birch": 40, "Cedar": None}


def test_a_lineage_keeps_who_and_when_and_drops_what_each_said(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 3, (BEFORE, "Birch"): 40})
    found = lineage(indicator="P1", area=world.areas["Upper"], span=FIRST_HALF, state="confirmed")
    public = protect_lineage(found, span=FIRST_HALF, map_key="reported")
    assert len(public.rows) == len(found.rows) == 2
    assert {row.value for row in public.rows} == {None}
    assert public.formula == ""


def test_other_parties_counts_of_persons_are_not_public(world: World) -> None:
    tell(world, {(BEFORE, "Ash"): 30, (BEFORE, "Ash front"): 3})
    parties = parties_side_by_side(indicator="P1", area=world.areas["Ash"], span=FIRST_HALF)
    figure = table(world, "Ash").get(world.areas["Ash"].pk, "P1")
    public = protect_parties(parties, figure=figure, is_of_persons=True)
    assert {each.party: each.value for each in public} == {"police": 30, "front": None}


# One reader gathers every table there is and solves.

counts = st.one_of(st.none(), st.integers(0, 6), st.integers(0, 60))
Form = dict[object, Fraction]


@pytest.mark.slow
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.fixed_dictionaries({(period, name): counts for period, names in UNITS.items() for name in names}),
    correction=st.one_of(st.none(), st.integers(0, 60)),
)
def test_no_combination_of_everything_shown_is_a_small_count(
    told: dict[tuple[str, str], int | None], correction: int | None
) -> None:
    with transaction.atomic():
        world = persons_world()
        tell(world, told)
        if correction is not None:
            world.accept("Ash", BEFORE, P1=str(correction), N1="10")
        known, secret = gathered(world, ["confirmed"] if correction is None else ["confirmed", "received"])
        solved = rank(known)
        for small in secret:
            assert rank([*known, small]) == solved + 1
        transaction.set_rollback(True)


def gathered(world: World, states: list[str]) -> tuple[list[Form], list[Form]]:
    """All that is shown in any table, and every count from 1 to 4, as sums of report versions."""
    known: list[Form] = []
    secret: list[Form] = []
    for found in every_table(world, states):
        public = protect(found)
        for figure in found:
            if figure.value is None:
                continue
            seen = public.get(figure.area_id, "P1")
            whole, own, unallocated = forms(world, figure, found)
            known += [whole] if seen.value is not None else []
            known += [own] if seen.own else []
            known += [unallocated] if seen.unallocated else []
            if 0 < figure.value < 5:
                assert seen.value is None
                secret.append(whole)
    return known, secret


def every_table(world: World, states: list[str]) -> Iterator[FigureTable]:
    for span in (FIRST_HALF, SECOND_HALF, YEAR):
        for map_key in ("reported", OLD, NEW):
            for state in states:
                for parent in PARENTS:
                    yield table(world, parent, span=span, map_key=map_key, state=state, indicators=["P1"])


def forms(world: World, figure: Figure, found: FigureTable) -> tuple[Form, Form, Form]:
    area = next(each for each in world.areas.values() if each.pk == figure.area_id)
    rows = lineage(indicator="P1", area=area, span=found.span, map_key=found.map_key, state=found.state).rows
    counted = [row for row in rows if row.is_counted]
    return (
        {row.version_id: Fraction(1) for row in counted},
        {row.version_id: Fraction(1) for row in counted if row.part == "own"},
        {row.version_id: Fraction(1) for row in counted if row.part == "unallocated"},
    )
