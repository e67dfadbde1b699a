"""The recording of a conference's stage: what is to be made or deleted, its chapters from the log, what a page tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import QuerySet

from phoihop.conferences.enums import CommandState, ConferenceState, RecordingState, Visibility
from phoihop.conferences.media.film import Piece, Span
from phoihop.conferences.media.film.making import starts
from phoihop.conferences.models import AgendaItem, Conference, ConferenceEvent, MediaCommand, Recording
from phoihop.conferences.tree import nodes_of
from phoihop.core import clock


@dataclass(frozen=True, slots=True)
class Chapter:
    """An item of the agenda in the film, from its second on; taken up again, it is a chapter again."""

    seconds: float
    item: AgendaItem
    number: str


def to_be_made(*, is_written: bool = True) -> QuerySet[Conference]:
    """Closed, recorded at some time, and without a film; where an engine writes, once it was told and writes no longer."""
    closed = Conference.objects.filter(state=ConferenceState.CLOSED, recording__isnull=True)
    found = closed.filter(pk__in=_recorded())
    telling = MediaCommand.objects.filter(state=CommandState.WAITING).values("conference")
    return found.exclude(pk__in=telling) if is_written else found


def once_recorded() -> QuerySet[Conference]:
    return Conference.objects.filter(pk__in=_recorded()).select_related("recording")


def _recorded() -> QuerySet[ConferenceEvent, Any]:
    return ConferenceEvent.objects.filter(type="start_recording").values("conference")


def last_day_of(conference: Conference, ended_at: datetime) -> date:
    """Until when it is kept, recorded last at `ended_at`."""
    return clock.day_of(ended_at) + timedelta(days=conference.recording_days)


def recorded_until(conference: Conference) -> datetime:
    """The last press that began or ended it."""
    presses = conference.events.filter(type__in=["start_recording", "stop_recording"])
    return cast("datetime", presses.order_by("seq").values_list("at", flat=True).last())


def spans_open(conference: Conference) -> list[Span]:
    """When it was recorded, and not in a part that is closed to viewers."""
    is_open = set(conference.items.filter(visibility=Visibility.OPEN).values_list("pk", flat=True))
    events = conference.events.filter(
        type__in=["start_recording", "stop_recording", "begin_item", "end_item", "close_conference"]
    )
    found: list[Span] = []
    is_on, is_shown, since = False, True, None
    for event in events.order_by("seq"):
        match event.type:
            case "start_recording":
                is_on = True
            case "stop_recording" | "close_conference":
                is_on = False
            case "begin_item":
                is_shown = event.payload["item"] in is_open
            case _:
                is_shown = True
        if is_on and is_shown:
            since = since or event.at
        elif since is not None:
            found.append((since, event.at))
            since = None
    return [*found, (since, clock.now())] if since is not None else found


def was_recorded(conference: Conference) -> bool:
    return bool(conference.events.filter(type="start_recording").exists())


def film_state(conference: Conference) -> str:
    """Empty: none is there yet."""
    return Recording.objects.filter(conference=conference).values_list("state", flat=True).first() or ""


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
