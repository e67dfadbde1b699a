"""What a conference's own page tells a reader, and the ways on for the reader's own duty."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.models import Conference, RegisteredSpeech
from phoihop.conferences.permissions import Act, Attendee, can_view_recording
from phoihop.conferences.queries.agenda import AgendaLine
from phoihop.conferences.queries.preparing import sites_with_counts
from phoihop.conferences.queries.recordings import was_recorded
from phoihop.core import clock
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class Way:
    label: str
    url: str
    is_first: bool = False  # the one thing to do now


@dataclass(frozen=True, slots=True)
class Listed:
    """The conferences a reader sees, as a page of them reads."""

    now: Sequence[Conference]
    coming: Sequence[Conference]
    past: Sequence[Conference]

    def __bool__(self) -> bool:
        return bool(self.now or self.coming or self.past)


def listed(user: AnyUser) -> Listed:
    """In session, coming (the next one first), past (the last one first)."""
    found: QuerySet[Conference] = Conference.objects.visible_to(user)
    programmes = Prefetch("programmes", Programme.objects.select_related("area", "localises"))
    held = list(found.select_related("area").prefetch_related(programmes, "organisers__organisation"))
    now = [each for each in held if _is_now(each)]
    past = [each for each in held if each.state == ConferenceState.CLOSED]
    coming = [each for each in held if each not in now and each not in past]
    return Listed(now, sorted(coming, key=lambda each: each.starts_at), past)


def ways_of(conference: Conference, by: Attendee) -> list[Way]:
    """Pages that are not there yet are not offered."""
    offered = [
        (by.may(Act.MANAGE_LIST), _("Chair's console"), "console"),
        (by.may(Act.SHOW_HALL), _("Hall screen"), "hall"),
        (by.site is not None and by.may(Act.ASK_TO_SPEAK), _("Page of the site"), "site"),
        (by.site is not None and by.may(Act.PUBLISH), _("Technical check of the site"), "check"),
        (by.may(Act.SEE_PRESIDIUM_PART), _("Readiness of the sites"), "site_board"),
        (by.may(Act.GIVE_OPINION), _("Answer in writing"), "opinion"),
        (by.may(Act.PREPARE) and conference.state != ConferenceState.CLOSED, _("Prepare"), "prepare"),
        (by.may(Act.RUN_AGENDA) and not by.may(Act.PREPARE), _("Arrange the agenda"), "agenda"),
        (by.site is not None and by.may(Act.WRITE_NOTE), _("Register a speech"), "speeches"),
        (by.may(Act.WATCH), _("Viewing page"), "view"),
        (
            by.may(Act.WRITE_MINUTES) or conference.state == ConferenceState.CLOSED,
            _("Minutes of the conference"),
            "minutes",
        ),
        (by.may(Act.SEE_DELEGATES_PART), _("Attendance by the roll-call"), "roll_call"),
        (by.may(Act.SEE_DELEGATES_PART), _("Votes"), "votes"),
        (
            by.may(Act.CONCLUDE) or conference.state == ConferenceState.CLOSED,
            _("Conclusions of the conference"),
            "conclusions",
        ),
        (
            conference.state == ConferenceState.CLOSED
            and was_recorded(conference)
            and can_view_recording(by, conference),
            _("Recording"),
            "recording",
        ),
    ]
    unfit = (
        {"console", "hall", "site", "check", "site_board", "view", "speeches", "roll_call", "votes"}
        if conference.kind == ConferenceKind.WRITTEN
        else set()
    )
    found = [
        (label, url)
        for may, label, name in offered
        if may and name not in unfit and (url := _address(name, conference))
    ]
    return [Way(label, url, is_first=place == 0) for place, (label, url) in enumerate(found)]


def sites_told(conference: Conference) -> Sequence[Any]:
    return list(sites_with_counts(conference).filter(is_removed=False))


def speeches_told(conference: Conference, lines: Iterable[AgendaLine]) -> list[RegisteredSpeech]:
    """Those of the items the reader sees, and those of no item yet."""
    seen = {line.item.pk for line in lines}
    found = conference.speeches.select_related("delegation__site", "item")
    return [speech for speech in found if speech.item_id is None or speech.item_id in seen]


def total(blocs: Iterable[dict[str, Any]]) -> int:
    return sum(bloc["heads"] or 0 for bloc in blocs)


def _is_now(conference: Conference) -> bool:
    """A consultation in writing runs from its invitation to its last day."""
    if conference.kind == ConferenceKind.WRITTEN:
        return conference.state == ConferenceState.INVITED and conference.starts_at <= clock.now()
    return bool(conference.state == ConferenceState.OPEN)


def _address(name: str, conference: Conference) -> str:
    try:
        return reverse(f"conferences:{name}", args=[conference.slug])
    except NoReverseMatch:
        return ""
