"""A proposal that waits is told to its receiver, and once it is late also to the body above, as assignments are."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from phoihop.assignments.cells import STEPS, TOLD_TO_THE_ISSUER_FROM, step_reached
from phoihop.assignments.mail import mail_is_set_up
from phoihop.assignments.models import Proposal, ProposalEscalation
from phoihop.assignments.permissions import in_force_for
from phoihop.audit.actions import event, record_many
from phoihop.core import clock

from .escalating import kept_once, mailed


@transaction.atomic
def tell_proposals() -> list[ProposalEscalation]:
    """By the system, once for each step; of steps missed while it stood still, the last one."""
    today = clock.today()
    horizon = today - timedelta(days=STEPS[0])
    near = Proposal.objects.unanswered().filter(answer_by__lte=horizon)
    known = ProposalEscalation.objects.filter(proposal__in=near.order_by().values("pk"))
    told = set(known.values_list("proposal_id", "step"))
    new = [
        ProposalEscalation(proposal=each, step=step, told_on=today)
        for each in near.select_related("receiver__parent", "sender")
        if (step := step_reached(each.answer_by, today)) is not None and (each.pk, step) not in told
    ]
    if not kept_once(new):
        return []
    record_many(
        event(
            "tell_escalation", each.proposal, organisation=each.proposal.receiver, details={"step": each.step}
        )
        for each in new
    )
    if new and mail_is_set_up():
        transaction.on_commit(lambda: _mail(new), robust=True)
    return new


def _mail(told: Sequence[ProposalEscalation]) -> None:
    gone = {each.proposal.pk for each in mailed(told, _offices)}
    rows = ProposalEscalation.objects.filter(told_on=told[0].told_on, mailed_at__isnull=True)
    rows.filter(proposal__in=gone).update(mailed_at=clock.now())


def _offices(told: ProposalEscalation) -> list[int]:
    """Its receiver and, a week late or where several heirs of that wait for a choice, the body above."""
    receiver = told.proposal.receiver
    acting = in_force_for(receiver)
    found = [acting] if acting else []
    if receiver.parent and (acting is None or told.step >= TOLD_TO_THE_ISSUER_FROM):
        above = in_force_for(receiver.parent)
        found += [above] if above else []
    return list(dict.fromkeys(each.pk for each in found))
