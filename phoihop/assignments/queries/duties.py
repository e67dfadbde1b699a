"""What waits for a signed-in person about assignments, on the first page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet

from phoihop.assignments.cells import DUE_SOON, TOLD_FURTHER_UP_FROM, TOLD_TO_THE_ISSUER_FROM
from phoihop.assignments.enums import AssignmentState
from phoihop.assignments.models import Assignment, Extension, Proposal
from phoihop.assignments.models.assignment import OPEN
from phoihop.assignments.models.conclusion import inherited
from phoihop.assignments.queries.above import is_next_above
from phoihop.assignments.queries.closing import closed_by
from phoihop.assignments.queries.news import News, answers_for, news_for
from phoihop.assignments.queries.proposals import answering_for, is_left_below
from phoihop.core import clock
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.roles import Permission, role_may

SHOWN = 5


@dataclass(frozen=True, slots=True)
class AssignmentDuties:
    to_acknowledge: Sequence[Assignment]
    to_acknowledge_total: int
    due_soon: Sequence[Assignment]  # within 7 days, still in time
    due_soon_total: int
    overdue: Sequence[Assignment]
    overdue_total: int
    to_close: Sequence[Assignment]
    to_close_total: int
    late_given: Sequence[Assignment]  # to be closed by us, overdue for a week or more
    late_given_total: int
    late_below: Sequence[Assignment]  # of bodies below us, overdue for a month or more
    late_below_total: int
    extensions: Sequence[Extension]
    proposals: Sequence[Proposal]
    proposals_below: Sequence[Proposal]  # of bodies below us: late by a week or more, or waiting for an heir
    news: Sequence[News]  # what the issuer decided lately about ours
    answers: Sequence[Proposal]  # to our proposals, lately

    @property
    def any(self) -> bool:
        return bool(
            self.to_acknowledge
            or self.due_soon
            or self.overdue
            or self.to_close
            or self.late_given
            or self.late_below
            or self.extensions
            or self.proposals
            or self.proposals_below
            or self.news
            or self.answers
        )


def assignment_duties(user: AnyUser) -> AssignmentDuties:
    held = list(Membership.objects.held_by(user, clock.today()).values_list("organisation", "role"))
    performing = [pk for pk, role in held if role_may(role, Permission.SUBMIT)]
    deciding = [pk for pk, role in held if role_may(role, Permission.FREEZE)]
    performed = {*performing, *inherited(performing)}
    today = clock.today()
    joined = Assignment.co_organisations.through.objects.filter(organisation__in=performing)
    mine = Assignment.objects.open().filter(Q(lead__in=performing) | Q(pk__in=joined.values("assignment")))
    waiting = mine.filter(state=AssignmentState.GIVEN)
    soon = mine.filter(due_on__gte=today, due_on__lte=today + DUE_SOON)
    late = Assignment.objects.unfinished().filter(lead__in=performing, due_on__lt=today)
    ours = closed_by(deciding)
    closing = ours.filter(state=AssignmentState.REPORTED_DONE)
    since = today - timedelta(days=TOLD_TO_THE_ISSUER_FROM)
    late_given = ours.filter(state__in=OPEN, due_on__lte=since)
    long_since = today - timedelta(days=TOLD_FURTHER_UP_FROM)
    late_below = Assignment.objects.open().filter(is_next_above(deciding), due_on__lte=long_since)
    asked = Extension.objects.filter(assignment__in=ours, decided_at__isnull=True, from_due_on__gte=today)
    answering = answering_for(deciding)
    received = Proposal.objects.unanswered().filter(receiver__in=answering)
    left = Proposal.objects.unanswered().filter(is_left_below(answering))
    return AssignmentDuties(
        to_acknowledge=_shown(waiting),
        to_acknowledge_total=waiting.count(),
        due_soon=_shown(soon),
        due_soon_total=soon.count(),
        overdue=_shown(late),
        overdue_total=late.count(),
        to_close=_shown(closing),
        to_close_total=closing.count(),
        late_given=_shown(late_given),
        late_given_total=late_given.count(),
        late_below=_shown(late_below),
        late_below_total=late_below.count(),
        extensions=list(asked.select_related("assignment__lead").order_by("from_due_on")[:SHOWN]),
        proposals=list(received.select_related("sender").order_by("answer_by", "pk")[:SHOWN]),
        proposals_below=list(left.select_related("sender", "receiver").order_by("answer_by", "pk")[:SHOWN]),
        news=news_for(performed),
        answers=answers_for(performed),
    )


def _shown(rows: QuerySet[Assignment]) -> list[Assignment]:
    return list(rows.select_related("lead", "giver").order_by("due_on", "pk")[:SHOWN])
