"""The recording of a conference's stage: what is to be made or deleted, its chapters from the log, what a page tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from phoihop.conferences.enums import ConferenceState, RecordingState, Visibility
from phoihop.conferences.media.film import Piece
from phoihop.conferences.media.film.making import starts
from phoihop.conferences.models import AgendaItem, Conference, ConferenceEvent, Recording
from phoihop.conferences.tree import nodes_of


@dataclass(frozen=True, slots=True)
class Chapter:
    """An item of the agenda in the film, from its second on; taken up again, it is a chapter again."""

    seconds: float
    item: AgendaItem
    number: str


def to_be_made() -> QuerySet[Conference]:
    """Closed, recorded at some time, and without a film."""
    recorded = ConferenceEvent.objects.filter(type="start_recording").values("conference")
    closed = Conference.objects.filter(state=ConferenceState.CLOSED, recording__isnull=True)
    return closed.filter(pk__in=recorded)


def was_recorded(conference: Conference) -> bool:
    return bool(conference.events.filter(type="start_recording").exists())


def past_their_day(today: date) -> QuerySet[Recording]:
    return Recording.objects.filter(state=RecordingState.MADE, kept_until__lt=today)


def cut_list(conference: Conference, pieces: Sequence[Piece]) -> list[tuple[float, int]]:
    """(second of the film, item): where an item of the open agenda was begun, and which one stood as a piece began."""
    begun = _begun(conference)
    found: list[tuple[float, int]] = []
    for passed, piece in starts(pieces):
        for at, item in begun:
            until = next((later for later, _item in begun if later > at), None)
            if at >= piece.ended_at or (until is not None and until <= piece.began_at):
                continue
            second = passed + max(timedelta(), at - piece.began_at).total_seconds()
            if item is not None and (not found or found[-1][1] != item):
                found.append((round(second, 1), item))
    return found


def chapters_of(recording: Recording) -> list[Chapter]:
    """Items since removed are left out."""
    conference = recording.conference
    nodes = {node.item.pk: node for node in nodes_of(conference.items.all(), conference.starts_at)}
    return [
        Chapter(each["seconds"], node.item, node.number)
        for each in recording.chapters
        if (node := nodes.get(each["item"])) is not None
    ]


def _begun(conference: Conference) -> list[tuple[datetime, int | None]]:
    """From when which item was under discussion; None: none that everybody sees."""
    is_open = set(conference.items.filter(visibility=Visibility.OPEN).values_list("pk", flat=True))
    events = conference.events.filter(type__in=["begin_item", "end_item"]).order_by("seq")
    return [
        (event.at, item if event.type == "begin_item" and item in is_open else None)
        for event in events
        for item in [event.payload["item"]]
    ]
