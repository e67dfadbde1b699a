"""The truth table, in Python."""

from typing import Any

import pytest
from django.utils.translation import override

from phoihop.reports.checks import findings_in
from phoihop.reports.checks.expressions import Constant, compiled, kind_of, parse
from phoihop.reports.checks.registry import rules_as_data
from phoihop.reports.checks.saying import said
from tests.reports.checks.truth import TRUTH, is_same, kind_named, named, report_of


@pytest.mark.parametrize("row", TRUTH["expressions"], ids=lambda row: f"{row['text']} {row['names']}")
@pytest.mark.parametrize("is_known_beforehand", [True, False])
def test_expression_has_its_value(row: dict[str, Any], *, is_known_beforehand: bool) -> None:
    names = {name: named(value) for name, value in row["names"].items()}
    tree = parse(row["text"])
    kind_of(tree, {name: kind_named(value) for name, value in row["names"].items()})

    part = compiled(
        tree, lambda name: Constant(names[name]) if is_known_beforehand else lambda _of: names[name]
    )
    value = part.value if isinstance(part, Constant) else part(None)

    assert is_same(value, row["value"]), value


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("case", TRUTH["reports"], ids=lambda case: case["about"])
def test_report_has_its_findings(case: dict[str, Any], language: str) -> None:
    with override(language):
        findings = [each for each in findings_in(report_of(case)) if each.check in rules_as_data().rules]

    assert [
        {"check": each.check, "severity": each.severity, "codes": [*each.codes], "sentence": each.sentence}
        for each in findings
    ] == [_in(language, each) for each in case["findings"]]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("row", TRUTH["numbers"], ids=lambda row: row["text"])
def test_number_is_said_as_the_language_writes_it(row: dict[str, str], language: str) -> None:
    part = compiled(parse(row["text"]), Constant)

    assert isinstance(part, Constant)
    with override(language):
        assert said(part.value) == row[language]


def test_every_rule_kept_as_data_speaks_in_the_table() -> None:
    spoken = {finding["check"] for case in TRUTH["reports"] for finding in case["findings"]}

    assert spoken == set(rules_as_data().rules)


def _in(language: str, finding: dict[str, Any]) -> dict[str, Any]:
    return {**{name: finding[name] for name in ("check", "severity", "codes")}, "sentence": finding[language]}
