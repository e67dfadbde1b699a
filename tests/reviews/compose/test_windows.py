from datetime import date

from phoihop.periods import Span
from phoihop.reviews.compose.gathering.windows import slices, taken_windows
from phoihop.reviews.compose.scope import term_text
from phoihop.reviews.compose.text import Text

FIVE_YEARS = Span(date(2013, 12, 15), date(2018, 12, 15))
TWO_YEARS = Span(date(2016, 6, 15), date(2018, 6, 15))


def shown(span: Span, kind: str) -> list[str]:
    return [window.code for window in taken_windows(span)[kind].windows]


def test_many_halves_are_shown_by_year_and_few_one_by_one() -> None:
    assert shown(FIVE_YEARS, "half") == ["ADM-2014", "ADM-2015", "ADM-2016", "ADM-2017", "ADM-2018"]
    assert shown(TWO_YEARS, "half") == ["ADM-2016-H2", "ADM-2017-H1", "ADM-2017-H2", "ADM-2018-H1"]


def test_half_left_over_from_a_year_keeps_its_own_name() -> None:
    span = Span(date(2014, 6, 15), date(2018, 12, 15))

    assert shown(span, "half")[0] == "ADM-2014-H2"
    assert taken_windows(span)["half"].windows[0].label == Text(
        "6 tháng cuối năm 2014", "second half of 2014"
    )


def test_taken_says_the_days_left_out() -> None:
    taken = taken_windows(FIVE_YEARS)["residential_window"]

    assert taken.codes == ("W1101-2015", "W1101-2016", "W1101-2017", "W1101-2018")
    assert (
        taken.left_out.vi == "từ ngày 15/12/2013 đến ngày 31/10/2014; từ ngày 01/11/2018 đến ngày 14/12/2018"
    )
    assert taken_windows(FIVE_YEARS)["half"].left_out == Text("", "")


def test_every_window_shown_is_in_exactly_one_slice() -> None:
    """So every column of an annex comes from one roll-up."""
    for span in (FIVE_YEARS, TWO_YEARS, Span(date(2023, 10, 17), date(2026, 10, 17))):
        taken = taken_windows(span)
        for kind, each in taken.items():
            held = [
                code
                for part in slices(span)
                if kind in part.kinds
                for code in taken_windows(part.span)[kind].codes
            ]
            assert sorted(held) == sorted(each.codes), kind


def test_term_is_a_length_only_where_it_is_one() -> None:
    assert term_text(date(2013, 12, 15), date(2018, 12, 15)) == Text("trong 5 năm", "in 5 years")
    assert term_text(date(2025, 12, 15), date(2026, 6, 15)) == Text("trong 6 tháng", "in the half-year")
    assert term_text(date(2023, 12, 15), date(2026, 6, 15)).vi == "từ ngày 15/12/2023 đến ngày 14/06/2026"
