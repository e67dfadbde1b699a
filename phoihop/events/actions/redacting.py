"""Taking a person's data out of what an entry says, for good; day, area, organisations and count stay."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.audit.words import seal_alike
from phoihop.core import clock
from phoihop.events import errors
from phoihop.events.actions.guards import locked_event, require_reason
from phoihop.events.enums import EventText
from phoihop.events.models import EventSeal, EventVersion
from phoihop.events.permissions import can_redact_events
from phoihop.events.sealing import TAKEN_OUT, every_text_of


@transaction.atomic
def redact_event_text(
    *, version: EventVersion, place: str, reason: str, by: AbstractBaseUser | None
) -> list[EventSeal]:
    """Takes the text out of every version of the entry that says the same there.

    Raises: NotAllowed; DomainError without a reason, or where no text stands at that place.
    """
    if not can_redact_events(by):
        raise errors.only_the_centre_redacts()
    why = require_reason(reason)
    event = locked_event(version.event)
    rows = EventSeal.objects.filter(version__event=event, place=place, redacted_at__isnull=True)
    seals = list(rows.select_related("version__event").order_by("pk"))
    text = next((_text_at(each) for each in seals if each.version_id == version.pk), "")
    if not text:
        raise errors.nothing_to_redact(place)
    taken = [each for each in seals if _text_at(each) == text]
    for each in taken:
        _take_out(each.version, place)
        each.salt, each.redacted_at, each.redaction_reason = "", clock.now(), why
        each.redacted_by_id = getattr(by, "pk", None)
        each.save()
    told = {"place": place, "versions": [each.version.number for each in taken]}
    details = told | seal_alike(taken, "redaction_reason")
    record("redact_event_text", event, by=by, organisation=event.organisation, details=details)
    return taken


def _text_at(seal: EventSeal) -> str:
    return every_text_of(seal.version).get(seal.place, "")


def _take_out(version: EventVersion, place: str) -> None:
    if place == EventText.CANCELLED:
        version.event.cancel_reason = TAKEN_OUT
        version.event.save(update_fields=["cancel_reason"])
    else:
        setattr(version, place, TAKEN_OUT)
        version.save(update_fields=[place, "words_fold"])
