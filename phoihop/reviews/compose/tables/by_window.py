"""Annexes that show a few indicators window by window."""

from collections.abc import Sequence
from typing import Any

from phoihop.reviews.compose.facts import Facts, IndicatorInfo
from phoihop.reviews.compose.figures import in_window
from phoihop.reviews.compose.tables.shapes import Table, column, row, table, values, words
from phoihop.reviews.compose.text import NOTHING, Text, joined, listed, small

_NOTE = Text(
    "Cột “Cả kỳ”: số lũy kế được cộng, số tại thời điểm lấy kỳ cuối, tỷ lệ tính lại từ hai số thành phần; kỳ của mỗi"
    " chỉ tiêu có ngày đầu, ngày cuối riêng",
    "“Whole term”: counts are added, stocks taken at the last window, rates recomputed from their parts; the windows"
    " of each indicator have days of their own",
)
MOST_WINDOWS = 12


def by_window(facts: Facts, title: Text, codes: Sequence[str]) -> Table | None:
    """Columns are the windows by name: years of different windows share a column."""
    indicators = [each for each in facts.selected(codes) if facts.scope.windows(each.window)]
    if not indicators:
        return None
    named = _names(facts, indicators)[-MOST_WINDOWS:]
    columns = [
        words("name", Text("Chỉ tiêu", "Indicator")),
        column("unit", Text("Đơn vị tính", "Unit"), align="center"),
        *(column(f"w{index}", name) for index, name in enumerate(named)),
        column("term", Text("Cả kỳ", "Whole term")),
    ]
    note = joined([_NOTE, *_why_empty(facts, indicators, named)], "; ")
    return table(title, columns, [_row(facts, each, named) for each in indicators], note)


def _why_empty(facts: Facts, indicators: Sequence[IndicatorInfo], named: Sequence[Text]) -> list[Text]:
    """A year without a whole window of an indicator: which days were left out, and so not told."""
    found: list[Text] = []
    for kind in dict.fromkeys(each.window for each in indicators):
        held = {window.label for window in facts.scope.windows(kind)}
        shapes = {_shape(label) for label in held}
        lacking = [name for name in named if name not in held and _shape(name) in shapes]
        if lacking:
            codes = [each.name for each in indicators if each.window == kind]
            found.append(
                Text(
                    "{years} để trống ở chỉ tiêu {names}: kỳ của chỉ tiêu không nằm trọn trong thời gian báo cáo{days}",
                    "{years} is empty for {names}: its window does not lie wholly within the days told{days}",
                ).filled(years=listed(lacking), names=_few(codes), days=_left_out(facts, kind))
            )
    return found


def _shape(label: Text) -> str:
    """A year or a half: an indicator of years lacks no half."""
    return label.vi.split(" ")[0]


def _few(names: Sequence[Text]) -> Text:
    """The first by name, the others counted."""
    if len(names) == 1:
        return small(names[0])
    more = str(len(names) - 1)
    return small(names[0]) + Text(" và {n} chỉ tiêu cùng kỳ", " and {n} of the same window").filled(n=more)


def _left_out(facts: Facts, kind: str) -> Text:
    days = facts.scope.taken[kind].left_out
    return Text(" (không lấy {days})", " (left out: {days})").filled(days=days) if days else NOTHING


def _names(facts: Facts, indicators: Sequence[IndicatorInfo]) -> list[Text]:
    """In order of time, each once."""
    kinds = dict.fromkeys(each.window for each in indicators)
    windows = [window for kind in kinds for window in facts.scope.windows(kind)]
    return list(dict.fromkeys(window.label for window in sorted(windows, key=lambda each: each.end)))


def _row(facts: Facts, info: IndicatorInfo, named: Sequence[Text]) -> dict[str, Any]:
    keys = {
        f"w{named.index(window.label)}": in_window(info.code, window.code)
        for window in facts.scope.windows(info.window)
        if window.label in named
    }
    cells, held = values(facts.figures, {**keys, "term": info.code})
    empty = {f"w{index}": None for index in range(len(named))}
    heading = {"name": info.name.as_json(), "unit": info.unit.as_json()}
    return row({**heading, **empty, **cells}, figure=info.code, figures=held)
