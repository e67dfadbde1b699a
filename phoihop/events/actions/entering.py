"""An organisation enters what it held, corrects it, or takes it back; every act stays."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.events import errors
from phoihop.events.actions.guards import locked_event, require_reason
from phoihop.events.checks import require_no_names, require_possible
from phoihop.events.enums import EventState, EventText
from phoihop.events.facts import EventFacts, facts_of
from phoihop.events.models import Event, EventVersion, Participation
from phoihop.events.permissions import can_enter_for
from phoihop.events.sealing import seal, texts_of
from phoihop.orgs.errors import role_needed
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission


@transaction.atomic
def enter_event(
    *,
    organisation: Organisation,
    facts: EventFacts,
    key: UUID,
    by: AbstractBaseUser | None,
    no_names: bool = False,
    simulated: bool = False,
) -> Event:
    """Sent again with the same key, it is the event already entered.

    `no_names`: a person looked, and what resembles a name is none.
    """
    _require_entering(organisation, by)
    known = Event.objects.filter(key=key).first()
    if known is not None:
        if known.organisation_id != organisation.pk:
            raise errors.key_of_another()
        return known
    tidy = _admitted(facts, organisation, no_names)
    event = Event.objects.create(key=key, organisation=organisation, created_at=clock.now())
    sealed = _write(event, tidy, by, simulated=simulated)
    record("enter_event", event, by=by, organisation=organisation, details=_details(event, sealed))
    return event


@transaction.atomic
def correct_event(
    *,
    event: Event,
    facts: EventFacts,
    reason: str,
    base: int,
    by: AbstractBaseUser | None,
    no_names: bool = False,
) -> Event:
    """`base`: the number of the version that was read; somebody else's correction is not written over."""
    current = _open_event(event, by)
    if current.said.number != base:
        raise errors.changed_since(current)
    why = require_reason(reason)
    tidy = _admitted(facts, current.organisation, no_names)
    if tidy == facts_of(current.said):
        raise errors.nothing_changed()
    sealed = _write(current, tidy, by, reason=why, simulated=current.said.is_simulated)
    details = _details(current, sealed)
    record("correct_event", current, by=by, organisation=current.organisation, details=details)
    return current


@transaction.atomic
def cancel_event(*, event: Event, reason: str, by: AbstractBaseUser | None) -> Event:
    """It was not held, or was entered in error. Entries merged into it count again: the earliest in its place."""
    current = _open_event(event, by)
    current.state, current.cancel_reason = EventState.CANCELLED, require_reason(reason)
    current.cancelled_at, current.counted_in = clock.now(), None
    current.cancelled_by_id = getattr(by, "pk", None)
    _pass_on(current)
    current.save()
    sealed = seal(current.said, {EventText.CANCELLED.value: current.cancel_reason})
    details = {"version": current.said.number, "texts": sealed}
    record("cancel_event", current, by=by, organisation=current.organisation, details=details)
    return current


def _pass_on(event: Event) -> None:
    heir = event.merged.order_by("pk").first()
    if heir is not None:
        event.merged.exclude(pk=heir.pk).update(counted_in=heir)
        Event.objects.filter(pk=heir.pk).update(counted_in=None)


def _open_event(event: Event, by: AbstractBaseUser | None) -> Event:
    current = locked_event(event)
    _require_entering(current.organisation, by)
    if not current.is_held:
        raise errors.cancelled_already(current)
    return current


def _require_entering(organisation: Organisation, by: AbstractBaseUser | None) -> None:
    if not can_enter_for(by, organisation):
        raise role_needed(Permission.ENTER, organisation)


def _admitted(facts: EventFacts, organisation: Organisation, no_names: bool) -> EventFacts:
    tidy = facts.tidied(organisation)
    require_possible(tidy, organisation)
    if not no_names:
        require_no_names(tidy)
    return tidy


def _write(
    event: Event, facts: EventFacts, by: AbstractBaseUser | None, *, reason: str = "", simulated: bool = False
) -> str:
    """Returns the hash over the seals of its texts."""
    last = event.versions.order_by("-number").first()
    version = EventVersion.objects.create(
        event=event,
        number=last.number + 1 if last else 1,
        kind=facts.kind,
        held_on=facts.held_on,
        area=facts.area,
        place=facts.place,
        subject=facts.subject,
        lead=facts.lead,
        attendances=facts.attendances,
        reason=reason,
        is_simulated=simulated,
        created_at=clock.now(),
        created_by_id=getattr(by, "pk", None),
    )
    Participation.objects.bulk_create(
        Participation(version=version, organisation=each)
        for each in sorted(facts.co_organisers, key=lambda each: each.pk)
    )
    event.current = version
    event.save(update_fields=["current"])
    return seal(version, texts_of(version))


def _details(event: Event, sealed: str) -> dict[str, Any]:
    """No text itself: it may one day have to go, and the chain stays."""
    said = event.said
    return {
        "version": said.number,
        "kind": said.kind,
        "held_on": said.held_on.isoformat(),
        "area": said.area.key,
        "lead": said.lead.slug,
        "attendances": said.attendances,
        "texts": sealed,
    }
