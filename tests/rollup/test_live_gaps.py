"""Acts of writers side by side become visible out of the order of their numbers."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.audit.actions import broken_links, record, seal_events
from phoihop.audit.models import AuditEvent, AuditSeal
from phoihop.core import clock
from phoihop.reports.actions import submit_report
from phoihop.reports.enums import Origin
from phoihop.rollup.live import ensure_fresh, gaps, lists, rebuild_live, verify_live
from phoihop.rollup.live.gaps import gaps_between
from phoihop.rollup.live.lists import marked_position, marks
from phoihop.rollup.models import AppliedPosition, Coverage

from .live_world import ACROSS, BEFORE, World, build_world, open_half

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    built = build_world()
    open_half(built, 2025, 1, "Nation", "North", "Ash", "Birch")
    ensure_fresh()
    return built


def _has_moved(position: AppliedPosition) -> bool:
    """Whether the one cheap query tells that there is something to look at."""
    return marks(marked_position()).pulse != position.pulse


@given(st.sets(st.integers(1, 40)), st.sets(st.tuples(st.integers(1, 20), st.integers(0, 20)), max_size=3))
def test_gaps_are_the_numbers_not_seen(seen: set[int], pairs: set[tuple[int, int]]) -> None:
    ranges = [(first, first + more) for first, more in pairs]
    with pytest.MonkeyPatch.context() as side_by_side:
        side_by_side.setattr(gaps, "writers_side_by_side", lambda: True)
        left = gaps_between(ranges, seen)
    numbers = {number for first, last in left for number in range(first, last + 1)}
    assert numbers == {each for first, last in ranges for each in range(first, last + 1)} - seen


def test_a_submission_that_appears_under_an_older_number_is_counted(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gaps, "writers_side_by_side", lambda: True)
    report = world.report("Ash", BEFORE)
    with clock.pinned(datetime(2025, 6, 14, tzinfo=UTC)):
        submit_report(report=report, cells={"F1": "5"}, by=None, origin=Origin.FORM)
    act = AuditEvent.objects.get(action="submit_report")
    record("save_draft", world.report("Birch", BEFORE))
    AuditEvent.objects.filter(pk=act.pk).delete()  # its writer has not committed yet
    report.refresh_from_db()
    told = {name: getattr(report, name) for name in ("state", "first_submitted_at", "is_on_time")}
    type(report).objects.filter(pk=report.pk).update(state="draft", first_submitted_at=None, is_on_time=None)
    position = ensure_fresh()
    assert position.awaited[-1][-1] == act.pk
    assert not _has_moved(position)
    type(report).objects.filter(pk=report.pk).update(**told)
    act.save(force_insert=True)
    assert _has_moved(position)
    assert act.pk not in {number for gap in ensure_fresh().awaited for number in range(gap[0], gap[1] + 1)}
    row = Coverage.objects.get(area=world.areas["North"], map_key="reported", party="police", level="commune")
    assert row.submitted == 1
    assert list(verify_live()) == []


@pytest.mark.parametrize("whole", ["a new window", "a list that moved", "everything"])
def test_what_is_handed_in_while_a_window_is_counted_whole_is_counted_once(
    world: World, monkeypatch: pytest.MonkeyPatch, whole: str
) -> None:
    """By another writer, after the window was looked at and before its list is counted."""
    monkeypatch.setattr(gaps, "writers_side_by_side", lambda: True)
    report, read = world.report("Ash", BEFORE), lists.summaries
    if whole == "a new window":
        open_half(world, 2025, 2, "Ash", "Birch")
        report = world.report("Ash", ACROSS)
    elif whole == "a list that moved":
        world.withdraw("Birch", BEFORE)
        record("withdraw_report", world.report("Birch", BEFORE))

    def then_handed_in(periods: Iterable[int]) -> dict[int, lists.Summary]:
        monkeypatch.setattr(lists, "summaries", read)
        found = read(periods)
        assert report.period_id in found
        with clock.pinned(datetime.combine(report.covers_until, time(), UTC)):
            submit_report(report=report, cells={"F1": "5"}, by=None, origin=Origin.FORM)
        return found

    monkeypatch.setattr(lists, "summaries", then_handed_in)
    rebuild_live() if whole == "everything" else ensure_fresh()
    rows = Coverage.objects.filter(
        period=report.period_id,
        area=world.areas["Nation"],
        map_key="reported",
        party="police",
        level="commune",
    )
    assert [each.submitted for each in rows] == [1]  # the other writer had committed
    ensure_fresh()
    assert [each.submitted for each in rows.all()] == [1]
    assert list(verify_live()) == []


def test_an_event_that_appears_under_an_older_number_is_sealed(world: World) -> None:
    late = record("save_draft", world.report("Ash", BEFORE))
    record("save_draft", world.report("Birch", BEFORE))
    AuditEvent.objects.filter(pk=late.pk).delete()
    seal_events()
    late.save(force_insert=True)
    assert seal_events() == 1
    assert AuditSeal.objects.filter(event_id=late.pk).exists()
    assert list(broken_links()) == []
    assert seal_events() == 0
