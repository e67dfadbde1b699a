import pickle
from datetime import UTC, date, datetime

import pytest
from hypothesis import given

from phoihop.periods import (
    ADMINISTRATIVE,
    CALENDAR,
    Period,
    PeriodError,
    PeriodKind,
    period_containing,
    periods_between,
    window,
)

from .walks import days, kinds_of_calendars, periods

# The cut-offs of NĐ 09/2019 as Khánh Hòa 01/2023 and the State Bank's Circular 09/2019 give them.
CUT_OFFS_OF_2026 = [
    (PeriodKind.MONTH, 1, date(2025, 12, 15), date(2026, 1, 14)),
    (PeriodKind.MONTH, 3, date(2026, 2, 15), date(2026, 3, 14)),
    (PeriodKind.QUARTER, 1, date(2025, 12, 15), date(2026, 3, 14)),
    (PeriodKind.QUARTER, 2, date(2026, 3, 15), date(2026, 6, 14)),
    (PeriodKind.QUARTER, 3, date(2026, 6, 15), date(2026, 9, 14)),
    (PeriodKind.QUARTER, 4, date(2026, 9, 15), date(2026, 12, 14)),
    (PeriodKind.HALF, 1, date(2025, 12, 15), date(2026, 6, 14)),
    (PeriodKind.HALF, 2, date(2026, 6, 15), date(2026, 12, 14)),
    (PeriodKind.NINE_MONTHS, 1, date(2025, 12, 15), date(2026, 9, 14)),
    (PeriodKind.YEAR, 1, date(2025, 12, 15), date(2026, 12, 14)),
]


@pytest.mark.parametrize(("kind", "index", "start", "cut_off"), CUT_OFFS_OF_2026)
def test_administrative_period_has_the_cut_off_of_the_decree(
    kind: PeriodKind, index: int, start: date, cut_off: date
) -> None:
    period = Period(ADMINISTRATIVE, kind, 2026, index)

    assert (period.start, period.cut_off) == (start, cut_off)


@pytest.mark.parametrize(
    ("calendar", "start", "last"),
    [
        (window(11, 1), date(2025, 11, 1), date(2026, 10, 31)),
        (window(11, 16), date(2025, 11, 16), date(2026, 11, 15)),
    ],
)
def test_recognition_window_has_the_days_of_the_circular(calendar, start, last) -> None:
    period = Period(calendar, PeriodKind.WINDOW, 2026)

    assert (period.start, period.last) == (start, last)


@pytest.mark.parametrize(
    ("period", "code"),
    [
        (Period(ADMINISTRATIVE, PeriodKind.HALF, 2026, 2), "ADM-2026-H2"),
        (Period(CALENDAR, PeriodKind.MONTH, 2026, 3), "CAL-2026-M03"),
        (Period(ADMINISTRATIVE, PeriodKind.QUARTER, 2026, 1), "ADM-2026-Q1"),
        (Period(ADMINISTRATIVE, PeriodKind.NINE_MONTHS, 2026), "ADM-2026-9M"),
        (Period(ADMINISTRATIVE, PeriodKind.YEAR, 2026), "ADM-2026"),
        (Period(window(11, 1), PeriodKind.WINDOW, 2026), "W1101-2026"),
    ],
)
def test_period_has_a_stable_code(period: Period, code: str) -> None:
    assert period.code == code
    assert str(period) == code


def test_february_ends_on_the_29th_in_a_leap_year_only() -> None:
    assert Period(CALENDAR, PeriodKind.MONTH, 2024, 2).last == date(2024, 2, 29)
    assert Period(CALENDAR, PeriodKind.MONTH, 2026, 2).last == date(2026, 2, 28)
    assert Period(CALENDAR, PeriodKind.MONTH, 2000, 2).last == date(2000, 2, 29)
    assert Period(window(3, 1), PeriodKind.WINDOW, 2024).last == date(2024, 2, 29)


def test_same_period_last_year_keeps_kind_and_number() -> None:
    half = Period(ADMINISTRATIVE, PeriodKind.HALF, 2026, 2)

    assert half.same_period_last_year().code == "ADM-2025-H2"


def test_nine_months_follow_each_other_by_the_year() -> None:
    nine_months = Period(ADMINISTRATIVE, PeriodKind.NINE_MONTHS, 2026)

    assert nine_months.next().code == "ADM-2027-9M"
    assert nine_months.previous().code == "ADM-2025-9M"


def test_periods_sort_by_time_and_the_shorter_first() -> None:
    codes = [
        Period(ADMINISTRATIVE, PeriodKind.YEAR, 2026),
        Period(ADMINISTRATIVE, PeriodKind.QUARTER, 2026, 2),
        Period(ADMINISTRATIVE, PeriodKind.HALF, 2026, 1),
        Period(ADMINISTRATIVE, PeriodKind.QUARTER, 2026, 1),
    ]

    assert [p.code for p in sorted(codes)] == ["ADM-2026-Q1", "ADM-2026-H1", "ADM-2026", "ADM-2026-Q2"]


