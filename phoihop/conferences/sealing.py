"""Where words stand that people typed at a conference: rows, and what the log repeats of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from phoihop.audit.words import is_taken_out
from phoihop.conferences.enums import Said
from phoihop.conferences.models import (
    Conference,
    ConferenceEvent,
    Opinion,
    PresidiumNote,
    RegisteredSpeech,
    RollCallAnswer,
    Speaker,
)

TOLD = ("message", "note", "post", "reason", "title")  # of a line of the log: what repeats words
SHOWN = ("floor", "hall", "queue")  # keys of the display that repeat words
_OF_SPEECHES = ("register_speech", "edit_speech", "place_speech", "decline_speech")


@dataclass(frozen=True, slots=True)
class Place:
    """`of`: from the row to its conference."""

    said: Said
    model: type[Model]
    field: str
    of: str

    def rows(self, conference: Conference) -> QuerySet[Any]:
        return self.model._default_manager.filter(**{self.of: conference}).order_by("pk")


PLACES = (
    Place(Said.NOTE, PresidiumNote, "text", "site__conference"),
    Place(Said.OPINION, Opinion, "text", "conference"),
    Place(Said.TITLE, RegisteredSpeech, "title_vi", "conference"),
    Place(Said.TITLE_EN, RegisteredSpeech, "title_en", "conference"),
    Place(Said.SPEECH, RegisteredSpeech, "text", "conference"),
    Place(Said.SPEECH_POST, RegisteredSpeech, "speaker_post", "conference"),
    Place(Said.SPEAKER_POST, Speaker, "post", "conference"),
    Place(Said.ANSWER, RollCallAnswer, "note", "roll_call__conference"),
)


def texts_of(conference: Conference) -> Iterator[tuple[Said, int, str]]:
    """Each place, its row and its words; of the log, the number of a line whose words stand in no row any more."""
    standing = set()
    for place in PLACES:
        for row in place.rows(conference).exclude(**{place.field: ""}):
            if not is_taken_out(text := getattr(row, place.field)):
                standing.add(text)
                yield place.said, row.pk, text
    for event in conference.events.exclude(payload={}).order_by("seq"):
        for text in _repeated(event):
            if text not in standing and not is_taken_out(text):
                yield Said.LOG, event.seq, text


def _repeated(event: ConferenceEvent) -> list[str]:
    """A title that is no speech's (of an item, of a vote) is no person's words."""
    keys = [key for key in TOLD if key != "title" or event.type in _OF_SPEECHES]
    return [text for key in keys if isinstance(text := event.payload.get(key), str)]


def text_at(conference: Conference, said: str, key: int) -> str:
    return next((text for at, pk, text in texts_of(conference) if (at, pk) == (said, key)), "")


def alike(conference: Conference, words: str) -> list[tuple[Place, Any]]:
    return [(place, row) for place in PLACES for row in place.rows(conference).filter(**{place.field: words})]


Told = dict[str, Any]


def without(words: str, mark: str) -> Callable[[ConferenceEvent], tuple[Told, Told]]:
    """What a line of the log tells and shows once the words are gone: strings that are the words, whole."""

    def left(event: ConferenceEvent) -> tuple[Told, Told]:
        return _in_keys(event.payload, TOLD, words, mark), _in_keys(event.patch, SHOWN, words, mark)

    return left


def replaced(value: Any, words: str, mark: str) -> Any:
    if isinstance(value, Mapping):
        return {key: replaced(each, words, mark) for key, each in value.items()}
    if isinstance(value, list):
        return [replaced(each, words, mark) for each in value]
    return mark if value == words else value


def _in_keys(told: Told, keys: tuple[str, ...], words: str, mark: str) -> Told:
    return {key: replaced(each, words, mark) if key in keys else each for key, each in told.items()}
