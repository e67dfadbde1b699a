"""One assignment becomes a part for every organisation of a party line under an area: at one level, or at two in one act."""

from datetime import date

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments import errors, following_errors
from phoihop.assignments.models import Assignment, ReviewDate
from phoihop.assignments.models.assignment import OPEN
from phoihop.assignments.permissions import acting, closers_of, may_cascade
from phoihop.assignments.queries.cascading import cascade_plan
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.orgs.roles import Permission

from .guards import RELATED

_BATCH = 1_000


@transaction.atomic
def cascade_assignment(
    *,
    assignment: Assignment,
    level: Level | str,
    by: User | None,
    party: PartyKind | str = "",
    area: Area | None = None,
    due_on: date | None = None,
    below: Level | str = "",
) -> list[Assignment]:
    """The parts, one for each organisation in force today that has none yet; those of the upper level first.

    The party line and the area are the lead's own unless told; who leads the whole gives the parts and closes them.
    below: a level under the first, whose bodies get their parts from the part of the body above them, in the same act.
    """
    whole = _locked(assignment, by)
    day = due_on or whole.due_on
    start = whole.paragraph.conclusion.concluded_on
    if day and day < start:
        raise errors.due_before(day, start)
    plan = cascade_plan(whole, level, party, area, below)
    if not plan:
        raise following_errors.no_part_to_cascade()
    parts = _made([(whole, lead) for lead in plan.leads], whole, day)
    given = {**plan.parts, **{part.lead_id: part for part in parts}}
    parts += _made([(given[pk], lead) for pk, leads in plan.below.items() for lead in leads], whole, day)
    if whole.is_standing and due_on is None:
        _copy_review_dates(whole, parts)
    details = {"level": str(level), "party": parts[0].lead.party, "parts": len(parts)}
    if below:
        details |= {"below": str(below), "parts_below": plan.count_below}
    record("cascade_assignment", whole, by=by, organisation=whole.lead, details=details)
    return parts


def _locked(assignment: Assignment, by: User | None) -> Assignment:
    """Raises: NotAllowed, Conflict where it is done or withdrawn."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*RELATED)
    whole = rows.get(pk=assignment.pk)
    if not may_cascade(acting(by), whole):
        raise errors.acting_needed(Permission.SUBMIT, [whole.lead, *closers_of(whole)])
    if whole.state not in OPEN:
        raise following_errors.part_of_part(whole)
    return whole


def _made(
    pairs: list[tuple[Assignment, Organisation]], whole: Assignment, day: date | None
) -> list[Assignment]:
    """A part of the first for the second."""
    rows = [_part(whole, parent, lead, day, order) for order, (parent, lead) in enumerate(pairs, start=1)]
    return Assignment.objects.bulk_create(rows, batch_size=_BATCH)


def _copy_review_dates(whole: Assignment, parts: list[Assignment]) -> None:
    days = list(whole.review_dates.filter(answered_on__isnull=True).values_list("on", flat=True))
    ReviewDate.objects.bulk_create(
        [ReviewDate(assignment=part, on=each) for part in parts for each in days], batch_size=_BATCH
    )


def _part(
    whole: Assignment, parent: Assignment, lead: Organisation, day: date | None, order: int
) -> Assignment:
    part = Assignment(
        paragraph=whole.paragraph,
        parent=parent,
        order=order,
        verb_vi=whole.verb_vi,
        verb_en=whole.verb_en,
        text_vi=whole.text_vi,
        text_en=whole.text_en,
        product_vi=whole.product_vi,
        product_en=whole.product_en,
        giver=parent.lead,
        lead=lead,
        level=lead.area.level,
        is_standing=whole.is_standing and (day is None or day == whole.due_on),
        original_due_on=day,
        due_on=day,
        given_at=clock.now() if whole.given_at else None,
    )
    part.fill_search_columns()
    return part
