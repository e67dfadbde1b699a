"""Tables in the shape of docs/review-context.md, each cell that is a figure bound to its key."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from phoihop.indicators.enums import REPORTING_DUTIES, IndicatorKind
from phoihop.reviews.compose.facts import IndicatorInfo
from phoihop.reviews.compose.figures import Figure, Figures, exact, half_up
from phoihop.reviews.compose.text import NOTHING, Text

Table = dict[str, Any]
WIDE = 7  # columns from which a table lies across

BY_THE_SYSTEM = Text("hệ thống đếm", "by the system")
SOURCE = Text("Báo cáo của các đơn vị trên hệ thống", "Reports of the units in the system")


def column(key: str, label: Text, unit: Text = NOTHING, align: str = "right") -> dict[str, Any]:
    return {"key": key, "label": label.as_json(), "unit": unit.as_json() if unit else None, "align": align}


def words(key: str, label: Text) -> dict[str, Any]:
    return column(key, label, align="left")


def row(
    cells: dict[str, Any],
    *,
    kind: str = "row",
    figure: str | None = None,
    figures: dict[str, str] | None = None,
) -> dict[str, Any]:
    """`figures`: which column holds which figure's value; `review verify` compares the two."""
    return {"cells": cells, "kind": kind, "figure": figure, "figures": figures or {}}


def group(key: str, label: Text) -> dict[str, Any]:
    return row({key: label.as_json()}, kind="group")


def table(
    title: Text,
    columns: Sequence[dict[str, Any]],
    rows: Iterable[dict[str, Any]],
    note: Text = NOTHING,
    source: Text = SOURCE,
) -> Table:
    return {
        "title": title.as_json(),
        "note": note.as_json() if note else None,
        "columns": list(columns),
        "rows": list(rows),
        "source": source.as_json(),
        "landscape": len(columns) >= WIDE,
    }


def value_cell(figure: Figure | None) -> str | None:
    return exact(figure.value) if figure else None


def values(figures: Figures, keys: dict[str, str]) -> tuple[dict[str, str | None], dict[str, str]]:
    """The cells of a row of figures, and the keys of those the review holds."""
    held = {name: key for name, key in keys.items() if figures.get(key)}
    return {name: value_cell(figures.get(key)) for name, key in keys.items()}, held


def percent_cell(value: Decimal | None) -> str | None:
    return None if value is None else exact(half_up(value, 1))


def coverage_cell(figure: Figure) -> str | dict[str, str] | None:
    """Of a reporting duty, the reports it counts. Missing: nobody owes it, or it has no value."""
    if figure.expected:
        return f"{figure.reported}/{figure.expected}"
    if figure.kind != IndicatorKind.SYSTEM or figure.value is None:
        return None
    if figure.indicator in REPORTING_DUTIES:
        return f"{exact(figure.numerator)}/{exact(figure.denominator)}"
    return BY_THE_SYSTEM.as_json()


def shown(indicators: Iterable[IndicatorInfo]) -> list[IndicatorInfo]:
    return [each for each in indicators if not each.is_part]
