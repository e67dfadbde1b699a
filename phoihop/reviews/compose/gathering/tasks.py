"""The assignments of the reviewed programmes under the review's area, and the figures counted from them.

A task and the parts it was divided into are one task: the parts are told beside it. Everything is asked as of a day by
what was known at the instant kept in the question, so that `review verify` finds the same again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from phoihop.areas.models import Area
from phoihop.assignments.cells import days_late
from phoihop.assignments.enums import Cell
from phoihop.assignments.models import Assignment, Conclusion, Proposal
from phoihop.assignments.queries.asof import (
    TaskAsOf,
    areas_under,
    four_cells_of,
    proposals_as_of,
    tasks_as_of,
    units_of,
    whole_tasks,
)
from phoihop.assignments.queries.counting import FourCells
from phoihop.core import clock
from phoihop.indicators.enums import WindowKind
from phoihop.indicators.models import Target
from phoihop.orgs.models import Organisation
from phoihop.periods import SpanCover, format_day
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.tasks import NO_TASKS, TASK_CODES, Cells, Proposed, Task, Tasks
from phoihop.reviews.compose.text import NOTHING, Text
from phoihop.rollup.compute_figures import RollupRow, RollupTable, divide

CODES = GIVEN, ON_TIME, DONE, RATE, OVERDUE = TASK_CODES
STATUS = {
    Cell.DONE_ON_TIME: Text("hoàn thành đúng hạn", "done on time"),
    Cell.DONE_LATE: Text("hoàn thành quá hạn", "done late"),
    Cell.OPEN_IN_TIME: Text("đang thực hiện, trong hạn", "open, in time"),
    Cell.OPEN_OVERDUE: Text("quá hạn, chưa hoàn thành", "open, overdue"),
}
Rows = Mapping[tuple[int, str], RollupRow]


@dataclass(frozen=True, slots=True)
class Counted:
    """Missing: nothing, where no conclusions of the programmes are kept."""

    given: int
    done: int
    on_time: int
    overdue: int

    def values(self) -> dict[str, tuple[int | None, int | None, int | None]]:
        """code -> value, numerator, denominator; a rate is reckoned with its indicator's decimals."""
        return {
            GIVEN: (self.given, None, None),
            ON_TIME: (self.on_time, None, None),
            DONE: (self.done, None, None),
            RATE: (None, self.on_time, self.done),
            OVERDUE: (self.overdue, None, None),
        }


def with_tasks(question: Question, rollup: RollupTable, rows: Rows) -> Rows:
    """The rolled-up rows, with those of the task indicators that the programmes selected."""
    cover = rollup.covers[WindowKind.HALF]
    wanted = {row.code: row for row in rollup.indicators.values() if row.code in CODES}
    if question.tasks_at is None or not cover.periods or not wanted:
        return rows
    found = dict(rows)
    targets = _targets(question)
    for area, counted in _by_area(question, cover).items():
        for code, (value, numerator, denominator) in counted.values().items():
            if code not in wanted:
                continue
            rate = divide(numerator, denominator, wanted[code].factor, wanted[code].decimals)
            row = found.get((area.pk, code)) or _empty(rollup, area, code, cover)
            found[area.pk, code] = replace(
                row,
                value=rate if code == RATE else _exact(value),
                numerator=_exact(numerator),
                denominator=_exact(denominator),
                target=targets.get((code, area.level)),
            )
    return found


def tasks_of(question: Question, first: date, on: date) -> Tasks:
    """What the annex and the section list, as of the last day; `first` is that of the windows reviewed."""
    if question.tasks_at is None:
        return NO_TASKS
    every = _tasks(question, on)
    whole = whole_tasks(every)
    kept = [each for each in whole if not each.is_withdrawn]
    parts = _parts(every)
    proposals = proposals_as_of(
        question.programmes, areas_under(question.area, on), on=on, known_at=question.tasks_at
    )
    return Tasks(
        on=on,
        is_kept=bool(every),
        rows=[_task(each, on, parts.get(each.assignment.pk, FourCells())) for each in kept],
        cells=_cells(four_cells_of(kept)),
        withdrawn=len(whole) - len(kept),
        given_before=sum(each.given_on < first for each in kept),
        proposals=[_proposed(each, question.tasks_at, on) for each in proposals],
    )


def _by_area(question: Question, cover: SpanCover) -> dict[Area, Counted]:
    """The review's area and its units; nothing at all where no conclusions are kept."""
    first, last = cover.periods[0].start, cover.periods[-1].last
    every = _tasks(question, last)
    if not every:
        return {}
    units = {unit.pk: unit for unit in question.units()}
    inside = units_of({each.area_id for each in every}, units, last)
    found = {question.area: _counted(every, first, last)}
    for pk, unit in units.items():
        found[unit] = _counted([each for each in every if inside.get(each.area_id) == pk], first, last)
    return found


