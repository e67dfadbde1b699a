"""Charts of a review: a few core indicators window by window, and completeness of reports by unit."""

from collections.abc import Iterable
from typing import Any

from phoihop.reviews.compose.facts import Facts, IndicatorInfo
from phoihop.reviews.compose.figures import exact, in_window, of_unit
from phoihop.reviews.compose.tables.shapes import SOURCE
from phoihop.reviews.compose.text import NOTHING, Text, capital

Chart = dict[str, Any]
TRENDS = ("B01", "C02", "D01", "H03")  # drawn over time
COMPLETENESS = "K05"  # the only figure drawn unit beside unit: a duty of the desks
MOST_BARS = 70

_COMPLETENESS_TITLE = Text(
    "Tỷ lệ báo cáo đã nộp trên phải nộp theo đơn vị", "Completeness of reports by unit"
)
_NOT_RANKED = Text("Xếp theo thứ tự chữ cái, không xếp hạng", "In alphabetical order, not ranked")
_GAP = Text("Chỗ trống: kỳ chưa có số liệu", "A gap: no figure for that window")


def build_charts(facts: Facts) -> dict[str, Chart]:
    """By key; `trend-B01` stands in the section that tells B01."""
    found = {f"trend-{info.code}": chart for info in facts.selected(TRENDS) if (chart := _trend(facts, info))}
    if chart := _completeness(facts):
        found["completeness"] = chart
    return found


def trend_keys(charts: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Of the charts, those that draw these indicators, in the indicators' order."""
    held = set(charts)
    return [key for code in codes if (key := f"trend-{code}") in held]


def _trend(facts: Facts, info: IndicatorInfo) -> Chart | None:
    points: list[list[Any]] = []
    keys: list[str] = []
    for window in facts.scope.windows(info.window):
        key = in_window(info.code, window.code)
        figure = facts.figures.get(key)
        points.append([window.label.as_json(), exact(figure.value) if figure else None])
        keys.append(key if figure else "")
    known = [value for _, value in points if value is not None]
    if len(known) < 2:
        return None
    title = info.name + Text(" theo kỳ", " by window")
    note = _GAP if len(known) < len(points) else NOTHING
    series = {"label": capital(facts.scope.area).as_json(), "points": points, "figures": keys}
    return _chart(facts, "line", title, Text("Kỳ", "Window"), info.unit, series, note)


def _completeness(facts: Facts) -> Chart | None:
    held = [
        (unit, figure)
        for unit in facts.units
        if (figure := facts.figures.get(of_unit(COMPLETENESS, unit.id)))
    ]
    if len(held) < 2 or len(held) > MOST_BARS:
        return None
    series = {
        "label": Text("Tỷ lệ đầy đủ", "Completeness").as_json(),
        "points": [[unit.name.as_json(), exact(figure.value)] for unit, figure in held],
        "figures": [figure.key for _, figure in held],
    }
    percent = Text("%", "%")
    return _chart(facts, "bar", _COMPLETENESS_TITLE, Text("Đơn vị", "Unit"), percent, series, _NOT_RANKED)


def _chart(
    facts: Facts, kind: str, title: Text, x: Text, unit: Text, series: dict[str, Any], note: Text
) -> Chart:
    return {
        "title": title.as_json(),
        "kind": kind,
        "x": x.as_json(),
        "y": capital(unit).as_json(),
        "unit": unit.as_json(),
        "series": [series],
        "note": note.as_json() if note else None,
        "source": SOURCE.as_json(),
        "as_of": facts.as_of.isoformat(),
    }
