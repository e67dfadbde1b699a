"""What an office is told by e-mail: which assignments, due when; nothing about a person, and no evidence."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException
from typing import Generic, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import gettext as _
from django.utils.translation import override

from phoihop.assignments.models import Escalation, ProposalEscalation
from phoihop.periods import format_day

log = logging.getLogger("phoihop")
_NOWHERE = "django.core.mail.backends.dummy.EmailBackend"
_LISTED = 40
Told = TypeVar("Told", Escalation, ProposalEscalation)


@dataclass(frozen=True, slots=True)
class EscalationMail(Generic[Told]):
    address: str  # of an office
    told: tuple[Told, ...]


def mail_is_set_up() -> bool:
    return bool(settings.EMAIL_BACKEND != _NOWHERE)


def send_escalations(
    messages: Sequence[EscalationMail[Told]],
) -> list[EscalationMail[Told]]:
    """Those that went out. One that does not is logged; what the system shows stands."""
    sent: list[EscalationMail[Told]] = []
    try:
        with get_connection() as connection, override("vi"):
            sent.extend(message for message in messages if _send(message, connection))
    except (SMTPException, OSError) as fault:
        log.warning("escalations were not mailed: %s", fault)
    return sent


def _send(message: EscalationMail[Told], connection: BaseEmailBackend) -> bool:
    try:
        subject, body = _subject(message.told), _body(message.told)
        mail = EmailMessage(subject, body, to=[message.address], connection=connection)
        return bool(mail.send())
    except SMTPException as fault:
        log.warning("an escalation was not mailed: %s", fault)
        return False


def _subject(told: Sequence[Escalation] | Sequence[ProposalEscalation]) -> str:
    count = {"count": len(told)}
    if isinstance(told[0], ProposalEscalation):
        return _("Proposals: to be answered soon or overdue (%(count)s)") % count
    return _("Assignments: due soon or overdue (%(count)s)") % count


def _body(told: Sequence[Escalation] | Sequence[ProposalEscalation]) -> str:
    lines = [_line(each) for each in told[:_LISTED]]
    more, of_proposals = {"count": len(told) - _LISTED}, isinstance(told[0], ProposalEscalation)
    if len(told) > _LISTED:
        lines.append(
            _("- and %(count)s more proposals.") % more
            if of_proposals
            else _("- and %(count)s more assignments.") % more
        )
    where = (
        _("Sign in to Phối Hợp and open “Proposals”.")
        if of_proposals
        else _("Sign in to Phối Hợp and open “Assignments”.")
    )
    return "\n".join([*lines, "", where])


def _line(told: Escalation | ProposalEscalation) -> str:
    if isinstance(told, ProposalEscalation):
        return _line_of_proposal(told)
    assignment = told.assignment
    said = {"what": assignment, "lead": assignment.lead.name_vi, "day": format_day(told.due_on)}
    if told.days_late < 0:
        return _("- %(what)s; lead: %(lead)s; due on %(day)s.") % said
    if told.days_late == 0:
        return _("- %(what)s; lead: %(lead)s; due today, %(day)s.") % said
    return _("- %(what)s; lead: %(lead)s; overdue since %(day)s.") % said


def _line_of_proposal(told: ProposalEscalation) -> str:
    proposal = told.proposal
    said = {"what": proposal, "body": proposal.receiver.name_vi, "day": format_day(proposal.answer_by)}
    if told.told_on <= proposal.answer_by:
        return _("- %(what)s; to be answered by %(body)s by %(day)s.") % said
    return _("- %(what)s; not answered by %(body)s, overdue since %(day)s.") % said
