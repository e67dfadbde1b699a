"""The rules and the facts as JSON, for the form's page; web/js/checks.js says the same findings with them.

Rules in Python stay on the server: they need the database, or speak of cells no form has.
"""

from fractions import Fraction
from typing import Any

from babel import Locale
from django.utils.translation import get_language, gettext, ngettext, to_locale

from phoihop.reports.checks.expressions import NA, Kind, Node
from phoihop.reports.checks.expressions.states import Absent
from phoihop.reports.checks.facts import CELL, REPORT, STANDING, Reading
from phoihop.reports.checks.filled import Filled
from phoihop.reports.checks.registry import rules_as_data
from phoihop.reports.checks.rule import Rule, Sentence
from phoihop.reports.checks.running import RuleSet
from phoihop.reports.content import NOT_APPLICABLE, SCALE, figure_text

# What the page knows better than the server: it reads them from the cells as typed.
TYPED = {"value", "is_consolidated", "moved", "text", "fault", "code"}


def rules_for_page(rules: RuleSet | None = None) -> dict[str, Any]:
    """In the page's language.

    Shape: {"group": ".", "decimal": ",", "rules": [{"check", "severity", "each", "rows", "condition", "codes",
           "sentences", "let"}]}; conditions are trees, such as [">", ["name", "value"], ["number", "100"]].
    """
    symbols = Locale.parse(to_locale(get_language() or "vi")).number_symbols["latn"]
    of_page = (rules or rules_as_data()).rules.values()
    return {
        "group": symbols["group"],
        "decimal": symbols["decimal"],
        "rules": [_rule(rule) for rule in of_page],
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "check": rule.name,
        "severity": str(rule.severity),
        "each": rule.each,
        "rows": [
            {"codes": dict(row.codes), "numbers": dict(row.numbers), "severity": str(row.severity)}
            for row in rule.rows
        ],
        "condition": rule.condition.plain(),
        "codes": list(rule.codes),
        "sentences": [_sentence(each) for each in rule.sentences],
        "let": {name: node.plain() for name, node in rule.let.items()},
    }


def _sentence(each: Sentence) -> dict[str, Any]:
    plural = each.count is not None
    return {
        "when": _tree(each.when),
        "count": _tree(each.count),
        "one": ngettext(each.one, each.many, 1) if plural else gettext(each.one),
        "many": ngettext(each.one, each.many, 2) if plural else "",
    }


def _tree(node: Node | None) -> list[Any] | None:
    return node.plain() if node else None


def page_facts(filled: Filled, rules: RuleSet | None = None) -> dict[str, Any]:
    """Of this report, whatever is typed.

    Shape:   {"report": {name: fact}, "cells": {code: {name: fact}}}.
    Missing: null; a number is text ("12.5"), or "na"; yes and no are true and false.
    """
    reading = Reading(filled)
    codes = dict.fromkeys(filled.asked) | dict.fromkeys(_named_in_rows(rules or rules_as_data()))
    return {
        "report": {name: _fact(kind, get(reading)) for name, (kind, get) in REPORT.items()},
        "cells": {code: _cell(reading, code) for code in codes},
    }


def _cell(reading: Reading, code: str) -> dict[str, Any]:
    standing = reading.standing(code)
    beside = {name: _fact(kind, of(code)(reading)) for name, (kind, of) in CELL.items() if name not in TYPED}
    return beside | {name: getattr(standing, name) for name in STANDING}


def _named_in_rows(rules: RuleSet) -> set[str]:
    return {code for rule in rules.rules.values() for row in rule.rows for code in row.codes.values()}


def _fact(kind: Kind, value: Any) -> Any:
    if isinstance(value, Absent):
        return NOT_APPLICABLE if value is NA else None
    return _number(value) if kind == Kind.NUMBER else value


def _number(value: int | Fraction) -> str:
    return figure_text(int(value * SCALE))
