"""A submission judged before its turn counts only while everything it was judged by stands as it stood."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction

from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.indicators.models import IndicatorVersion
from phoihop.reports.actions import attach_file, return_report, save_draft
from phoihop.reports.actions.ahead import Foreseen, confirmed, foresee
from phoihop.reports.actions.locking import locked_report
from phoihop.reports.actions.submission import Submission
from phoihop.reports.actions.submissions import submit_locked
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, ReportingPeriod, ReportVersion, TextSeal
from phoihop.reports.queries.reports import report_at
from phoihop.reports.standing import standing_of
from tests.reports.world import CELLS, IN_TIME, LATE, World, accepted, submitted


@pytest.fixture
def report(world: World) -> Report:
    world.open()
    return world.report_of(world.units[0])


def seen(world: World, report: Report, cells: dict[str, str] = CELLS, **fields: Any) -> Foreseen | None:
    """As a request sees it before its turn."""
    found = report_at(report.pk)
    assert found
    submission = Submission(found, cells, **fields)
    return foresee(submission, standing=standing_of(world.officer()), origin=Origin.FORM)


def turn(world: World, foreseen: Foreseen, at: datetime = IN_TIME) -> Report:
    by = world.officer()
    with transaction.atomic(), clock.pinned(at):
        current = locked_report(foreseen.judged.submission.report)
        return submit_locked(
            current,
            foreseen.judged.submission,
            by=by,
            standing=standing_of(by),
            origin=Origin.FORM,
            foreseen=foreseen,
        )


def is_taken_as_seen(foreseen: Foreseen) -> bool:
    with transaction.atomic():
        return confirmed(foreseen, locked_report(foreseen.judged.submission.report)) is not None


def foreseen_in_time(world: World, report: Report, cells: dict[str, str] = CELLS, **fields: Any) -> Foreseen:
    with clock.pinned(IN_TIME):
        found = seen(world, report, cells, **fields)
    assert found
    assert is_taken_as_seen(found)
    return found


def test_what_stands_is_written_as_if_judged_in_its_turn(world: World, report: Report) -> None:
    other = world.report_of(world.units[1])
    text = {"narrative": {"results": "Tốt"}, "notes": {"B01": "Cả xã"}}
    turn(world, foreseen_in_time(world, report, **text))
    submitted(other, by=world.officer(1), simulated=False, **text)
    one, two = (each.versions.get() for each in (report, other))
    for name in ("number", "state", "cells", "notes", "narrative", "origin", "covers_from", "submitted_at"):
        assert getattr(one, name) == getattr(two, name)
    one, two = (Report.objects.get(pk=each.pk) for each in (report, other))
    assert (one.state, one.is_on_time, one.first_submitted_at) == ("submitted", True, IN_TIME)
    assert (two.state, two.is_on_time, two.first_submitted_at) == ("submitted", True, IN_TIME)
    assert (
        TextSeal.objects.filter(version__report=one).count()
        == TextSeal.objects.filter(version__report=two).count()
        == 2
    )


def test_what_would_be_refused_or_says_nothing_new_is_left_to_its_turn(world: World, report: Report) -> None:
    with clock.pinned(IN_TIME):
        assert seen(world, report, {"B01": "-4"}) is None
        submitted(report)
        assert seen(world, report) is not None  # the one before was simulated
        submitted(report, {"B01": "5", "B02": "400"}, simulated=False)
        assert seen(world, report, {"B01": "5", "B02": "400"}) is None


def close(world: World, report: Report) -> None:
    ReportingPeriod.objects.update(closed_at=IN_TIME)


def forbid_the_figure(world: World, report: Report) -> None:
    IndicatorVersion.objects.filter(indicator__code="B02").update(asked_of={}, counting_party={})


def withdraw(world: World, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(state="withdrawn")


def hand_in_elsewhere(world: World, report: Report) -> None:
    submitted(report, simulated=False)


def accept_elsewhere(world: World, report: Report) -> None:
    accepted(report, {"B01": "1", "B02": "100"})


def pass_to_an_heir(world: World, report: Report) -> None:
    Report.objects.filter(pk=report.pk).update(heir_chosen_at=IN_TIME, entered_by=world.units[1])


@pytest.mark.parametrize(
    "move", [close, forbid_the_figure, withdraw, hand_in_elsewhere, accept_elsewhere, pass_to_an_heir]
)
def test_what_moved_meanwhile_refuses_it_in_its_turn(
    world: World, report: Report, move: Callable[[World, Report], None]
) -> None:
    foreseen = foreseen_in_time(world, report)
    move(world, report)
    before = list(ReportVersion.objects.values_list("report", "number", "state"))
    with pytest.raises(DomainError):
        turn(world, foreseen)
    assert list(ReportVersion.objects.values_list("report", "number", "state")) == before


def test_another_devices_draft_becomes_the_version_that_is_written(world: World, report: Report) -> None:
    foreseen = foreseen_in_time(world, report)
    save_draft(report=report, cells={"B01": "1"}, by=world.officer())
    assert not is_taken_as_seen(foreseen)
    turn(world, foreseen)
    assert list(report.versions.values_list("number", "state", "cells")) == [(1, "submitted", CELLS)]


def test_a_returned_report_is_answered_by_the_next_version(world: World, report: Report) -> None:
    submitted(report, {"B01": "1", "B02": "100"})
    foreseen = foreseen_in_time(world, report)
    return_report(report=report, reason="Xem lại", by=world.provincial_desk)
    assert not is_taken_as_seen(foreseen)
    assert turn(world, foreseen).latest_version.number == 2  # type: ignore[union-attr]


@pytest.mark.parametrize(("day", "is_on_time"), [(date(2026, 7, 31), True), (date(2026, 6, 16), False)])
def test_the_deadline_is_that_of_the_turn(
    world: World, report: Report, day: date, *, is_on_time: bool
) -> None:
    foreseen = foreseen_in_time(world, report)
    Report.objects.filter(pk=report.pk).update(deadline=day)
    turn(world, foreseen, at=LATE)
    report.refresh_from_db()
    assert (report.is_on_time, report.first_submitted_at) == (is_on_time, LATE)


def test_who_waits_past_the_deadline_is_late(world: World, report: Report) -> None:
    foreseen = foreseen_in_time(world, report)
    turn(world, foreseen, at=datetime(2027, 1, 1, tzinfo=UTC))
    assert Report.objects.get(pk=report.pk).is_on_time is False


def test_a_report_accepted_below_and_a_file_attached_meanwhile_go_with_it(
    world: World, report: Report
) -> None:
    above = world.report_of(world.desk)
    world.users["x"] = desk = world.provincial_desk
    with clock.pinned(IN_TIME):
        found = report_at(above.pk)
        assert found
        foreseen = foresee(Submission(found, CELLS, ["B02"]), standing=standing_of(None), origin=Origin.FORM)
    assert foreseen
    below = accepted(report)
    attach_file(report=above, name="a.pdf", content=b"%PDF-1.7 plan", by=None)
    with transaction.atomic(), clock.pinned(IN_TIME):
        submit_locked(
            locked_report(above), foreseen.judged.submission, by=desk, standing=standing_of(None), origin=Origin.FORM,
            foreseen=foreseen,
        )  # fmt: skip
    version = above.versions.get()
    assert [pin.pk for pin in version.pins.all()] == [below.accepted_version_id]
    assert version.attachments.count() == 1
