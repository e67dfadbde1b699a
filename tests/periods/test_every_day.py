"""Every day of 1975-2030, in every calendar and kind."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from phoihop.periods import (
    ADMINISTRATIVE,
    CALENDAR,
    CalendarKind,
    Period,
    PeriodError,
    PeriodKind,
    parse_period,
    period_containing,
    periods_between,
)

from .walks import CALENDARS, EVERY_DAY, EVERY_KIND, TILING, WINDOWS, every_period, named

ONE_DAY = timedelta(days=1)
DATED = [case for case in EVERY_KIND if case[0] != CALENDAR]  # a calendar period is named without its dates


@pytest.mark.parametrize("case", TILING, ids=named)
def test_each_day_is_in_exactly_one_period(case: tuple[CalendarKind, PeriodKind]) -> None:
    current = period_containing(EVERY_DAY[0], *case)
    for day in EVERY_DAY:
        found = period_containing(day, *case)
        assert found.start <= day < found.end
        if found != current:
            assert found == current.next()
            assert found.start == day == current.end
        current = found


def administrative_month(day: date) -> tuple[int, int]:
    """The rule as an office says it: from the 15th on it is next month's report."""
    month = day.month + (day.day >= 15)
    return (day.year + 1, 1) if month == 13 else (day.year, month)


def test_administrative_periods_follow_the_15th() -> None:
    for day in EVERY_DAY:
        year, month = administrative_month(day)
        expected = {
            PeriodKind.MONTH: month,
            PeriodKind.QUARTER: (month + 2) // 3,
            PeriodKind.HALF: 1 if month <= 6 else 2,
            PeriodKind.YEAR: 1,
        }
        for kind, index in expected.items():
            assert period_containing(day, ADMINISTRATIVE, kind) == Period(ADMINISTRATIVE, kind, year, index)


def test_calendar_periods_follow_the_month_on_the_wall() -> None:
    for day in EVERY_DAY:
        expected = {
            PeriodKind.MONTH: day.month,
            PeriodKind.QUARTER: (day.month + 2) // 3,
            PeriodKind.HALF: 1 if day.month <= 6 else 2,
            PeriodKind.YEAR: 1,
        }
        for kind, index in expected.items():
            assert period_containing(day, CALENDAR, kind) == Period(CALENDAR, kind, day.year, index)


@pytest.mark.parametrize("calendar", WINDOWS, ids=lambda calendar: calendar.code)
def test_windows_belong_to_the_year_in_which_they_end(calendar: CalendarKind) -> None:
    opens = (calendar.start_month, calendar.start_day)
    for day in EVERY_DAY:
        found = period_containing(day, calendar, PeriodKind.WINDOW)
        assert found.year == day.year + ((day.month, day.day) >= opens)
        assert found.last.year == found.year


@pytest.mark.parametrize("calendar", [CALENDAR, ADMINISTRATIVE], ids=lambda calendar: calendar.code)
def test_nine_months_hold_the_days_of_the_first_three_quarters_only(calendar: CalendarKind) -> None:
    for day in EVERY_DAY:
        quarter = period_containing(day, calendar, PeriodKind.QUARTER)
        if quarter.index == 4:
            with pytest.raises(PeriodError):
                period_containing(day, calendar, PeriodKind.NINE_MONTHS)
        else:
            found = period_containing(day, calendar, PeriodKind.NINE_MONTHS)
            assert found == Period(calendar, PeriodKind.NINE_MONTHS, quarter.year)
            assert found.contains(day)


@pytest.mark.parametrize("case", EVERY_KIND, ids=named)
def test_previous_and_next_are_inverse(case: tuple[CalendarKind, PeriodKind]) -> None:
    for earlier, later in pairwise(every_period(*case)):
        assert earlier.next() == later
        assert later.previous() == earlier
        assert earlier < later


@pytest.mark.parametrize("case", TILING, ids=named)
def test_periods_follow_each_other_without_gap(case: tuple[CalendarKind, PeriodKind]) -> None:
    for earlier, later in pairwise(every_period(*case)):
        assert earlier.last + ONE_DAY == earlier.end == later.start
        assert not earlier.overlaps(later)


@pytest.mark.parametrize("case", EVERY_KIND, ids=named)
def test_codes_and_labels_read_back(case: tuple[CalendarKind, PeriodKind]) -> None:
    calendar, _ = case
    for period in every_period(*case):
        assert parse_period(period.code) == period
        for lang in ("vi", "en"):
            assert parse_period(period.label(lang), calendar) == period
            assert parse_period(period.short_label(lang), calendar) == period


@pytest.mark.parametrize("case", DATED, ids=named)
def test_dated_labels_read_back_under_any_calendar(case: tuple[CalendarKind, PeriodKind]) -> None:
    for period in every_period(*case)[:: len(CALENDARS)]:
        for other in CALENDARS:
            assert parse_period(period.label(), other) == period


@pytest.mark.parametrize("calendar", [CALENDAR, ADMINISTRATIVE], ids=lambda calendar: calendar.code)
@pytest.mark.parametrize("kind", [PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH])
def test_parts_tile_the_year(calendar: CalendarKind, kind: PeriodKind) -> None:
    for year in every_period(calendar, PeriodKind.YEAR):
        parts = periods_between(year.start, year.end, calendar, kind)
        assert [part.year for part in parts] == [year.year] * len(parts)
        assert [part.index for part in parts] == list(range(1, len(parts) + 1))
        assert (parts[0].start, parts[-1].end) == (year.start, year.end)
        assert sum(part.days for part in parts) == year.days


@pytest.mark.parametrize("calendar", [CALENDAR, ADMINISTRATIVE], ids=lambda calendar: calendar.code)
def test_nine_months_are_the_first_three_quarters(calendar: CalendarKind) -> None:
    for nine_months in every_period(calendar, PeriodKind.NINE_MONTHS):
        quarters = periods_between(nine_months.start, nine_months.end, calendar, PeriodKind.QUARTER)
        assert [quarter.index for quarter in quarters] == [1, 2, 3]
        assert sum(quarter.days for quarter in quarters) == nine_months.days


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.code)
def test_a_year_has_366_days_just_when_it_holds_29_february(calendar: CalendarKind) -> None:
    leap_days = [day for day in EVERY_DAY if (day.month, day.day) == (2, 29)]
    for year in every_period(calendar, calendar.year_kind):
        held = any(year.contains(day) for day in leap_days)
        assert year.days == (366 if held else 365)
