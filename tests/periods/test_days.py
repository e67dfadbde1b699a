from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.periods import PeriodError, format_day, today_in_vietnam


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2019, 2, 5), "05/02/2019"),
        (date(2025, 7, 1), "01/07/2025"),
        (date(2026, 12, 14), "14/12/2026"),
    ],
)
def test_day_in_figures_has_two_digits_each(day: date, written: str) -> None:
    assert format_day(day) == written


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 12, 14, 16, 59, 59, tzinfo=UTC), date(2026, 12, 14)),
        (datetime(2026, 12, 14, 17, 0, tzinfo=UTC), date(2026, 12, 15)),
        (datetime(2026, 12, 15, 1, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 12, 14)),
    ],
)
def test_the_day_turns_at_17_00_utc(instant: datetime, day: date) -> None:
    assert today_in_vietnam(instant) == day


@given(st.integers(0, 51 * 365 * 86_400))
def test_today_is_seven_hours_ahead_of_utc(seconds: int) -> None:
    instant = datetime(1980, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)

    assert today_in_vietnam(instant) == (instant + timedelta(hours=7)).date()


def test_instant_without_zone_is_refused() -> None:
    with pytest.raises(PeriodError, match="has no time zone"):
        today_in_vietnam(datetime.fromisoformat("2026-12-14T17:00"))
