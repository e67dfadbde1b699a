"""A desk asks for what is outstanding: always in the system, by e-mail where the office has an address."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import event, record_many
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.orgs.models import Contact, Organisation
from phoihop.reports import desk_errors
from phoihop.reports.actions.calendar import require_open
from phoihop.reports.enums import ReportState
from phoihop.reports.models import Reminder, Report
from phoihop.reports.permissions import may_return
from phoihop.reports.reminder_mail import ReminderMail, mail_is_set_up, send_reminders
from phoihop.reports.standing import Standing, standing_of

from .locking import chunks, locked_reports

OUTSTANDING = {ReportState.EXPECTED, ReportState.DRAFT, ReportState.RETURNED}


@dataclass(frozen=True)
class RemindOutcome:
    reminded: list[Report] = field(default_factory=list)
    mailed: int = 0  # units a message is on its way to
    refused: list[tuple[Report, tuple[str, ...]]] = field(default_factory=list)


@transaction.atomic
def remind_units(*, reports: Sequence[Report], by: AbstractBaseUser | None) -> RemindOutcome:
    """Once a day at most for each report; one message for each unit, sent once this is committed."""
    locked = locked_reports(report.pk for report in reports)
    now, today, standing = clock.now(), clock.today(), standing_of(by)
    told_today = _reminded_on(today, list(locked))
    outcome = RemindOutcome()
    for report in (locked[each.pk] for each in reports if each.pk in locked):
        try:
            _admit(report, standing, is_told=report.pk in told_today)
        except DomainError as refusal:
            outcome.refused.append((report, (str(refusal),)))
        else:
            told_today.add(report.pk)
            outcome.reminded.append(report)
    _write(outcome.reminded, by, now)
    return RemindOutcome(outcome.reminded, _mail(outcome.reminded), outcome.refused)


def _admit(report: Report, standing: Standing, *, is_told: bool) -> None:
    if not may_return(standing, report):
        raise desk_errors.superior_must_remind(report)
    if report.state not in OUTSTANDING or report.accepted_version_id:
        raise desk_errors.nothing_outstanding(report)
    require_open(report)
    if is_told:
        raise desk_errors.reminded_already(report, clock.today())


def _write(reports: Sequence[Report], by: AbstractBaseUser | None, at: datetime) -> None:
    day = clock.day_of(at)
    Reminder.objects.bulk_create(
        Reminder(report=report, organisation=_from(report), on=day, at=at, by_id=getattr(by, "pk", None))
        for report in reports
    )
    record_many(event("remind_unit", each, by=by, organisation=_from(each)) for each in reports)


def _mail(reports: Sequence[Report]) -> int:
    """How many units a message goes to."""
    by_unit: dict[int, list[Report]] = defaultdict(list)
    for report in reports:
        by_unit[(report.entered_by or report.organisation).pk].append(report)
    addresses = _addresses(list(by_unit))
    messages = [
        ReminderMail(addresses[unit], tuple(of_unit), _from(of_unit[0]))
        for unit, of_unit in by_unit.items()
        if unit in addresses
    ]
    if messages and mail_is_set_up():
        transaction.on_commit(lambda: _send(messages, clock.today()), robust=True)
        return len(messages)
    return 0


def _send(messages: Sequence[ReminderMail], day: date) -> None:
    gone = [report.pk for message in send_reminders(messages) for report in message.reports]
    for some in chunks(gone):
        Reminder.objects.filter(report__in=some, on=day).update(mailed_at=clock.now())


def _addresses(units: Sequence[int]) -> dict[int, str]:
    """The first contact of each office that has an address."""
    found: dict[int, str] = {}
    for some in chunks(units):
        contacts = Contact.objects.filter(organisation__in=some).exclude(email="")
        for unit, email in contacts.order_by("pk").values_list("organisation_id", "email"):
            found.setdefault(unit, email)
    return found


def _reminded_on(day: date, reports: Sequence[int]) -> set[int]:
    told: set[int] = set()
    for some in chunks(reports):
        told |= set(Reminder.objects.filter(on=day, report__in=some).values_list("report_id", flat=True))
    return told


def _from(report: Report) -> Organisation:
    """Without a superior in the form, the party's own central desk, which is the reporting organisation's own."""
    return report.superior or report.organisation
