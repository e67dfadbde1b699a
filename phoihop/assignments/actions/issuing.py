"""Conclusions go out: from that instant their assignments run."""

from django.db import transaction
from django.utils.translation import gettext as _

from phoihop.accounts.models import User
from phoihop.assignments import errors
from phoihop.assignments.enums import ConclusionStage
from phoihop.assignments.models import Assignment, Conclusion
from phoihop.assignments.numbers import Number
from phoihop.assignments.permissions import acting, may_issue
from phoihop.assignments.queries.drafts import past_due
from phoihop.assignments.queries.numbers import numbers_given
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission

from .guards import require_words, within


@transaction.atomic
def issue_conclusion(
    *, conclusion: Conclusion, by: User | None, number: str = "", is_past_meant: bool = False
) -> Conclusion:
    """`number` as its register gave it; it may come later (`number_conclusion`).

    `is_past_meant`: confirms that some of it is overdue from its first day.
    """
    rows = Conclusion.objects.select_for_update(of=("self",)).select_related("lead_issuer__area")
    draft = rows.get(pk=conclusion.pk)
    if not may_issue(acting(by), draft):
        raise errors.acting_needed(Permission.PUBLISH, [draft.lead_issuer])
    if not draft.is_draft:
        raise errors.issued_already(draft)
    if not draft.paragraphs.exists():
        raise errors.nothing_concluded(draft)
    if not is_past_meant:
        _refuse_born_overdue(draft)
    draft.stage, draft.issued_at, draft.issued_by = ConclusionStage.ISSUED, clock.now(), by
    if wanted := number.strip() or draft.number:
        _number(draft, wanted)
    draft.save(update_fields=["number", "number_year", "stage", "issued_at", "issued_by"])
    given = Assignment.objects.filter(paragraph__conclusion=draft).update(given_at=draft.issued_at)
    details = {"number": draft.number, "assignments": given}
    record("issue_conclusion", draft, by=by, organisation=draft.lead_issuer, details=details)
    return draft


def _refuse_born_overdue(draft: Conclusion) -> None:
    late = past_due(draft)
    if late.exists():
        raise errors.born_overdue(late.count(), late.earliest("due_on").due_on or clock.today())


@transaction.atomic
def number_conclusion(*, conclusion: Conclusion, number: str, by: User | None) -> Conclusion:
    """Once: a number given is never another one."""
    rows = Conclusion.objects.select_for_update(of=("self",)).select_related("lead_issuer__area")
    found = rows.get(pk=conclusion.pk)
    if not may_issue(acting(by), found):
        raise errors.acting_needed(Permission.PUBLISH, [found.lead_issuer])
    if found.number:
        raise errors.numbered_already(found)
    _number(found, number)
    found.save(update_fields=["number", "number_year"])
    record(
        "number_conclusion", found, by=by, organisation=found.lead_issuer, details={"number": found.number}
    )
    return found


def _number(conclusion: Conclusion, written: str) -> None:
    """In the year of the issue. One at a time numbers what an issuer concluded.

    Raises: Conflict for one that was given already; it names who holds it, and the next free one.
    """
    wanted = Number.read(require_words(written, _("Number"), 60))
    if wanted is None:
        raise errors.number_without_digits(written)
    issuer = Organisation.objects.select_for_update().get(pk=conclusion.lead_issuer_id)
    year = (conclusion.issued_on or clock.today()).year
    given = numbers_given(issuer, year, besides=conclusion)
    for holder, number in given:
        if number.is_same(wanted):
            raise errors.number_taken(holder, number.next_free(each for _held, each in given))
    conclusion.number, conclusion.number_year = within(str(wanted), _("Number"), 60), year
