"""A locality proposes; the competent body answers by a day, or sends it on with the clock running."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors, following_errors
from phoihop.assignments.models import Forwarding, Proposal
from phoihop.assignments.permissions import acting, in_force_for, may_answer
from phoihop.audit.actions import record
from phoihop.audit.words import seal_words
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme

from .drafting import LONGEST_TEXT
from .guards import require_in_force, require_reason, require_words


@transaction.atomic
def send_proposal(
    *,
    sender: Organisation,
    receiver: Organisation,
    programme: Programme,
    title: str,
    text: str,
    answer_by: date,
    by: User | None,
    simulated: bool = False,
) -> Proposal:
    if not acting(by).may(Permission.SUBMIT, sender):
        raise errors.acting_needed(Permission.SUBMIT, [sender])
    if sender.pk == receiver.pk:
        raise following_errors.proposed_to_itself(sender)
    require_in_force([sender, receiver])
    if answer_by <= clock.today():
        raise following_errors.answer_day_passed(answer_by)
    proposal = Proposal.objects.create(
        sender=sender,
        receiver=receiver,
        programme=programme,
        title=require_words(title, _("Title"), 300),
        text=require_words(text, _("Text"), LONGEST_TEXT),
        sent_at=clock.now(),
        sent_by=by,
        answer_by=answer_by,
        is_simulated=simulated,
    )
    sealed = seal_words(proposal, "title", "text")
    details = {"to": receiver.slug, "answer_by": answer_by.isoformat(), **sealed}
    record("send_proposal", proposal, by=by, organisation=sender, details=details)
    return proposal


@transaction.atomic
def answer_proposal(*, proposal: Proposal, answer: str, by: User | None) -> Proposal:
    current = _unanswered(proposal, by)
    current.answer = require_words(answer, _("Answer"), LONGEST_TEXT)
    current.answered_at, current.answered_by = clock.now(), by
    current.save(update_fields=["answer", "answered_at", "answered_by"])
    sealed = seal_words(current, "answer")
    record("answer_proposal", current, by=by, organisation=current.receiver, details=sealed)
    return current


@transaction.atomic
def forward_proposal(*, proposal: Proposal, receiver: Organisation, reason: str, by: User | None) -> Proposal:
    """The day to answer by stays."""
    current = _unanswered(proposal, by)
    if receiver in {current.receiver, current.sender, in_force_for(current.sender)}:
        raise following_errors.proposed_to_itself(receiver)
    require_in_force([receiver])
    row = Forwarding.objects.create(
        proposal=current,
        old=current.receiver,
        receiver=receiver,
        reason=require_reason(reason),
        at=clock.now(),
        by=by,
    )
    old, current.receiver = current.receiver, receiver
    current.save(update_fields=["receiver"])
    details = {"to": receiver.slug, **seal_words(row, "reason")}
    record("forward_proposal", current, by=by, organisation=old, details=details)
    return current


def pass_proposals(*, ended: Organisation, heir: Organisation, reason: str, by: User | None) -> int:
    """How many unanswered ones went to the heir of their receiver, or past it where the heir proposed them itself."""
    waiting = Proposal.objects.select_for_update(of=("self",)).unanswered().filter(receiver=ended)
    passed = 0
    for proposal in waiting.select_related("sender"):
        receiver = _receiver_after(proposal, heir)
        if receiver is None:
            continue
        row = Forwarding.objects.create(
            proposal=proposal, old=ended, receiver=receiver, reason=reason or _why(heir, receiver), at=clock.now(), by=by
        )  # fmt: skip
        proposal.receiver = receiver
        proposal.save(update_fields=["receiver"])
        details = {"to": receiver.slug, **seal_words(row, "reason")}
        record("pass_proposal", proposal, by=by, organisation=ended, details=details)
        passed += 1
    return passed


def _receiver_after(proposal: Proposal, heir: Organisation) -> Organisation | None:
    """Nobody answers itself: what the heir, or who passed to it, proposed goes to the body above. None: nobody is."""
    senders = {proposal.sender, in_force_for(proposal.sender)}
    if heir not in senders:
        return heir
    above = in_force_for(heir.parent) if heir.parent else None
    return above if above not in senders else None


def _why(heir: Organisation, receiver: Organisation) -> str:
    """Kept with the row, so in the language of the documents."""
    said = "Cơ quan nhận đã kết thúc hoạt động; "
    if receiver == heir:
        return f"{said}{heir.name_vi} kế thừa"[:500]
    return f"{said}cơ quan kế thừa là cơ quan gửi, nên chuyển lên cấp trên: {receiver.name_vi}"[:500]


def _unanswered(proposal: Proposal, by: User | None) -> Proposal:
    rows = Proposal.objects.select_for_update(of=("self",)).select_related("receiver__area", "sender")
    current = rows.get(pk=proposal.pk)
    if not may_answer(acting(by), current):
        raise errors.acting_needed(Permission.ACCEPT, [current.receiver])
    if current.answered_at is not None:
        raise following_errors.answered_already(current)
    return current
