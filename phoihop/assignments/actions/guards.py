"""What the actions have in common: locked rows, required states, tidy words."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors, following_errors
from phoihop.assignments.enums import AssignmentState
from phoihop.assignments.models import Assignment, Conclusion, Movement
from phoihop.assignments.permissions import acting, issuers_of, may_draft
from phoihop.audit.words import seal_words
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission

LONGEST_REASON = 500
RELATED = ("paragraph__conclusion__lead_issuer__area", "giver__area", "lead__area")


def locked_assignment(assignment: Assignment) -> Assignment:
    """Given, and locked; what others did meanwhile is seen."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*RELATED)
    found = rows.get(pk=assignment.pk)
    if found.given_at is None:
        raise following_errors.not_given_yet(found)
    return found


def draft_of(conclusion: Conclusion, by: User | None) -> Conclusion:
    """Locked, still a draft, and of an organisation the user prepares conclusions for."""
    rows = Conclusion.objects.select_for_update(of=("self",)).select_related("lead_issuer__area")
    found = rows.get(pk=conclusion.pk)
    issuers = issuers_of(found)
    if not may_draft(acting(by), issuers):
        raise errors.acting_needed(Permission.ENTER, issuers)
    if not found.is_draft:
        raise errors.issued_already(found)
    return found


def require_state(assignment: Assignment, *wanted: AssignmentState) -> None:
    if assignment.state not in wanted:
        raise following_errors.not_now(assignment, [str(state.label) for state in wanted])


def require_done_day(assignment: Assignment, day: date, last: date) -> None:
    """Between the day of the conclusions and that of the report."""
    first = assignment.first_done_on or last
    if not first <= day <= last:
        raise following_errors.done_outside(day, first, last)


def require_words(text: str, what: str, most: int) -> str:
    cleaned = text.strip()
    if not cleaned:
        raise errors.text_needed(what)
    return within(cleaned, what, most)


def within(text: str, what: str, most: int) -> str:
    if len(text) > most:
        raise errors.text_too_long(what, len(text), most)
    return text


def require_reason(reason: str) -> str:
    cleaned = reason.strip()
    if not cleaned:
        raise errors.reason_needed()
    return within(cleaned, _("Reason"), LONGEST_REASON)


def require_in_force(organisations: Iterable[Organisation]) -> None:
    today = clock.today()
    for each in organisations:
        if not each.is_in_force(today):
            raise errors.not_in_force(each, today)


def user_id(by: User | None) -> int | None:
    return by.pk if by else None


def moved(
    assignment: Assignment, act: str, by: User | None, organisation: Organisation, **said: object
) -> dict[str, str]:
    """What the audit event tells of the words said with it: their seal."""
    row = Movement.objects.create(
        assignment=assignment, act=act, at=clock.now(), by=by, organisation=organisation, **said
    )
    return seal_words(row, "text")
