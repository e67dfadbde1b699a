"""The live tables move with every acceptance and stay equal to a full computation."""

import pytest

from phoihop.rollup.live import apply_pending, ensure_fresh, rebuild_live, verify_live
from phoihop.rollup.models import AppliedPosition, Coverage, Partial

from .live_world import ACROSS, BEFORE, NEW, OLD, World, build_world, open_half

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    built = build_world()
    open_half(built, 2025, 1, "Nation", "North", "South", "Ash", "Birch", "Cedar", "Ash front")
    return built


def total(
    world: World, area: str, code: str, map_key: str = "reported", state: str = "received"
) -> int | None:
    rows = Partial.objects.filter(area=world.areas[area], indicator__code=code, map_key=map_key, state=state)
    return sum(row.total for row in rows) // 10_000 if rows else None


def test_an_accepted_version_moves_every_unit_above_on_every_map(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5")
    world.accept("Cedar", BEFORE, F1="2")
    assert apply_pending() == 2
    assert [total(world, area, "F1") for area in ("Upper", "North", "Nation", "South")] == [7, 7, 7, None]
    assert total(world, "Middle", "F1", NEW) == 7
    middle = Partial.objects.get(area=world.areas["Middle"], map_key=NEW, state="received")
    assert (middle.unallocated, middle.own) == (20_000, 0)
    assert not Partial.objects.filter(area__level="commune").exists()


def test_a_correction_replaces_what_it_corrects(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5", S1="3")
    apply_pending()
    world.accept("Ash", BEFORE, F1="4")
    apply_pending()
    assert (total(world, "Nation", "F1"), total(world, "Nation", "S1")) == (4, None)
    assert list(verify_live()) == []


def test_applying_again_changes_nothing(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5")
    apply_pending()
    rows = list(Partial.objects.order_by("pk").values())
    assert apply_pending() == 0
    assert list(Partial.objects.order_by("pk").values()) == rows


def test_entries_applied_one_by_one_or_together_come_to_the_same(world: World) -> None:
    ensure_fresh()
    for value in ("1", "2", "3"):
        world.accept("Ash", BEFORE, F1=value)
    assert [apply_pending(limit=1), total(world, "Nation", "F1")] == [1, 1]
    assert [apply_pending(), total(world, "Nation", "F1")] == [2, 3]


def test_confirmed_waits_for_every_level_above(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5")
    world.accept("North", BEFORE, pins=world.standing("Ash", period=BEFORE), F1="1")
    apply_pending()
    assert total(world, "Nation", "F1", state="confirmed") is None
    world.accept("Nation", BEFORE, pins=world.standing("North", period=BEFORE), F1="10")
    apply_pending()
    assert total(world, "Nation", "F1", state="confirmed") == 16
    world.accept("Ash", BEFORE, F1="100")
    apply_pending()
    assert (total(world, "Nation", "F1"), total(world, "Nation", "F1", state="confirmed")) == (111, 16)
    assert list(verify_live()) == []


def test_a_report_that_left_the_list_takes_its_value_and_its_duty_along(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5")
    world.accept("Birch", BEFORE, F1="2")
    apply_pending()
    world.withdraw("Ash", BEFORE)
    apply_pending()
    assert total(world, "Nation", "F1") == 2
    row = Coverage.objects.get(
        area=world.areas["Nation"], map_key="reported", party="police", level="commune"
    )
    assert (row.expected, row.accepted) == (2, 1)


def test_a_consolidated_value_counts_again_when_nobody_below_is_asked_any_more(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5")
    world.accept("North", BEFORE, F1="*50")
    ensure_fresh()
    assert total(world, "North", "F1") == 5
    for name in ("Ash", "Birch", "Cedar"):
        world.withdraw(name, BEFORE)
    ensure_fresh()
    assert total(world, "North", "F1") == 50
    assert list(verify_live()) == []


def test_a_submission_moves_coverage_though_it_is_no_ledger_entry(world: World) -> None:
    ensure_fresh()
    report = world.report("Birch", BEFORE)
    report.first_submitted_at, report.is_on_time, report.state = report.period.opened_at, False, "submitted"
    report.save()
    world.accept("Ash", BEFORE, F1="5")
    ensure_fresh()
    row = Coverage.objects.get(area=world.areas["North"], map_key=OLD, party="police", level="commune")
    assert (row.expected, row.submitted, row.on_time, row.accepted) == (3, 2, 1, 1)


def test_reports_across_a_merger_stand_where_they_were_made(world: World) -> None:
    open_half(world, 2025, 2, "Nation", "North", "South", "Middle", "Ash", "Birch", "Cedar", "Alder", "Dale")
    world.accept("Ash", ACROSS, F1="1", S1="9")  # a closing report: a flow counts, a stock does not
    world.accept("Alder", ACROSS, F1="10", S1="20")
    apply_pending()
    assert (total(world, "Nation", "F1"), total(world, "Nation", "S1")) == (11, 20)
    assert (total(world, "North", "F1"), total(world, "Middle", "F1")) == (1, 10)
    assert (total(world, "Middle", "F1", NEW), total(world, "Nation", "F1", OLD)) == (11, 11)
    assert list(verify_live()) == []


def test_rebuilding_gives_the_same_rows(world: World) -> None:
    world.accept("Ash", BEFORE, F1="5", U1="na")
    world.accept("Ash front", BEFORE, F1="7")
    apply_pending()
    columns = (
        "map_key",
        "state",
        "area",
        "indicator",
        "total",
        "own",
        "unallocated",
        "reported",
        "not_applicable",
    )
    rows = set(Partial.objects.values_list(*columns))
    rebuild_live()
    assert set(Partial.objects.values_list(*columns)) == rows
    assert AppliedPosition.objects.get().seq == 2
