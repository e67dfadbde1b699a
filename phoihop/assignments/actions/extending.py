"""A later date: asked for by the lead, decided by the issuer, both before the date in force has passed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors, following_errors
from phoihop.assignments.enums import AssignmentState
from phoihop.assignments.models import Assignment, Extension
from phoihop.assignments.permissions import acting, closers_of, in_force_for, may_ask_extension, may_close
from phoihop.audit.actions import record
from phoihop.audit.words import seal_words
from phoihop.core import clock
from phoihop.orgs.roles import Permission

from .guards import locked_assignment, require_reason, require_state, within

_DECIDED = ["decided_at", "decided_by", "decided_for", "decision"]


@transaction.atomic
def ask_extension(*, assignment: Assignment, wanted_on: date, reason: str, by: User | None) -> Extension:
    current = locked_assignment(assignment)
    if not may_ask_extension(acting(by), current):
        raise errors.acting_needed(Permission.SUBMIT, [current.lead])
    due_on = _date_that_moves(current)
    _require_later(wanted_on, due_on)
    waiting = current.extensions.filter(decided_at__isnull=True, from_due_on=due_on).first()
    if waiting:
        raise following_errors.asked_already(waiting)
    extension = Extension.objects.create(
        assignment=current,
        asked_at=clock.now(),
        asked_by=by,
        asked_for=in_force_for(current.lead) or current.lead,
        from_due_on=due_on,
        wanted_on=wanted_on,
        reason=require_reason(reason),
    )
    current.last_updated_at = extension.asked_at
    current.save(update_fields=["last_updated_at"])
    details = {"from": due_on.isoformat(), "wanted": wanted_on.isoformat(), **seal_words(extension, "reason")}
    record("ask_extension", current, by=by, organisation=extension.asked_for, details=details)
    return extension


@transaction.atomic
def grant_extension(
    *, extension: Extension, by: User | None, until: date | None = None, note: str = ""
) -> Assignment:
    """The date asked for, or another later one; the original date stays beside it for ever."""
    current, asked = _decidable(extension, by)
    new = until or asked.wanted_on
    _require_later(new, asked.from_due_on)
    asked.granted_on, asked.decision = new, within(note.strip(), _("Note"), 500)
    asked.save(update_fields=[*_DECIDED, "granted_on"])
    current.due_on, current.is_extended = new, True
    current.save(update_fields=["due_on", "is_extended"])
    details = {
        "from": asked.from_due_on.isoformat(),
        "until": new.isoformat(),
        **seal_words(asked, "decision"),
    }
    record("grant_extension", current, by=by, organisation=asked.decided_for, details=details)
    return current


@transaction.atomic
def refuse_extension(*, extension: Extension, reason: str, by: User | None) -> Assignment:
    current, asked = _decidable(extension, by)
    asked.decision = require_reason(reason)
    asked.save(update_fields=_DECIDED)
    sealed = seal_words(asked, "decision")
    record("refuse_extension", current, by=by, organisation=asked.decided_for, details=sealed)
    return current


def _decidable(extension: Extension, by: User | None) -> tuple[Assignment, Extension]:
    """With who decides, when and for which of the issuers."""
    current, who = locked_assignment(extension.assignment), acting(by)
    closers = closers_of(current)
    own = next((each for each in closers if who.may(Permission.FREEZE, each)), None)
    if own is None or not may_close(who, current):
        raise following_errors.only_the_issuer_decides(closers)
    asked = current.extensions.filter(pk=extension.pk, decided_at__isnull=True).first()
    if asked is None:
        raise following_errors.nothing_asked()
    _date_that_moves(current)
    asked.decided_at, asked.decided_by, asked.decided_for = clock.now(), by, own
    return current, asked


def _date_that_moves(assignment: Assignment) -> date:
    """Raises: Conflict for standing work, for what is done, and once the date in force has passed."""
    require_state(assignment, AssignmentState.GIVEN, AssignmentState.ACKNOWLEDGED)
    if assignment.is_standing or assignment.due_on is None:
        raise following_errors.standing_has_no_extension()
    if assignment.due_on < clock.today():
        raise following_errors.date_has_passed(assignment.due_on)
    return assignment.due_on


def _require_later(wanted: date, due_on: date) -> None:
    if wanted <= due_on:
        raise following_errors.not_later(wanted, due_on)
