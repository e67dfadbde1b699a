"""What an abolished organisation still had to do passes to its heir; where it was split, the superior chooses."""

import logging

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.assignments import following_errors
from phoihop.assignments.enums import Act, AssignmentState, Part
from phoihop.assignments.models import Assignment, Movement, Passing
from phoihop.assignments.permissions import acting, may_pass_on
from phoihop.assignments.queries.passing import heirs_in_force, left_by, waiting_organisations
from phoihop.audit.actions import record
from phoihop.audit.words import seal_alike
from phoihop.core import clock
from phoihop.orgs.models import Organisation

from .guards import require_reason
from .proposing import pass_proposals

log = logging.getLogger("phoihop")
_BATCH = 1_000


@transaction.atomic
def pass_assignments(
    *, organisation: Organisation, heir: Organisation, by: User | None, reason: str = ""
) -> int:
    """How many passed, unanswered proposals with them. Each keeps a row with the day, the old organisation and, of a split, the reason."""
    ended = (
        Organisation.objects.select_for_update(of=("self",)).select_related("parent").get(pk=organisation.pk)
    )
    if not may_pass_on(acting(by), ended):
        raise following_errors.superior_must_choose(ended)
    if ended.valid_until is None or ended.valid_until > clock.today():
        raise following_errors.still_in_force(ended)
    heirs = heirs_in_force(ended)
    if heir not in heirs:
        raise following_errors.not_an_heir(ended, heir, heirs)
    if len(heirs) > 1 and not reason.strip():
        raise following_errors.reason_needed_for_a_split(ended)
    why = require_reason(reason) if reason.strip() else ""
    passed = [each for part in Part for each in _pass(ended, heir, part, why, by)]
    if passed:
        details = {"heir": heir.slug, "assignments": len(passed), **seal_alike(passed, "reason")}
        record("pass_assignments", ended, by=by, organisation=ended, details=details)
    return len(passed) + pass_proposals(ended=ended, heir=heir, reason=why, by=by)


def pass_to_only_heirs() -> int:
    """By the system: what needs no choice. A split waits for the superior.

    Raises: NotPassed, once all were tried, with each that could not be passed on and why.
    """
    passed, failed = 0, list[tuple[Organisation, Exception]]()
    for ended in waiting_organisations():
        try:
            heirs = heirs_in_force(ended)
            if len(heirs) == 1:
                passed += pass_assignments(organisation=ended, heir=heirs[0], by=None)
        except Exception as fault:  # the others must pass all the same
            log.warning("what %s left was not passed to its heir", ended.slug, exc_info=True)
            failed.append((ended, fault))
    if failed:
        raise following_errors.NotPassed(passed, failed)
    return passed


def _pass(ended: Organisation, heir: Organisation, part: Part, reason: str, by: User | None) -> list[Passing]:
    rows = list(left_by(ended, part).values_list("pk", flat=True))
    if part is Part.LEAD:
        rows = _without_a_twin(rows, heir)
    passed = Passing.objects.bulk_create(
        [
            Passing(
                assignment_id=pk, part=part, old=ended, heir=heir, on=clock.today(), reason=reason,
                at=clock.now(), by=by,
            )
            for pk in rows
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    for start in range(0, len(rows), _BATCH):
        _replace(rows[start : start + _BATCH], part, ended, heir)
    return passed


def _replace(rows: list[int], part: Part, ended: Organisation, heir: Organisation) -> None:
    among = Assignment.objects.filter(pk__in=rows)
    if part is Part.LEAD:
        among.update(lead=heir, level=heir.area.level)
    elif part is Part.GIVER:
        among.update(giver=heir)
    else:
        through = Assignment.co_organisations.through.objects
        named = set(
            through.filter(assignment__in=rows, organisation=heir).values_list("assignment_id", flat=True)
        )
        leading = set(among.filter(lead=heir).values_list("pk", flat=True))
        old = through.filter(assignment__in=rows, organisation=ended)
        old.filter(assignment__in=named | leading).delete()
        old.update(organisation=heir)


def _without_a_twin(rows: list[int], heir: Organisation) -> list[int]:
    """The heir that has its own part of the same whole keeps that one; the part of the ended one is withdrawn."""
    parents = Assignment.objects.filter(lead=heir, parent__isnull=False).values("parent")
    twins = set(Assignment.objects.filter(pk__in=rows, parent__in=parents).values_list("pk", flat=True))
    Assignment.objects.filter(pk__in=twins).update(
        state=AssignmentState.WITHDRAWN, withdrawn_at=clock.now(), withdraw_reason=_same_part(heir)
    )
    Movement.objects.bulk_create(
        Movement(
            assignment_id=pk, act=Act.WITHDRAWN, at=clock.now(), organisation=heir, text=_same_part(heir)
        )
        for pk in twins
    )
    return [pk for pk in rows if pk not in twins]


def _same_part(heir: Organisation) -> str:
    """Kept with the row, so in the language of the documents."""
    return f"{heir.name_vi} đã được giao cùng nhiệm vụ này"[:500]