@given(periods(), periods())
def test_periods_overlap_just_when_a_day_is_in_both(one: Period, other: Period) -> None:
    latest_start = max(one.start, other.start)

    assert one.overlaps(other) == (one.contains(latest_start) and other.contains(latest_start))
    assert one.overlaps(other) == other.overlaps(one)


@given(periods())
def test_period_survives_pickling_and_hashing(period: Period) -> None:
    copy = pickle.loads(pickle.dumps(period))  # noqa: S301  our own bytes

    assert copy == period
    assert hash(copy) == hash(period)
    assert (copy.start, copy.end) == (period.start, period.end)


@given(days, days, kinds_of_calendars)
def test_periods_between_takes_every_whole_period_and_no_other(one: date, other: date, case) -> None:
    start, end = sorted((one, other))
    calendar, kind = case

    taken = periods_between(start, end, calendar, kind)

    first_year, last_year = start.year - 1, end.year + 1
    candidates = periods_between(date(first_year - 1, 1, 1), date(last_year + 1, 12, 31), calendar, kind)
    assert taken == [each for each in candidates if start <= each.start and each.end <= end]


def test_periods_between_takes_the_halves_of_a_year() -> None:
    assert periods_between(date(2026, 1, 1), date(2027, 1, 1), CALENDAR, PeriodKind.HALF) == [
        Period(CALENDAR, PeriodKind.HALF, 2026, 1),
        Period(CALENDAR, PeriodKind.HALF, 2026, 2),
    ]


def test_periods_between_the_last_days_known_stops_there() -> None:
    assert (
        periods_between(date(2199, 1, 1), date(2200, 1, 1), CALENDAR, PeriodKind.HALF)[-1].code
        == "CAL-2199-H2"
    )


@pytest.mark.parametrize(
    ("calendar", "kind", "year", "index", "sentence"),
    [
        (
            ADMINISTRATIVE,
            PeriodKind.HALF,
            2026,
            3,
            "Một năm không có kỳ 6 tháng thứ 3. Hãy chọn số từ 1 đến 2.",
        ),
        (CALENDAR, PeriodKind.MONTH, 2026, 13, "Một năm không có tháng thứ 13. Hãy chọn số từ 1 đến 12."),
        (CALENDAR, PeriodKind.MONTH, 2026, 0, "Một năm không có tháng thứ 0. Hãy chọn số từ 1 đến 12."),
        (CALENDAR, PeriodKind.NINE_MONTHS, 2026, 2, "Một năm không có kỳ 9 tháng thứ 2. Hãy chọn 1."),
        (
            *(CALENDAR, PeriodKind.YEAR, 26, 1),
            "26 không phải năm báo cáo. Hãy ghi năm từ 1900 đến 2199, đủ bốn chữ số.",
        ),
        (
            *(CALENDAR, PeriodKind.WINDOW, 2026, 1),
            (
                "Lịch CAL không có loại kỳ “window”. Lịch này có: month (tháng), quarter (quý), half (kỳ 6"
                " tháng), nine_months (kỳ 9 tháng), year (năm). Hãy chọn một trong các loại kỳ đó hoặc chọn"
                " lịch khác."
            ),
        ),
        (
            *(window(11, 1), PeriodKind.YEAR, 2026, 1),
            (
                "Lịch W1101 không có loại kỳ “year”. Lịch này có: window (kỳ năm). Hãy chọn một trong các"
                " loại kỳ đó hoặc chọn lịch khác."
            ),
        ),
    ],
)
def test_impossible_period_is_refused_with_a_sentence(calendar, kind, year, index, sentence) -> None:
    with pytest.raises(PeriodError) as refusal:
        Period(calendar, kind, year, index)

    assert refusal.value.sentence("vi") == sentence


def test_day_after_the_nine_months_is_refused_with_a_sentence() -> None:
    with pytest.raises(PeriodError) as refusal:
        period_containing(date(2026, 9, 15), ADMINISTRATIVE, PeriodKind.NINE_MONTHS)

    assert str(refusal.value) == (
        "The day 15/09/2026 is in no nine-month period: it comes after the nine months of its year."
        " Ask for its quarter or its year."
    )


def test_instant_is_refused_where_a_day_is_asked() -> None:
    instant = datetime(2026, 6, 14, 20, tzinfo=UTC)

    with pytest.raises(PeriodError, match="is an instant, not a day"):
        period_containing(instant, ADMINISTRATIVE, PeriodKind.HALF)
    with pytest.raises(PeriodError, match="is an instant, not a day"):
        Period(ADMINISTRATIVE, PeriodKind.HALF, 2026).contains(instant)
