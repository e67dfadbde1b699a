"""Annex I: every indicator, the term before, this term and the change."""

from itertools import groupby
from typing import Any

from phoihop.indicators.enums import IndicatorKind
from phoihop.reviews.compose.facts import Facts, IndicatorInfo
from phoihop.reviews.compose.figures import exact
from phoihop.reviews.compose.tables.shapes import (
    Table,
    column,
    coverage_cell,
    group,
    percent_cell,
    row,
    shown,
    table,
    value_cell,
    words,
)
from phoihop.reviews.compose.text import NOTHING, Text

_RATES = Text(
    "Tỷ lệ được tính lại từ hai số thành phần, không lấy trung bình; không tính tăng, giảm của tỷ lệ",
    "Rates are recomputed from their two parts, never averaged; no change is given for a rate",
)
_LEAST = Text(
    "số có phần chưa phân bổ được theo bản đồ là số ít nhất",
    "a figure with a part the map cannot allot is a least",
)


def indicators_by_period(facts: Facts, title: Text) -> Table | None:
    indicators = [each for each in shown(facts.indicators) if facts.figures.get(each.code)]
    if not indicators:
        return None
    columns = [
        words("name", Text("Chỉ tiêu", "Indicator")),
        column("unit", Text("Đơn vị tính", "Unit"), align="center"),
        column("previous", Text("Kỳ trước", "Previous term")),
        column("value", Text("Kỳ này", "This term")),
        column("change", Text("Tăng, giảm (%)", "Change (%)")),
        column("coverage", Text("Báo cáo có số liệu", "Reports giving it")),
    ]
    rows: list[dict[str, Any]] = []
    for block, inside in groupby(indicators, key=lambda each: each.block):
        if block in facts.blocks:
            rows.append(group("name", facts.blocks[block]))
        rows += [_row(facts, each) for each in inside]
    return table(title, columns, rows, _note(facts, indicators))


def _row(facts: Facts, info: IndicatorInfo) -> dict[str, Any]:
    figure = facts.figures.by_key[info.code]
    is_rate = _is_rate(info)
    cells = {
        "name": info.name.as_json(),
        "unit": info.unit.as_json(),
        "previous": exact(figure.previous),
        "value": value_cell(figure),
        "change": None if is_rate else percent_cell(figure.change_percent),
        "coverage": coverage_cell(figure),
    }
    return row(cells, figure=info.code, figures={"value": info.code})


def _note(facts: Facts, indicators: list[IndicatorInfo]) -> Text:
    parts = [_RATES] if any(_is_rate(each) for each in indicators) else []
    if any(facts.figures.by_key[each.code].is_at_least for each in indicators):
        parts.append(_LEAST)
    if not parts:
        return NOTHING
    return Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))


def _is_rate(info: IndicatorInfo) -> bool:
    return info.kind == IndicatorKind.RATIO or info.unit.vi == "%"
