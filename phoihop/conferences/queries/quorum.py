"""Whether enough delegates are present: by the last roll-call alone, never by who is connected."""

from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Least

from phoihop.conferences.models import Conference, Delegation, RollCall, RollCallAnswer, RollCallBase


@dataclass(frozen=True, slots=True)
class Quorum:
    """Guests are told apart and do not count; nor does a head beyond those invited of its delegation."""

    number: int  # of the roll-call
    is_open: bool
    invited: int
    present: int
    expected: int  # delegations asked
    answered: int
    needed_percent: int
    opened_at: datetime
    closed_at: datetime | None

    @property
    def needed(self) -> int:
        """Heads, rounded up."""
        return -(-self.invited * self.needed_percent // 100)

    @property
    def is_met(self) -> bool:
        return is_quorum(self.present, self.invited, self.needed_percent)

    @property
    def percent(self) -> Decimal | None:
        """Cut, not rounded: 49.99 % is no half. None where nobody was invited."""
        if not self.invited:
            return None
        return (Decimal(self.present * 100) / self.invited).quantize(Decimal("0.01"), ROUND_DOWN)


def is_quorum(present: int, invited: int, needed_percent: int) -> bool:
    return invited > 0 and present * 100 >= invited * needed_percent


def quorum(conference: Conference) -> Quorum | None:
    """Of the last roll-call; None before the first. One that was closed says the same whatever changes after."""
    last = last_roll_call(conference)
    return quorum_of(last) if last is not None else None


def quorum_of(roll_call: RollCall) -> Quorum:
    asked, answers = asked_by(roll_call), standing_answers(roll_call)
    counted = answers.exclude(bloc="").annotate(heads=Least(F("present"), F("invited")))
    return Quorum(
        number=roll_call.number,
        is_open=roll_call.closed_at is None,
        invited=asked.exclude(bloc="").aggregate(heads=Sum("invited"))["heads"] or 0,
        present=counted.aggregate(sum=Sum("heads"))["sum"] or 0,
        expected=asked.count(),
        answered=answers.count(),
        needed_percent=roll_call.conference.quorum_percent,
        opened_at=roll_call.opened_at,
        closed_at=roll_call.closed_at,
    )


def last_roll_call(conference: Conference) -> RollCall | None:
    found: RollCall | None = conference.roll_calls.order_by("-number").first()
    return found


def delegations_asked(conference: Conference) -> QuerySet[Delegation]:
    """Of the sites that were not taken out."""
    return Delegation.objects.filter(site__conference=conference, site__is_removed=False)


def asked_by(roll_call: RollCall) -> QuerySet[Any]:
    """Rows with a bloc and heads invited: delegations while it is open, what they were at its closing ever after."""
    if roll_call.closed_at is None:
        return delegations_asked(roll_call.conference)
    return RollCallBase.objects.filter(roll_call=roll_call)


def standing_answers(roll_call: RollCall) -> QuerySet[Any]:
    """Of who was asked, each with the bloc and the heads invited of its delegation."""
    answers = RollCallAnswer.objects.filter(roll_call=roll_call, is_current=True)
    if roll_call.closed_at is None:
        there = answers.filter(delegation__site__is_removed=False)
        return there.annotate(bloc=F("delegation__bloc"), invited=F("delegation__invited"))
    base = RollCallBase.objects.filter(roll_call=roll_call, delegation=OuterRef("delegation"))
    return answers.annotate(
        bloc=Subquery(base.values("bloc")), invited=Subquery(base.values("invited"))
    ).filter(invited__isnull=False)
