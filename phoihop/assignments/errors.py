"""Refusals while conclusions are prepared, and those common to all acts: one function, one sentence."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.orgs.roles import Permission, roles_that_may
from phoihop.periods import format_day

if TYPE_CHECKING:
    from phoihop.assignments.models import Conclusion, Paragraph
    from phoihop.assignments.numbers import Number
    from phoihop.orgs.models import Organisation


def names_of(organisations: "Iterable[Organisation]") -> str:
    return "; ".join(localname(each) for each in organisations) or "–"


def acting_needed(permission: Permission, organisations: "Iterable[Organisation]") -> NotAllowed:
    """Names the organisations and the roles in them that could."""
    bodies = list(organisations)
    levels = {each.area.level for each in bodies}
    roles = dict.fromkeys(role.label for level in levels for role in roles_that_may(permission, level))
    return NotAllowed(
        _("You may not do this. It can be done by %(organisations)s (%(roles)s).")
        % {"organisations": names_of(bodies), "roles": ", ".join(str(each) for each in roles)}
    )


def nobody_would_close(lead: "Organisation") -> DomainError:
    return DomainError(
        _(
            "%(lead)s issues these conclusions alone, so nobody else could close what it gives to itself. "
            "Choose another lead, or add a co-issuer."
        )
        % {"lead": localname(lead)}
    )


def issued_already(conclusion: "Conclusion") -> Conflict:
    return Conflict(
        _(
            "“%(title)s” is issued, and its paragraphs no longer change. Withdraw an assignment with its reason, or "
            "prepare new conclusions."
        )
        % {"title": localname(conclusion, "title")}
    )


def nothing_concluded(conclusion: "Conclusion") -> Conflict:
    return Conflict(
        _("“%(title)s” has no paragraph yet. Add what was concluded, then issue it.")
        % {"title": localname(conclusion, "title")}
    )


def numbered_already(conclusion: "Conclusion") -> Conflict:
    return Conflict(
        _("These conclusions have the number %(number)s already; a number given is not changed.")
        % {"number": conclusion.number}
    )


def number_without_digits(written: str) -> DomainError:
    return DomainError(
        _("“%(number)s” has no digits. Write the number as the register gave it, such as 05-TB.")
        % {"number": written}
    )


def number_taken(holder: "Conclusion", following: "Number") -> Conflict:
    sentence = _(
        "%(issuer)s gave the number %(number)s of %(year)s to “%(title)s” already. Its next free number is "
        "%(next)s."
    )
    return Conflict(
        sentence
        % {
            "issuer": localname(holder.lead_issuer),
            "number": holder.number,
            "year": holder.number_year,
            "title": localname(holder, "title"),
            "next": following,
        }
    )


def label_taken(label: str) -> DomainError:
    return DomainError(
        _("There is a paragraph “%(label)s” already. Give this one another.") % {"label": label}
    )


def slug_taken(slug: str) -> DomainError:
    return DomainError(
        _("Conclusions with the address “%(slug)s” exist already. Choose another.") % {"slug": slug}
    )


def paragraph_in_use(paragraph: "Paragraph") -> Conflict:
    return Conflict(
        _("Paragraph “%(label)s” has assignments. Remove those first.") % {"label": paragraph.label}
    )


def text_needed(what: str) -> DomainError:
    return DomainError(_("“%(field)s” is empty. Write it in a few words.") % {"field": what})


def text_too_long(what: str, length: int, most: int) -> DomainError:
    return DomainError(
        _("“%(field)s” has %(length)s characters; at most %(most)s are kept. Shorten it.")
        % {"field": what, "length": number(length), "most": number(most)}
    )


def reason_needed() -> DomainError:
    return DomainError(_("Say why in a few words: the reason stays in the history."))


def programmes_needed() -> DomainError:
    return DomainError(_("Conclusions belong to at least one programme. Choose it."))


def issuer_twice(organisation: "Organisation") -> DomainError:
    return DomainError(
        _("%(organisation)s is named twice among the issuers. Name each once.")
        % {"organisation": localname(organisation)}
    )


def date_needed() -> DomainError:
    return DomainError(
        _("Give the day it is due. What has no end is standing work, with the days on which it is looked at.")
    )


def date_and_standing() -> DomainError:
    return DomainError(
        _(
            "Standing work has days on which it is looked at instead of a day it is due. Give only one of the two."
        )
    )


def due_before(due_on: date, start: date) -> DomainError:
    return DomainError(
        _("The assignment would be due on %(due)s, before the conclusions of %(start)s. Correct the day.")
        % {"due": format_day(due_on), "start": format_day(start)}
    )


def divided_keeps_its_lead(lead: "Organisation") -> Conflict:
    return Conflict(
        _(
            "The assignment is divided into parts that %(lead)s gives and closes, so its lead stays. Remove it and "
            "make it anew to choose another."
        )
        % {"lead": localname(lead)}
    )


def due_passed(due_on: date, today: date) -> DomainError:
    return DomainError(
        _(
            "The assignment would be due on %(due)s, before today, %(today)s, and be overdue from its first day. "
            "Correct the day, or confirm that it is meant."
        )
        % {"due": format_day(due_on), "today": format_day(today)}
    )


def born_overdue(count: int, earliest: date) -> Conflict:
    return Conflict(
        _(
            "Assignments whose day has passed already: %(count)s, the first on %(day)s. They would be overdue from "
            "their first day. Correct the days, or confirm that they are meant."
        )
        % {"count": number(count), "day": format_day(earliest)}
    )


def not_in_force(organisation: "Organisation", day: date) -> DomainError:
    return DomainError(
        _("%(organisation)s was not in force on %(day)s. Choose the one in force, or its heir.")
        % {"organisation": localname(organisation), "day": format_day(day)}
    )


def lead_twice(organisation: "Organisation") -> DomainError:
    return DomainError(
        _("%(organisation)s leads the assignment and is not named beside itself.")
        % {"organisation": localname(organisation)}
    )
