"""Assignments and proposals as a review tells them: as of its day, by what was known when it was composed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from phoihop.reviews.compose.text import NOTHING, Text

TASK_CODES = ("K01", "K02N", "K02D", "K02", "K03")  # given, done on time, done, their rate, overdue


@dataclass(frozen=True, slots=True)
class Cells:
    """The four cells of the tasks listed, and what is counted beside them."""

    done_on_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_overdue: int = 0
    extended: int = 0
    stale: int = 0  # open, not updated for more than 30 days
    waiting: int = 0  # open, reported done and not closed by who gave it

    @property
    def open(self) -> int:
        return self.open_in_time + self.open_overdue

    @property
    def done(self) -> int:
        return self.done_on_time + self.done_late

    @property
    def total(self) -> int:
        return self.open + self.done


@dataclass(frozen=True, slots=True)
class Task:
    conclusion: Text  # with its number
    what: Text
    lead: Text
    due: Text
    status: Text
    parts: Cells = Cells()  # of what it was divided into


@dataclass(frozen=True, slots=True)
class Proposed:
    what: Text
    sender: Text
    receiver: Text
    sent_on: date
    answer_by: date
    answered_on: date | None
    answer: Text = NOTHING
    is_overdue: bool = False  # not answered by the review's day, and past the day to answer by


@dataclass(frozen=True, slots=True)
class Tasks:
    """`is_kept` False: no conclusions of these programmes are in the system, which is not the same as none overdue."""

    on: date = date.min
    is_kept: bool = False
    rows: Sequence[Task] = ()
    cells: Cells = Cells()
    withdrawn: int = 0
    given_before: int = 0  # of those listed, given before the first day reviewed
    proposals: Sequence[Proposed] = ()


NO_TASKS = Tasks()
