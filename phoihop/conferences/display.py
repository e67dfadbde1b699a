"""What the screens show now, key by key. A change writes the keys it moves into the log; a newcomer gets them all.

Keys: conference, item, agenda, floor, queue, hall, roll_call, vote. Instants are ISO 8601 in UTC; a name stands
twice where it has two languages ("vi", "en").
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Sum

from phoihop.conferences.enums import ItemState, SpeakerState, VoteState
from phoihop.conferences.models import AgendaItem, Conference, Speaker, Vote

Value = dict[str, Any] | None


def display(conference: Conference, keys: Iterable[str] = ()) -> dict[str, Value]:
    """The values of the keys, or of all of them."""
    return {key: BUILDERS[key](conference) for key in keys or BUILDERS}


def _conference(conference: Conference) -> Value:
    return {
        "state": conference.state,
        "opened_at": _iso(conference.opened_at),
        "closed_at": _iso(conference.closed_at),
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


def _roll_call(conference: Conference) -> Value:
    last = conference.roll_calls.order_by("-number").first()
    if last is None:
        return None
    answers = last.answers.filter(is_current=True)
    delegations = conference.sites.filter(is_removed=False, delegations__isnull=False)
    expected = delegations.aggregate(invited=Sum("delegations__invited"))
    return {
        "number": last.number,
        "is_open": last.closed_at is None,
        "expected": delegations.count(),
        "answered": answers.count(),
        "invited": expected["invited"] or 0,
        "present": answers.aggregate(heads=Sum("present"))["heads"] or 0,
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
        "entitled": vote.entitled,
        "result": vote.result,
    }


BUILDERS: dict[str, Callable[[Conference], Value]] = {
    "conference": _conference,
    "item": _item,
    "agenda": _agenda,
    "floor": _floor,
    "queue": _queue,
    "hall": _hall,
    "roll_call": _roll_call,
    "vote": _vote,
}


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
