"""Whether two entries are one event: merged, told apart, separated again. No entry is changed or removed."""

from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.events import errors
from phoihop.events.actions.guards import locked_event
from phoihop.events.enums import Verdict
from phoihop.events.models import Comparison, Event
from phoihop.events.permissions import can_compare_events
from phoihop.orgs.models import Organisation


@transaction.atomic
def merge_events(*, counted: Event, other: Event, by: AbstractBaseUser | None) -> Event:
    """One event: `counted` counts, `other` and what was merged into either stays beside it."""
    kept, joined = _comparable(counted, other, by)
    if kept.said.kind != joined.said.kind:
        raise errors.of_two_kinds(kept, joined)
    moved = _together_with(kept) | _together_with(joined)
    Event.objects.filter(pk__in=moved - {kept.pk}).update(counted_in=kept)
    Event.objects.filter(pk=kept.pk).update(counted_in=None)
    _remember([(kept, joined)], Verdict.SAME, by)
    record("merge_events", kept, by=by, organisation=kept.organisation, details={"merged": joined.pk})
    kept.counted_in = None
    return kept


@transaction.atomic
def tell_apart(*, first: Event, second: Event, by: AbstractBaseUser | None) -> Comparison:
    """They are two events, and are not offered together again."""
    one, other = _comparable(first, second, by)
    if one.counted_in_id == other.pk:
        return _separate(one, by)
    if other.counted_in_id == one.pk:
        return _separate(other, by)
    (remembered,) = _remember([(one, other)], Verdict.DIFFERENT, by)
    record("tell_events_apart", one, by=by, organisation=one.organisation, details={"other": other.pk})
    return remembered


@transaction.atomic
def separate_event(*, event: Event, by: AbstractBaseUser | None) -> Comparison:
    """Out of the entry it was merged into: it counts for itself again, and is not offered with it again."""
    current = locked_event(event)
    if current.counted_in is None:
        raise errors.not_merged(current)
    _require_deciding(current, current.counted_in, by)
    return _separate(current, by)


def _separate(event: Event, by: AbstractBaseUser | None) -> Comparison:
    kept = event.counted_in
    if kept is None:
        raise errors.not_merged(event)
    others = kept.merged.exclude(pk=event.pk)
    Event.objects.filter(pk=event.pk).update(counted_in=None)
    first, *_rest = _remember([(event, kept), *((event, each) for each in others)], Verdict.DIFFERENT, by)
    record("separate_event", event, by=by, organisation=event.organisation, details={"from": kept.pk})
    return first


def _comparable(one: Event, other: Event, by: AbstractBaseUser | None) -> tuple[Event, Event]:
    if one.pk == other.pk:
        raise errors.not_two_events()
    low, high = sorted([one, other], key=lambda each: each.pk)
    locked = {low.pk: locked_event(low), high.pk: locked_event(high)}
    first, second = locked[one.pk], locked[other.pk]
    for each in (first, second):
        if not each.is_held:
            raise errors.cancelled_already(each)
    _require_deciding(first, second, by)
    return first, second


def _require_deciding(one: Event, other: Event, by: AbstractBaseUser | None) -> None:
    if not can_compare_events(by, one, other):
        raise errors.deciders_needed(one, other)


def _together_with(event: Event) -> set[int]:
    root = event.counted_in_id or event.pk
    return {root, event.pk, *Event.objects.filter(counted_in=root).values_list("pk", flat=True)}


def _remember(
    pairs: Iterable[tuple[Event, Event]], verdict: Verdict, by: AbstractBaseUser | None
) -> list[Comparison]:
    return [_compared(one, other, verdict, by) for one, other in pairs]


def _compared(one: Event, other: Event, verdict: Verdict, by: AbstractBaseUser | None) -> Comparison:
    first, second = sorted([one, other], key=lambda each: each.pk)
    compared, _is_new = Comparison.objects.update_or_create(
        first=first,
        second=second,
        defaults={
            "verdict": verdict,
            "decided_at": clock.now(),
            "decided_by_id": getattr(by, "pk", None),
            "organisation": _for_whom(by, one, other),
        },
    )
    return compared


def _for_whom(by: AbstractBaseUser | None, one: Event, other: Event) -> Organisation | None:
    """The organisation the person belongs to, its own entry's first."""
    if by is None:
        return None
    held = set(by.memberships.values_list("organisation", flat=True))  # type: ignore[attr-defined]
    own = [each.organisation for each in (one, other) if each.organisation_id in held]
    return own[0] if own else Organisation.objects.filter(pk__in=held).order_by("pk").first()
