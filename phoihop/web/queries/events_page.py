"""One entry with its versions and the entries it is compared with; the pairs that wait for a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.events.enums import Verdict
from phoihop.events.models import AnyUser, Comparison, Event, EventVersion
from phoihop.events.permissions import Deciding, can_correct_event
from phoihop.events.queries import Match, compared_with, merged_organisations, open_matches
from phoihop.orgs.models import Organisation


@dataclass(frozen=True, slots=True)
class Pair:
    match: Match
    may_decide: bool


@dataclass(frozen=True, slots=True)
class ToldApart:
    """An entry that somebody said is another event."""

    event: Event
    comparison: Comparison
    may_decide: bool


@dataclass(frozen=True, slots=True)
class EventPage:
    event: Event
    versions: Sequence[EventVersion]
    merged: Sequence[Event]  # into this one
    may_separate: bool
    pairs: Sequence[Pair]
    told_apart: Sequence[ToldApart]
    lead: Organisation  # of the event as it counts
    together: Sequence[Organisation]
    may_correct: bool


def event_page(event: Event, user: AnyUser) -> EventPage:
    versions = event.versions.select_related("area", "lead").prefetch_related("co_organisers")
    merged = list(event.merged.select_related("organisation", "current__lead", "current__area"))
    lead, together = merged_organisations(event)
    beside = [*merged, *([event.counted_in] if event.counted_in else [])]
    deciding = Deciding.of(user, [event, *beside])
    return EventPage(
        event=event,
        versions=list(versions.order_by("-number")),
        merged=merged,
        may_separate=any(deciding.may_compare(event, each) for each in beside),
        pairs=pairs_for(user, of=event).found if event.is_held and event.counted_in is None else [],
        told_apart=_told_apart(event, user),
        lead=lead,
        together=together,
        may_correct=can_correct_event(user, event),
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """`since` and `is_cut`: what was looked at."""

    found: Sequence[Pair]
    since: date
    is_cut: bool


def pairs_for(user: AnyUser, of: Event | None = None) -> Pairs:
    looked = open_matches(user, of=of)
    matches = looked.found
    deciding = Deciding.of(user, [event for match in matches for event in (match.counted, match.other)])
    pairs = [Pair(match, deciding.may_compare(match.counted, match.other)) for match in matches]
    return Pairs(pairs, looked.since, looked.is_cut)


def _told_apart(event: Event, user: AnyUser) -> list[ToldApart]:
    decided = [each for each in compared_with(event) if each.verdict == Verdict.DIFFERENT]
    others = [each.second if each.first_id == event.pk else each.first for each in decided]
    seen = set(
        Event.objects.visible_to(user)
        .filter(pk__in=[each.pk for each in others])
        .values_list("pk", flat=True)
    )
    deciding = Deciding.of(user, [event, *others])
    return [
        ToldApart(other, comparison, other.is_held and event.is_held and deciding.may_compare(event, other))
        for other, comparison in zip(others, decided, strict=True)
        if other.pk in seen
    ]
