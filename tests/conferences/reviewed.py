"""A frozen review with what a real one has and the small world's has not: long names, a trend, units side by side."""

import hashlib
import json
from typing import Any

import rfc8785

from phoihop.reviews.models import ReviewVersion

LONG = "Số mô hình tự quản về an ninh, trật tự được xây dựng mới hoặc củng cố trong kỳ"
MANY = ("B01", "B02", "L01", "L02", "L03", "L04")  # as many figures as a screen shows
TREND, UNITS = "trend-B01", "completeness"
YEARS = ("2020", "2021", "2022", "2023", "2024", "2025")


def with_charts(version: ReviewVersion, area_id: int) -> ReviewVersion:
    """The trend is of the review's own area; of the units, the first is `area_id`."""
    context = json.loads(version.context)
    figures = context["figures"]
    for number in range(1, 5):
        for of in ("", f"@{area_id}"):
            named = {"vi": f"{LONG} ({number})", "en": f"{LONG} ({number})"}
            figures[f"L0{number}{of}"] = {**figures[f"B01{of}"], "name": named}
    figures[f"K05@{area_id}"] = {**figures["K05"], "area_id": area_id, "value": "75.0"}
    window = next(key for key in figures if key.startswith("B01:"))
    context["charts"] = {TREND: _trend(window), UNITS: _units(area_id)}
    text = rfc8785.dumps(context).decode()
    ReviewVersion.objects.filter(pk=version.pk).update(
        context=text, context_hash=hashlib.sha256(text.encode()).hexdigest()
    )
    version.refresh_from_db()
    return version


def _trend(window: str) -> dict[str, Any]:
    points = [[_two(f"Năm {year}"), str(20 + 7 * at)] for at, year in enumerate(YEARS)]
    keys = [*(f"B01:{year}" for year in YEARS[1:]), window]
    return _chart("line", "Số cuộc tuyên truyền về an ninh, trật tự theo kỳ", points, keys)


def _units(area_id: int) -> dict[str, Any]:
    points = [[_two(f"Tỉnh {at}"), str(100 - at)] for at in range(12)]
    keys = [f"K05@{area_id}", *(f"K05@{9_000 + at}" for at in range(11))]
    return _chart("bar", "Tỷ lệ báo cáo đã nộp trên phải nộp theo đơn vị", points, keys)


def _chart(kind: str, title: str, points: list[Any], keys: list[str]) -> dict[str, Any]:
    unit = _two("cuộc" if kind == "line" else "%")
    series = {"label": _two("Cả nước"), "points": points, "figures": keys}
    return {
        "title": _two(title), "kind": kind, "x": _two("Kỳ"), "y": unit, "unit": unit, "series": [series],
        "note": None, "source": _two("Hệ thống"), "as_of": "2026-06-30",
    }  # fmt: skip


def _two(text: str) -> dict[str, str]:
    return {"vi": text, "en": text}
