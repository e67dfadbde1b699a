"""Refusals of taking words out of a conference, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.conferences.enums import Said
from phoihop.conferences.models import Conference
from phoihop.core.errors import Conflict, DomainError, NotAllowed


def only_the_centre_redacts() -> NotAllowed:
    return NotAllowed(_("You may not take out a text or a file. The central desk can."))


def reason_needed(most: int) -> DomainError:
    sentence = _(
        "Give the reason for taking the words out, in at most %(most)s characters; it stays in their place."
    )
    return DomainError(sentence % {"most": most})


def nothing_to_redact(place: str) -> DomainError:
    label = Said(place).label if place in Said.values else place
    sentence = _("There is no text to take out at “%(place)s”. Reload the page and choose it from the list.")
    return DomainError(sentence % {"place": label})


def too_few_words(words: str, least: int) -> DomainError:
    sentence = _(
        "“%(words)s” is too short to be told from other words. Give at least %(least)s letters as they stand in the"
        " text, such as a name with what stands beside it."
    )
    return DomainError(sentence % {"words": words, "least": least})


def not_in_the_minutes(conference: Conference) -> DomainError:
    sentence = _(
        "These words stand in no part of the minutes of “%(conference)s” that people wrote. Copy them from the page as"
        " they are written there."
    )
    return DomainError(sentence % {"conference": conference})


def changed_meanwhile(conference: Conference) -> Conflict:
    sentence = _("The minutes of “%(conference)s” were changed meanwhile. Try again.")
    return Conflict(sentence % {"conference": conference})
