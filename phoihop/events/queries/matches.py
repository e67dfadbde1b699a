"""Entries of two organisations that look like one event and that nobody has compared yet."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from itertools import combinations

from django.db.models import Exists, OuterRef, Q, QuerySet

from phoihop.core import clock
from phoihop.events.likeness import THRESHOLD, likeness
from phoihop.events.models import AnyUser, Comparison, Event

LOOKS_BACK = timedelta(days=400)  # a year and its reporting: older reports are locked
_MOST = 2_000  # entries looked at


@dataclass(frozen=True, slots=True)
class Match:
    """The entry that would count, and the other one; both held, of one kind, day and area."""

    counted: Event
    other: Event
    likeness: Fraction

    @property
    def likeness_percent(self) -> int:
        return round(self.likeness * 100)


def open_matches(user: AnyUser, *, of: Event | None = None) -> list[Match]:
    """Newest first; `of`: only those of one entry. Both entries are visible to the user."""
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in _beside_another(user, of):
        said = event.said
        groups[said.kind, said.held_on, said.area_id].append(event)
    pairs = [pair for group in groups.values() for pair in combinations(group, 2)]
    settled = _compared({event.pk for pair in pairs for event in pair})
    found = [
        Match(*counting_first(one, other), likeness(one.said.subject, other.said.subject))
        for one, other in pairs
        if one.organisation_id != other.organisation_id and frozenset({one.pk, other.pk}) not in settled
    ]
    wanted = [each for each in found if of is None or of.pk in {each.counted.pk, each.other.pk}]
    return [each for each in wanted if each.likeness >= THRESHOLD]


def counting_first(one: Event, other: Event) -> tuple[Event, Event]:
    """The lead's own entry counts; where both or neither entered as lead, the earlier entry."""
    first, second = sorted([one, other], key=lambda each: (not _is_leads_own(each), each.pk))
    return first, second


def compared_with(event: Event) -> QuerySet[Comparison]:
    """What was decided about this entry and others, the last first."""
    rows = Comparison.objects.filter(Q(first=event) | Q(second=event))
    return rows.select_related(
        "organisation", "first__current", "first__organisation", "second__current", "second__organisation"
    ).order_by("-decided_at")


def _is_leads_own(event: Event) -> bool:
    return event.said.lead_id == event.organisation_id


def _beside_another(user: AnyUser, of: Event | None) -> list[Event]:
    """Counted entries with one of another organisation of the same kind, day and area beside them."""
    beside = Event.objects.counted().filter(
        current__held_on=OuterRef("current__held_on"),
        current__area=OuterRef("current__area"),
        current__kind=OuterRef("current__kind"),
    )
    events = Event.objects.visible_to(user).counted()
    if of is not None:
        same = of.said
        events = events.filter(
            current__held_on=same.held_on, current__area=same.area_id, current__kind=same.kind
        )
    else:
        events = events.filter(current__held_on__gte=clock.today() - LOOKS_BACK)
    found = events.filter(Exists(beside.exclude(organisation=OuterRef("organisation"))))
    related = found.select_related("organisation", "current__area", "current__lead")
    return list(related.order_by("-current__held_on", "pk")[:_MOST])


def _compared(ids: set[int]) -> set[frozenset[int]]:
    rows = Comparison.objects.filter(first__in=ids, second__in=ids) if ids else Comparison.objects.none()
    return {frozenset(pair) for pair in rows.values_list("first", "second")}
