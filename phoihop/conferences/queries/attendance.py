"""Three records of who took part, beside each other and never merged: roll-call, connections, beacons."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import median
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from phoihop.conferences.models import (
    Beacon,
    Conference,
    Connection,
    Delegation,
    RollCall,
    RollCallAnswer,
    Site,
)
from phoihop.conferences.queries.quorum import asked_by, delegations_asked, standing_answers
from phoihop.orgs.enums import PartyKind


@dataclass(frozen=True, slots=True)
class DelegationLine:
    delegation: Delegation
    bloc: str  # as it was asked; empty: guests
    invited: int
    answer: RollCallAnswer | None  # None: has not answered
    editions: int  # answers given so far


@dataclass(frozen=True, slots=True)
class Connected:
    """Streams of a site: how many intervals, how long at least one was open, when one was last seen."""

    intervals: int
    minutes: int
    seen_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Beacons:
    number: int
    last_at: datetime
    delay_ms: int | None  # median; None where no beacon told it
    lost_packets: int


@dataclass(frozen=True, slots=True)
class SiteLine:
    site: Site
    delegations: Sequence[DelegationLine]
    connected: Connected | None  # None: no stream of it was ever open
    beacons: Beacons | None


@dataclass(frozen=True, slots=True)
class BlocLine:
    """Of the roll-call alone: a connection is a site's, not a bloc's."""

    label: str
    delegations: int
    answered: int
    invited: int
    present: int


def attendance(conference: Conference, roll_call: RollCall | None) -> list[SiteLine]:
    """Every site in the conference's order but those taken out before the roll-call was closed."""
    lines = delegation_lines(conference, roll_call)
    connected, beacons = _connections(conference), _beacons(conference)
    by_site = {pk: list(each) for pk, each in groupby(lines, key=lambda line: line.delegation.site_id)}
    return [
        SiteLine(site, by_site.get(site.pk, []), connected.get(site.pk), beacons.get(site.pk))
        for site in conference.sites.filter(Q(is_removed=False) | Q(pk__in=list(by_site)))
    ]


def delegation_lines(conference: Conference, roll_call: RollCall | None) -> list[DelegationLine]:
    asked = asked_by(roll_call) if roll_call is not None else delegations_asked(conference)
    is_kept = roll_call is not None and roll_call.closed_at is not None
    rows = asked.values_list("delegation" if is_kept else "pk", "bloc", "invited")
    base: dict[int, tuple[str, int]] = {pk: (bloc, invited) for pk, bloc, invited in rows}
    answers: dict[int, RollCallAnswer] = {}
    editions: dict[int, int] = {}
    if roll_call is not None:
        for answer in roll_call.answers.order_by("edition"):
            editions[answer.delegation_id] = editions.get(answer.delegation_id, 0) + 1
            if answer.is_current:
                answers[answer.delegation_id] = answer
    return [
        DelegationLine(each, *base[each.pk], answers.get(each.pk), editions.get(each.pk, 0))
        for each in Delegation.objects.filter(site__conference=conference)
        .select_related("site", "organisation")
        .order_by("site__order", "site", "order", "pk")
        if each.pk in base
    ]


def waiting_first(lines: Iterable[DelegationLine]) -> list[DelegationLine]:
    """Who has not answered stands on top: they must be rung."""
    return sorted(lines, key=lambda line: line.answer is not None)


def attendance_by_bloc(conference: Conference, roll_call: RollCall | None) -> list[BlocLine]:
    """In the order of the blocs; guests last."""
    asked = asked_by(roll_call) if roll_call is not None else delegations_asked(conference)
    invited = asked.values("bloc").annotate(number=Count("pk"), heads=Coalesce(Sum("invited"), 0))
    present = _present_by_bloc(roll_call) if roll_call is not None else {}
    rows = {row["bloc"]: row for row in invited.order_by("bloc")}
    return [
        BlocLine(
            label=str(PartyKind(bloc).label) if bloc else "",
            delegations=rows[bloc]["number"],
            answered=present.get(bloc, (0, 0))[0],
            invited=rows[bloc]["heads"],
            present=present.get(bloc, (0, 0))[1],
        )
        for bloc in [*PartyKind.values, ""]
        if bloc in rows
    ]


def _present_by_bloc(roll_call: RollCall) -> dict[str, tuple[int, int]]:
    """Delegations that answered, and heads."""
    answers: QuerySet[Any] = standing_answers(roll_call)
    counted = answers.values("bloc").annotate(number=Count("pk"), heads=Sum("present"))
    return {row["bloc"]: (row["number"], row["heads"]) for row in counted}


def _connections(conference: Conference) -> dict[int, Connected]:
    """Minutes are of the union of a site's intervals: two screens open at once count once."""
    held = defaultdict(list)
    for each in Connection.objects.filter(site__conference=conference).order_by("opened_at"):
        held[each.site_id].append((each.opened_at, each.closed_at or each.seen_at, each))
    return {
        site: Connected(
            intervals=len(spans),
            minutes=int(_union([(start, end) for start, end, _each in spans]).total_seconds() // 60),
            seen_at=max(each.seen_at for _start, _end, each in spans),
            is_open=any(each.closed_at is None for _start, _end, each in spans),
        )
        for site, spans in held.items()
    }


def _union(spans: Sequence[tuple[datetime, datetime]]) -> timedelta:
    """Spans in the order of their beginnings."""
    total, reached = timedelta(), None
    for start, end in spans:
        begun = start if reached is None else max(start, reached)
        if end > begun:
            total += end - begun
        reached = end if reached is None else max(reached, end)
    return total


def _beacons(conference: Conference) -> dict[int, Beacons]:
    held = defaultdict(list)
    for each in Beacon.objects.filter(site__conference=conference).order_by("at"):
        held[each.site_id].append(each)
    return {site: _told(each) for site, each in held.items()}


def _told(beacons: Sequence[Beacon]) -> Beacons:
    delays = [each.delay_ms for each in beacons if each.delay_ms is not None]
    lost = sum(each.lost_packets or 0 for each in beacons)
    return Beacons(len(beacons), beacons[-1].at, int(median(delays)) if delays else None, lost)
