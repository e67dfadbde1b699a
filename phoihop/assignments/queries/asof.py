"""Assignments as they stood on a day, by what was known at an instant: what a review freezes and can ask again.

Nothing here reads a column that a later act changes; the state is told from rows that are only added.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from phoihop.areas.models import Area, AreaAncestor
from phoihop.areas.queries.served import areas_served
from phoihop.assignments.cells import STALE_AFTER, cell_of
from phoihop.assignments.enums import Act, Cell, Part
from phoihop.assignments.models import Assignment, Extension, Movement, Passing, Progress, Proposal
from phoihop.assignments.queries.counting import FourCells
from phoihop.core import clock
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class TaskAsOf:
    assignment: Assignment
    parent_id: int | None
    area_id: int
    given_on: date
    done_on: date | None
    due_on: date | None
    is_extended: bool
    is_withdrawn: bool
    is_stale: bool
    waits_since: date | None  # the day it was reported done on, while nobody has closed it
    cell: Cell


def with_predecessors(programmes: Iterable[Programme]) -> set[int]:
    """What a programme left open is told by the reviews of the programme that followed it."""
    found, waiting = set[int](), {programme.pk for programme in programmes}
    while waiting := waiting - found:
        found |= waiting
        before = Programme.objects.filter(pk__in=waiting, predecessor__isnull=False)
        waiting = {pk for pk in before.values_list("predecessor", flat=True) if pk is not None}
    return found


def tasks_as_of(
    programmes: Iterable[Programme], areas: Iterable[int], *, on: date, known_at: datetime
) -> list[TaskAsOf]:
    """Given by the day and led in one of the areas; withdrawn ones with them, marked."""
    wanted = set(areas)
    passed = _leads_then(known_at)
    rows = Assignment.objects.filter(
        Q(lead__area__in=wanted) | Q(pk__in=list(passed)),
        paragraph__conclusion__programmes__in=with_predecessors(programmes),
        given_at__lte=known_at,
    )
    related = (
        rows.distinct().select_related("paragraph__conclusion", "lead__area").prefetch_related("review_dates")
    )
    ordered = related.order_by(
        "paragraph__conclusion__concluded_on", "paragraph__conclusion_id", "paragraph__order", "order", "pk"
    )
    given = []
    for each in ordered:
        each.lead = passed.get(each.pk, each.lead)
        if _given_on(each) <= on and each.lead.area_id in wanted:
            given.append(each)
    ids = {each.pk for each in given}
    moves, later, words = (
        _movements(ids, known_at),
        _extensions(ids, on, known_at),
        _last_words(ids, on, known_at),
    )
    return [_as_of(each, on, moves[each.pk], later[each.pk], words.get(each.pk)) for each in given]


def four_cells_of(tasks: Iterable[TaskAsOf]) -> FourCells:
    total = FourCells()
    for each in tasks:
        if not each.is_withdrawn:
            named = {
                each.cell.name.lower(): 1,
                "extended": int(each.is_extended),
                "stale": int(each.is_stale),
                "waiting": int(each.waits_since is not None),
            }
            total += FourCells(**named)
    return total


def whole_tasks(tasks: Sequence[TaskAsOf]) -> list[TaskAsOf]:
    """Those that are no part of another one here: a task and its parts are counted once."""
    here = {each.assignment.pk for each in tasks}
    return [each for each in tasks if each.parent_id not in here]


def areas_under(area: Area, day: date) -> list[int]:
    """The area, the units below it that day, and units of older maps that stand there."""
    return list(areas_served([area.pk], day).values_list("pk", flat=True))


def units_of(areas: Iterable[int], units: Iterable[int], day: date) -> dict[int, int]:
    """area -> the unit of those given it lies in that day."""
    wanted = list(units)
    links = AreaAncestor.objects.as_of(day).filter(ancestor__in=wanted, area__in=list(areas))
    return {**dict(links.values_list("area_id", "ancestor_id")), **{unit: unit for unit in wanted}}


def proposals_as_of(
    programmes: Iterable[Programme], areas: Iterable[int], *, on: date, known_at: datetime
) -> list[Proposal]:
    """Sent by the day from one of the areas, oldest first; an answer given later is not known yet."""
    rows = Proposal.objects.filter(
        programme__in=with_predecessors(programmes), sender__area__in=list(areas), sent_at__lte=known_at
    )
    related = rows.select_related("sender", "receiver").order_by("sent_at", "pk")
    return [each for each in related if clock.day_of(each.sent_at) <= on]


def _leads_then(known_at: datetime) -> dict[int, Organisation]:
    """Of what passed to an heir since: who led it at the instant."""
    since = Passing.objects.filter(part=Part.LEAD, at__gt=known_at).select_related("old__area")
    return {each.assignment_id: each.old for each in since.order_by("-at", "-pk")}


def _given_on(assignment: Assignment) -> date:
    return assignment.given_on or date.max


def _as_of(
    assignment: Assignment, on: date, moves: list[Movement], later: list[Extension], said_at: datetime | None
) -> TaskAsOf:
    said_on: date | None = None  # by its lead
    done_on: date | None = None  # as its issuer confirmed
    is_withdrawn = False
    for each in moves:  # in the order they happened
        if each.act in {Act.REPORTED_DONE, Act.RETURNED}:
            said_on = each.on
        elif each.act == Act.CLOSED:
            done_on = each.on or said_on
        elif each.act == Act.WITHDRAWN and clock.day_of(each.at) <= on:
            is_withdrawn = True
    due_on = _due_on(assignment, on, later)
    heard = max([at for at in (said_at, assignment.given_at) if at] or [clock.now()])
    cell = cell_of(done_on=done_on, due_on=due_on, on=on)
    is_open = cell in {Cell.OPEN_IN_TIME, Cell.OPEN_OVERDUE}
    waits_since = said_on if said_on and said_on <= on and done_on is None else None
    return TaskAsOf(
        assignment=assignment,
        parent_id=assignment.parent_id,
        area_id=assignment.lead.area_id,
        given_on=_given_on(assignment),
        done_on=done_on if done_on and done_on <= on else None,
        due_on=due_on,
        is_extended=bool(later),
        is_withdrawn=is_withdrawn,
        is_stale=is_open and said_on is None and clock.day_of(heard) + STALE_AFTER < on,
        waits_since=waits_since,
        cell=cell,
    )


def _due_on(assignment: Assignment, on: date, later: list[Extension]) -> date | None:
    """Of standing work the first review date not answered by then; else the last date granted by then."""
    if assignment.is_standing:
        waiting = [
            each.on
            for each in assignment.review_dates.all()
            if each.answered_on is None or each.answered_on > on
        ]
        return min(waiting, default=None)
    return later[-1].granted_on if later else assignment.original_due_on


def _movements(ids: set[int], known_at: datetime) -> dict[int, list[Movement]]:
    found: dict[int, list[Movement]] = defaultdict(list)
    for each in Movement.objects.filter(at__lte=known_at).order_by("at", "pk"):
        if each.assignment_id in ids:
            found[each.assignment_id].append(each)
    return found


def _extensions(ids: set[int], on: date, known_at: datetime) -> dict[int, list[Extension]]:
    found: dict[int, list[Extension]] = defaultdict(list)
    granted = Extension.objects.filter(granted_on__isnull=False, decided_at__lte=known_at)
    for each in granted.order_by("decided_at", "pk"):
        if each.assignment_id in ids and each.decided_at and clock.day_of(each.decided_at) <= on:
            found[each.assignment_id].append(each)
    return found


def _last_words(ids: set[int], on: date, known_at: datetime) -> dict[int, datetime]:
    """The last thing the performers did or said by the day."""
    found: dict[int, datetime] = {}
    said = list(Progress.objects.filter(at__lte=known_at).values_list("assignment_id", "at"))
    own = [Act.ACKNOWLEDGED, Act.REPORTED_DONE]
    said += Movement.objects.filter(act__in=own, at__lte=known_at).values_list("assignment_id", "at")
    said += Extension.objects.filter(asked_at__lte=known_at).values_list("assignment_id", "asked_at")
    for assignment, at in said:
        if assignment in ids and clock.day_of(at) <= on:
            found[assignment] = max(at, found.get(assignment, at))
    return found
