"""The points of a chart, in the order given; what is missing stays missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.words import number, text


@dataclass(frozen=True, slots=True)
class Points:
    data: Any
    categories: list[str]
    series: list[str]
    lettering: float = 1.0  # how many times as large as on paper


def inline(rows: list[dict[str, Any]]) -> Any:
    """Values inside the specification: the drawing reads no other place."""
    return {"values": rows}


def points_of(chart: Mapping[str, Any], lang: Language, lettering: float = 1.0) -> Points:
    series = [text(each.get("label"), lang) for each in chart["series"]]
    rows: list[dict[str, Any]] = [
        {
            "series": name,
            "x": text(x, lang),
            "value": None if value is None else float(value),  # for drawing only
            "base": 0.0 if value is None else float(value),  # where its label stands
            "written": number(value, lang),
        }
        for name, each in zip(series, chart["series"], strict=True)
        for x, value in each["points"]
    ]
    categories = list(dict.fromkeys(row["x"] for row in rows))
    return Points(inline(rows), categories, series, lettering)
