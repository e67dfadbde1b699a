"""One assignment becomes a part for every organisation of a party line at a level under an area."""

from datetime import date

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments import errors, following_errors
from phoihop.assignments.models import Assignment, ReviewDate
from phoihop.assignments.models.assignment import OPEN
from phoihop.assignments.permissions import acting, closers_of, may_cascade
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
) -> list[Assignment]:
    """The parts, one for each organisation in force today that has none yet.

    The party line and the area are the lead's own unless told; who leads the whole gives the parts and closes them.
    """
    rows = Assignment.objects.select_for_update(of=("self",)).select_related(*RELATED)
    whole = rows.get(pk=assignment.pk)
    if not may_cascade(acting(by), whole):
        raise errors.acting_needed(Permission.SUBMIT, [whole.lead, *closers_of(whole)])
    if whole.state not in OPEN:
        raise following_errors.part_of_part(whole)
    day = due_on or whole.due_on
    start = whole.paragraph.conclusion.concluded_on
    if day and day < start:
        raise errors.due_before(day, start)
    leads = _leads(whole, Level(level), PartyKind(party or whole.lead.party), area or whole.lead.area)
    if not leads:
        raise following_errors.no_part_to_cascade()
    parts = Assignment.objects.bulk_create(
        [_part(whole, lead, day, order) for order, lead in enumerate(leads, start=1)], batch_size=_BATCH
    )
    if whole.is_standing and due_on is None:
        days = list(whole.review_dates.filter(answered_on__isnull=True).values_list("on", flat=True))
        ReviewDate.objects.bulk_create(
            [ReviewDate(assignment=part, on=each) for part in parts for each in days], batch_size=_BATCH
        )
    details = {"level": str(level), "party": leads[0].party, "parts": len(parts)}
    record("cascade_assignment", whole, by=by, organisation=whole.lead, details=details)
    return parts


def _leads(whole: Assignment, level: Level, party: PartyKind, area: Area) -> list[Organisation]:
    today = clock.today()
    under = Area.objects.under(area, today).filter(level=level)
    bodies = Organisation.objects.as_of(today).filter(party=party, area__in=under)
    having = whole.children.values("lead")
    found = bodies.exclude(pk__in=having).exclude(pk=whole.lead_id)
    return list(found.select_related("area").order_by("area__name_sort", "name_sort", "pk"))


def _part(whole: Assignment, lead: Organisation, day: date | None, order: int) -> Assignment:
    part = Assignment(
        paragraph=whole.paragraph,
        parent=whole,
        order=order,
        verb_vi=whole.verb_vi,
        verb_en=whole.verb_en,
        text_vi=whole.text_vi,
        text_en=whole.text_en,
        product_vi=whole.product_vi,
        product_en=whole.product_en,
        giver=whole.lead,
        lead=lead,
        level=lead.area.level,
        is_standing=whole.is_standing and (day is None or day == whole.due_on),
        original_due_on=day,
        due_on=day,
        given_at=clock.now() if whole.given_at else None,
    )
    part.fill_search_columns()
    return part
