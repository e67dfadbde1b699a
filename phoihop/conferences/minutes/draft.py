"""From the log to the facts of the minutes ("phoihop-minutes/2"). The same log gives the same draft, whenever it is read."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from phoihop.conferences.enums import Duty, ItemKind, Visibility
from phoihop.conferences.minutes.attendance import attendance_of
from phoihop.conferences.minutes.names import Names, PostNames, two
from phoihop.conferences.models import Conference, ConferenceEvent
from phoihop.conferences.queries.log import log_hash

FORMAT = "phoihop-minutes/2"
_OF_SITES = {"remove_site": "removed", "readmit_site": "readmitted"}


def draft_of(conference: Conference, last_seq: int) -> dict[str, Any]:
    """Texts stand twice ({"vi", "en"}), instants in ISO 8601.

    Missing: ended_at where the log ends before the conference was closed.
    """
    events = list(conference.events.filter(seq__lte=last_seq).order_by("seq"))
    posts = PostNames()
    names = Names(conference, posts)
    items, outside = _by_item(events, names)
    return {
        "format": FORMAT,
        "conference": _conference(conference),
        "began_at": _moment(events, "open_conference"),
        "ended_at": _moment(events, "close_conference"),
        "written": _written(conference, events),
        "officials": {duty.value: _officials(conference, duty) for duty in (Duty.CHAIR, Duty.SECRETARY)},
        "attendance": attendance_of(conference, last_seq, posts),
        "items": items,
        "outside": outside,
        "speaking_times": _speaking_times(items, outside),
        **_recording(events),
        "log": {"last_seq": last_seq, "hash": log_hash(conference, last_seq)},
    }


def _conference(conference: Conference) -> dict[str, Any]:
    review = conference.review
    return {
        "slug": conference.slug,
        "kind": conference.kind,
        "title": two(conference, "title"),
        "venue": two(conference, "venue"),
        "programmes": [two(each, "title") for each in conference.programmes.order_by("pk")],
        "organisers": [
            two(each.organisation) for each in conference.organisers.select_related("organisation")
        ],
        "review": {"title": two(review.review, "title"), "number": review.number} if review else None,
        "sites": conference.sites.count(),
        "is_simulated": conference.is_simulated,
    }


def _officials(conference: Conference, duty: Duty) -> list[dict[str, Any]]:
    held = conference.officials.filter(duty=duty).select_related("post", "organisation")
    return [
        {"post": two(each.post, "title") if each.post else None, "body": two(each.organisation)}
        for each in held
    ]


def _written(conference: Conference, events: Iterable[ConferenceEvent]) -> dict[str, Any] | None:
    """Of a consultation in writing that is closed; None of any other."""
    closed = next((event for event in events if event.type == "close_written_review"), None)
    if closed is None or conference.invited_at is None:
        return None
    told = {name: closed.payload.get(name) for name in ("asked", "answered", "last_day", "reason")}
    return {"began_at": conference.invited_at.isoformat(), "ended_at": closed.at.isoformat(), **told}


def _recording(events: Iterable[ConferenceEvent]) -> dict[str, Any]:
    """Of the film that was kept; nothing where there is none, or none yet."""
    kept = [event.payload for event in events if event.type == "keep_recording"]
    return {"recording": kept[-1]} if kept else {}


def _moment(events: Iterable[ConferenceEvent], what: str) -> str | None:
    return next((event.at.isoformat() for event in events if event.type == what), None)


def _by_item(
    events: Sequence[ConferenceEvent], names: Names
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Items in the order they were taken up, each with what was done on it; what was done on none stands apart."""
    items: list[dict[str, Any]] = []
    outside: list[dict[str, Any]] = []
    current: dict[str, Any] | None = None
    open_speech: dict[str, Any] | None = None
    asked = {event.payload["vote"] for event in events if event.type == "open_vote"}
    for event in events:
        if event.type == "cancel_vote" and event.payload["vote"] not in asked:
            continue  # one that was never opened asked nobody anything
        if event.type == "begin_item":
            current = _begun(items, names.item(event.payload["item"]), event.at.isoformat())
        elif event.type == "end_item" and current is not None:
            current["ended_at"], current = event.at.isoformat(), None
        elif event.type == "extend_time" and open_speech is not None:
            open_speech["granted"] = event.payload["seconds"]
        elif event.type == "end_speech" and open_speech is not None:
            open_speech["until"] = event.at.isoformat()
        elif (act := _act(event, names)) is not None:
            act["presents"] = current is not None and _presents(act, current)
            (current["acts"] if current is not None else outside).append(act)
            open_speech = act if act["what"] == "speech" else open_speech
    return [item for item in items if item["visibility"] != Visibility.HIDDEN], outside


def _presents(act: dict[str, Any], item: dict[str, Any]) -> bool:
    """Whoever is first given the floor on a report presents it; the others speak to it."""
    earlier = any(each["what"] == "speech" for each in item["acts"])
    return act["what"] == "speech" and item["kind"] == ItemKind.REPORT and not earlier


def _begun(items: list[dict[str, Any]], item: dict[str, Any], at: str) -> dict[str, Any]:
    """An item taken up again goes on where it stood."""
    found = next((each for each in items if each["pk"] == item["pk"]), None)
    if found is None:
        found = {**item, "began_at": at, "ended_at": None, "acts": []}
        items.append(found)
    found["ended_at"] = None
    return found


def _act(event: ConferenceEvent, names: Names) -> dict[str, Any] | None:
    at = {"at": event.at.isoformat()}
    if event.type == "give_floor":
        seconds = event.payload.get("seconds", 0)
        told = names.speaker(event.payload)
        return {"what": "speech", **at, "until": None, "allotted": seconds, "granted": seconds, **told}
    if event.type == "close_vote":
        return {"what": "vote", **at, **names.vote(event.payload)}
    if event.type == "cancel_vote":
        title = names.question(event.payload["vote"])
        return {"what": "cancelled", **at, "title": title, "reason": event.payload.get("reason", "")}
    if event.type == "close_roll_call":
        return {"what": "roll_call", **at, "number": event.payload.get("number")}
    if event.type in _OF_SITES:
        return {"what": _OF_SITES[event.type], **at, "site": names.site(event.payload["site"])}
    return None


def _speaking_times(items: list[dict[str, Any]], outside: list[dict[str, Any]]) -> list[dict[str, Any]]:
    times: dict[str, dict[str, Any]] = {}
    acts = [act for item in items for act in item["acts"]] + outside
    for act in acts:
        if act["what"] != "speech" or act["until"] is None:
            continue
        spoken = datetime.fromisoformat(act["until"]) - datetime.fromisoformat(act["at"])
        who = {"site": act["site"], "delegation": act["delegation"]}
        key = f"{act['site_key']}/{(act['delegation'] or {}).get('vi', '')}"
        line = times.setdefault(key, {**who, "times": 0, "seconds": 0})
        line["times"] += 1
        line["seconds"] += int(spoken.total_seconds())
    return list(times.values())
