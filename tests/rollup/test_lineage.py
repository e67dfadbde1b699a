"""Every figure opens to the versions behind it, and they add up to it."""

import pytest

from phoihop.rollup.lineage import Lineage, Part, lineage

from .live_world import BEFORE, FIRST_HALF, NEW, OLD, YEAR, World, told_world

pytestmark = pytest.mark.django_db
ALL = ("Nation", "North", "South", "Middle", "Upper", "Ash", "Birch", "Cedar", "Alder", "Dale")


@pytest.fixture
def world() -> World:
    return told_world()


def behind(world: World, name: str, code: str = "F1", **asked: object) -> Lineage:
    return lineage(**{"indicator": code, "area": world.areas[name], "span": FIRST_HALF, **asked})  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["received", "confirmed"])
@pytest.mark.parametrize("map_key", ["reported", OLD, NEW])
def test_the_counted_rows_add_up_to_the_figure(world: World, map_key: str, state: str) -> None:
    for name in ALL:
        for code in ("F1", "S1", "U1"):
            found = behind(world, name, code, span=YEAR, map_key=map_key, state=state)
            assert found.counted_total == (found.figure.value or 0), (name, code)
            counted = [row for row in found.rows if row.is_counted]
            assert len(counted) == found.figure.reported


def test_a_row_says_who_when_and_why_it_does_not_count(world: World) -> None:
    rows = {row.organisation_name: row for row in behind(world, "Ash").rows}
    police, front = (rows[world.organisations[name].name_vi] for name in ("Ash", "Ash front"))
    assert (police.value, police.number, police.is_counted, police.is_on_time) == (5, 1, True, True)
    assert (front.value, front.is_counted, bool(front.why_not)) == (6, False, True)


def test_a_corrected_version_keeps_what_it_replaced(world: World) -> None:
    version = world.accept("Ash", BEFORE, F1="8")
    version.reason = "counted twice"
    version.save()
    [row] = [row for row in behind(world, "Ash").rows if row.is_counted]
    assert (row.value, row.number) == (8, 2)
    said = [(old.number, old.value, old.reason, old.is_returned) for old in row.superseded]
    assert said == [(1, 5, "counted twice", False)]


def test_a_consolidated_value_is_shown_and_says_why_it_does_not_count(world: World) -> None:
    world.accept("North", BEFORE, F1="*500")
    [row] = [row for row in behind(world, "North").rows if row.scope == "consolidated"]
    assert (row.value, row.is_counted, bool(row.why_not)) == (500, False, True)


def test_an_unallocated_line_names_its_sources(world: World) -> None:
    found = behind(world, "Middle", map_key=NEW)
    assert [(row.area_name, row.value) for row in found.unallocated] == [("Xã Cedar", 2)]
    parts = {row.area_name: row.part for row in found.rows}
    assert (parts["Xã Ash"], parts["Tỉnh North"]) == (Part.BELOW, Part.OWN)


def test_a_ratio_opens_to_both_of_its_parts(world: World) -> None:
    found = behind(world, "North", "R1")
    assert found.numerator is not None
    assert found.denominator is not None
    assert (found.numerator.counted_total, found.denominator.counted_total) == (
        found.figure.numerator,
        found.figure.denominator,
    )
    assert "38,36" in found.formula


def test_pages_together_hold_every_row_once(world: World) -> None:
    whole = behind(world, "Nation")
    pages = [behind(world, "Nation", page=page, size=2) for page in range(1, 4)]
    assert pages[0].pages == 3
    assert [row for page in pages for row in page.rows] == list(whole.rows)
