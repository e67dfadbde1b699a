from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.periods import PeriodError, WorkingCalendar, deadline, deadlines, parse_period

from .walks import EVERY_DAY, days

OFFICES = WorkingCalendar()
H2_2026 = parse_period("ADM-2026-H2")

# Days off of State offices as the Government announced them, weekends left out.
DAYS_OFF = {
    2019: "01/01 04/02 05/02 06/02 07/02 08/02 15/04 29/04 30/04 01/05 02/09",
    2020: "01/01 23/01 24/01 27/01 28/01 29/01 02/04 30/04 01/05 02/09",
    2021: "01/01 10/02 11/02 12/02 15/02 16/02 21/04 30/04 03/05 02/09 03/09",
    2022: "03/01 31/01 01/02 02/02 03/02 04/02 11/04 02/05 03/05 01/09 02/09",
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
}
MAKE_UP_DAYS = [date(2019, 1, 5), date(2019, 5, 4), date(2024, 5, 4), date(2025, 4, 26)]
MAKE_UP_DAYS += [date(2026, 1, 10), date(2026, 8, 22)]


@pytest.mark.parametrize("year", DAYS_OFF)
def test_offices_close_on_the_announced_days_and_no_other(year: int) -> None:
    weekdays = [day for day in EVERY_DAY if day.year == year and day.weekday() < 5]

    closed = [f"{day:%d/%m}" for day in weekdays if not OFFICES.is_working_day(day)]

    assert " ".join(closed) == DAYS_OFF[year]


def test_offices_open_on_make_up_saturdays_and_no_other_weekend_day() -> None:
    weekend = [day for day in EVERY_DAY if 2019 <= day.year <= 2026 and day.weekday() >= 5]

    assert [day for day in weekend if OFFICES.is_working_day(day)] == MAKE_UP_DAYS


@pytest.mark.parametrize("day", MAKE_UP_DAYS)
def test_make_up_day_is_known_without_asking_for_its_year_first(day: date) -> None:
    assert WorkingCalendar().is_working_day(day)


@given(days, st.booleans())
def test_the_override_table_wins(day: date, worked: bool) -> None:
    assert WorkingCalendar({day: worked}).is_working_day(day) is worked


def test_the_override_table_wins_over_an_announced_swap() -> None:
    kept_open = WorkingCalendar({date(2026, 1, 2): True, date(2026, 1, 10): False})

    assert kept_open.is_working_day(date(2026, 1, 2))
    assert not kept_open.is_working_day(date(2026, 1, 10))


def test_the_override_table_is_copied() -> None:
    table = {date(2026, 12, 15): False}
    offices = WorkingCalendar(table)

    table.clear()

    assert not offices.is_working_day(date(2026, 12, 15))


@given(days, st.integers(1, 40))
def test_the_nth_working_day_has_n_working_days_up_to_it(day: date, n: int) -> None:
    reached = OFFICES.add_working_days(day, n)

    after = [day + timedelta(days=step) for step in range(1, (reached - day).days + 1)]
    assert sum(map(OFFICES.is_working_day, after)) == n
    assert OFFICES.is_working_day(reached)


@pytest.mark.parametrize(
    ("period", "working_days", "due"),
    [
        ("ADM-2026-H1", 1, date(2026, 6, 15)),  # closes on a Sunday
        ("ADM-2026-H2", 2, date(2026, 12, 16)),
        ("ADM-2026-H2", 5, date(2026, 12, 21)),  # over a weekend
        ("ADM-2026-M02", 2, date(2026, 2, 24)),  # over the nine days of Tết
        ("CAL-2019-M04", 2, date(2019, 5, 3)),
        ("CAL-2019-M04", 3, date(2019, 5, 4)),  # a make-up Saturday
        ("CAL-2025-M12", 1, date(2026, 1, 5)),  # 02/01/2026 was swapped
    ],
)
def test_deadline_counts_working_days_after_the_cut_off(period: str, working_days: int, due: date) -> None:
    parsed = parse_period(period)

    assert deadline(parsed, working_days) == due
    assert deadline(parsed.cut_off, working_days, OFFICES) == due


def test_deadline_moves_with_the_override_table() -> None:
    storm = WorkingCalendar({date(2026, 12, 15): False, date(2026, 12, 16): False})

    assert deadline(H2_2026, 1, storm) == date(2026, 12, 17)


@pytest.mark.parametrize("working_days", [0, -3])
def test_deadline_before_the_first_working_day_is_refused(working_days: int) -> None:
    with pytest.raises(PeriodError) as refusal:
        deadline(H2_2026, working_days)

    assert str(refusal.value) == (
        f"A deadline {working_days} working days after the cut-off is not allowed: Decree 09/2019/NĐ-CP,"
        " Article 8(5), asks for at least 1. Write 1 or more."
    )


def test_each_level_has_its_deadline() -> None:
    due = deadlines(H2_2026, {"commune": 2, "province": 5, "central": 10}, OFFICES)

    assert due == {
        "commune": date(2026, 12, 16),
        "province": date(2026, 12, 21),
        "central": date(2026, 12, 28),
    }


def test_levels_may_share_a_deadline() -> None:
    assert set(deadlines(H2_2026, {"commune": 2, "province": 2}).values()) == {date(2026, 12, 16)}


def test_level_due_before_the_one_below_it_is_refused() -> None:
    with pytest.raises(PeriodError) as refusal:
        deadlines(H2_2026, {"commune": 5, "province": 2})

    assert refusal.value.sentence("vi") == (
        "Cấp “province” có hạn gửi ngày 16/12/2026, sớm hơn cấp dưới “commune” (21/12/2026). Hãy cho"
        " “province” số ngày làm việc không ít hơn “commune”."
    )


def test_order_of_levels_can_be_given_apart_from_the_table() -> None:
    shuffled = {"province": 5, "commune": 2}

    assert list(deadlines(H2_2026, shuffled, lowest_first=["commune", "district", "province"])) == [
        "commune",
        "province",
    ]
    with pytest.raises(PeriodError, match="“commune” has a deadline but no place"):
        deadlines(H2_2026, shuffled, lowest_first=["province"])


def test_instant_is_no_working_day() -> None:
    instant = datetime(2026, 12, 14, 20, tzinfo=UTC)

    with pytest.raises(PeriodError, match="is an instant, not a day"):
        OFFICES.is_working_day(instant)
    with pytest.raises(PeriodError, match="is an instant, not a day"):
        WorkingCalendar({instant: True})
