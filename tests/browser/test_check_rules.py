"""The page's evaluator says what the server's says: the same truth table, and reports nobody thought of."""

from fractions import Fraction
from typing import Any

import pytest
from django.templatetags.static import static
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from phoihop.reports.checks import findings_in
from phoihop.reports.checks.expressions import parse
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.page import page_facts, rules_for_page
from phoihop.reports.checks.registry import rules_as_data
from tests.reports.checks.truth import TRUTH, report_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVALUATE = """async ([url, rows]) => {
  const { evaluate } = await import(url + "expressions.js");
  const { MISSING, isNumber, NA, stateOf } = await import(url + "exact.js");
  const named = (value) => typeof value === "boolean" ? value : value?.text ?? stateOf(value);
  const plain = (value) => value === MISSING ? null : value === NA ? "na"
    : isNumber(value) ? `${value.above}/${value.below}` : value;
  return rows.map(([tree, names]) => plain(evaluate(tree, (name) => named(names[name]))));
}"""

FIND = """async ([url, rules, reports]) => {
  const { findings } = await import(url + "checks.js");
  return reports.map(([facts, cells, consolidated]) => findings(rules, facts, cells, consolidated));
}"""


@pytest.fixture
def here(page: Page, transactional_db: None) -> Page:
    page.goto("/dang-nhap/")
    return page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_finds_what_the_table_says(here: Page, language: str) -> None:
    cases = TRUTH["reports"]

    found = _found_by_page(here, [report_of(case) for case in cases], language)

    for case, findings in zip(cases, found, strict=True):
        assert findings == [
            {**{name: each[name] for name in ("check", "severity", "codes")}, "sentence": each[language]}
            for each in case["findings"]
        ], case["about"]


def test_page_reckons_what_the_table_says(here: Page) -> None:
    rows = TRUTH["expressions"]

    values = here.evaluate(
        EVALUATE, [static("web/js/"), [[parse(row["text"]).plain(), row["names"]] for row in rows]]
    )

    for row, value in zip(rows, values, strict=True):
        assert value == _as_fraction(row["value"]), row


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_writes_numbers_as_the_table_says(here: Page, language: str) -> None:
    rows = TRUTH["numbers"]
    with override(language):
        rules = {**rules_for_page(), "rules": [_saying(parse(row["text"]).plain()) for row in rows]}

    found = here.evaluate(FIND, [static("web/js/"), rules, [[{"report": {}, "cells": {}}, {}, []]]])

    assert [finding["sentence"] for finding in found[0]] == [row[language] for row in rows]


def _saying(tree: list[Any]) -> dict[str, Any]:
    """A rule that always says the value of an expression."""
    always = ["==", ["number", "1"], ["number", "1"]]
    sentence = {"when": None, "count": None, "one": "{it}", "many": ""}
    asked = {"each": "report", "rows": [], "codes": [], "let": {"it": tree}}
    return {"check": "says", "severity": "error", "condition": always, "sentences": [sentence], **asked}


def _as_fraction(expected: Any) -> Any:
    if isinstance(expected, bool) or expected in {None, "na"}:
        return expected
    exact = Fraction(expected)
    return f"{exact.numerator}/{exact.denominator}"


FIGURES = st.one_of(
    st.integers(-10, 200).map(str),
    st.decimals(-5, 2_000_000, places=2, allow_nan=False).map(str),
    st.decimals(0, 10, places=4, allow_nan=False).map(lambda number: format(number, "f")),
    st.sampled_from(
        ["0", "na", "na", "-0.0001", "10000000000000", "10000000000000.0001", "01", "1e3", "x", ""]
    ),
)
CODES = ["B01", "B02", "C02", "C06", "C07", "C08N", "C08D", "E01", "F02", "F01"]


def cells_of(codes: list[str]) -> Any:
    return st.dictionaries(st.sampled_from(codes), FIGURES)


def given_before() -> Any:
    return st.fixed_dictionaries(
        {"cells": cells_of(CODES), "consolidated": st.lists(st.sampled_from(CODES)), "whole": st.booleans()}
    )


def form_cell(level: str) -> Any:
    bounds = st.tuples(st.sampled_from([0, 1, 2.5]), st.sampled_from([50, 99.75, 1_500_000])).map(list)
    return st.fixed_dictionaries(
        {
            "decimals": st.integers(0, 4),
            "unit_vi": st.sampled_from(["%", "cuộc"]),
            "kind": st.sampled_from(["flow", "distinct"]),
            "over_units": st.sampled_from(["add", "none"]),
            "plausible": st.one_of(st.just({}), bounds.map(lambda pair: {level: pair})),
            "scopes": st.lists(st.sampled_from(["own", "consolidated"]), unique=True),
        }
    )


@st.composite
def reports(draw: Any) -> Filled:
    level = draw(st.sampled_from(["commune", "district", "province", "nation"]))
    case = {
        "level": level,
        "asked": draw(st.dictionaries(st.sampled_from(CODES), form_cell(level), min_size=1)),
        "cells": draw(cells_of([*CODES, "Z9"])),
        "consolidated": draw(st.lists(st.sampled_from(CODES))),
        "is_whole_window": draw(st.booleans()),
        "has_units_below": draw(st.booleans()),
        "communes_below": draw(st.one_of(st.none(), st.integers(0, 150))),
        "movements": draw(st.dictionaries(st.sampled_from(["C06", "C07"]), st.integers(-50_000, 900_000))),
    }
    for name in ("year_before", "window_before"):
        if draw(st.booleans()):
            case[name] = draw(given_before())
    return report_of(case)


def test_page_and_server_find_the_same_in_any_report(here: Page) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(reports(), min_size=20, max_size=40))
    def agree(several: list[Filled]) -> None:
        for report, by_page in zip(several, _found_by_page(here, several, "vi"), strict=True):
            assert by_page == _found_by_server(report, "vi")

    agree()


def _found_by_page(page: Page, several: list[Filled], language: str) -> list[list[dict[str, Any]]]:
    with override(language):
        rules = rules_for_page()
        told = [[page_facts(each), each.cells, sorted(each.consolidated)] for each in several]
    found: list[list[dict[str, Any]]] = page.evaluate(FIND, [static("web/js/"), rules, told])
    return found


def _found_by_server(report: Filled, language: str) -> list[dict[str, Any]]:
    with override(language):
        return [
            {
                "check": each.check,
                "severity": str(each.severity),
                "codes": [*each.codes],
                "sentence": each.sentence,
            }
            for each in findings_in(report)
            if each.check in rules_as_data().rules
        ]
