from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from .errors import impossible_window, kind_not_in_calendar, unknown_calendar, window_is_a_calendar
from .kinds import PeriodKind
from .written_days import format_day_of_year

_KINDS_OF_WINDOW = (PeriodKind.WINDOW,)
_KINDS_OF_CALENDAR = tuple(kind for kind in PeriodKind if kind is not PeriodKind.WINDOW)
_NAMES_VI = {"CAL": "năm dương lịch", "ADM": "lịch báo cáo hành chính", "W": "kỳ năm"}
_NAMES_EN = {"CAL": "calendar year", "ADM": "administrative reporting year", "W": "yearly window"}


@dataclass(frozen=True, slots=True, order=True)
class CalendarKind:
    """How a year is cut: from 1/1, from 15/12 of the year before, or a yearly window from any day.

    A year that does not start on 1/1 starts in the year before: it belongs to the year in which it ends.
    Months are counted as ordinals (year * 12 + month - 1), each from `start_day` on.
    Source: NĐ 09/2019/NĐ-CP as applied by Khánh Hòa 01/2023 (ADM); TT 124 (windows 1/11 and 16/11).
    """

    code: str
    start_month: int
    start_day: int

    @property
    def is_window(self) -> bool:
        return self.code.startswith("W")

    @property
    def kinds(self) -> tuple[PeriodKind, ...]:
        return _KINDS_OF_WINDOW if self.is_window else _KINDS_OF_CALENDAR

    @property
    def year_kind(self) -> PeriodKind:
        return PeriodKind.WINDOW if self.is_window else PeriodKind.YEAR

    @property
    def first_month(self) -> int:
        """Months from January of a year to that year's first month: 0, or negative."""
        starts_on_new_year = self.start_month == 1 and self.start_day == 1
        return 0 if starts_on_new_year else self.start_month - 13

    def month_starts_on(self, ordinal: int) -> date:
        return date(ordinal // 12, ordinal % 12 + 1, self.start_day)

    def year_and_month_of(self, day: date) -> tuple[int, int]:
        """The calendar's own year and, counted from 0, its month in which a day falls."""
        ordinal = day.year * 12 + day.month - 1 - (day.day < self.start_day)
        return divmod(ordinal - self.first_month, 12)

    def require(self, kind: PeriodKind) -> None:
        if kind not in self.kinds:
            raise kind_not_in_calendar(kind, self.code, self.kinds)

    def label(self, lang: str = "vi") -> str:
        last = date(2001, self.start_month, self.start_day) - timedelta(days=1)
        from_day = format_day_of_year(self.start_month, self.start_day)
        to_day = format_day_of_year(last.month, last.day)
        names = _NAMES_EN if lang.startswith("en") else _NAMES_VI
        return f"{names['W' if self.is_window else self.code]} ({from_day}–{to_day})"


CALENDAR = CalendarKind("CAL", 1, 1)
ADMINISTRATIVE = CalendarKind("ADM", 12, 15)


@lru_cache(maxsize=366)
def window(start_month: int, start_day: int) -> CalendarKind:
    """A yearly window: `window(11, 1)` runs 1/11–31/10, `window(11, 16)` runs 16/11–15/11."""
    for calendar in (CALENDAR, ADMINISTRATIVE):
        if (start_month, start_day) == (calendar.start_month, calendar.start_day):
            raise window_is_a_calendar(start_month, start_day, calendar.code)
    try:
        date(2001, start_month, start_day)
    except ValueError:
        raise impossible_window(start_month, start_day) from None
    return CalendarKind(f"W{start_month:02}{start_day:02}", start_month, start_day)


def calendar_of(code: str) -> CalendarKind:
    wanted = code.strip().upper()
    for calendar in (CALENDAR, ADMINISTRATIVE):
        if wanted == calendar.code:
            return calendar
    if re.fullmatch(r"W[0-9]{4}", wanted):
        return window(int(wanted[1:3]), int(wanted[3:5]))
    raise unknown_calendar(code)