def _tasks(question: Question, on: date) -> list[TaskAsOf]:
    if question.tasks_at is None:
        return []
    return tasks_as_of(question.programmes, areas_under(question.area, on), on=on, known_at=question.tasks_at)


def _counted(tasks: Sequence[TaskAsOf], first: date, last: date) -> Counted:
    kept = [each for each in whole_tasks(tasks) if not each.is_withdrawn]
    done = [each for each in kept if each.done_on and first <= each.done_on <= last]
    return Counted(
        given=sum(first <= each.given_on <= last for each in kept),
        done=len(done),
        on_time=sum(each.cell == Cell.DONE_ON_TIME for each in done),
        overdue=sum(each.cell == Cell.OPEN_OVERDUE for each in kept),
    )


def _targets(question: Question) -> dict[tuple[str, str], Decimal]:
    """Where several programmes set one, the first named speaks."""
    found: dict[tuple[str, str], Decimal] = {}
    for programme in reversed(question.programmes):
        rows = Target.objects.filter(selection__programme=programme, selection__indicator__code__in=CODES)
        for code, level, value in rows.values_list("selection__indicator__code", "level", "value"):
            found[code, level] = value
    return found


def _empty(rollup: RollupTable, area: Area, code: str, cover: SpanCover) -> RollupRow:
    """Nobody reports it, so nothing of it is in the roll-up."""
    return RollupRow(
        map_key=rollup.map_key, level=area.level, area_id=area.pk, area_key=area.key, area_code="", indicator=code,
        start=cover.periods[0].start, last=cover.periods[-1].last, value=None, numerator=None, denominator=None,
        reported=0, expected=0, unallocated=None, state=rollup.state, target=None,
    )  # fmt: skip


def _exact(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _parts(tasks: Iterable[TaskAsOf]) -> dict[int, FourCells]:
    """Of what a task was divided into directly."""
    found: dict[int, FourCells] = {}
    for each in tasks:
        if each.parent_id is not None:
            found[each.parent_id] = found.get(each.parent_id, FourCells()) + four_cells_of([each])
    return found


def _task(task: TaskAsOf, on: date, parts: FourCells) -> Task:
    assignment = task.assignment
    conclusion = assignment.paragraph.conclusion
    number = f" ({conclusion.number})" if conclusion.number else ""
    return Task(
        conclusion=_both(conclusion, "title") + Text(number, number),
        what=_both(assignment, "verb") + Text(" ", " ") + _both(assignment, "text"),
        lead=_both(assignment.lead, "name"),
        due=_due(task),
        status=_status(task, on),
        parts=_cells(parts),
    )


def _due(task: TaskAsOf) -> Text:
    if task.due_on is None:
        return Text("thường xuyên", "standing")
    day = format_day(task.due_on)
    if task.assignment.is_standing:
        return Text(f"thường xuyên, rà soát {day}", f"standing, reviewed {day}")
    first = task.assignment.original_due_on
    if task.is_extended and first:
        return Text(f"{day} (ban đầu {format_day(first)})", f"{day} (first set {format_day(first)})")
    return Text(day, day)


def _status(task: TaskAsOf, on: date) -> Text:
    said = STATUS[task.cell]
    if task.done_on:
        day = format_day(task.done_on)
        return said + Text(f" ({day})", f" ({day})")
    said += _late(task, on)
    if task.waits_since:
        day = format_day(task.waits_since)
        said += Text(
            f"; đã báo cáo hoàn thành {day}, chờ kết thúc", f"; reported done {day}, waiting to be closed"
        )
    return said


def _late(task: TaskAsOf, on: date) -> Text:
    if late := days_late(task.due_on, on):
        return Text(f" ({late} ngày)", f" ({late} day{'' if late == 1 else 's'})")
    return NOTHING


def _cells(cells: FourCells) -> Cells:
    return Cells(
        cells.done_on_time,
        cells.done_late,
        cells.open_in_time,
        cells.open_overdue,
        cells.extended,
        cells.stale,
        cells.waiting,
    )


def _proposed(proposal: Proposal, known_at: datetime, on: date) -> Proposed:
    """An answer of a later day, or one written after the review was composed, is not there yet."""
    at, day = proposal.answered_at, proposal.answered_on
    is_answered = at is not None and day is not None and at <= known_at and day <= on
    return Proposed(
        what=Text(proposal.title, proposal.title),
        sender=_both(proposal.sender, "name"),
        receiver=_both(proposal.receiver, "name"),
        sent_on=clock.day_of(proposal.sent_at),
        answer_by=proposal.answer_by,
        answered_on=day if is_answered else None,
        answer=Text(proposal.answer, proposal.answer) if is_answered else NOTHING,
        is_overdue=not is_answered and proposal.answer_by < on,
    )


def _both(thing: Assignment | Conclusion | Organisation, field: str) -> Text:
    vi = str(getattr(thing, f"{field}_vi"))
    return Text(vi, str(getattr(thing, f"{field}_en", "")) or vi)
