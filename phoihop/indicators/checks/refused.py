"""Topics this system does not count: tips, suspects, offenders, petitions, households, religion, ethnicity, persons."""

import re
from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.core.text import nfc


class Topic(Protocol):
    """A row of the database, or an item of the file that is about to be loaded."""

    @property
    def words_vi(self) -> Sequence[str]: ...
    @property
    def words_en(self) -> Sequence[str]: ...
    @property
    def reason_vi(self) -> str: ...
    @property
    def reason_en(self) -> str: ...


def refusal_of(text: str, topics: Iterable[Topic]) -> str | None:
    """A sentence when a name speaks of a refused topic; words match whole, ignoring case and spacing."""
    plain = " ".join(nfc(text).casefold().split())
    for topic in topics:
        for word in (*topic.words_vi, *topic.words_en):
            if re.search(rf"(?<!\w){re.escape(nfc(word).casefold())}(?!\w)", plain):
                return _sentence(word, topic)
    return None


def _sentence(word: str, topic: Topic) -> str:
    reason = topic.reason_en if (get_language() or "vi").startswith("en") else topic.reason_vi
    sentence = _("“%(word)s” is not counted in this system. %(reason)s Remove it from the file.")
    return sentence % {"word": word, "reason": reason}
