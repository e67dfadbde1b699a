"""Deadlines that move with a reason, exceptions that stay late, windows that close."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.reports.actions import (
    accept_report,
    close_period,
    correct_report,
    extend_deadline,
    grant_exception,
    reopen_period,
    save_draft,
    submit_report,
)
from phoihop.reports.enums import Origin
from phoihop.reports.models import DeadlineChange, Report, ReportingPeriod
from tests.reports.world import CELLS, World

TODAY, LATER = date(2026, 6, 16), date(2026, 6, 30)
AFTER = datetime(2026, 7, 10, 3, tzinfo=UTC)


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    return world.open()


def hand_in(world: World, index: int = 0, **more: Any) -> Report:
    report = world.report_of(world.units[index])
    return submit_report(report=report, cells=CELLS, by=world.officer(index), origin=Origin.FORM, **more)


def test_a_deadline_moves_for_a_level_with_its_reason(world: World, period: ReportingPeriod) -> None:
    assert period.deadlines["commune"] == TODAY.isoformat()
    extend_deadline(period=period, level="commune", until=LATER, reason="Bão số 3", by=world.central_desk)
    assert set(Report.objects.filter(level="commune").values_list("deadline", flat=True)) == {LATER}
    assert set(Report.objects.exclude(level="commune").values_list("deadline", flat=True)) != {LATER}
    change = DeadlineChange.objects.get()
    assert (change.level, change.old, change.new, change.reason) == ("commune", TODAY, LATER, "Bão số 3")
    assert AuditEvent.objects.filter(action="extend_deadline").count() == 1


def test_after_the_deadline_only_single_units_get_more_time_and_stay_late(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    time_machine.move_to(AFTER)
    with pytest.raises(Conflict, match="16/06/2026"):
        extend_deadline(period=period, level="commune", until=date(2026, 8, 1), reason="x", by=None)
    report = world.report_of(world.units[0])
    grant_exception(report=report, until=date(2026, 8, 1), reason="Mất điện", by=world.central_desk)
    report.refresh_from_db()
    assert (report.deadline, report.open_until) == (TODAY, date(2026, 8, 1))
    assert hand_in(world).is_on_time is False


def test_before_the_deadline_an_exception_moves_it_for_that_unit_alone(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    grant_exception(report=world.report_of(world.units[0]), until=LATER, reason="x", by=None)
    time_machine.move_to(datetime(2026, 6, 20, 3, tzinfo=UTC))
    assert [hand_in(world, 0).is_on_time, hand_in(world, 1).is_on_time] == [True, False]


def test_a_closed_window_takes_no_first_report_but_keeps_drafts_and_takes_corrections(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    hand_in(world, 0)
    accept_report(report=world.report_of(world.units[0]), by=world.provincial_desk)
    time_machine.move_to(AFTER)
    close_period(period=period, reason="Hết hạn", by=world.central_desk)
    assert AuditEvent.objects.get(action="close_period").details["missing"] == 2
    with pytest.raises(Conflict, match="10/07/2026"):
        hand_in(world, 1)
    save_draft(report=world.report_of(world.units[1]), cells=CELLS, by=world.officer(1))
    correct_report(
        report=world.report_of(world.units[0]),
        cells={**CELLS, "B01": "5"},
        reason="Đếm lại",
        by=world.officer(),
        origin=Origin.FORM,
    )
    grant_exception(
        report=world.report_of(world.units[1]), until=date(2026, 7, 12), reason="x", by=world.central_desk
    )
    assert hand_in(world, 1).state == "submitted"


def test_the_day_a_window_was_closed_on_is_told_as_in_viet_nam(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    """At half past midnight there it is still the day before by UTC."""
    time_machine.move_to(datetime(2026, 7, 10, 17, 30, tzinfo=UTC))
    close_period(period=period, reason="Hết hạn", by=None)
    with pytest.raises(Conflict, match="11/07/2026"):
        hand_in(world)


def test_an_exception_ends(world: World, period: ReportingPeriod, time_machine: Any) -> None:
    time_machine.move_to(AFTER)
    close_period(period=period, reason="Hết hạn", by=None)
    grant_exception(report=world.report_of(world.units[0]), until=date(2026, 7, 12), reason="x", by=None)
    time_machine.move_to(datetime(2026, 7, 13, 3, tzinfo=UTC))
    with pytest.raises(Conflict):
        hand_in(world)
    reopen_period(period=period, reason="Đóng nhầm", by=None)
    assert hand_in(world).is_on_time is False


def test_a_window_closes_only_when_nothing_waits(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    with pytest.raises(Conflict):
        close_period(period=period, reason="x", by=None)
    hand_in(world)
    time_machine.move_to(AFTER)
    with pytest.raises(Conflict, match="1"):
        close_period(period=period, reason="x", by=None)
    accept_report(report=world.report_of(world.units[0]), by=world.provincial_desk)
    close_period(period=period, reason="x", by=None)
    with pytest.raises(Conflict):
        close_period(period=period, reason="x", by=None)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"by": "desk"}, NotAllowed),
        ({"reason": " "}, DomainError),
        ({"until": TODAY}, DomainError),
        ({"level": "district"}, DomainError),
    ],
)
def test_what_is_refused(
    world: World, period: ReportingPeriod, wrong: dict[str, Any], error: type[Exception]
) -> None:
    asked = {"level": "commune", "until": LATER, "reason": "x", "by": world.central_desk} | wrong
    if asked["by"] == "desk":
        asked["by"] = world.provincial_desk
    with pytest.raises(error):
        extend_deadline(period=period, **asked)
    assert not DeadlineChange.objects.exists()


def test_a_report_that_is_in_needs_no_more_time(world: World, period: ReportingPeriod) -> None:
    hand_in(world)
    with pytest.raises(Conflict):
        grant_exception(report=world.report_of(world.units[0]), until=LATER, reason="x", by=None)
