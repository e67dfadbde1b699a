"""Whether every text of an entry still is what was sealed."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.audit.models import AuditEvent
from phoihop.audit.salted import digest
from phoihop.events.enums import EventText
from phoihop.events.models import EventVersion
from phoihop.events.sealing import TAKEN_OUT, every_text_of, texts_hash

_AT_ONCE = 2_000
_TOLD_BY = {
    "enter_event": False,
    "correct_event": False,
    "cancel_event": True,
}  # of the cancellation's reason


def broken_event_seals() -> Iterator[str]:
    """A sentence for each text or tombstone that is not what the seal or the audit chain says."""
    told = _told_by_events()
    versions = EventVersion.objects.select_related("event").prefetch_related("seals").order_by("pk")
    for version in versions.iterator(chunk_size=_AT_ONCE):
        yield from _broken(version)
        for is_cancelling in (False, True):
            said = told.get((str(version.event_id), version.number, is_cancelling))
            seals = [
                each for each in version.seals.all() if (each.place == EventText.CANCELLED) is is_cancelling
            ]
            if said is not None and texts_hash(seals) != said:
                yield _("event %(event)s version %(version)s: its seals are not those of the audit chain") % {
                    "event": version.event_id,
                    "version": version.number,
                }


def _broken(version: EventVersion) -> Iterator[str]:
    found = every_text_of(version)
    for seal in version.seals.all():
        text = found.get(seal.place, "")
        where = {"event": version.event_id, "version": version.number, "place": seal.get_place_display()}
        if seal.redacted_at:
            if text != TAKEN_OUT:
                yield _("event %(event)s version %(version)s: %(place)s was redacted and is there") % where
        elif digest(seal.salt, text) != seal.digest:
            yield _("event %(event)s version %(version)s: %(place)s is not what was sealed") % where


def _told_by_events() -> dict[tuple[str, int, bool], str]:
    """Entry, version and whether it was cancelled then -> the hash over its seals, as the act told the chain.

    Acts before texts were sealed told nothing.
    """
    rows = AuditEvent.objects.filter(object_type="events.event", action__in=_TOLD_BY)
    acts = rows.values_list("object_id", "action", "details").iterator(chunk_size=_AT_ONCE)
    return {
        (pk, details["version"], _TOLD_BY[action]): details["texts"]
        for pk, action, details in acts
        if "texts" in details
    }
