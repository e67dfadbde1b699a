import unicodedata
from datetime import date

import pytest

from phoihop.reviews.render import words
from phoihop.reviews.render.words import UnknownFigure

FIGURES = {
    "B01": {
        "value": "1390", "unit": {"vi": "cuộc", "en": "sessions"}, "decimals": 0, "reported": 612, "expected": 686,
        "change_percent": "12.5", "is_at_least": False, "why_missing": None,
    },
    "A03": {"value": "96.825", "unit": {"vi": "%", "en": "%"}, "decimals": 2, "is_at_least": False},
    "C03": {"value": "12", "unit": {"vi": "tổ", "en": "groups"}, "decimals": 0, "is_at_least": True},
    "C07": {"value": None, "unit": {"vi": "điểm", "en": "points"}, "decimals": 0,
            "why_missing": {"vi": "chưa có báo cáo", "en": "no report"}},
    "C08": {"value": "5", "reported": 2, "expected": 0},
    "K00": {"indicator": "K00", "value": "3321", "reported": 0, "expected": 0},
    "K05": {"indicator": "K05", "value": "97.4", "numerator": "3235", "denominator": "3321", "reported": 0, "expected": 0},
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        ("1234.5", None, "1.234,5", "1,234.5"),
        ("46000000", None, "46.000.000", "46,000,000"),
        ("0", None, "0", "0"),
        (None, None, "–", "–"),
        ("2.345", 2, "2,35", "2.35"),
        ("11.0", 1, "11,0", "11.0"),
        ("-1234", None, "-1.234", "-1,234"),
    ],
)
def test_number_is_written_as_each_language_writes_it(value, decimals, vietnamese, english):
    assert words.number(value, "vi", decimals) == vietnamese
    assert words.number(value, "en", decimals) == english


@pytest.mark.parametrize(
    ("token", "vietnamese", "english"),
    [
        ("[[B01]]", "1.390 cuộc", "1,390 sessions"),
        ("[[B01|value]]", "1.390", "1,390"),
        ("[[B01|change]]", "tăng 12,5\u00a0%", "up 12.5\u00a0%"),
        ("[[B01|coverage]]", "612/686 đơn vị báo cáo", "612/686 units reporting"),
        ("[[A03]]", "96,83\u00a0%", "96.83\u00a0%"),
        ("[[C03]]", "ít nhất 12 tổ", "at least 12 groups"),
        ("[[C07]]", "– (chưa có báo cáo)", "– (no report)"),
        ("[[C07|value]]", "–", "–"),
        ("[[C07|change]]", "chưa có số liệu để so sánh", "no earlier figure to compare with"),
        ("[[C07|coverage]]", "không có đơn vị phải báo cáo", "no unit due to report"),
        ("[[C08|coverage]]", "2 báo cáo có số liệu", "reports giving it: 2"),
        ("[[K00|coverage]]", "do hệ thống đếm, không lấy từ báo cáo", "counted by the system, not reported"),
        (
            "[[K05|coverage]]",
            "hệ thống đếm 3.235/3.321 báo cáo phải nộp",
            "3,235 of 3,321 reports due, counted by the system",
        ),
    ],
)
def test_bound_figure_is_written_out(token, vietnamese, english):
    assert words.resolve(token, FIGURES, "vi") == vietnamese
    assert words.resolve(token, FIGURES, "en") == english


def test_over_several_windows_reports_are_counted_not_units():
    told = [words.reports_coverage(FIGURES["B01"], lang) for lang in ("vi", "en")]
    assert told == ["612/686 báo cáo", "612 of 686 reports"]
    assert words.reports_coverage(FIGURES["K05"], "vi") == "hệ thống đếm 3.235/3.321 báo cáo phải nộp"


@pytest.mark.parametrize(
    ("change", "vietnamese"),
    [
        ("-3.04", "giảm 3\u00a0%"),
        ("0", "không thay đổi"),
        ("0.04", "tăng dưới 0,1\u00a0%"),
        ("-0.01", "giảm dưới 0,1\u00a0%"),
        ("1234.56", "tăng 1.234,6\u00a0%"),
    ],
)
def test_change_says_its_way_and_one_decimal(change, vietnamese):
    assert words.figure_change({"change_percent": change}, "vi") == vietnamese


def test_sentence_with_an_unknown_figure_is_refused():
    with pytest.raises(UnknownFigure, match="Z99"):
        words.resolve("Có [[Z99]].", FIGURES, "vi")


def test_quoted_text_with_an_unknown_figure_stays_as_typed():
    assert words.resolve("Có [[Z99]].", FIGURES, "vi", strict=False) == "Có [[Z99]]."


def test_points_follow_the_vietnamese_alphabet():
    letters = "".join(words.point_letter(position) for position in range(1, 24))
    assert letters == "abcdđeghiklmnopqrstuvxy"


@pytest.mark.parametrize(("value", "written"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (38, "XXXVIII")])
def test_roman_numerals(value, written):
    assert words.roman(value) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [("5/BC-BCĐ", "05/BC-BCĐ"), ("12/BC-UBND", "12/BC-UBND"), ("9-CTr/BDVTW", "09-CTr/BDVTW")],
)
def test_document_number_below_ten_has_a_leading_zero(given, written):
    assert words.document_number(given) == written


@pytest.mark.parametrize(
    ("day", "vietnamese", "english"),
    [
        (date(2019, 2, 5), "ngày 05 tháng 02 năm 2019", "5 February 2019"),
        (date(2019, 3, 11), "ngày 11 tháng 3 năm 2019", "11 March 2019"),
        (date(2026, 12, 9), "ngày 09 tháng 12 năm 2026", "9 December 2026"),
    ],
)
def test_days_below_ten_and_first_two_months_have_a_leading_zero(day, vietnamese, english):
    assert words.long_date(day, "vi") == vietnamese
    assert words.long_date(day, "en") == english


def test_instant_is_shown_as_the_vietnamese_day():
    assert words.short_date("2026-12-14T18:30:00Z") == "15/12/2026"


def test_text_is_composed_and_without_control_characters():
    decomposed = unicodedata.normalize("NFD", "Ủy ban\x00 Mặt trận\x0b")
    assert words.clean(decomposed) == "Ủy ban Mặt trận"


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("sessions", "session"),
        ("classes", "class"),
        ("cases", "case"),
        ("model types", "model type"),
        ("attendances a session", "attendance a session"),
        ("%", "%"),
    ],
)
def test_one_of_an_english_unit(unit, one):
    figure = {"value": "1", "decimals": 0, "unit": {"vi": "cuộc", "en": unit}}
    assert words.figure_text(figure, "en").split(maxsplit=1)[1] == one
    assert words.figure_text({**figure, "value": "2"}, "en").split(maxsplit=1)[1] == unit
    assert words.figure_text(figure, "vi") == "1 cuộc"
