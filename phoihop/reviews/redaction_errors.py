"""Refusals of taking words out of a review, a sentence each."""

from django.utils.translation import gettext as _

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.reviews.models import Review, ReviewVersion


def only_the_centre_redacts() -> NotAllowed:
    return NotAllowed(_("Words and files of a review are taken out for good by the central desk."))


def too_few_words(words: str, least: int) -> DomainError:
    sentence = _(
        "“%(words)s” is too short to be told from other words. Give at least %(least)s letters as they stand in the"
        " text, such as a name with what stands beside it."
    )
    return DomainError(sentence % {"words": words, "least": least})


def words_not_found(review: Review) -> DomainError:
    sentence = _(
        "These words stand nowhere in the text of “%(review)s”. Copy them from the page as they are written there."
    )
    return DomainError(sentence % {"review": review})


def made_by_the_system(name: str) -> DomainError:
    sentence = _(
        "“%(name)s” is made from the frozen text. Take the words out of the text: the document is then made anew."
    )
    return DomainError(sentence % {"name": name})


def changed_meanwhile(version: ReviewVersion) -> Conflict:
    sentence = _("Version %(number)s of “%(review)s” was changed meanwhile by another redaction. Try again.")
    return Conflict(sentence % {"number": version.number, "review": version.review})
