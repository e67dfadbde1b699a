"""A frozen review as readers who have not signed in may see it: small counts of persons taken out.

Stricter than the live pages, since a document cannot be asked again: where one count of persons from 1 to 4 stands
anywhere, every part of that indicator (units, windows, means) goes, so that nothing can be worked out from the total.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from phoihop.indicators.enums import PersonsCounted
from phoihop.indicators.models import IndicatorVersion
from phoihop.rollup.protection import THRESHOLD

Context = Mapping[str, Any]
_WHY = {"vi": "được bảo vệ: số người nhỏ", "en": "protected: a small count of persons"}
_SMALL = f"<{THRESHOLD}"
_HARMLESS = ("#reported", "#expected", "#target")
_PARTS = (
    "numerator",
    "denominator",
    "own",
    "unallocated",
    "previous",
    "change_percent",
    "attainment_percent",
)


@dataclass(frozen=True)
class Public:
    context: Context
    hidden: frozenset[str]  # keys of figures


def public_context(context: Context) -> Public:
    hidden = hidden_figures(context["figures"])
    if not hidden:
        return Public(context, hidden)
    figures = {key: _hidden(each) if key in hidden else each for key, each in context["figures"].items()}
    gone = {key for key, chart in context["charts"].items() if _shows(chart, hidden)}
    seen = {
        **context,
        "figures": figures,
        "tables": {key: _table(table, hidden, figures) for key, table in context["tables"].items()},
        "charts": {key: chart for key, chart in context["charts"].items() if key not in gone},
        "sections": [_without_charts(section, gone) for section in context["sections"]],
        "annexes": [
            {**annex, "charts": [key for key in annex["charts"] if key not in gone]}
            for annex in context["annexes"]
        ],
    }
    return Public(seen, hidden)


def hidden_figures(figures: Mapping[str, Mapping[str, Any]]) -> frozenset[str]:
    persons, ratios = _counted_persons()
    small = {
        each["indicator"] for each in figures.values() if each["indicator"] in persons and _is_small(each)
    }
    if not small:
        return frozenset()
    small |= {code for code, parts in ratios.items() if parts & small}
    return frozenset(
        key
        for key, each in figures.items()
        if each["indicator"] in small
        and not key.endswith(_HARMLESS)
        and (key != each["indicator"] or _is_small(each) or each["indicator"] in ratios)
    )


def _counted_persons() -> tuple[set[str], dict[str, set[str]]]:
    versions = IndicatorVersion.objects.select_related("indicator", "numerator", "denominator")
    persons = {each.indicator.code for each in versions if each.persons != PersonsCounted.NONE}
    ratios = {
        each.indicator.code: {each.numerator.code, each.denominator.code}
        for each in versions
        if each.numerator and each.denominator
    }
    return persons, ratios


def _is_small(figure: Mapping[str, Any]) -> bool:
    """Its value, its parts, or what it was in the term before."""
    before = (figure.get("previous") or {}).get("value")
    known = (figure.get("value"), before, figure.get("own"), figure.get("unallocated"))
    return any(text is not None and 0 < Decimal(text) < THRESHOLD for text in known)


def _hidden(figure: Mapping[str, Any]) -> dict[str, Any]:
    value = figure.get("value")
    small = value is not None and 0 < Decimal(value) < THRESHOLD
    return {
        **figure,
        **dict.fromkeys(_PARTS),
        "value": _SMALL if small else None,
        "why_missing": _WHY,
    }


def _table(
    table: Mapping[str, Any], hidden: frozenset[str], figures: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    numeric = {column["key"] for column in table["columns"] if column.get("align") == "right"}
    return {**table, "rows": [_row(row, numeric, hidden, figures) for row in table["rows"]]}


def _row(
    row: Mapping[str, Any],
    numeric: set[str],
    hidden: frozenset[str],
    figures: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    bound = row.get("figures") or {}
    cells = dict(row["cells"])
    for column in numeric & cells.keys():
        key = bound.get(column) or row.get("figure") or ""
        if key in hidden:
            cells[column] = figures[key]["value"] if column in bound else None
    return {**row, "cells": cells}


def _shows(chart: Mapping[str, Any], hidden: frozenset[str]) -> bool:
    return any(key in hidden for series in chart["series"] for key in series.get("figures", ()))


def _without_charts(section: Mapping[str, Any], gone: set[str]) -> dict[str, Any]:
    blocks = [each for each in section["blocks"] if each.get("chart") not in gone]
    return {**section, "blocks": blocks}
