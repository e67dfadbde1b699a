"""What an office is told by e-mail: which assignments, due when; nothing about a person, and no evidence."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import override

from phoihop.assignments.models import Escalation
from phoihop.periods import format_day

log = logging.getLogger("phoihop")
_NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
_LISTED = 40


@dataclass(frozen=True, slots=True)
class EscalationMail:
    address: str  # of an office
    told: tuple[Escalation, ...]


def mail_is_set_up() -> bool:
    return bool(settings.EMAIL_BACKEND != _NOWHERE)


def send_escalations(messages: Sequence[EscalationMail]) -> list[EscalationMail]:
    """Those that went out. One that does not is logged; what the system shows stands."""
    sent: list[EscalationMail] = []
    try:
        with get_connection() as connection, override("vi"):
            sent.extend(message for message in messages if _send(message, connection))
    except (SMTPException, OSError) as fault:
        log.warning("escalations were not mailed: %s", fault)
    return sent


def _send(message: EscalationMail, connection: BaseEmailBackend) -> bool:
    subject = _("Assignments: due soon or overdue (%(count)s)") % {"count": len(message.told)}
    try:
        mail = EmailMessage(subject, _body(message.told), to=[message.address], connection=connection)
        return bool(mail.send())
    except SMTPException as fault:
        log.warning("an escalation was not mailed: %s", fault)
        return False


def _body(told: Sequence[Escalation]) -> str:
    lines = [_line(each) for each in told[:_LISTED]]
    if len(told) > _LISTED:
        lines.append(_("- and %(count)s more assignments.") % {"count": len(told) - _LISTED})
    return "\n".join([*lines, "", _("Sign in to Phối Hợp and open “Assignments”.")])


def _line(told: Escalation) -> str:
    assignment = told.assignment
    said = {"what": assignment, "lead": assignment.lead.name_vi, "day": format_day(told.due_on)}
    if told.step < 0:
        return _("- %(what)s; lead: %(lead)s; due on %(day)s.") % said
    if told.step == 0:
        return _("- %(what)s; lead: %(lead)s; due today, %(day)s.") % said
    return _("- %(what)s; lead: %(lead)s; overdue since %(day)s.") % said
