"""The four cells over everything there is, today and as of a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.assignments.actions import (
    acknowledge_assignment,
    ask_extension,
    cascade_assignment,
    close_assignment,
    grant_extension,
    pass_assignments,
    report_done,
    report_progress,
    return_assignment,
    withdraw_assignment,
)
from phoihop.assignments.cells import cell_of
from phoihop.assignments.enums import Cell
from phoihop.assignments.models import Assignment
from phoihop.assignments.queries.asof import areas_under, four_cells_of, tasks_as_of, whole_tasks
from phoihop.assignments.queries.counting import four_cells
from phoihop.core import clock
from phoihop.core.errors import DomainError
from tests.factories.assignments import DUE, issued
from tests.reports.world import World

TODAY = date(2026, 6, 16)


def on(day: date, hour: int = 2) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, hour, tzinfo=UTC), tick=False)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    plan=st.lists(
        st.tuples(
            st.integers(0, 60),  # due, days from today
            st.sampled_from(["", "ack", "done", "closed", "withdrawn", "returned", "extended"]),
            st.integers(0, 70),  # when that happens
        ),
        max_size=8,
    ),
    look=st.integers(0, 90),
)
def test_every_assignment_is_in_exactly_one_of_the_four(
    world: World, plan: list[tuple[int, str, int]], look: int
) -> None:
    Assignment.objects.all().update(withdrawn_at=clock.now(), state="withdrawn", withdraw_reason="trước", done_on=None, reported_done_on=None, closed_at=None)  # fmt: skip
    for due, act, after in plan:
        task = issued(world.centre, world.programme, world.desk, due_on=TODAY + timedelta(days=due))[0]
        with on(TODAY + timedelta(days=after)):
            _happen(task, act)
    day = TODAY + timedelta(days=look)
    counted = Assignment.objects.counted()
    cells = {cell: set(Assignment.objects.in_cell(cell, day).values_list("pk", flat=True)) for cell in Cell}
    assert sum(len(ids) for ids in cells.values()) == counted.count() == four_cells(counted, day).total
    for each in counted.with_cell(day):
        told = cell_of(done_on=each.done_on, due_on=each.due_on, on=day)
        assert each.cell == told == each.cell_on(day)
        assert [cell for cell, ids in cells.items() if each.pk in ids] == [told]


def _happen(task: Assignment, act: str) -> None:
    try:
        if act == "ack":
            acknowledge_assignment(assignment=task, by=None)
        if act in {"done", "closed", "returned"}:
            report_done(assignment=task, by=None)
        if act == "closed":
            close_assignment(assignment=task, by=None)
        if act == "returned":
            return_assignment(assignment=task, reason="chưa xong", by=None)
        if act == "withdrawn":
            withdraw_assignment(assignment=task, reason="rút", by=None)
        if act == "extended":
            later = (task.due_on or TODAY) + timedelta(days=20)
            grant_extension(
                extension=ask_extension(assignment=task, wanted_on=later, reason="x", by=None), by=None
            )
    except DomainError:
        return  # the date had passed


def test_not_updated_for_thirty_days_is_counted_over_the_open_ones(world: World) -> None:
    silent, heard, done = (issued(world.centre, world.programme, world.desk)[0] for _ in range(3))
    report_done(assignment=done, by=None)  # waits for its issuer: nobody was silent
    with on(TODAY + timedelta(days=10)):
        report_progress(assignment=heard, text="Đang làm", by=None)
    with on(TODAY + timedelta(days=31)):
        cells = four_cells(Assignment.objects.all())
        assert (cells.stale, cells.waiting, cells.open) == (1, 1, 3)
        assert str(cells.stale_percent) == "33.3"
        assert list(Assignment.objects.stale(clock.now())) == [silent]
    with on(TODAY + timedelta(days=30)):  # 30 days are not more than 30
        assert four_cells(Assignment.objects.all()).stale == 0


def test_as_of_a_day_nothing_that_came_later_is_known(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    before = clock.now()
    with on(TODAY + timedelta(days=5)):
        asked = ask_extension(assignment=task, wanted_on=DUE + timedelta(days=30), reason="x", by=None)
        grant_extension(extension=asked, by=None)
    with on(DUE + timedelta(days=20)):
        report_done(assignment=task, by=None)
        close_assignment(assignment=task, by=None)
        after = clock.now()

    def cell(day: date, known: datetime) -> tuple[Cell, date | None, bool]:
        (found,) = tasks_as_of([world.programme], areas_under(world.country, TODAY), on=day, known_at=known)
        return found.cell, found.due_on, found.is_extended

    assert cell(TODAY, after) == (Cell.OPEN_IN_TIME, DUE, False)
    assert cell(DUE + timedelta(days=1), after) == (Cell.OPEN_IN_TIME, DUE + timedelta(days=30), True)
    assert cell(DUE + timedelta(days=20), after) == (Cell.DONE_ON_TIME, DUE + timedelta(days=30), True)
    assert cell(DUE + timedelta(days=20), before) == (Cell.OPEN_OVERDUE, DUE, False)


def test_as_of_a_day_what_was_reported_done_waits_until_it_is_closed(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    said, later = DUE + timedelta(days=5), DUE + timedelta(days=9)
    with on(said):
        report_done(assignment=task, done_on=DUE, by=None)
        before = clock.now()
    with on(later):
        close_assignment(assignment=task, done_on=said, note="Theo ngày ký", by=None)
        after = clock.now()

    def told(day: date, known: datetime) -> tuple[Cell, date | None, int]:
        (found,) = tasks_as_of([world.programme], areas_under(world.country, TODAY), on=day, known_at=known)
        return found.cell, found.done_on, four_cells_of([found]).waiting

    assert told(said, before) == (Cell.OPEN_OVERDUE, None, 1)
    assert told(said, after) == (Cell.DONE_LATE, said, 0)  # by the day the issuer confirmed
    assert told(DUE, after) == (Cell.OPEN_IN_TIME, None, 0)


def test_as_of_now_it_is_what_the_register_says(world: World) -> None:
    whole, other = (issued(world.centre, world.programme, world.desk)[0] for _ in range(2))
    parts = cascade_assignment(assignment=whole, level="commune", by=None)
    report_done(assignment=parts[0], by=None)
    withdraw_assignment(assignment=other, reason="rút", by=None)
    with on(DUE + timedelta(days=1)):
        tasks = tasks_as_of(
            [world.programme], areas_under(world.country, TODAY), on=clock.today(), known_at=clock.now()
        )
        assert four_cells_of(tasks) == four_cells(Assignment.objects.all())
        assert [each.assignment for each in whole_tasks(tasks)] == [whole, other]
        under = tasks_as_of(
            [world.programme], areas_under(world.communes[0], TODAY), on=clock.today(), known_at=clock.now()
        )
        assert [each.assignment.lead for each in whole_tasks(under)] == [world.units[0]]


def test_what_passed_to_an_heir_since_stands_where_it_stood(world: World) -> None:
    from phoihop.orgs.models import Organisation, OrganisationSuccession

    task = issued(world.centre, world.programme, world.units[0])[0]
    before = clock.now()
    Organisation.objects.filter(pk=world.units[0].pk).update(valid_until=TODAY)
    OrganisationSuccession.objects.create(predecessor=world.units[0], successor=world.units[1], on=TODAY)
    with on(TODAY, hour=5):
        pass_assignments(organisation=world.units[0], heir=world.units[1], by=None)
        for known, leads in ((before, [world.units[0]]), (clock.now(), [])):
            found = tasks_as_of([world.programme], [world.communes[0].pk], on=TODAY, known_at=known)
            assert [each.assignment.lead for each in found] == leads
    task.refresh_from_db()
    assert task.lead == world.units[1]


@pytest.mark.parametrize("cell", list(Cell))
def test_no_assignment_is_no_cell(world: World, cell: Cell) -> None:
    assert dict(four_cells(Assignment.objects.all()).rows())[cell] == 0
