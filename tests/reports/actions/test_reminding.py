from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail

from phoihop.audit.models import AuditEvent
from phoihop.orgs.models import Contact
from phoihop.reports.actions import close_period, grant_exception, remind_units, return_report
from phoihop.reports.models import Reminder, Report, ReportingPeriod
from tests.reports.world import World, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    return world.open()


def reports(world: World) -> list[Report]:
    return [world.report_of(unit) for unit in world.units]


def with_address(world: World, index: int = 0) -> str:
    address = f"vanphong{index}@example.org"
    Contact.objects.create(organisation=world.units[index], post_title="Trực ban", email=address)
    return address


def test_every_unit_is_reminded_once_a_day(world: World, period: ReportingPeriod, time_machine: Any) -> None:
    outcome = remind_units(reports=reports(world), by=world.provincial_desk)
    assert len(outcome.reminded) == 2
    again = remind_units(reports=reports(world), by=world.provincial_desk)
    assert (len(again.reminded), len(again.refused)) == (0, 2)
    assert "16/06/2026" in again.refused[0][1][0]
    time_machine.move_to(datetime(2026, 6, 17, 2, tzinfo=UTC))
    assert len(remind_units(reports=reports(world), by=world.provincial_desk).reminded) == 2
    assert sorted(Reminder.objects.values_list("on", "organisation", "by")) == [
        (day, world.desk.pk, world.provincial_desk.pk)
        for day in (date(2026, 6, 16), date(2026, 6, 17))
        for _ in "12"
    ]
    assert AuditEvent.objects.filter(action="remind_unit").count() == 4


def test_what_is_in_needs_no_reminder_but_what_came_back_does(world: World, period: ReportingPeriod) -> None:
    first, second = (submitted(report) for report in reports(world))
    return_report(report=second, reason="Thiếu", by=None)
    outcome = remind_units(reports=[first, second], by=world.provincial_desk)
    assert [report.pk for report in outcome.reminded] == [second.pk]
    assert "Chờ" in outcome.refused[0][1][0] or "nộp" in outcome.refused[0][1][0]


def test_only_the_superior_reminds(world: World, period: ReportingPeriod) -> None:
    for user in (world.officer(), world.central_desk):
        outcome = remind_units(reports=reports(world), by=user)
        assert outcome.reminded == []
        assert world.desk.name_vi in outcome.refused[0][1][0]


def test_one_message_goes_to_each_office_with_an_address_after_commit(
    world: World, period: ReportingPeriod, django_capture_on_commit_callbacks: Any
) -> None:
    address = with_address(world)
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_units(reports=reports(world), by=world.provincial_desk).mailed == 1
        assert mail.outbox == []
    assert [message.to for message in mail.outbox] == [[address]]
    body = mail.outbox[0].body
    assert world.units[0].name_vi in body
    assert world.provincial_desk.username not in body
    first, second = Reminder.objects.order_by("report")
    assert first.mailed_at is not None
    assert second.mailed_at is None


def test_a_mail_server_that_fails_leaves_the_reminder(
    world: World, period: ReportingPeriod, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with_address(world)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with django_capture_on_commit_callbacks(execute=True):
        remind_units(reports=reports(world), by=world.provincial_desk)
    assert list(Reminder.objects.values_list("mailed_at", flat=True)) == [None, None]


def test_a_closed_window_is_not_asked_for_but_under_an_exception(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    time_machine.move_to(datetime(2026, 7, 20, 2, tzinfo=UTC))
    close_period(period=period, reason="Hết hạn", by=None)
    first, second = reports(world)
    grant_exception(report=first, until=date(2026, 7, 25), reason="Bão", by=None)
    outcome = remind_units(reports=reports(world), by=world.provincial_desk)
    assert [report.pk for report in outcome.reminded] == [first.pk]
    assert [report.pk for report, _ in outcome.refused] == [second.pk]
