"""The register of assignments as it is read: mine, narrowed, sorted, page by page."""

from dataclasses import dataclass, replace

from django.db.models import F, Q, QuerySet

from phoihop.areas.models import Area
from phoihop.assignments.enums import AssignmentState, Cell
from phoihop.assignments.models import Assignment
from phoihop.assignments.models.assignment import COUNTED, cell_condition
from phoihop.assignments.queries.closing import closed_by
from phoihop.core import clock
from phoihop.core.text import fold_vi
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.programmes.models import Programme

MINE, GIVEN_BY_US, ALL = "mine", "given", "all"
SCOPES = (MINE, GIVEN_BY_US, ALL)
SORTS = {
    "due": (F("due_on").asc(nulls_last=True), "pk"),
    "-due": (F("due_on").desc(nulls_last=True), "-pk"),
    "lead": ("lead__name_sort", F("due_on").asc(nulls_last=True), "pk"),
    "-lead": ("-lead__name_sort", F("due_on").asc(nulls_last=True), "pk"),
    "updated": (F("last_updated_at").asc(nulls_first=True), "pk"),
    "-updated": (F("last_updated_at").desc(nulls_last=True), "-pk"),
}
RELATED = ("paragraph__conclusion", "lead__area", "giver", "parent__lead")


@dataclass(frozen=True, slots=True)
class AssignmentFilter:
    scope: str = MINE
    text: str = ""  # act, text or product, with or without marks
    cell: str = ""
    organisation: Organisation | None = None
    programme: Programme | None = None
    area: Area | None = None
    level: str = ""
    extended: bool = False
    waiting: bool = False  # reported done, and not closed yet
    sort: str = "due"

    def __bool__(self) -> bool:
        return bool(
            self.text
            or self.cell
            or self.organisation
            or self.programme
            or self.area
            or self.level
            or self.extended
            or self.waiting
        )


def found_assignments(user: AnyUser, wanted: AssignmentFilter) -> QuerySet[Assignment]:
    """Given ones; a draft's stand on the page of its conclusions."""
    return listed(in_scope(user, wanted.scope), wanted)


def listed(scope: QuerySet[Assignment], wanted: AssignmentFilter) -> QuerySet[Assignment]:
    return narrowed(scope, wanted).select_related(*RELATED).order_by(*SORTS[wanted.sort])


def of_every_cell(scope: QuerySet[Assignment], wanted: AssignmentFilter) -> QuerySet[Assignment]:
    """What the four cells above the list are counted over."""
    return narrowed(scope, replace(wanted, cell=""))


def in_scope(user: AnyUser, scope: str) -> QuerySet[Assignment]:
    given = Assignment.objects.filter(given_at__isnull=False)
    own = Membership.objects.held_by(user, clock.today()).values_list("organisation", flat=True)
    if scope == MINE:
        bodies = list(own)
        joined = Assignment.co_organisations.through.objects.filter(organisation__in=bodies)
        return given.filter(Q(lead__in=bodies) | Q(pk__in=joined.values("assignment")))
    if scope == GIVEN_BY_US:
        return closed_by(list(own))
    return given.visible_to(user)


def narrowed(found: QuerySet[Assignment], wanted: AssignmentFilter) -> QuerySet[Assignment]:
    if wanted.cell:
        found = found.filter(COUNTED, cell_condition(Cell(wanted.cell), clock.today()))
    if wanted.organisation:
        joined = Assignment.co_organisations.through.objects.filter(organisation=wanted.organisation)
        found = found.filter(Q(lead=wanted.organisation) | Q(pk__in=joined.values("assignment")))
    if wanted.programme:
        through = wanted.programme.conclusions.values("pk")
        found = found.filter(paragraph__conclusion__in=through)
    if wanted.area:
        found = found.filter(lead__area__in=Area.objects.under(wanted.area, clock.today()).values("pk"))
    if wanted.level:
        found = found.filter(level=wanted.level)
    if wanted.extended:
        found = found.filter(is_extended=True)
    if wanted.waiting:
        found = found.filter(state=AssignmentState.REPORTED_DONE)
    for word in fold_vi(wanted.text).split():
        found = found.filter(Q(words_fold__contains=word) | Q(lead__name_fold__contains=word))
    return found
