"""The days and calendars the exhaustive tests walk over, and strategies over the same ground."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from phoihop.periods import ADMINISTRATIVE, CALENDAR, CalendarKind, Period, PeriodKind, window

FIRST_DAY, LAST_DAY = date(1975, 1, 1), date(2030, 12, 31)
EVERY_DAY = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]

WINDOWS = [window(11, 1), window(11, 16), window(3, 1), window(1, 31), window(12, 31)]
CALENDARS = [CALENDAR, ADMINISTRATIVE, *WINDOWS]
EVERY_KIND = [(calendar, kind) for calendar in CALENDARS for kind in calendar.kinds]
TILING = [(calendar, kind) for calendar, kind in EVERY_KIND if kind is not PeriodKind.NINE_MONTHS]
COUNTS = {
    PeriodKind.MONTH: 12,
    PeriodKind.QUARTER: 4,
    PeriodKind.HALF: 2,
    PeriodKind.NINE_MONTHS: 1,
    PeriodKind.YEAR: 1,
    PeriodKind.WINDOW: 1,
}


def named(case: tuple[CalendarKind, PeriodKind]) -> str:
    return f"{case[0].code}-{case[1]}"


def every_period(calendar: CalendarKind, kind: PeriodKind) -> list[Period]:
    return [
        Period(calendar, kind, year, index)
        for year in range(1975, 2031)
        for index in range(1, COUNTS[kind] + 1)
    ]


days = st.dates(FIRST_DAY, LAST_DAY)
kinds_of_calendars = st.sampled_from(EVERY_KIND)


@st.composite
def periods(draw: st.DrawFn) -> Period:
    calendar, kind = draw(kinds_of_calendars)
    year = draw(st.integers(1975, 2030))
    return Period(calendar, kind, year, draw(st.integers(1, COUNTS[kind])))
