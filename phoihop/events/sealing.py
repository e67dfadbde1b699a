"""The texts of an entry under salted hashes, apart from its day, its area, its organisations and its count."""

from collections.abc import Iterable, Mapping

from phoihop.audit.salted import digest, digest_of_all, new_salt
from phoihop.events.enums import EventText
from phoihop.events.models import EventSeal, EventVersion

TAKEN_OUT = "[…]"  # stands where a text was; the same in every language


def texts_of(version: EventVersion) -> dict[str, str]:
    """Of a version, without the reason of a cancellation, which is the entry's."""
    found = {
        EventText.SUBJECT.value: version.subject,
        EventText.PLACE.value: version.place,
        EventText.REASON.value: version.reason,
    }
    return {place: text for place, text in found.items() if text}


def every_text_of(version: EventVersion) -> dict[str, str]:
    """The reason of a cancellation stands with the version that was cancelled."""
    event = version.event
    is_last = event.current_id == version.pk and event.cancel_reason
    return texts_of(version) | ({EventText.CANCELLED.value: event.cancel_reason} if is_last else {})


def seal(version: EventVersion, texts: Mapping[str, str]) -> str:
    """Writes the seals; returns what the audit event of the act says of them."""
    seals = [_seal(version, place, text) for place, text in texts.items()]
    return texts_hash(EventSeal.objects.bulk_create(seals))


def texts_hash(seals: Iterable[EventSeal]) -> str:
    return digest_of_all((each.place, each.digest) for each in seals)


def _seal(version: EventVersion, place: str, text: str) -> EventSeal:
    salt = new_salt()
    return EventSeal(version=version, place=place, salt=salt, digest=digest(salt, text))
