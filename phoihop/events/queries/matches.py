"""Entries of two organisations that look like one event and that nobody has compared yet."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import DateField, Exists, Func, OuterRef, Q, QuerySet, Value

from phoihop.core import clock
from phoihop.events.likeness import THRESHOLD, likeness
from phoihop.events.models import AnyUser, Comparison, Event

LOOKS_BACK = timedelta(days=400)  # a year and its reporting: older reports are locked
DAYS_APART = 1  # one party's last day of a class, or its slip, may be the other's next day
MOST = 2_000  # entries looked at


class _DayMoved(Func):
    """A day so many days later."""

    output_field = DateField()

    def __init__(self, day: Any, days: int) -> None:
        super().__init__(day, Value(days))

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, function="date", template="date(%(expressions)s || ' days')")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="(%(expressions)s)", arg_joiner=" + ")


@dataclass(frozen=True, slots=True)
class Match:
    """The entry that would count, and the other one; both held, of one kind and area, at most a day apart."""

    counted: Event
    other: Event
    likeness: Fraction

    @property
    def likeness_percent(self) -> int:
        return round(self.likeness * 100)

    @property
    def is_one_day(self) -> bool:
        return self.counted.said.held_on == self.other.said.held_on


@dataclass(frozen=True, slots=True)
class Matches:
    """`is_cut`: more entries have one beside them than were looked at; the newest were."""

    found: Sequence[Match]
    since: date
    is_cut: bool


def open_matches(user: AnyUser, *, of: Event | None = None) -> Matches:
    """Newest first; `of`: only those of one entry. Both entries are visible to the user."""
    since = clock.today() - LOOKS_BACK
    events = _beside_another(user, of, since)
    groups: dict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events[:MOST]:
        groups[event.said.kind, event.said.area_id].append(event)
    pairs = [pair for group in groups.values() for pair in _near(group) if of is None or of in pair]
    settled = _compared({event.pk for pair in pairs for event in pair})
    found = [
        Match(*counting_first(one, other), likeness(one.said.subject, other.said.subject))
        for one, other in pairs
        if one.organisation_id != other.organisation_id and frozenset({one.pk, other.pk}) not in settled
    ]
    alike = [each for each in found if each.likeness >= THRESHOLD]
    ordered = sorted(alike, key=lambda each: (-_last_day(each).toordinal(), not each.is_one_day))
    return Matches(ordered, since, len(events) > MOST)


def _near(group: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Of entries with the newest first."""
    for at, one in enumerate(group):
        for other in group[at + 1 :]:
            if (one.said.held_on - other.said.held_on).days > DAYS_APART:
                break
            yield one, other


def _last_day(match: Match) -> date:
    return max(match.counted.said.held_on, match.other.said.held_on)


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


def _beside_another(user: AnyUser, of: Event | None, since: date) -> list[Event]:
    """Counted entries with one of another organisation of the same kind and area near that day; one more than MOST."""
    day = OuterRef("current__held_on")
    beside = Event.objects.counted().filter(
        current__held_on__gte=_DayMoved(day, -DAYS_APART),
        current__held_on__lte=_DayMoved(day, DAYS_APART),
        current__area=OuterRef("current__area"),
        current__kind=OuterRef("current__kind"),
    )
    events = Event.objects.visible_to(user).counted()
    if of is not None:
        same, near = of.said, timedelta(days=DAYS_APART)
        events = events.filter(
            current__held_on__range=(same.held_on - near, same.held_on + near),
            current__area=same.area_id,
            current__kind=same.kind,
        )
    else:
        events = events.filter(current__held_on__gte=since)
    found = events.filter(Exists(beside.exclude(organisation=OuterRef("organisation"))))
    related = found.select_related("organisation", "current__area", "current__lead")
    return list(related.order_by("-current__held_on", "pk")[: MOST + 1])


def _compared(ids: set[int]) -> set[frozenset[int]]:
    rows = Comparison.objects.filter(first__in=ids, second__in=ids) if ids else Comparison.objects.none()
    return {frozenset(pair) for pair in rows.values_list("first", "second")}
