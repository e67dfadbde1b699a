"""At -7, 0, +7 and +30 days from the date in force somebody is told: always here, by e-mail where there is an address."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cache

from django.db import IntegrityError, transaction

from phoihop.assignments.cells import STEPS, TOLD_FURTHER_UP_FROM, TOLD_TO_THE_ISSUER_FROM, step_reached
from phoihop.assignments.mail import EscalationMail, Told, mail_is_set_up, send_escalations
from phoihop.assignments.models import Assignment, Escalation
from phoihop.assignments.permissions import Answering, closers_of, in_force_for
from phoihop.assignments.queries.above import next_above
from phoihop.audit.actions import event, record_many
from phoihop.core import clock
from phoihop.orgs.models import Contact

_BATCH = 1_000


@transaction.atomic
def tell_escalations() -> list[Escalation]:
    """By the system, once for each step of each date; of steps missed while it stood still, the last one."""
    today = clock.today()
    horizon = today - timedelta(days=STEPS[0])
    near = (
        Assignment.objects.open()
        .filter(due_on__lte=horizon)
        .select_related("lead__parent__parent", "giver__parent", "paragraph__conclusion__lead_issuer")
    )
    told = set(
        Escalation.objects.filter(assignment__in=near.order_by().values("pk")).values_list(
            "assignment_id", "step", "due_on"
        )
    )
    new = [
        Escalation(assignment=each, step=step, due_on=each.due_on, told_on=today)
        for each in near
        if each.due_on
        and (step := step_reached(each.due_on, today)) is not None
        and (each.pk, step, each.due_on) not in told
    ]
    if not kept_once(new):
        return []
    record_many(
        event(
            "tell_escalation", each.assignment, organisation=each.assignment.lead, details={"step": each.step}
        )
        for each in new
    )
    if new and mail_is_set_up():
        transaction.on_commit(lambda: _mail(new), robust=True)
    return new


def kept_once(new: Sequence[Told]) -> bool:
    """Whether they are told by us: not where another process has told one of them since we looked. What is left then is told
    the next time.
    """
    try:
        with transaction.atomic():
            for kind in {type(each) for each in new}:
                kind.objects.bulk_create(new, batch_size=_BATCH)
    except IntegrityError:
        return False
    return True


def _mail(told: Sequence[Escalation]) -> None:
    answers = cache(in_force_for)
    gone = {each.assignment_id for each in mailed(told, lambda each: _offices(each, answers))}
    for start in range(0, len(told), _BATCH):
        some = [each.assignment_id for each in told[start : start + _BATCH] if each.assignment_id in gone]
        rows = Escalation.objects.filter(assignment__in=some, told_on=told[0].told_on, mailed_at__isnull=True)
        rows.update(mailed_at=clock.now())


def mailed(told: Sequence[Told], offices: Callable[[Told], list[int]]) -> list[Told]:
    """One message for each office that has an address; those of which at least one went out."""
    by_office: dict[int, list[Told]] = defaultdict(list)
    for each in told:
        for office in offices(each):
            by_office[office].append(each)
    addresses = addresses_of(by_office)
    messages = [EscalationMail(addresses[pk], tuple(of)) for pk, of in by_office.items() if pk in addresses]
    return [each for message in send_escalations(messages) for each in message.told]


def _offices(told: Escalation, answers: Answering) -> list[int]:
    """Each once, though it closes the assignment and stands above its lead."""
    found = [told.assignment.lead_id]
    if told.step >= TOLD_TO_THE_ISSUER_FROM:
        found += [each.pk for each in closers_of(told.assignment, answers)]
    above = next_above(told.assignment) if told.step >= TOLD_FURTHER_UP_FROM else None
    return list(dict.fromkeys([*found, above.pk] if above else found))


def addresses_of(offices: Iterable[int]) -> dict[int, str]:
    """The first contact of each office that has an address."""
    found: dict[int, str] = {}
    every = list(offices)
    for start in range(0, len(every), _BATCH):
        contacts = Contact.objects.filter(organisation__in=every[start : start + _BATCH]).exclude(email="")
        for office, email in contacts.order_by("pk").values_list("organisation_id", "email"):
            found.setdefault(office, email)
    return found
