from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import total_ordering

from .calendars import CalendarKind
from .days import refuse_instant
from .errors import index_out_of_range, no_period_on, year_out_of_range
from .kinds import COUNT_IN_YEAR, MONTHS_IN, PeriodKind
from .labels import period_label, period_short_label

FIRST_YEAR = 1900
LAST_YEAR = 2199
ONE_DAY = timedelta(days=1)


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """One reporting period; `end` is exclusive, `last` is its last day and the cut-off of its data.

    Source: NĐ 09/2019/NĐ-CP: the second half is 15/6–14/12, the nine months 15/12–14/9 (domain.md 4.3).
    """

    calendar: CalendarKind
    kind: PeriodKind
    year: int
    index: int = 1
    start: date = field(init=False, compare=False, repr=False)
    end: date = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.calendar.require(self.kind)
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise year_out_of_range(self.year, FIRST_YEAR, LAST_YEAR)
        if not 1 <= self.index <= COUNT_IN_YEAR[self.kind]:
            raise index_out_of_range(self.kind, self.index, COUNT_IN_YEAR[self.kind])
        months = MONTHS_IN[self.kind]
        first = self.year * 12 + self.calendar.first_month + (self.index - 1) * months
        object.__setattr__(self, "start", self.calendar.month_starts_on(first))
        object.__setattr__(self, "end", self.calendar.month_starts_on(first + months))

    def __lt__(self, other: object) -> bool:
        """Chronological; of two that start together the shorter comes first."""
        if not isinstance(other, Period):
            return NotImplemented
        return self._order < other._order

    @property
    def _order(self) -> tuple[date, date, str]:
        return self.start, self.end, self.code

    @property
    def last(self) -> date:
        return self.end - ONE_DAY

    @property
    def cut_off(self) -> date:
        return self.last

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    @property
    def code(self) -> str:
        """Stable identity in files and addresses: ADM-2026-H2, CAL-2026-M03, ADM-2026-9M, W1101-2026."""
        year = f"{self.calendar.code}-{self.year}"
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year}-M{self.index:02}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{self.index}"
            case PeriodKind.HALF:
                return f"{year}-H{self.index}"
            case PeriodKind.NINE_MONTHS:
                return f"{year}-9M"
            case _:
                return year

    def __str__(self) -> str:
        return self.code

    def contains(self, day: date) -> bool:
        refuse_instant(day)
        return self.start <= day < self.end

    def overlaps(self, other: Period) -> bool:
        return self.start < other.end and other.start < self.end

    def previous(self) -> Period:
        return self._moved(-1)

    def next(self) -> Period:
        return self._moved(+1)

    def _moved(self, steps: int) -> Period:
        count = COUNT_IN_YEAR[self.kind]
        years, index = divmod(self.index - 1 + steps, count)
        return Period(self.calendar, self.kind, self.year + years, index + 1)

    def same_period_last_year(self) -> Period:
        return replace(self, year=self.year - 1)

    def label(self, lang: str = "vi") -> str:
        return period_label(self, lang)

    def short_label(self, lang: str = "vi") -> str:
        return period_short_label(self, lang)


def period_containing(day: date, calendar: CalendarKind, kind: PeriodKind) -> Period:
    """The one period of a kind that holds a day.

    Raises: PeriodError where none does: a day after its year's nine months, or a kind not of this calendar.
    """
    refuse_instant(day)
    calendar.require(kind)
    year, month = calendar.year_and_month_of(day)
    index = month // MONTHS_IN[kind] + 1
    if index > COUNT_IN_YEAR[kind]:
        raise no_period_on(day)
    return Period(calendar, kind, year, index)


def periods_between(
    start: date, end_exclusive: date, calendar: CalendarKind, kind: PeriodKind
) -> list[Period]:
    """The periods that lie wholly in `start <= day < end_exclusive`, in order."""
    refuse_instant(end_exclusive)
    return list(_periods_from(start, end_exclusive, calendar, kind)) if start < end_exclusive else []


def _periods_from(start: date, end: date, calendar: CalendarKind, kind: PeriodKind) -> Iterator[Period]:
    refuse_instant(start)
    calendar.require(kind)
    year, month = calendar.year_and_month_of(start)
    index = min(month // MONTHS_IN[kind], COUNT_IN_YEAR[kind] - 1) + 1
    period = Period(calendar, kind, year, index)
    if period.start < start:
        period = period.next()
    while period.end < end:
        yield period
        period = period.next()
    if period.end == end:
        yield period
