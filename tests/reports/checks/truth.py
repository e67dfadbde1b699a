"""The truth table both evaluators must agree on: tests/browser/test_check_rules.py runs it in a browser."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

from phoihop.reports.checks.expressions import MISSING, NA, Kind, state
from phoihop.reports.checks.filled import Filled
from phoihop.reports.enums import Scope
from tests.reports.checks.filled import cell, filled, given

TRUTH = json.loads((Path(__file__).parent / "truth.json").read_text("utf-8"))
BESIDE = ("level", "is_whole_window", "has_units_below", "communes_below", "movements", "consolidated")


def report_of(case: dict[str, Any]) -> Filled:
    """Every code is asked unless the case says which are."""
    asked = case.get("asked", {code: {} for code in case["cells"]})
    fields: dict[str, Any] = {name: case[name] for name in BESIDE if name in case}
    for name in ("year_before", "window_before"):
        if name in case:
            before = case[name]
            fields[name] = given(
                before["cells"], *before.get("consolidated", []), whole=before.get("whole", True)
            )
    return filled(case["cells"], *(_cell(code, of) for code, of in asked.items()), **fields)


def _cell(code: str, fields: dict[str, Any]) -> Any:
    if "scopes" in fields:
        fields = {**fields, "scopes": frozenset(map(Scope, fields["scopes"]))}
    return cell(code, **fields)


def named(value: Any) -> Any:
    """A value of the table: a number or state as text, yes or no, or {"text": ...}."""
    if isinstance(value, dict):
        return value["text"]
    return value if isinstance(value, bool) else state(value)


def kind_named(value: Any) -> Kind:
    if isinstance(value, dict):
        return Kind.TEXT
    return Kind.YES_NO if isinstance(value, bool) else Kind.NUMBER


def is_same(value: Any, expected: Any) -> bool:
    if isinstance(expected, bool):
        return value is expected
    if expected is None or expected == "na":
        return value is (NA if expected else MISSING)
    return bool(value == Fraction(expected)) and not isinstance(value, bool)
