"""What an expression may not say, and what it answers when nobody foresaw the numbers."""

from fractions import Fraction

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from phoihop.reports.checks.expressions import Constant, Kind, Refusal, compiled, kind_of, parse
from phoihop.reports.checks.expressions.states import literal

NAMES = {"a": Kind.NUMBER, "low": Kind.NUMBER, "is_own": Kind.YES_NO, "report.level": Kind.TEXT}


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("", 1, "ends too early"),
        ("a +", 4, "ends too early"),
        ("(a", 3, "ends too early"),
        ("a b", 3, "“b” cannot stand here"),
        ("a > 1)", 6, "“)” cannot stand here"),
        ("* a", 1, "“*” cannot stand here"),
        ("a > and", 5, "“and” cannot stand here"),
        ("a ; b", 3, "“; b” cannot be read"),
        ("a = 1", 3, "“= 1” cannot be read"),
        ("a % 2", 3, "cannot be read"),
        ("1.", 1, "cannot be read"),
        ("1,5", 2, "“,” cannot stand here"),
        ("1e3", 1, "cannot be read"),
        ("A01 > 1", 1, "cannot be read"),
        ("a.b.c", 4, "cannot be read"),
        ("__import__('os')", 1, "“__import__” is not a function. Allowed: given, missing, na, abs, decimals, sum"),
        ("a[0]", 2, "cannot be read"),
        ("abs(a, a)", 1, "takes one value"),
        ("abs()", 5, "cannot stand here"),
        ("low <= a <= 5", 10, "Compare two at a time"),
        ("low == a == 5", 10, "Compare two at a time"),
        ("(" * 41 + "a" + ")" * 41, 1, "nested"),
        ("not " * 41 + "is_own", 1, "nested"),
        ("a + " * 200 + "a", 1, "more than 500 signs"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_at_its_sign(text: str, at: int, words: str) -> None:
    with override("en"), pytest.raises(Refusal) as refusal:
        parse(text)

    assert words in refusal.value.sentence
    assert refusal.value.at == at


@pytest.mark.parametrize(
    ("text", "at", "words"),
    [
        ("hight > 1", 1, "“hight” is not a name here. Allowed: a, is_own, low"),
        ("lov > 1", 1, "Did you mean “low”?"),
        ("a and is_own", 1, "This part is a number, and yes or no is needed here."),
        ("is_own + 1", 1, "This part is yes or no, and a number is needed here."),
        ("report.level > 1", 1, "This part is text, and a number is needed here."),
        ("report.level == 1", 17, "This part is a number, and text is needed here."),
        ("a == 'x'", 6, "This part is text, and a number is needed here."),
        ("not a", 5, "This part is a number"),
        ("given(is_own)", 7, "This part is yes or no"),
        ("sum(a, is_own)", 8, "This part is yes or no"),
    ],
)
def test_parts_that_cannot_stand_together_are_refused(text: str, at: int, words: str) -> None:
    with override("en"), pytest.raises(Refusal) as refusal:
        kind_of(parse(text), NAMES)

    assert words in refusal.value.sentence
    assert refusal.value.at == at


def test_tree_is_plain_lists_that_json_keeps() -> None:
    assert parse("a + 2 * abs(low) >= 1.5 and not is_own").plain() == [
        "and",
        [
            ">=",
            ["+", ["name", "a"], ["*", ["number", "2"], ["abs", ["name", "low"]]]],
            ["number", "1.5"],
        ],
        ["not", ["name", "is_own"]],
    ]


def test_what_is_known_beforehand_leaves_nothing_to_ask() -> None:
    asked = []

    def bind(name: str) -> object:
        return Constant(value=False) if name == "is_own" else asked.append

    assert compiled(parse("a > 1 and is_own"), bind) == Constant(value=False)  # type: ignore[arg-type]
    assert compiled(parse("not is_own or a > 1"), bind) == Constant(value=True)  # type: ignore[arg-type]
    assert asked == []


DECIMALS = st.decimals(0, 10**14, places=4, allow_nan=False).map(lambda number: format(number, "f"))


@given(st.lists(st.tuples(st.sampled_from(["+", "-", "*", "/"]), DECIMALS), max_size=8), DECIMALS)
def test_arithmetic_is_that_of_fractions(steps: list[tuple[str, str]], first: str) -> None:
    text = first
    expected: Fraction | None = Fraction(first)
    for sign, number in steps:
        text = f"({text}) {sign} {number}"
        if expected is not None:
            expected = _reckoned(expected, sign, Fraction(number))

    part = compiled(parse(text), lambda _name: Constant(literal("0")))

    assert isinstance(part, Constant)
    assert (repr(part.value) == "missing") if expected is None else part.value == expected


def _reckoned(left: Fraction, sign: str, right: Fraction) -> Fraction | None:
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None
