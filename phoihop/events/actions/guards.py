from phoihop.core.text import nfc
from phoihop.events import errors
from phoihop.events.models import Event


def locked_event(event: Event) -> Event:
    """As it stands now; nobody else changes it until this transaction ends."""
    Event.objects.select_for_update().get(pk=event.pk)
    return Event.objects.select_related("organisation__area", "current__area", "current__lead").get(
        pk=event.pk
    )


def require_reason(reason: str) -> str:
    clean = " ".join(nfc(reason).split())
    if not clean:
        raise errors.reason_needed()
    if len(clean) > errors.LONGEST_REASON:
        raise errors.reason_too_long(len(clean))
    return clean
