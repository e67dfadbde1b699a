"""Proposals sent and received, and one with the way it went."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from phoihop.assignments.models import Forwarding, Proposal
from phoihop.assignments.permissions import acting, may_answer
from phoihop.core import clock
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import AnyUser

RECEIVED, SENT, ALL = "received", "sent", "all"
BOXES = (RECEIVED, SENT, ALL)


@dataclass(frozen=True, slots=True)
class ProposalPage:
    proposal: Proposal
    forwardings: Sequence[Forwarding]
    may_answer: bool


def proposals_in(user: AnyUser, box: str) -> QuerySet[Proposal]:
    """Those that wait first, by the day to answer by."""
    found = Proposal.objects.visible_to(user)
    own = list(Membership.objects.held_by(user, clock.today()).values_list("organisation", flat=True))
    if box == RECEIVED:
        found = found.filter(receiver__in=own)
    elif box == SENT:
        found = found.filter(sender__in=own)
    related = found.select_related("sender", "receiver", "programme")
    return related.order_by(F("answered_at").desc(nulls_first=True), "answer_by", "pk")


def proposal_page(proposal: Proposal, user: AnyUser) -> ProposalPage:
    return ProposalPage(
        proposal=proposal,
        forwardings=list(proposal.forwardings.select_related("old", "receiver")),
        may_answer=proposal.answered_at is None and may_answer(acting(user), proposal),
    )
