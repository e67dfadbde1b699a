"""The texts and files of a report or of an event that may be taken out, once each, and the tombstones of those that were."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from phoihop.assignments.queries.redactions import tombstones_on
from phoihop.assignments.sealing import Thing
from phoihop.assignments.sealing import texts_of as texts_of_thing
from phoihop.audit.words import FILE
from phoihop.core.templatetags.states import narrativepart
from phoihop.events.enums import EventText
from phoihop.events.models import Event, EventSeal
from phoihop.events.sealing import every_text_of
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report, TextSeal
from phoihop.reports.queries.quoting import Quoting, quoted_above
from phoihop.reports.sealing import texts_of
from phoihop.web.queries.actors import actors_of


@dataclass(frozen=True, slots=True)
class SealedText:
    version: int  # pk of the newest version that has it
    place: str
    key: str
    label: str
    text: str
    numbers: Sequence[int]  # of the versions that say the same
    quoted_in: Sequence[tuple[Report, Sequence[Quoting]]] = ()  # superiors' reports that would lose the words


def sealed_texts(report: Report) -> list[SealedText]:
    """Newest first; the same words at the same place in several versions are one."""
    found: dict[tuple[str, str, str], SealedText] = {}
    versions = report.versions.prefetch_related("seals", "waivers", "attachments").order_by("-number")
    for version in versions:
        said = texts_of(version, version.waivers.all())
        names = {str(each.pk): each.name for each in version.attachments.all() if each.path}
        for seal in version.seals.all():
            text = (
                names.get(seal.key, "")
                if seal.place == TextPlace.ATTACHMENT
                else said.get((seal.place, seal.key), "")
            )
            if seal.standing is None or not text:
                continue
            same = found.get((seal.place, seal.key, text))
            numbers = [*same.numbers, version.number] if same else [version.number]
            newest = same.version if same else version.pk
            found[seal.place, seal.key, text] = SealedText(
                newest, seal.place, seal.key, label_of(seal), text, numbers
            )
    words = [each.text for each in found.values() if each.place != TextPlace.ATTACHMENT]
    quoted = quoted_above(report, words)
    return [
        each if each.place == TextPlace.ATTACHMENT else replace(each, quoted_in=quoted[each.text])
        for each in found.values()
    ]


def sealed_event_texts(event: Event) -> list[SealedText]:
    """Newest first; the same words at the same place in several versions are one."""
    found: dict[tuple[str, str], SealedText] = {}
    for version in event.versions.select_related("event").prefetch_related("seals").order_by("-number"):
        said = every_text_of(version)
        for seal in version.seals.all():
            text = said.get(seal.place, "")
            if seal.redacted_at or not text:
                continue
            same = found.get((seal.place, text))
            numbers = [*same.numbers, version.number] if same else [version.number]
            newest = same.version if same else version.pk
            found[seal.place, text] = SealedText(newest, seal.place, "", label_of(seal), text, numbers)
    return list(found.values())


def tombstones(of: Report | Event) -> dict[str, Any]:
    """What was taken out, the newest first, and who did it: the context of its template."""
    seals: QuerySet[Any] = (
        TextSeal.objects.filter(version__report=of)
        if isinstance(of, Report)
        else EventSeal.objects.filter(version__event=of)
    )
    rows = seals.filter(redacted_at__isnull=False).select_related("version", "redacted_by")
    found = list(rows.order_by("-redacted_at", "version__number"))
    actors = actors_of(each.redacted_by.username for each in found if each.redacted_by)
    return {"tombstones": found, "tombstone_actors": actors}


def assigned_texts(thing: Thing) -> list[SealedText]:
    """The same words at several places of one kind are one; a file stands by its name."""
    found: dict[tuple[str, str], SealedText] = {}
    for place, row in texts_of_thing(thing):
        text = getattr(row, place.field)
        shown = row.name if place.field == FILE else text
        label = str(place.words.label)
        found.setdefault((place.words, text), SealedText(row.pk, place.words, "", label, shown, []))
    return list(found.values())


def word_tombstones(thing: Thing) -> dict[str, Any]:
    """What was taken out of it, the newest first, and who did it: the context of its template."""
    found = list(tombstones_on(thing))
    return {"word_tombstones": found, "tombstone_actors": actors_of(each.seal.redacted_by for each in found)}


def label_of(seal: TextSeal | EventSeal) -> str:
    if isinstance(seal, EventSeal):
        return str(EventText(seal.place).label)
    place = str(TextPlace(seal.place).label)
    key = narrativepart(seal.key) if seal.place == TextPlace.NARRATIVE else seal.key.rpartition(":")[2]
    return f"{place}: {key}" if key and seal.place != TextPlace.ATTACHMENT else place
