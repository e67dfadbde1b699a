"""Acts of writers side by side become visible out of the order of their numbers."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.audit.actions import broken_links, record, seal_events
from phoihop.audit.models import AuditEvent, AuditSeal
from phoihop.core import clock
from phoihop.reports.actions import submit_report
from phoihop.reports.enums import Origin
from phoihop.rollup.live import ensure_fresh, gaps, verify_live
from phoihop.rollup.live.gaps import gaps_between
from phoihop.rollup.live.lists import marked_position, marks
from phoihop.rollup.models import AppliedPosition, Coverage

from .live_world import BEFORE, World, build_world, open_half

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
