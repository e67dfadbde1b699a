from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given

from phoihop.periods import ADMINISTRATIVE, CALENDAR, PeriodError, PeriodKind, Span, SpanCover, window

from .walks import CALENDARS, days, kinds_of_calendars

ONE_DAY = timedelta(days=1)
PROGRAMME = Span.of(date(2019, 3, 11), date(2020, 12, 20))


def covered_days(cover: SpanCover) -> list[date]:
    pairs = [(period.start, period.last) for period in cover.periods] + list(cover.left_out)
    return sorted(first + timedelta(days=n) for first, last in pairs for n in range((last - first).days + 1))


@given(days, days, kinds_of_calendars)
def test_cover_and_left_out_days_partition_the_span(one: date, other: date, case) -> None:
    span = Span.of(min(one, other), max(one, other))

    cover = span.whole(*case)

    assert covered_days(cover) == [span.start + timedelta(days=n) for n in range(span.days)]
    assert cover.days_left_out == span.days - sum(period.days for period in cover.periods)
    assert all(first <= last for first, last in cover.left_out)


@given(days, days, kinds_of_calendars)
def test_left_out_ranges_are_in_order_and_never_touch(one: date, other: date, case) -> None:
    left_out = Span.of(min(one, other), max(one, other)).whole(*case).left_out

    for (_, last), (first, _) in pairwise(left_out):
        assert last + ONE_DAY < first


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.code)
def test_span_of_whole_years_leaves_no_day_out(calendar) -> None:
    years = Span(date(1990, 1, 1), date(2020, 1, 1)).whole(calendar, calendar.year_kind).periods

    cover = Span(years[0].start, years[-1].end).whole(calendar, calendar.year_kind)

    assert cover.periods == years
    assert cover.left_out == ()


def test_span_takes_only_whole_periods() -> None:
    cover = PROGRAMME.whole(ADMINISTRATIVE, PeriodKind.HALF)

    assert [period.code for period in cover.periods] == ["ADM-2019-H2", "ADM-2020-H1", "ADM-2020-H2"]
    assert cover.left_out == (
        (date(2019, 3, 11), date(2019, 6, 14)),
        (date(2020, 12, 15), date(2020, 12, 20)),
    )


@pytest.mark.parametrize(
    ("span", "calendar", "kind", "vietnamese", "english"),
    [
        (
            *(PROGRAMME, ADMINISTRATIVE, PeriodKind.HALF),
            (
                "Theo lịch báo cáo hành chính (15/12–14/12), khoảng thời gian từ ngày 11/03/2019 đến ngày"
                " 20/12/2020 gồm trọn 3 kỳ 6 tháng: 6 tháng cuối năm 2019, 6 tháng đầu năm 2020 và 6 tháng"
                " cuối năm 2020; không tính 102 ngày nằm ngoài: từ ngày 11/03/2019 đến ngày 14/06/2019 và từ"
                " ngày 15/12/2020 đến ngày 20/12/2020."
            ),
            (
                "By the administrative reporting year (15/12–14/12), the span from 11/03/2019 to 20/12/2020"
                " takes 3 whole half-years: second half of 2019, first half of 2020 and second half of 2020;"
                " it leaves out 102 days: from 11/03/2019 to 14/06/2019 and from 15/12/2020 to 20/12/2020."
            ),
        ),
        (
            *(PROGRAMME, ADMINISTRATIVE, PeriodKind.MONTH),
            (
                "Theo lịch báo cáo hành chính (15/12–14/12), khoảng thời gian từ ngày 11/03/2019 đến ngày"
                " 20/12/2020 gồm trọn 21 tháng: từ tháng 4/2019 đến tháng 12/2020; không tính 10 ngày nằm"
                " ngoài: từ ngày 11/03/2019 đến ngày 14/03/2019 và từ ngày 15/12/2020 đến ngày 20/12/2020."
            ),
            (
                "By the administrative reporting year (15/12–14/12), the span from 11/03/2019 to 20/12/2020"
                " takes 21 whole months: from April 2019 to December 2020; it leaves out 10 days: from"
                " 11/03/2019 to 14/03/2019 and from 15/12/2020 to 20/12/2020."
            ),
        ),
        (
            *(Span.of(date(2019, 1, 1), date(2019, 4, 1)), CALENDAR, PeriodKind.QUARTER),
            (
                "Theo năm dương lịch (01/01–31/12), khoảng thời gian từ ngày 01/01/2019 đến ngày 01/04/2019"
                " gồm trọn 1 quý: quý I/2019; không tính 1 ngày nằm ngoài: ngày 01/04/2019."
            ),
            (
                "By the calendar year (01/01–31/12), the span from 01/01/2019 to 01/04/2019 takes 1 whole"
                " quarter: Q1 2019; it leaves out 1 day: 01/04/2019."
            ),
        ),
        (
            *(Span.of(date(2024, 11, 1), date(2026, 10, 31)), window(11, 1), PeriodKind.WINDOW),
            (
                "Theo kỳ năm (01/11–31/10), khoảng thời gian từ ngày 01/11/2024 đến ngày 31/10/2026 gồm trọn"
                " 2 kỳ năm: năm 2025 (01/11–31/10) và năm 2026 (01/11–31/10); không bỏ ngày nào."
            ),
            (
                "By the yearly window (01/11–31/10), the span from 01/11/2024 to 31/10/2026 takes 2 whole"
                " yearly windows: 2025 (01/11–31/10) and 2026 (01/11–31/10); no day is left out."
            ),
        ),
        (
            *(Span.of(date(2019, 1, 1), date(2019, 1, 31)), CALENDAR, PeriodKind.QUARTER),
            (
                "Theo năm dương lịch (01/01–31/12), khoảng thời gian từ ngày 01/01/2019 đến ngày 31/01/2019"
                " không chứa trọn quý nào; toàn bộ 31 ngày không được tính."
            ),
            (
                "By the calendar year (01/01–31/12), the span from 01/01/2019 to 31/01/2019 holds no whole"
                " quarter; all of it (31 days) is left out."
            ),
        ),
    ],
)
def test_cover_says_what_it_took_and_left_out(span, calendar, kind, vietnamese, english) -> None:
    cover = span.whole(calendar, kind)

    assert cover.sentence() == vietnamese
    assert cover.sentence("en") == english


def test_span_of_one_day_is_a_span() -> None:
    span = Span.of(date(2026, 6, 14), date(2026, 6, 14))

    assert (span.days, span.last, span.label()) == (1, date(2026, 6, 14), "ngày 14/06/2026")


def test_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(PeriodError) as refusal:
        Span.of(date(2026, 6, 15), date(2026, 6, 14))

    assert refusal.value.sentence("vi") == (
        "Khoảng thời gian từ 15/06/2026 đến 14/06/2026 không có ngày nào. Hãy ghi ngày sớm hơn trước."
    )


def test_span_of_instants_is_refused() -> None:
    with pytest.raises(PeriodError, match="is an instant, not a day"):
        Span(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))
