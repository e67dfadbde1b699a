"""An invitation as a calendar file (RFC 5545). Calendars are shared: it holds the address of the door, no code."""

from datetime import UTC, datetime

from django.conf import settings
from icalendar import Calendar, Event

from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.letters.site import Letter, LetterSite
from phoihop.conferences.tree import Node
from phoihop.core import clock
from phoihop.core.clock import VIETNAM

_PRODUCT = "-//Phoi Hop//Conferences//VI"


def calendar_of(letter: Letter, invited: LetterSite) -> bytes:
    """One event. A changed time is a higher sequence under the same identity, so that calendars move it."""
    conference, site = letter.conference, invited.site
    written = conference.kind == ConferenceKind.WRITTEN
    event = Event()
    event.add("uid", f"{conference.slug}.{site.slug}@{settings.CALENDAR_HOST}")
    event.add("sequence", conference.last_seq)
    event.add("dtstamp", clock.now())
    event.add("dtstart", _utc(conference.starts_at))
    event.add("dtend", _utc(conference.ends_at))
    event.add("summary", conference.title_vi)
    event.add("location", "" if written else _place(letter, invited))
    event.add("description", "\n".join(_told(letter, invited)))
    event.add("url", invited.address)
    event.add("status", "TENTATIVE" if conference.state == ConferenceState.PREPARING else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _place(letter: Letter, invited: LetterSite) -> str:
    return ", ".join(filter(None, [invited.site.name_vi, invited.site.address])) or letter.conference.venue_vi


def _told(letter: Letter, invited: LetterSite) -> list[str]:
    organisers = ", ".join(each.organisation.name_vi for each in letter.organisers)
    return [organisers, invited.address, *(_line(node) for node in letter.agenda)]


def _line(node: Node) -> str:
    return f"{node.begins_at.astimezone(VIETNAM):%H:%M} {node.item.title_vi}"


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)
