"""What others decided lately about what an organisation waits for: returned, closed, extended, answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from phoihop.assignments.enums import Act
from phoihop.assignments.models import Assignment, Extension, Movement, Proposal
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import day

FRESH = timedelta(days=14)
SHOWN = 5


@dataclass(frozen=True, slots=True)
class News:
    assignment: Assignment
    at: datetime
    said: str
    reason: str = ""


def news_for(leads: Collection[int]) -> list[News]:
    """About assignments they lead, of the last 14 days, the latest first."""
    since = clock.now() - FRESH
    acts = [Act.RETURNED, Act.CLOSED, Act.WITHDRAWN]
    moved = Movement.objects.filter(assignment__lead__in=leads, act__in=acts, at__gte=since)
    decided = Extension.objects.filter(assignment__lead__in=leads, decided_at__gte=since)
    found = [
        News(each.assignment, each.at, each.get_act_display(), each.text)
        for each in moved.select_related("assignment__giver").order_by("-at", "-pk")[:SHOWN]
    ]
    found += [
        News(each.assignment, each.decided_at or clock.now(), _decision(each), each.decision)
        for each in decided.select_related("assignment__giver").order_by("-decided_at", "-pk")[:SHOWN]
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:SHOWN]


def answers_for(senders: Collection[int]) -> Sequence[Proposal]:
    """To what they sent, of the last 14 days, the latest first."""
    rows = Proposal.objects.filter(sender__in=senders, answered_at__gte=clock.now() - FRESH)
    return list(rows.select_related("receiver").order_by("-answered_at", "-pk")[:SHOWN])


def _decision(asked: Extension) -> str:
    if asked.granted_on is None:
        return _("Extension refused")
    return _("Extended to %(day)s") % {"day": day(asked.granted_on)}
