import subprocess
import sys

import pytest

from phoihop.periods import ADMINISTRATIVE, CALENDAR, PeriodError, calendar_of, window

from .walks import CALENDARS


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.code)
def test_calendar_reads_back_from_its_code(calendar) -> None:
    assert calendar_of(calendar.code) == calendar
    assert calendar_of(f" {calendar.code.lower()} ") == calendar


def test_every_day_that_every_year_has_can_open_a_window() -> None:
    refused = []
    for month in range(1, 14):
        for day in range(33):
            try:
                assert calendar_of(f"W{month:02}{day:02}") == window(month, day)
            except PeriodError:
                refused.append((month, day))

    possible = 13 * 33 - len(refused)
    assert possible == 365 - 2
    assert {(1, 1), (12, 15), (2, 29), (4, 31), (13, 1), (6, 0)} <= set(refused)


@pytest.mark.parametrize("code", ["", "C", "ADMIN", "W111", "W11011", "W1101-2026", "W²¹01"])
def test_unknown_calendar_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        calendar_of(code)

    assert refusal.value.sentence("vi") == (
        f"“{code}” không phải mã lịch. Hãy ghi CAL (01/01–31/12), ADM (15/12–14/12), hoặc W kèm tháng và ngày"
        " bắt đầu kỳ năm, ví dụ W1101."
    )


def test_window_on_a_day_some_years_lack_is_refused() -> None:
    with pytest.raises(PeriodError, match="day 29 of month 2"):
        window(2, 29)


def test_window_that_is_a_calendar_already_is_refused_by_its_name() -> None:
    with pytest.raises(PeriodError, match="Use CAL"):
        window(1, 1)
    with pytest.raises(PeriodError, match="Use ADM"):
        window(12, 15)


def test_calendar_is_named_with_its_days() -> None:
    assert CALENDAR.label() == "năm dương lịch (01/01–31/12)"
    assert ADMINISTRATIVE.label() == "lịch báo cáo hành chính (15/12–14/12)"
    assert window(11, 16).label() == "kỳ năm (16/11–15/11)"
    assert window(11, 16).label("en") == "yearly window (16/11–15/11)"


def test_periods_import_no_django() -> None:
    probe = "import sys, phoihop.periods; print([name for name in sys.modules if name.startswith('django')])"

    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
