"""What only the issuer does: accept that it is done, say that it is not, withdraw it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import following_errors
from phoihop.assignments.enums import Act, AssignmentState
from phoihop.assignments.models import Assignment, Movement
from phoihop.assignments.models.assignment import OPEN
from phoihop.assignments.permissions import Acting, acting, closers_of, may_close
from phoihop.audit.actions import event, record, record_many
from phoihop.audit.words import seal_alike
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission

from .guards import locked_assignment, moved, require_done_day, require_reason, require_state, within


@transaction.atomic
def close_assignment(
    *, assignment: Assignment, by: User | None, note: str = "", done_on: date | None = None
) -> Assignment:
    """Done on the day the lead gave, or with a reason on another one not after the report; from now on it stands."""
    current = locked_assignment(assignment)
    own = require_closing(acting(by), current)
    require_state(current, AssignmentState.REPORTED_DONE)
    said, day = current.reported_done_on, _confirmed(current, done_on, note)
    current.state, current.done_on = AssignmentState.CLOSED, day
    current.closed_at, current.closed_by = clock.now(), by
    current.save(update_fields=["state", "done_on", "closed_at", "closed_by"])
    sealed = moved(current, Act.CLOSED, by, own, on=day, text=within(note.strip(), _("Note"), 500))
    details = {"reported": str(said), "done_on": day.isoformat(), **sealed}
    record("close_assignment", current, by=by, organisation=own, details=details)
    return current


@transaction.atomic
def return_assignment(*, assignment: Assignment, reason: str, by: User | None) -> Assignment:
    """Not done yet: it is open again, under the date in force."""
    current = locked_assignment(assignment)
    own = require_closing(acting(by), current)
    require_state(current, AssignmentState.REPORTED_DONE)
    why = require_reason(reason)
    current.state, current.reported_done_on = AssignmentState.ACKNOWLEDGED, None
    current.reported_done_at = current.reported_done_by = None
    current.save(update_fields=["state", "reported_done_on", "reported_done_at", "reported_done_by"])
    sealed = moved(current, Act.RETURNED, by, own, text=why)
    record("return_assignment", current, by=by, organisation=own, details=sealed)
    return current


@transaction.atomic
def withdraw_assignment(*, assignment: Assignment, reason: str, by: User | None) -> Assignment:
    """With the parts of it that are still open; what was done stays done."""
    current = locked_assignment(assignment)
    own = require_closing(acting(by), current)
    require_state(current, AssignmentState.GIVEN, AssignmentState.ACKNOWLEDGED)
    why = require_reason(reason)
    rows = [current, *_open_parts(current)]
    Assignment.objects.filter(pk__in=[each.pk for each in rows]).update(
        state=AssignmentState.WITHDRAWN, withdrawn_at=clock.now(), withdrawn_by=by, withdraw_reason=why
    )
    movements = Movement.objects.bulk_create(
        Movement(assignment=each, act=Act.WITHDRAWN, at=clock.now(), by=by, organisation=own, text=why)
        for each in rows
    )
    sealed = seal_alike(movements, "text")
    record_many(event("withdraw_assignment", each, by=by, organisation=own, details=sealed) for each in rows)
    current.refresh_from_db()
    return current


def require_closing(who: Acting, assignment: Assignment) -> Organisation:
    """The issuer the user acts for; the performer is told that it never closes its own."""
    closers = closers_of(assignment)
    own = next((each for each in closers if who.may(Permission.FREEZE, each)), None)
    if own is None:
        raise following_errors.only_the_issuer_closes(assignment, closers)
    if not may_close(who, assignment):
        raise following_errors.reporter_does_not_close()
    return own


def _confirmed(assignment: Assignment, done_on: date | None, reason: str) -> date:
    """The day that counts. Raises: DomainError for another day than the lead's, unless it is possible and explained."""
    told = clock.day_of(assignment.reported_done_at or clock.now())
    said = assignment.reported_done_on or told
    if done_on is None or done_on == said:
        return said
    require_done_day(assignment, done_on, told)
    if not reason.strip():
        raise following_errors.correction_says_why(said, done_on)
    return done_on


def _open_parts(whole: Assignment) -> list[Assignment]:
    """Parts, and parts of parts."""
    found: list[Assignment] = []
    waiting = [whole.pk]
    while waiting:
        parts = list(Assignment.objects.filter(parent__in=waiting, state__in=OPEN))
        found += parts
        waiting = [each.pk for each in parts]
    return found
