"""Refusals of votes, a sentence each."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.conferences.models import Conference, Seat, Vote
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.core.templatetags.vietnamese import localname

FEWEST, MOST = 2, 12  # options of a vote


def option_name(vote: Vote, key: str) -> str:
    """An option in the page's language; its key where the vote has no such option."""
    language = "en" if (get_language() or "vi").startswith("en") else "vi"
    found = next((each for each in vote.options if each["key"] == key), None)
    return str((found.get(language) or found["vi"]) if found else key)


def another_vote_open(vote: Vote) -> Conflict:
    sentence = _("“%(vote)s” is open still. Close it before another vote is opened.")
    return Conflict(sentence % {"vote": localname(vote, "title")})


def open_at_the_end(vote: Vote) -> Conflict:
    sentence = _("“%(vote)s” is open still. Close or cancel it before the conference is closed.")
    return Conflict(sentence % {"vote": localname(vote, "title")})


def not_prepared(vote: Vote) -> Conflict:
    sentence = _("“%(vote)s” cannot be opened: it is %(state)s.")
    return Conflict(sentence % {"vote": localname(vote, "title"), "state": _state(vote)})


def cannot_cancel(vote: Vote) -> Conflict:
    sentence = _("“%(vote)s” is %(state)s and stays as it is. Hold another vote instead.")
    return Conflict(sentence % {"vote": localname(vote, "title"), "state": _state(vote)})


def not_open(vote: Vote) -> Conflict:
    sentence = _("“%(vote)s” takes no votes now: it is %(state)s. Wait for the chair to open a vote.")
    return Conflict(sentence % {"vote": localname(vote, "title"), "state": _state(vote)})


def nobody_entitled(conference: Conference) -> Conflict:
    sentence = _("No seat of “%(conference)s” is entitled to vote. Give the delegations their seats first.")
    return Conflict(sentence % {"conference": conference})


def needs_roll_call(vote: Vote) -> Conflict:
    sentence = _("The base of “%(vote)s” is the delegates present. Hold a roll-call first.")
    return Conflict(sentence % {"vote": localname(vote, "title")})


def not_your_seat(seat: Seat) -> NotAllowed:
    sentence = _(
        "This device votes for another seat than seat %(number)s of “%(delegation)s”. Vote for your own."
    )
    return NotAllowed(sentence % {"number": seat.number, "delegation": seat.delegation})


def not_entitled(seat: Seat) -> NotAllowed:
    sentence = _("Seat %(number)s of “%(delegation)s” was not entitled when this vote was opened.")
    return NotAllowed(sentence % {"number": seat.number, "delegation": seat.delegation})


def unknown_option(vote: Vote, choice: str) -> DomainError:
    names = ", ".join(option_name(vote, each["key"]) for each in vote.options)
    sentence = _("“%(choice)s” is not an option of this vote. Choose one of: %(options)s.")
    return DomainError(sentence % {"choice": choice, "options": names})


def voted_already(seat: Seat) -> Conflict:
    sentence = _(
        "Seat %(number)s of “%(delegation)s” has voted already; a vote that was cast is not changed. If it was a"
        " mistake, tell the secretary before the vote is closed."
    )
    return Conflict(sentence % {"number": seat.number, "delegation": seat.delegation})


def by_phone_is_named(vote: Vote) -> Conflict:
    sentence = _(
        "“%(vote)s” is secret: a vote told over the telephone would not be. Vote from a phone or tablet."
    )
    return Conflict(sentence % {"vote": localname(vote, "title")})


def options_number(number: int) -> DomainError:
    sentence = _("A vote has %(fewest)s to %(most)s options; %(number)s were given.")
    return DomainError(sentence % {"fewest": FEWEST, "most": MOST, "number": number})


def options_twice(name: str) -> DomainError:
    return DomainError(_("The option “%(option)s” stands twice. Write each once.") % {"option": name})


def question_empty() -> DomainError:
    return DomainError(_("The question is empty. Write what is put to the vote."))


def another_conference(vote: Vote) -> DomainError:
    return DomainError(_("“%(vote)s” belongs to another conference.") % {"vote": localname(vote, "title")})


def no_quorum(vote: Vote, told: Mapping[str, Any] | None) -> Conflict:
    """Asked before it is opened: the chair may go on knowingly."""
    if told is None:
        sentence = _(
            "No roll-call has been held, so it is not known whether there is a quorum. Hold one, or confirm that"
            " “%(vote)s” is opened all the same."
        )
        return Conflict(sentence % {"vote": localname(vote, "title")})
    sentence = _(
        "By roll-call %(roll_call)s %(present)s of %(invited)s delegates invited are present; %(needed)s are needed for a"
        " quorum. Hold another roll-call, or confirm that “%(vote)s” is opened all the same."
    )
    return Conflict(sentence % {"vote": localname(vote, "title"), **told})


def _state(vote: Vote) -> str:
    return str(vote.get_state_display()).lower()
