"""Refusals once assignments run, and about proposals: one function, one sentence."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from phoihop.assignments.enums import Words
from phoihop.assignments.errors import names_of
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import localname
from phoihop.periods import format_day

if TYPE_CHECKING:
    from phoihop.assignments.models import Assignment, Conclusion, Extension, Proposal
    from phoihop.orgs.models import Organisation


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
            "It cannot have been done on %(day)s. Give a day from %(first)s, when it was concluded, to %(last)s, "
            "when it is reported done."
        )
        % {"day": format_day(day), "first": format_day(first), "last": format_day(last)}
    )


def correction_says_why(said: date, day: date) -> DomainError:
    return DomainError(
        _(
            "The lead says it was done on %(said)s; you wrote %(day)s. Say in the note why, or leave the day as it is."
        )
        % {"said": format_day(said), "day": format_day(day)}
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
        % {"heir": localname(heir), "organisation": localname(organisation), "heirs": names_of(heirs)}
    )


def reason_needed_for_a_split(organisation: "Organisation") -> DomainError:
    return DomainError(
        _("%(organisation)s was divided among several. Give the reason why its assignments pass to this one.")
        % {"organisation": localname(organisation)}
    )


class NotPassed(Conflict):
    """Some of what ended could not be passed on; `passed` of the others did."""

    def __init__(self, passed: int, failed: "Iterable[tuple[Organisation, Exception]]") -> None:
        self.passed = passed
        told = (f"{localname(ended)}: {fault}" for ended, fault in failed)
        super().__init__(
            _("What these left was not passed to their heirs, and is tried again: %(failed)s")
            % {"failed": "; ".join(told)}
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


def only_the_issuer_closes(assignment: "Assignment", closers: "Iterable[Organisation]") -> NotAllowed:
    return NotAllowed(
        _(
            "An assignment is closed by who gave it, never by its performer: %(closers)s closes this one. "
            "%(lead)s reports it done; the issuer then looks and closes it."
        )
        % {"closers": names_of(closers), "lead": localname(assignment.lead)}
    )


def only_the_issuer_decides(closers: "Iterable[Organisation]") -> NotAllowed:
    return NotAllowed(
        _("You may not decide this for the issuer. It is decided by a desk or an approver of %(closers)s.")
        % {"closers": names_of(closers)}
    )


def reporter_does_not_close() -> NotAllowed:
    return NotAllowed(
        _("You reported this assignment done yourself. Another desk or approver of the issuer closes it.")
    )


def only_the_centre_redacts() -> NotAllowed:
    return NotAllowed(_("You may not take out a text or a file. The central desk can."))


def draft_is_taken_out_whole(conclusion: "Conclusion") -> Conflict:
    sentence = _(
        "“%(title)s” is still a draft. Take its texts out one by one from the list, or write them anew."
    )
    return Conflict(sentence % {"title": conclusion})


def too_few_words(words: str, least: int) -> DomainError:
    sentence = _(
        "“%(words)s” is too short to be told from other words. Give at least %(least)s letters as they stand in the"
        " text, such as a name with what stands beside it."
    )
    return DomainError(sentence % {"words": words, "least": least})


def words_not_found(conclusion: "Conclusion") -> DomainError:
    sentence = _(
        "These words stand nowhere in “%(title)s” or its assignments. Copy them from the page as they are written there."
    )
    return DomainError(sentence % {"title": conclusion})


def nothing_to_redact(place: str) -> DomainError:
    label = Words(place).label if place in Words.values else place
    return DomainError(
        _("There is no text to take out at “%(place)s”. Reload the page and choose it from the list.")
        % {"place": label}
    )
