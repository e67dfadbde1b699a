"""Proposals sent and received, and one with the way it went."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q, QuerySet

from phoihop.assignments.cells import TOLD_TO_THE_ISSUER_FROM
from phoihop.assignments.models import Forwarding, Proposal, ProposalEscalation
from phoihop.assignments.models.conclusion import inherited
from phoihop.assignments.permissions import acting, may_answer, may_pass_on
from phoihop.assignments.queries.passing import heirs_in_force
from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import acted_for

RECEIVED, SENT, ALL = "received", "sent", "all"
BOXES = (RECEIVED, SENT, ALL)


@dataclass(frozen=True, slots=True)
class ProposalPage:
    proposal: Proposal
    forwardings: Sequence[Forwarding]
    may_answer: bool
    told: Sequence[ProposalEscalation]
    heirs: Sequence[Organisation]  # to choose from, where the receiver ended and the reader may choose


def proposals_in(user: AnyUser, box: str) -> QuerySet[Proposal]:
    """Those that wait first, by the day to answer by."""
    found = Proposal.objects.visible_to(user)
    own = list(Membership.objects.held_by(user, clock.today()).values_list("organisation", flat=True))
    if box == RECEIVED:
        found = found.filter(receiver__in=answering_for(own))
    elif box == SENT:
        found = found.filter(sender__in={*own, *inherited(own)})
    related = found.select_related("sender", "receiver", "programme")
    return related.order_by(F("answered_at").desc(nulls_first=True), "answer_by", "pk")


def answering_for(organisations: Collection[int]) -> set[int]:
    """To whom what they answer was sent: to them, or to what ended and left no other heir."""
    return set[int]().union(*acted_for(organisations, clock.today()).values())


def is_left_below(organisations: Collection[int]) -> Q:
    """Unanswered though the day passed a week ago, or whose receiver ended and has not passed it on yet: told to the
    body above the receiver."""
    today = clock.today()
    late = Q(answer_by__lte=today - timedelta(days=TOLD_TO_THE_ISSUER_FROM))
    return Q(receiver__parent__in=organisations) & (late | Q(receiver__valid_until__lte=today))


def proposal_page(proposal: Proposal, user: AnyUser) -> ProposalPage:
    return ProposalPage(
        proposal=proposal,
        forwardings=list(proposal.forwardings.select_related("old", "receiver")),
        may_answer=proposal.answered_at is None and may_answer(acting(user), proposal),
        told=list(proposal.escalations.all()),
        heirs=_heirs(proposal, user),
    )


def _heirs(proposal: Proposal, user: AnyUser) -> Sequence[Organisation]:
    receiver = proposal.receiver
    if proposal.answered_at is not None or receiver.is_in_force(clock.today()):
        return []
    return heirs_in_force(receiver) if may_pass_on(acting(user), receiver) else []
