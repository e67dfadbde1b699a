"""What acts move in the live tables, and what is neither read nor counted again for it."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.core import clock
from phoihop.reports.actions import accept_report, correct_report, return_report, submit_report
from phoihop.reports.enums import Origin
from phoihop.rollup.live import acts, ensure_fresh, verify_live
from phoihop.rollup.models import Coverage, Partial

from .live_world import BEFORE, NEW, World, add_report, build_world, open_half

pytestmark = pytest.mark.django_db

IN_TIME, LATE = datetime(2025, 6, 14, tzinfo=UTC), datetime(2025, 6, 20, tzinfo=UTC)
LIST_READ = "members_square"
LIST_COUNTED = 'DELETE FROM "rollup_coverage"'


@pytest.fixture
def world() -> World:
    built = build_world()
    open_half(built, 2025, 1, "Nation", "North", "South", "Ash", "Birch", "Cedar", "Ash front")
    ensure_fresh()
    return built


def hand_in(world: World, name: str, at: datetime = IN_TIME, **cells: str) -> None:
    report = world.report(name, BEFORE)
    act = correct_report if report.accepted_version_id else submit_report
    with clock.pinned(at):
        act(report=report, cells=cells, by=None, origin=Origin.FORM, reason="counted again")


def accept(world: World, *names: str) -> None:
    for name in names:
        accept_report(report=world.report(name, BEFORE), by=None)


def fresh() -> str:
    """Brings the live tables up to the ledger; the statements it took."""
    with CaptureQueriesContext(connection) as asked:
        ensure_fresh()
    return "\n".join(query["sql"] for query in asked.captured_queries)


def communes(world: World, unit: str, map_key: str = "reported") -> tuple[int, ...]:
    """Expected, submitted, on time, accepted, timely, confirmed."""
    row = Coverage.objects.get(area=world.areas[unit], map_key=map_key, party="police", level="commune")
    return (row.expected, row.submitted, row.on_time, row.accepted, row.timely, row.confirmed)


def test_a_correction_reads_no_list(world: World) -> None:
    hand_in(world, "Ash", F1="5", S1="3")
    accept(world, "Ash")
    ensure_fresh()
    hand_in(world, "Ash", F1="4", S1="na")
    assert LIST_READ not in fresh()
    accept(world, "Ash")
    statements = fresh()
    assert [LIST_READ in statements, LIST_COUNTED in statements] == [False, False]
    rows = Partial.objects.filter(area=world.areas["Nation"], map_key=NEW, state="received")
    found = {row.indicator.code: (row.total, row.reported, row.not_applicable) for row in rows}
    assert found == {"F1": (40_000, 1, 0), "S1": (0, 1, 1)}


def test_submissions_and_acceptances_move_coverage_without_counting_the_list(world: World) -> None:
    hand_in(world, "Ash", F1="5")
    hand_in(world, "Birch", LATE, F1="6")
    assert LIST_COUNTED not in fresh()
    assert communes(world, "North") == (3, 2, 1, 0, 0, 0)
    accept(world, "Ash", "Birch")
    statements = fresh()
    assert [LIST_READ in statements, LIST_COUNTED in statements] == [False, False]
    assert communes(world, "Middle", NEW) == (3, 2, 1, 2, 1, 0)
    for name in ("North", "Nation"):
        hand_in(world, name, F1="1")
        accept(world, name)
    assert LIST_COUNTED not in fresh()
    assert communes(world, "Nation") == (3, 2, 1, 2, 1, 2)
    assert list(verify_live()) == []


def test_a_report_handed_in_again_is_submitted_once(world: World) -> None:
    hand_in(world, "Ash", F1="5")
    ensure_fresh()
    return_report(report=world.report("Ash", BEFORE), reason="blurred", by=None)
    hand_in(world, "Ash", F1="5", S1="1")
    hand_in(world, "Cedar", F1="1")
    assert LIST_COUNTED not in fresh()
    assert communes(world, "North") == (3, 2, 2, 0, 0, 0)


def test_a_list_in_which_more_moved_than_the_acts_tell_is_counted(world: World) -> None:
    report = world.report("Birch", BEFORE)
    report.first_submitted_at, report.is_on_time, report.state = IN_TIME, True, "submitted"
    report.save()
    hand_in(world, "Ash", F1="5")
    assert LIST_COUNTED in fresh()
    assert communes(world, "North") == (3, 2, 2, 0, 0, 0)


def test_a_new_report_is_found_though_no_act_names_it(world: World) -> None:
    add_report(world, world.report("Ash", BEFORE).period, "Birch front")
    ensure_fresh()
    assert Coverage.objects.get(area=world.areas["Middle"], map_key=NEW, party="front").expected == 2


def test_one_report_more_and_one_answer_less_not_applicable_move_one_row(world: World) -> None:
    hand_in(world, "Birch", S1="na")
    accept(world, "Birch")
    ensure_fresh()
    hand_in(world, "Birch", S1="3")
    hand_in(world, "Ash", S1="4")
    accept(world, "Birch", "Ash")
    ensure_fresh()
    row = Partial.objects.get(area=world.areas["North"], indicator__code="S1", map_key="reported")
    assert (row.total, row.reported, row.not_applicable) == (70_000, 2, 0)


def test_after_very_many_acts_every_open_window_is_looked_at(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(world, "Ash", F1="5")
    ensure_fresh()
    monkeypatch.setattr(acts, "NAMED", 0)
    accept(world, "Ash")
    assert LIST_READ in fresh()
    assert list(verify_live()) == []
