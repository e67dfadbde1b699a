"""Annexes that show a few indicators window by window."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from phoihop.reviews.compose.facts import Facts, IndicatorInfo
from phoihop.reviews.compose.figures import in_window
from phoihop.reviews.compose.tables.shapes import Table, column, group, row, table, values, words
from phoihop.reviews.compose.text import Text

_NOTE = Text(
    "Cột “Cả kỳ”: số lũy kế được cộng, số tại thời điểm lấy kỳ cuối, tỷ lệ tính lại từ hai số thành phần",
    "“Whole term”: counts are added, stocks taken at the last window, rates recomputed from their parts",
)
MOST_WINDOWS = 12


def by_window(facts: Facts, title: Text, codes: Sequence[str]) -> Table | None:
    """Columns are the windows; indicators reported by other windows form a group of their own."""
    indicators = [each for each in facts.selected(codes) if facts.scope.windows(each.window)]
    if not indicators:
        return None
    indicators.sort(key=lambda each: len(facts.scope.windows(each.window)))
    widest = max(min(len(facts.scope.windows(each.window)), MOST_WINDOWS) for each in indicators)
    kinds = [list(inside) for _, inside in groupby(indicators, key=lambda each: each.window)]
    if len(kinds) == 1:
        return _one_kind(facts, title, kinds[0])
    columns = [
        words("name", Text("Chỉ tiêu", "Indicator")),
        column("unit", Text("Đơn vị tính", "Unit"), align="center"),
    ]
    columns += [
        column(f"w{index}", Text(f"Kỳ {index + 1}", f"Window {index + 1}")) for index in range(widest)
    ]
    columns.append(column("term", Text("Cả kỳ", "Whole term")))
    rows: list[dict[str, Any]] = []
    for inside in kinds:
        windows = facts.scope.windows(inside[0].window)[-MOST_WINDOWS:]
        names = Text(
            "; ".join(f"Kỳ {index + 1}: {window.label.vi}" for index, window in enumerate(windows)),
            "; ".join(f"Window {index + 1}: {window.label.en}" for index, window in enumerate(windows)),
        )
        rows.append(group("name", names))
        rows += [_row(facts, each, widest) for each in inside]
    return table(title, columns, rows, _NOTE)


def _one_kind(facts: Facts, title: Text, indicators: list[IndicatorInfo]) -> Table:
    windows = facts.scope.windows(indicators[0].window)[-MOST_WINDOWS:]
    columns = [
        words("name", Text("Chỉ tiêu", "Indicator")),
        column("unit", Text("Đơn vị tính", "Unit"), align="center"),
    ]
    columns += [column(f"w{index}", window.label) for index, window in enumerate(windows)]
    columns.append(column("term", Text("Cả kỳ", "Whole term")))
    return table(title, columns, [_row(facts, each, len(windows)) for each in indicators], _NOTE)


def _row(facts: Facts, info: IndicatorInfo, width: int) -> dict[str, Any]:
    windows = facts.scope.windows(info.window)[-MOST_WINDOWS:]
    keys = {f"w{index}": in_window(info.code, window.code) for index, window in enumerate(windows)}
    cells, held = values(facts.figures, {**keys, "term": info.code})
    empty = {f"w{index}": None for index in range(len(windows), width)}
    named = {"name": info.name.as_json(), "unit": info.unit.as_json()}
    return row({**named, **empty, **cells}, figure=info.code, figures=held)
