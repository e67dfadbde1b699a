import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phoihop.periods import ADMINISTRATIVE, CALENDAR, Period, PeriodError, PeriodKind, parse_period, window

from .walks import periods

HALF_1 = ["6 tháng đầu năm 2026", "Sáu tháng đầu năm 2026", "6 tháng đầu 2026", "nửa đầu năm 2026", "H1 2026"]
HALF_1 += ["2026-H1", "2026H1", "h1/2026", "first half of 2026", "1st half 2026", "First six months of 2026"]
HALF_2 = [
    "6 tháng cuối năm 2026",
    "6 thang cuoi nam 2026",
    "H2 2026",
    "H2-2026",
    "second half of 2026",
    "last six months of 2026",
]
QUARTER_3 = [
    "quý III/2026",
    "Quý 3/2026",
    "QUÝ III NĂM 2026",
    "quy 3 nam 2026",
    "Q3 2026",
    "2026-Q3",
    "q3/2026",
]
QUARTER_3 += ["third quarter of 2026", "3rd quarter 2026", "Quarter 3 of 2026", "Q3-2026"]
MONTH_3 = [
    "tháng 3/2026",
    "Tháng 03/2026",
    "tháng 3 năm 2026",
    "thang 3-2026",
    "3/2026",
    "03/2026",
    "2026-03",
]
MONTH_3 += ["March 2026", "mar 2026", "2026-M03", "M3 2026", "tháng 3 / 2026"]
NINE_MONTHS = ["9 tháng năm 2026", "9 tháng đầu năm 2026", "chín tháng 2026", "9M 2026", "2026-9M"]
NINE_MONTHS += ["first nine months of 2026", "nine months of 2026", "9 months 2026"]
YEARS = ["năm 2026", "Năm  2026", "cả năm 2026", "2026", "year 2026", "nam 2026", " 2026 "]


@pytest.mark.parametrize(
    ("texts", "part"),
    [
        (HALF_1, "-H1"),
        (HALF_2, "-H2"),
        (QUARTER_3, "-Q3"),
        (MONTH_3, "-M03"),
        (NINE_MONTHS, "-9M"),
        (YEARS, ""),
    ],
)
def test_words_are_read_in_the_calendar_asked_for(texts: list[str], part: str) -> None:
    assert {parse_period(text).code for text in texts} == {f"ADM-2026{part}"}
    assert {parse_period(text, calendar=CALENDAR).code for text in texts} == {f"CAL-2026{part}"}


@pytest.mark.parametrize("text", YEARS)
def test_a_year_in_a_window_calendar_is_its_window(text: str) -> None:
    assert parse_period(text, window(11, 1)).code == "W1101-2026"


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_read_by_number_and_by_name(number: int) -> None:
    month = Period(CALENDAR, PeriodKind.MONTH, 2026, number)

    for text in (
        f"tháng {number}/2026",
        f"2026-{number:02}",
        month.label("en"),
        month.label("en")[:3] + " 2026",
    ):
        assert parse_period(text, CALENDAR) == month


@given(periods(), st.sampled_from(["NFC", "NFD"]), st.sampled_from([str.upper, str.lower, str.title]))
def test_labels_are_read_in_any_case_and_unicode_form(period: Period, form, case) -> None:
    text = unicodedata.normalize(form, case(period.label("vi")))

    assert parse_period(text, period.calendar) == period


def test_a_code_names_its_own_calendar() -> None:
    assert parse_period("CAL-2026-H1", ADMINISTRATIVE).calendar == CALENDAR
    assert parse_period("w1116-2026", ADMINISTRATIVE).calendar == window(11, 16)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("6 tháng đầu năm 2026 (15/12/2025–14/6/2026)", "ADM-2026-H1"),
        ("6 tháng đầu năm 2026 (01/01/2026 - 30/06/2026)", "CAL-2026-H1"),
        ("quý I/2026 (15/12/2025 đến 14/3/2026)", "ADM-2026-Q1"),
        ("năm 2026 (01/11/2025–31/10/2026)", "W1101-2026"),
        ("năm 2026 (16/11–15/11)", "W1116-2026"),
        ("2026 (01/01/2026–31/12/2026)", "CAL-2026"),
    ],
)
def test_dates_in_brackets_choose_the_calendar(text: str, code: str) -> None:
    assert parse_period(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "6 tháng đầu năm 2026 (15/12/2025–14/7/2026)",
        "6 tháng đầu năm 2026 (14/6/2026–15/12/2025)",
        "tháng 3/2026 (16/02/2026–15/3/2026)",
        "2026 (29/02/2025–28/02/2026)",
        "quý I/2026 (99/99/2026–0/0/2026)",
    ],
)
def test_dates_of_no_calendar_are_refused(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_period(text)

    assert str(refusal.value) == (
        f"The dates in brackets in “{text}” are not those of that period in any calendar. Correct them, or"
        " leave the brackets out."
    )


@pytest.mark.parametrize(
    "text",
    [
        *("", "   ", "kỳ này", "6 tháng đầu năm", "6 tháng năm 2026", "quý 2026", "H1", "năm 26", "20261"),
        *("XX-2026", "ADM-2026-X1", "ADM-2026-H10", "W11-2026", "ADM 2026 H1", "quý iiv/2026", "2026-3"),
        *("14/6/2026", "(15/12/2025–14/6/2026)", "năm ٢٠٢٦", "2026\n2027", "Q3 2026 hoặc Q4 2026"),
    ],
)
def test_unreadable_period_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_period(text)

    assert refusal.value.sentence("vi") == (
        f"“{text}” không phải kỳ báo cáo. Hãy ghi mã kỳ như ADM-2026-H1, hoặc ghi bằng chữ kèm năm đủ bốn chữ"
        " số, như “6 tháng đầu năm 2026”, “quý III/2026”, “tháng 3/2026”, “9 tháng năm 2026”, “năm 2026”."
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("quý V/2026", "A year has no quarter number 5. Choose a number from 1 to 4."),
        ("third half of 2026", "A year has no half-year number 3. Choose a number from 1 to 2."),
        ("ADM-2026-M13", "A year has no month number 13. Choose a number from 1 to 12."),
        ("quý V/2026 (15/12/2025–14/3/2026)", "A year has no quarter number 5. Choose a number from 1 to 4."),
        ("năm 1026", "1026 is not a year of reports. Write a year from 1900 to 2199, in four digits."),
    ],
)
def test_period_that_cannot_be_is_refused_for_its_own_fault(text: str, said: str) -> None:
    with pytest.raises(PeriodError) as refusal:
        parse_period(text)

    assert str(refusal.value) == said


def test_a_half_of_a_window_is_refused() -> None:
    with pytest.raises(PeriodError, match="W1101 has no period of kind “half”"):
        parse_period("6 tháng đầu năm 2026", window(11, 1))


def read_or_refused(text: str) -> Period | None:
    try:
        return parse_period(text)
    except PeriodError:
        return None


@given(st.text(max_size=200) | st.text("0123456789quýhtháng năm/-–()MQHIVXAD", max_size=30))
def test_any_text_is_a_period_or_a_refusal(text: str) -> None:
    period = read_or_refused(text)

    assert period is None or parse_period(period.code) == period
