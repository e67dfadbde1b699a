"""A reminder as a message: which reports, until when, who asks; nothing about a person, and no figure."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import override

from phoihop.orgs.models import Organisation
from phoihop.reports.errors import period_named, written
from phoihop.reports.models import Report

log = logging.getLogger("phoihop")
_NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


@dataclass(frozen=True, slots=True)
class ReminderMail:
    address: str  # of an office
    reports: tuple[Report, ...]  # of one unit
    organisation: Organisation  # that reminds


def mail_is_set_up() -> bool:
    return bool(settings.EMAIL_BACKEND != _NOWHERE)


def send_reminders(messages: Sequence[ReminderMail]) -> list[ReminderMail]:
    """Those that went out. One that does not is logged, and the reminder in the system stands."""
    sent: list[ReminderMail] = []
    try:
        with get_connection() as connection, override("vi"):
            sent.extend(message for message in messages if _send(message, connection))
    except (SMTPException, OSError) as fault:
        log.warning("reminders were not mailed: %s", fault)
    return sent


def _send(message: ReminderMail, connection: BaseEmailBackend) -> bool:
    body = _body(message.reports, message.organisation)
    try:
        mail = EmailMessage(_("Reminder: reports due"), body, to=[message.address], connection=connection)
        return bool(mail.send())
    except SMTPException as fault:
        unit = message.reports[0].organisation_id
        log.warning("the reminder to organisation %s was not mailed: %s", unit, fault)
        return False


def _body(reports: Sequence[Report], organisation: Organisation) -> str:
    lines = [_("%(organisation)s reminds you of:") % {"organisation": organisation.name_vi}, ""]
    lines += [
        _("- %(form)s, %(period)s, %(unit)s: deadline %(day)s.")
        % {
            "form": report.period.form.title_vi,
            "period": period_named(report.period.code),
            "unit": report.organisation.name_vi,
            "day": written(report.deadline),
        }
        for report in reports
    ]
    lines += [
        "",
        _("Sign in to Phối Hợp and open “My reports”. If you have sent them meanwhile, do nothing."),
    ]
    return "\n".join(lines)
