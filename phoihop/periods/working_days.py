from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

import holidays

from .days import refuse_instant
from .errors import higher_level_before_lower, level_without_place, too_few_working_days
from .period import ONE_DAY, Period

Level = TypeVar("Level", bound=str)
SATURDAY = 5

# Announced swaps the library lacks; an installation's own table still wins over them.
# 02/01/2026 for Saturday 10/01/2026: notice of the Ministry of Home Affairs, 25/12/2025.
ANNOUNCED_SWAPS = {date(2026, 1, 2): False, date(2026, 1, 10): True}


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Working days of State offices: Monday to Friday without Viet Nam's holidays, with make-up Saturdays.

    `overrides` is an installation's own table (True: worked, False: off) and wins over everything.
    Days off that the Government has not announced yet are the library's estimate.
    """

    overrides: Mapping[date, bool] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for day in self.overrides:
            refuse_instant(day)
        object.__setattr__(self, "overrides", dict(self.overrides))

    def is_working_day(self, day: date) -> bool:
        refuse_instant(day)
        decided = self.overrides.get(day, ANNOUNCED_SWAPS.get(day))
        if decided is not None:
            return decided
        days_off, make_up_days = _days_of_year(day.year)
        return day in make_up_days if day.weekday() >= SATURDAY else day not in days_off

    def add_working_days(self, day: date, n: int) -> date:
        """The n-th working day strictly after a day."""
        if n < 1:
            raise too_few_working_days(n)
        reached = day
        while n:
            reached += ONE_DAY
            n -= self.is_working_day(reached)
        return reached


NATIONAL = WorkingCalendar()


def deadline(cut_off: Period | date, working_days: int, calendar: WorkingCalendar = NATIONAL) -> date:
    """Last day to send a report.

    Source: NĐ 09/2019/NĐ-CP Art. 8(5): at least 1 working day after the cut-off; Khánh Hòa 01/2023: 2.
    """
    closed_on = cut_off.cut_off if isinstance(cut_off, Period) else cut_off
    return calendar.add_working_days(closed_on, working_days)


def deadlines(
    cut_off: Period | date,
    working_days: Mapping[Level, int],
    calendar: WorkingCalendar = NATIONAL,
    *,
    lowest_first: Sequence[Level] | None = None,
) -> dict[Level, date]:
    """One deadline per level; no level may be due before the one below it.

    Levels go from the lowest up: in the order of `lowest_first` where given, else in that of the mapping.
    Source: NĐ 09/2019/NĐ-CP Article 8(5): a report through many levels needs a deadline for each.
    """
    order = list(working_days) if lowest_first is None else list(lowest_first)
    for level in working_days:
        if level not in order:
            raise level_without_place(level, order)
    levels = [level for level in order if level in working_days]
    due = {level: deadline(cut_off, working_days[level], calendar) for level in levels}
    for lower, higher in pairwise(levels):
        if due[higher] < due[lower]:
            raise higher_level_before_lower(lower, due[lower], higher, due[higher])
    return due


@lru_cache(maxsize=512)
def _days_of_year(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Holidays and make-up working days; asking the library day by day forgets years it has not filled."""
    vietnam = holidays.country_holidays("VN", years=(year, year + 1))
    return frozenset(vietnam), frozenset(vietnam.weekend_workdays)
