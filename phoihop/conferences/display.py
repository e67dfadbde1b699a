"""What the screens show now, key by key. A change writes the keys it moves into the log; a newcomer gets them all.

Keys: conference, item, agenda, floor, queue, hall, muted, roll_call, vote, prepared, notes. Instants are ISO 8601 in UTC; a name stands
twice where it has two languages ("vi", "en").
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from phoihop.conferences.enums import ItemState, SiteKind, SpeakerState, Visibility, VoteState
from phoihop.conferences.models import AgendaItem, Conference, PresidiumNote, Speaker, Vote
from phoihop.conferences.queries.quorum import quorum

Value = dict[str, Any] | None


def display(conference: Conference, keys: Iterable[str] = ()) -> dict[str, Value]:
    """The values of the keys, or of all of them."""
    return {key: BUILDERS[key](conference) for key in keys or BUILDERS}


def _conference(conference: Conference) -> Value:
    return {
        "state": conference.state,
        "opened_at": _iso(conference.opened_at),
        "closed_at": _iso(conference.closed_at),
        "is_recording": conference.is_recording,
        "centre": centre_of(conference),
    }


def _item(conference: Conference) -> Value:
    item = current_item(conference)
    if item is None:
        return None
    return {
        "pk": item.pk,
        "kind": item.kind,
        "visibility": item.visibility,
        "title": _two(item, "title"),
        "began_at": _iso(item.began_at),
        "planned_at": _iso(item.planned_at),
        "planned_minutes": item.planned_minutes,
    }


def _agenda(conference: Conference) -> Value:
    return {"edition": conference.agenda_edition}


def _floor(conference: Conference) -> Value:
    speaker = speaking(conference)
    if speaker is None:
        return None
    return {
        **_line(speaker),
        "visibility": speaker.item.visibility,
        "area": speaker.site.area_id,
        "began_at": _iso(speaker.began_at),
        "allotted_seconds": speaker.allotted_seconds,
    }


def _queue(conference: Conference) -> Value:
    item = current_item(conference)
    if item is None:
        return None
    waiting = speakers(conference).filter(item=item, state=SpeakerState.WAITING)
    return {
        "item": item.pk,
        "visibility": item.visibility,
        "is_open": item.is_list_open,
        "waiting": [_line(each) for each in waiting],
    }


def _hall(conference: Conference) -> Value:
    return dict(conference.hall) or None


def _muted(conference: Conference) -> Value:
    """To sites: whose microphones are muted, and the duty of who muted them."""
    muted = conference.sites.exclude(muted_by="").values_list("slug", "muted_by")
    return {"visibility": Visibility.INTERNAL.value, "sites": dict(muted)} if muted else None


def _roll_call(conference: Conference) -> Value:
    told = quorum(conference)
    if told is None:
        return None
    return {
        "number": told.number,
        "is_open": told.is_open,
        "opened_at": _iso(told.opened_at),
        "closed_at": _iso(told.closed_at),
        "expected": told.expected,
        "answered": told.answered,
        "invited": told.invited,
        "present": told.present,
        "percent": str(told.percent) if told.percent is not None else None,
        "needed": told.needed,
        "needed_percent": told.needed_percent,
        "is_quorate": told.is_met,
    }


def _vote(conference: Conference) -> Value:
    """The open one, or the last that was closed. How many have voted is counted beside the log."""
    votes = conference.votes.filter(state__in=[VoteState.OPEN, VoteState.CLOSED])
    vote: Vote | None = votes.select_related("item").order_by("-opened_at", "-pk").first()
    if vote is None:
        return None
    return {
        "pk": vote.pk,
        "kind": vote.kind,
        "state": vote.state,
        "visibility": vote.item.visibility,
        "title": _two(vote, "title"),
        "options": vote.options,
        "base": vote.base,
        "majority": vote.majority,
        "entitled": vote.entitled,
        "result": vote.result,
    }


def _prepared(conference: Conference) -> Value:
    """Votes that were prepared: the presidium's panels follow it."""
    waiting = conference.votes.filter(state=VoteState.PREPARED).values_list("pk", flat=True)
    return {"visibility": Visibility.HIDDEN.value, "votes": list(waiting)}


def _notes(conference: Conference) -> Value:
    """To the presidium: how many are unread, never what they say."""
    notes = PresidiumNote.objects.filter(site__conference=conference)
    unread, last = notes.filter(read_at__isnull=True).count(), notes.order_by("-pk").first()
    return {
        "visibility": Visibility.HIDDEN.value,
        "unread": unread,
        "last": last.pk if last is not None else None,
    }


BUILDERS: dict[str, Callable[[Conference], Value]] = {
    "conference": _conference,
    "item": _item,
    "agenda": _agenda,
    "floor": _floor,
    "queue": _queue,
    "hall": _hall,
    "muted": _muted,
    "roll_call": _roll_call,
    "vote": _vote,
    "prepared": _prepared,
    "notes": _notes,
}


def centre_of(conference: Conference) -> str:
    """Slug of the central site, whose microphone stays open; empty: there is none, or it was taken out."""
    centres = conference.sites.filter(kind=SiteKind.CENTRE, is_removed=False)
    return centres.values_list("slug", flat=True).first() or ""


def current_item(conference: Conference) -> AgendaItem | None:
    found: AgendaItem | None = conference.items.filter(state=ItemState.CURRENT).first()
    return found


def speaking(conference: Conference) -> Speaker | None:
    found: Speaker | None = speakers(conference).filter(state=SpeakerState.SPEAKING).first()
    return found


def speakers(conference: Conference) -> Any:
    related = ("item", "site", "delegation", "official__post", "official__organisation", "speech")
    return conference.speakers.select_related(*related)


def _line(speaker: Speaker) -> dict[str, Any]:
    return {
        "pk": speaker.pk,
        "kind": speaker.kind,
        "site": speaker.site.slug,
        "name": _two(speaker.site, "name"),
        "delegation": _two(speaker.delegation, "title") if speaker.delegation else None,
        "post": speaker.post,
        "speech": _two(speaker.speech, "title") if speaker.speech else None,
    }


def _two(thing: Any, field: str) -> dict[str, str]:
    vietnamese = getattr(thing, f"{field}_vi")
    return {"vi": vietnamese, "en": getattr(thing, f"{field}_en") or vietnamese}


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
