import pytest

from phoihop.periods import PeriodKind, kind_label, parse_period


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        (
            "ADM-2026-H1",
            "6 tháng đầu năm 2026 (15/12/2025–14/06/2026)",
            "first half of 2026 (15/12/2025–14/06/2026)",
        ),
        (
            "ADM-2026-H2",
            "6 tháng cuối năm 2026 (15/06/2026–14/12/2026)",
            "second half of 2026 (15/06/2026–14/12/2026)",
        ),
        ("ADM-2026-M02", "tháng 02/2026 (15/01/2026–14/02/2026)", "February 2026 (15/01/2026–14/02/2026)"),
        (
            "ADM-2026-9M",
            "9 tháng năm 2026 (15/12/2025–14/09/2026)",
            "first nine months of 2026 (15/12/2025–14/09/2026)",
        ),
        ("ADM-2026", "năm 2026 (15/12/2025–14/12/2026)", "2026 (15/12/2025–14/12/2026)"),
        ("W1101-2026", "năm 2026 (01/11/2025–31/10/2026)", "2026 (01/11/2025–31/10/2026)"),
        ("CAL-2026-Q1", "quý I/2026", "Q1 2026"),
        ("CAL-2026-Q4", "quý IV/2026", "Q4 2026"),
        ("CAL-2026-M03", "tháng 3/2026", "March 2026"),
        ("CAL-2026-M01", "tháng 01/2026", "January 2026"),
        ("CAL-2026", "năm 2026", "2026"),
    ],
)
def test_label_names_the_period_with_the_days_its_name_does_not_tell(code, vietnamese, english) -> None:
    period = parse_period(code)

    assert period.label() == vietnamese
    assert period.label("en") == period.label("en-gb") == english


@pytest.mark.parametrize(
    ("code", "vietnamese", "english"),
    [
        ("ADM-2026-H1", "6 tháng đầu năm 2026", "first half of 2026"),
        ("ADM-2026-Q3", "quý III/2026", "Q3 2026"),
        ("W1101-2026", "năm 2026 (01/11–31/10)", "2026 (01/11–31/10)"),
        ("W0301-2024", "năm 2024 (01/03–29/02)", "2024 (01/03–29/02)"),
    ],
)
def test_short_label_keeps_only_what_tells_periods_apart(code, vietnamese, english) -> None:
    period = parse_period(code)

    assert (period.short_label(), period.short_label("en")) == (vietnamese, english)


def test_kinds_are_named_in_both_languages() -> None:
    assert [kind_label(kind) for kind in PeriodKind] == [
        *("tháng", "quý", "kỳ 6 tháng", "kỳ 9 tháng", "năm", "kỳ năm")
    ]
    assert kind_label(PeriodKind.HALF, "en") == "half-year"
    assert kind_label(PeriodKind.HALF, "en", count=2) == "half-years"
