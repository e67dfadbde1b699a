"""Whether enough delegates are present: by the last roll-call alone, never by who is connected."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Least

from phoihop.conferences.models import Conference, Delegation, RollCall, RollCallAnswer


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

    @property
    def needed(self) -> int:
        """Heads, rounded up."""
        return -(-self.invited * self.needed_percent // 100)

    @property
    def is_met(self) -> bool:
        return self.invited > 0 and self.present * 100 >= self.invited * self.needed_percent

    @property
    def percent(self) -> Decimal | None:
        """Cut, not rounded: 49.99 % is no half. None where nobody was invited."""
        if not self.invited:
            return None
        return (Decimal(self.present * 100) / self.invited).quantize(Decimal("0.01"), ROUND_DOWN)


def quorum(conference: Conference) -> Quorum | None:
    """None before the first roll-call."""
    last = last_roll_call(conference)
    if last is None:
        return None
    asked = delegations_asked(conference)
    delegates = asked.exclude(bloc="")
    answers = standing_answers(last)
    counted = answers.exclude(delegation__bloc="").annotate(
        heads=Least(F("present"), F("delegation__invited"))
    )
    return Quorum(
        number=last.number,
        is_open=last.closed_at is None,
        invited=delegates.aggregate(heads=Sum("invited"))["heads"] or 0,
        present=counted.aggregate(sum=Sum("heads"))["sum"] or 0,
        expected=asked.count(),
        answered=answers.count(),
        needed_percent=conference.quorum_percent,
    )


def last_roll_call(conference: Conference) -> RollCall | None:
    found: RollCall | None = conference.roll_calls.order_by("-number").first()
    return found


def delegations_asked(conference: Conference) -> QuerySet[Delegation]:
    """Of the sites that were not taken out."""
    return Delegation.objects.filter(site__conference=conference, site__is_removed=False)


def standing_answers(roll_call: RollCall) -> QuerySet[RollCallAnswer]:
    return RollCallAnswer.objects.filter(
        roll_call=roll_call, is_current=True, delegation__site__is_removed=False
    )
