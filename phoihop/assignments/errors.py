"""Refusals about conclusions and assignments: one function, one sentence."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.orgs.roles import Permission, roles_that_may
from phoihop.periods import format_day

if TYPE_CHECKING:
    from phoihop.assignments.models import Assignment, Conclusion, Extension, Paragraph, Proposal
    from phoihop.orgs.models import Organisation


def _names(organisations: "Iterable[Organisation]") -> str:
    return "; ".join(localname(each) for each in organisations) or "–"


def acting_needed(permission: Permission, organisations: "Iterable[Organisation]") -> NotAllowed:
    """Names the organisations and the roles in them that could."""
    bodies = list(organisations)
    levels = {each.area.level for each in bodies}
    roles = dict.fromkeys(role.label for level in levels for role in roles_that_may(permission, level))
    return NotAllowed(
        _("You may not do this. It can be done by %(organisations)s (%(roles)s).")
        % {"organisations": _names(bodies), "roles": ", ".join(str(each) for each in roles)}
    )


def only_the_issuer_closes(assignment: "Assignment", closers: "Iterable[Organisation]") -> NotAllowed:
    return NotAllowed(
        _(
            "An assignment is closed by who gave it, never by its performer: %(closers)s closes this one. "
            "%(lead)s reports it done; the issuer then looks and closes it."
        )
        % {"closers": _names(closers), "lead": localname(assignment.lead)}
    )


def only_the_issuer_decides(closers: "Iterable[Organisation]") -> NotAllowed:
    return NotAllowed(
        _("You may not decide this for the issuer. It is decided by a desk or an approver of %(closers)s.")
        % {"closers": _names(closers)}
    )


def reporter_does_not_close() -> NotAllowed:
    return NotAllowed(
        _("You reported this assignment done yourself. Another desk or approver of the issuer closes it.")
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


def not_given_yet(assignment: "Assignment") -> Conflict:
    return Conflict(
        _("“%(what)s” is still a draft: it begins when its conclusions are issued.") % {"what": assignment}
    )


def not_now(assignment: "Assignment", wanted: Iterable[str]) -> Conflict:
    return Conflict(
        _("The assignment is “%(state)s”; this can be done while it is: %(wanted)s. Reload the page.")
        % {"state": assignment.get_state_display(), "wanted": ", ".join(str(each) for each in wanted)}
    )


def done_outside(day: date, first: date, last: date) -> DomainError:
    return DomainError(
        _(
            "It cannot have been done on %(day)s. Give a day from %(first)s, when it was given, to today, %(last)s."
        )
        % {"day": format_day(day), "first": format_day(first), "last": format_day(last)}
    )


def date_has_passed(due_on: date) -> Conflict:
    return Conflict(
        _(
            "The date in force, %(day)s, has passed: a later one is asked for and granted only before that. "
            "The assignment is overdue; report what was done."
        )
        % {"day": format_day(due_on)}
    )


def not_later(wanted: date, due_on: date) -> DomainError:
    return DomainError(
        _("The new date, %(wanted)s, is not later than the date in force, %(due)s. Choose a later day.")
        % {"wanted": format_day(wanted), "due": format_day(due_on)}
    )


def asked_already(extension: "Extension") -> Conflict:
    return Conflict(
        _("A later date, %(day)s, was asked for already and waits for the issuer.")
        % {"day": format_day(extension.wanted_on)}
    )


def nothing_asked() -> Conflict:
    return Conflict(_("No later date waits for a decision. Reload the page to see what was decided."))


def standing_has_no_extension() -> Conflict:
    return Conflict(_("Standing work has no due date to move; its next review date comes by itself."))


def link_outside(link: str) -> DomainError:
    return DomainError(
        _("“%(link)s” is not a page of this system. Give its path, which begins with “/”, or attach a file.")
        % {"link": link}
    )


def no_part_to_cascade() -> DomainError:
    return DomainError(
        _("No organisation of that party line is in force there that does not have a part already.")
    )


def part_of_part(assignment: "Assignment") -> Conflict:
    return Conflict(_("“%(what)s” is withdrawn or done and is not divided any more.") % {"what": assignment})


def still_in_force(organisation: "Organisation") -> Conflict:
    return Conflict(
        _("%(organisation)s is still in force and keeps its assignments. Record its end first.")
        % {"organisation": localname(organisation)}
    )


def superior_must_choose(organisation: "Organisation") -> NotAllowed:
    return NotAllowed(
        _(
            "You may not say to whom the assignments of %(organisation)s pass. The desk above it, or the central desk, can."
        )
        % {"organisation": localname(organisation)}
    )


def not_an_heir(
    organisation: "Organisation", heir: "Organisation", heirs: "Iterable[Organisation]"
) -> DomainError:
    return DomainError(
        _("%(heir)s is not an heir of %(organisation)s. Choose one of: %(heirs)s.")
        % {"heir": localname(heir), "organisation": localname(organisation), "heirs": _names(heirs)}
    )


def reason_needed_for_a_split(organisation: "Organisation") -> DomainError:
    return DomainError(
        _("%(organisation)s was divided among several. Give the reason why its assignments pass to this one.")
        % {"organisation": localname(organisation)}
    )


def answered_already(proposal: "Proposal") -> Conflict:
    return Conflict(_("“%(title)s” is answered already. The answer stands.") % {"title": proposal.title})


def proposed_to_itself(organisation: "Organisation") -> DomainError:
    return DomainError(
        _("%(organisation)s cannot be both ends of a proposal. Choose the body that is competent.")
        % {"organisation": localname(organisation)}
    )


def answer_day_passed(day: date) -> DomainError:
    return DomainError(
        _("The day to answer by, %(day)s, is not after today. Choose a later one.") % {"day": format_day(day)}
    )
