import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from phoihop.reports.files import errors
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.numbers import NA, DecimalMark, canonical_number, format_number, parse_number

COMMA, POINT = DecimalMark
TABLE = json.loads(Path(__file__).with_name("number_texts.json").read_text("utf-8"))
MARKS = {"comma": COMMA, "point": POINT, "undeclared": None}


@pytest.fixture(autouse=True, scope="module")
def _english():
    with override("en"):
        yield


def refusal(text: str, mark: DecimalMark | None) -> str:
    with pytest.raises(CellRefused) as caught:
        parse_number(text, mark=mark)
    return caught.value.sentence


def said_of(text: str, mark: DecimalMark | None) -> str:
    """As the table says it: a figure, "blank", "na", or "!" and why it is refused."""
    try:
        read = parse_number(text, mark=mark)
    except CellRefused as refusal:
        return next(
            f"!{reason}" for reason, sentence in sentences(text, mark) if sentence == refusal.sentence
        )
    return "blank" if read is None else "na" if read is NA else canonical_number(read)


def sentences(text: str, mark: DecimalMark | None):
    yield "text_in_number", errors.text_in_number(text).sentence
    yield "foreign_digits", errors.foreign_digits(text).sentence
    yield "unclear_word", errors.unclear_word(text).sentence
    yield "badly_grouped", errors.badly_grouped(text, mark).sentence
    yield "formula_error", errors.formula_error(text.strip()).sentence
    yield "ambiguous_number", refusal(text, mark)


@pytest.mark.parametrize("row", TABLE, ids=[ascii(row["text"])[:30] for row in TABLE])
def test_the_table_that_the_page_reads_too(row):
    assert {name: said_of(row["text"], mark) for name, mark in MARKS.items()} == {
        name: row[name] for name in MARKS
    }


@pytest.mark.parametrize(
    ("text", "by_comma", "by_point"),
    [
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("1.234.567", "1234567", None),
        ("1,234,567", None, "1234567"),
        ("1.234,5", "1234.5", None),
        ("1,234.5", None, "1234.5"),
        ("0,5", "0.5", None),
        ("0.5", None, "0.5"),
        ("1234,567", "1234.567", None),
        ("1234.567", None, "1234.567"),
        ("1234", "1234", "1234"),
        ("1 234 567", "1234567", "1234567"),
        ("1\u00a0234,5", "1234.5", None),
        ("1\u202f234.5", None, "1234.5"),
        (" 12 ", "12", "12"),
        ("-5", "-5", "-5"),
        ("\u22125", "-5", "-5"),
        ("0", "0", "0"),
        ("007", "7", "7"),
        ("12.34", None, "12.34"),
        ("1.23.456", None, None),
        ("1234.567.890", None, None),
        ("1.234 567", None, None),
        ("0.123.456", None, None),
        ("1,2,3", None, None),
    ],
)
def test_a_declared_mark_decides(text, by_comma, by_point):
    for mark, expected in ((COMMA, by_comma), (POINT, by_point)):
        if expected is None:
            assert "do not make a number" in refusal(text, mark)
        else:
            assert parse_number(text, mark=mark) == Decimal(expected)


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.345", "123,456", "-1.234", "999.999"])
def test_an_ambiguous_number_is_refused_and_both_readings_named(text):
    sentence = refusal(text, None)

    assert sentence.startswith(f"“{text}” is ")
    digits = text.strip("-").replace(",", "").replace(".", "")
    assert f"{digits} where" in sentence


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("0,5", "0.5"),
        ("0.500", "0.500"),  # no group of three begins with 0
        ("1234,567", "1234.567"),  # no group has four digits
        ("12,5", "12.5"),
        ("1 234", "1234"),
        ("1 234,567", "1234.567"),  # spaces group, so the comma does not
    ],
)
def test_without_a_mark_only_what_reads_one_way_is_read(text, value):
    assert parse_number(text, mark=None) == Decimal(value)


@pytest.mark.parametrize("text", ["", "  ", "\u00a0", "\ufeff", "Chưa báo cáo", "not reported"])
def test_blank_is_not_reported(text):
    assert parse_number(text, mark=COMMA) is None


@pytest.mark.parametrize(
    "text",
    ["na", "NA", "n/a", "N/A", "không áp dụng", "Không  Áp dụng", "khong ap dung", "not applicable",
     "kho\u0302ng a\u0301p du\u0323ng"],
)  # fmt: skip
def test_words_for_not_applicable(text):
    assert parse_number(text, mark=None) is NA


def test_nothing_arose_is_a_reported_zero():
    assert parse_number("Không phát sinh", mark=COMMA) == Decimal(0)


@pytest.mark.parametrize("text", ["-", "–", "không", "Không có", "none", "x", "?"])
def test_a_word_that_may_be_zero_or_no_answer_is_refused(text):
    assert "may mean zero or no answer" in refusal(text, COMMA)


@pytest.mark.parametrize(
    "text",
    ["12 cuộc", "abc", "1e5", "50%", "(5)", "+5", ",5", "5,", "0x10", "1_000", "--5", "=1+1", "5\u0301"],
)
def test_text_in_a_number_is_refused(text):
    assert refusal(text, COMMA).startswith(f"“{text}” is not a number.")


@pytest.mark.parametrize("text", ["１２３", "١٢٣", "12３"])
def test_digits_of_another_width_or_script_are_refused(text):
    assert "digits of another script or width" in refusal(text, COMMA)


@pytest.mark.parametrize("text", ["#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "Err:502"])
def test_a_formula_error_is_refused_by_name(text):
    assert refusal(text, COMMA).startswith(f"The cell holds the formula error {text}.")


def test_a_text_of_any_length_is_answered_quickly():
    assert "is not a number" in refusal("1.234" * 100_000, COMMA)


numbers = st.decimals(min_value=0, max_value=10**12, places=4) | st.integers(0, 10**12).map(Decimal)


@given(numbers, st.sampled_from(DecimalMark), st.booleans())
def test_what_is_written_in_a_mark_reads_back_exactly(value, mark, grouped):
    assert parse_number(format_number(value, mark=mark, grouped=grouped), mark=mark) == value


@given(numbers, st.sampled_from(DecimalMark))
def test_without_a_mark_a_number_reads_exactly_or_not_at_all(value, mark):
    """Never a third value: refused, or what was meant."""
    try:
        read = parse_number(format_number(value, mark=mark), mark=None)
    except CellRefused:
        return
    assert read == value


@given(st.text(alphabet="0123456789., -\u00a0", max_size=12), st.sampled_from([None, *DecimalMark]))
def test_any_text_is_a_number_or_a_sentence(text, mark):
    try:
        read = parse_number(text, mark=mark)
    except CellRefused:
        return
    assert read is None or canonical_number(read).replace(".", "").removeprefix("-").isdecimal()


@given(numbers)
def test_the_canonical_text_keeps_the_value(value):
    text = canonical_number(value)

    assert Decimal(text) == value
    assert "E" not in text
    assert text == "0" or not (("." in text) and text.endswith(("0", ".")))
