"""Words of a conference's screens."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext

from phoihop.conferences.enums import CheckColour, ItemKind, SpeakerKind
from phoihop.conferences.models import ConferenceRedaction, Site
from phoihop.conferences.queries.redactions import label_of
from phoihop.conferences.rehearsal_words import letter_of
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname, localname

register = template.Library()


@register.filter
def inlanguage(texts: Mapping[str, str] | None) -> str:
    """Of a text that stands twice, {"vi": ..., "en": ...}, the page's."""
    if not texts:
        return ""
    return texts.get("en" if get_language() == "en" else "vi") or texts.get("vi", "")


@register.filter
def minutesseconds(seconds: int | None) -> str:
    """425 -> 7:05."""
    whole = abs(int(seconds or 0))
    return f"{'-' if (seconds or 0) < 0 else ''}{whole // 60}:{whole % 60:02d}"


@register.filter
def filmlength(seconds: float | None) -> str:
    """11525 -> 3:12:05; 65 -> 0:01:05."""
    whole = int(seconds or 0)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


@register.filter
def secondsleft(timed: Mapping[str, Any]) -> int:
    """Of a countdown {"began_at", "allotted_seconds"}; negative once it has run out."""
    began = parse_datetime(timed["began_at"])
    return int(timed["allotted_seconds"]) - int((clock.now() - began).total_seconds()) if began else 0


@register.filter
def programmecalled(programme: Any) -> str:
    """By its number; a local version, which has none, by its area."""
    if programme.number:
        return gettext("Programme %(number)s") % {"number": programme.number}
    return f"{localname(programme, 'title')} ({areaname(programme.area)})"


@register.filter
def hours(instant: datetime | str | None) -> str:
    """13:30, in Viet Nam."""
    moment = parse_datetime(instant) if isinstance(instant, str) else instant
    return f"{moment.astimezone(clock.VIETNAM):%H:%M}" if moment else ""


@register.filter
def itemkind(code: str) -> str:
    return str(ItemKind(code).label) if code in ItemKind.values else code


@register.filter
def speakerkind(code: str) -> str:
    return str(SpeakerKind(code).label) if code in SpeakerKind.values else code


@register.filter
def saidlabel(redaction: ConferenceRedaction) -> str:
    """What was taken out."""
    return label_of(redaction)


@register.filter
def tilename(site: Site) -> str:
    """Beside the pictures of others: without the words that every site's name begins with."""
    name = localname(site).removeprefix("Điểm cầu ")
    return name[:1].upper() + name[1:]


@register.filter
def colourclass(colour: str) -> str:
    """Of the tag of a check's colour."""
    return {"green": "good", "amber": "warn", "red": "bad"}.get(colour, "")


@register.filter
def colourletter(colour: str) -> str:
    return letter_of(colour)


@register.filter
def colourname(colour: str) -> str:
    return str(CheckColour(colour).label)
