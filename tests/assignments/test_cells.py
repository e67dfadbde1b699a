"""The four cells by dates alone, and in SQL the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.assignments.cells import cell_of, days_late, step_reached
from phoihop.assignments.enums import Cell

DAY = date(2026, 6, 16)
days = st.dates(DAY - timedelta(days=60), DAY + timedelta(days=60))


@pytest.mark.parametrize(
    ("done", "due", "cell"),
    [
        (None, 0, Cell.OPEN_IN_TIME),  # the day it is due is in time
        (None, -1, Cell.OPEN_OVERDUE),
        (None, None, Cell.OPEN_IN_TIME),
        (0, 0, Cell.DONE_ON_TIME),
        (0, -1, Cell.DONE_LATE),
        (-5, -5, Cell.DONE_ON_TIME),
        (-4, -5, Cell.DONE_LATE),
        (0, None, Cell.DONE_ON_TIME),
        (1, 5, Cell.OPEN_IN_TIME),  # what is done tomorrow is open today
        (1, -1, Cell.OPEN_OVERDUE),
    ],
)
def test_the_cell_follows_from_the_day_it_was_done_and_the_date_in_force(
    done: int | None, due: int | None, cell: Cell
) -> None:
    done_on = None if done is None else DAY + timedelta(days=done)
    due_on = None if due is None else DAY + timedelta(days=due)
    assert cell_of(done_on=done_on, due_on=due_on, on=DAY) == cell


@given(done_on=st.none() | days, due_on=st.none() | days, on=days)
def test_a_later_date_in_force_never_makes_it_late(
    done_on: date | None, due_on: date | None, on: date
) -> None:
    if due_on is None:
        return
    later = cell_of(done_on=done_on, due_on=due_on + timedelta(days=1), on=on)
    was = cell_of(done_on=done_on, due_on=due_on, on=on)
    bad = {Cell.DONE_LATE, Cell.OPEN_OVERDUE}
    assert not (later in bad and was not in bad)


@pytest.mark.parametrize(
    ("days", "step"), [(-8, None), (-7, -7), (-1, -7), (0, 0), (6, 0), (7, 7), (29, 7), (30, 30), (400, 30)]
)
def test_the_step_is_the_last_one_reached(days: int, step: int | None) -> None:
    assert step_reached(DAY, DAY + timedelta(days=days)) == step


def test_days_late_begin_after_the_date_in_force() -> None:
    assert [days_late(due, DAY) for due in (DAY + timedelta(days=1), DAY, DAY - timedelta(days=3), None)] == [
        0,
        0,
        3,
        0,
    ]
