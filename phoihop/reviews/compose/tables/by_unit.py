"""Annexes with a row for each unit below, in dictionary order: nobody is ranked."""

from collections.abc import Sequence
from typing import Any

from phoihop.reviews.compose.facts import Facts, IndicatorInfo
from phoihop.reviews.compose.figures import of_unit
from phoihop.reviews.compose.tables.shapes import Table, column, row, table, values, words
from phoihop.reviews.compose.text import NOTHING, Text, joined

# What an office asks of every unit: one or two of each content, all of them counts that add up.
USUAL = ("A01", "A04", "B01", "B02", "C02", "D01", "E02", "G01", "H03", "F02")
MOST = 8
MODELS_NOTE = Text(
    "Loại mô hình (có tên gọi), điểm (nơi áp dụng) và tổ (nhóm thực hiện) được đếm riêng; số loại mô hình không"
    " cộng giữa các đơn vị",
    "Model types (named), points (places) and groups are counted apart; types are never added over units",
)
LEAST = Text(
    "số của đơn vị có một phần chưa phân bổ được theo bản đồ là số ít nhất",
    "the figure of a unit of which a part could not be allotted on this map is a least",
)
_TOTAL = Text("Tổng số", "Total")
_OWN = {
    "nation": Text("Các cơ quan ở trung ương", "Central bodies"),
    "province": Text("Các cơ quan cấp tỉnh", "Provincial bodies"),
    "district": Text("Các cơ quan cấp huyện", "District bodies"),
}
_AREA_ITSELF = Text("Các cơ quan của địa bàn", "Bodies of the area itself")
_UNALLOCATED = Text("Chưa phân bổ được theo bản đồ", "Not allotted on this map")


def by_unit(facts: Facts, title: Text) -> Table | None:
    return of_codes(facts, title, USUAL, NOTHING)


def of_codes(facts: Facts, title: Text, codes: Sequence[str], note: Text) -> Table | None:
    indicators = facts.selected(codes)[:MOST]
    if not indicators or not facts.units:
        return None
    columns = [words("unit", Text("Đơn vị", "Unit"))]
    columns += [column(each.code, each.name, each.unit) for each in indicators]
    rows = [_unit_row(facts, indicators, unit.id, unit.name) for unit in facts.units]
    rows += [
        made
        for part, label in (("own", _OWN.get(facts.level, _AREA_ITSELF)), ("unallocated", _UNALLOCATED))
        if (made := _part_row(facts, indicators, part, label))
    ]
    return table(
        title,
        columns,
        [*rows, _total_row(facts, indicators)],
        joined([note, _least(facts, indicators)], "; "),
    )


def _least(facts: Facts, indicators: Sequence[IndicatorInfo]) -> Text:
    keys = (of_unit(each.code, unit.id) for unit in facts.units for each in indicators)
    is_any = any((figure := facts.figures.get(key)) and figure.is_at_least for key in keys)
    return LEAST if is_any else NOTHING


def _unit_row(facts: Facts, indicators: Sequence[IndicatorInfo], unit_id: int, name: Text) -> dict[str, Any]:
    cells, keys = values(facts.figures, {each.code: of_unit(each.code, unit_id) for each in indicators})
    return row({"unit": name.as_json(), **cells}, figures=keys)


def _part_row(
    facts: Facts, indicators: Sequence[IndicatorInfo], part: str, label: Text
) -> dict[str, Any] | None:
    """Only where a part of the total stands at none of the units above; a rate has no such part."""
    keys = {
        each.code: key
        for each in indicators
        if (figure := facts.figures.get(each.code))
        and getattr(figure, part)
        and (key := facts.figures.part(each.code, part))
    }
    if not keys:
        return None
    cells, held = values(facts.figures, keys)
    empty = {each.code: None for each in indicators}
    return row({"unit": label.as_json(), **empty, **cells}, figures=held)


def _total_row(facts: Facts, indicators: Sequence[IndicatorInfo]) -> dict[str, Any]:
    cells, keys = values(facts.figures, {each.code: each.code for each in indicators})
    return row({"unit": _TOTAL.as_json(), **cells}, kind="total", figures=keys)
