"""Figures and a scope by hand, so that a sentence can be reckoned by eye."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from phoihop.reviews.compose.facts import Coverage, Facts, IndicatorInfo
from phoihop.reviews.compose.figures import Figure, Figures
from phoihop.reviews.compose.scope import PLACE_NAMES, Scope, Taken, Window
from phoihop.reviews.compose.text import NOTHING, Text
from phoihop.reviews.render.words import resolve

BEFORE = Text("từ ngày 15/12/2008 đến ngày 14/12/2013", "from 15/12/2008 to 14/12/2013")
UNITS = {
    "B01": ("cuộc", "sessions"), "B02": ("lượt người", "attendances"), "D01": ("tổ", "groups"),
    "D02": ("người", "members"), "E01": ("xã", "communes"), "E04": ("%", "%"), "D09": ("%", "%"), "H11": ("kiến nghị", "recommendations"),
    "K05": ("%", "%"), "K06": ("%", "%"), "A05": ("cuộc", "inspections"), "F01": ("khu dân cư", "areas"),
}  # fmt: skip
NAMES = {
    "B01": ("Cuộc tuyên truyền, vận động trực tiếp", "Communication sessions held"),
    "B02": ("Lượt người dự tuyên truyền", "Attendances"),
    "H11": ("Kiến nghị sau giám sát", "Recommendations made"),
}
KINDS = {
    "D01": "stock",
    "D02": "stock",
    "D09": "ratio",
    "E04": "ratio",
    "E01": "distinct",
    "K05": "system",
    "K06": "system",
}


def figure(key: str, value: str | None = None, **fields: Any) -> Figure:
    code = key.split("@", maxsplit=1)[0].split(":", maxsplit=1)[0]
    vi, en = UNITS.get(code, ("đơn vị", "units"))
    name = NAMES.get(code, (f"Chỉ tiêu {code}", f"Indicator {code}"))
    decimals = {name_: Decimal(fields[name_]) for name_ in _DECIMALS if isinstance(fields.get(name_), str)}
    defaults: dict[str, Any] = {
        "indicator": code,
        "kind": KINDS.get(code, "flow"),
        "window": "year" if code in {"E01", "E04", "D01", "D02"} else "half",
        "name": Text(*name),
        "unit": Text(vi, en),
        "as_of": date(2018, 12, 14),
        "windows": 1 if KINDS.get(code) == "stock" else 10,
        "value": None if value is None else Decimal(value),
        "reported": 0 if value is None else 63,
        "expected": 63,
        "decimals": 2 if vi == "%" else 0,
        "part_unit": Text("vụ việc", "cases"),
    }
    return Figure(key=key, **{**defaults, **fields, **decimals})


_DECIMALS = ("numerator", "denominator", "previous", "target", "change_percent", "own", "unallocated")


def compared(key: str, value: str, previous: str | None, change: str | None = None, **fields: Any) -> Figure:
    return figure(key, value, previous=previous, previous_label=BEFORE, change_percent=change, **fields)


def figures_of(*figures: Figure) -> Figures:
    held = Figures()
    for each in figures:
        held.add(each)
    return held


def scope(area: Text = PLACE_NAMES["nation"], years: Sequence[int] = (2017, 2018)) -> Scope:
    yearly = tuple(
        Window(f"ADM-{year}", Text(f"năm {year}", f"{year}"), date(year, 12, 15)) for year in years
    )
    return Scope(area, {kind: _taken(kind, yearly) for kind in ("half", "year")})


def _taken(kind: str, windows: tuple[Window, ...]) -> Taken:
    term = Text("trong 5 năm", "in 5 years")
    return Taken(
        kind, tuple(each.code for each in windows), windows, term, NOTHING, Text("5 năm", "5 years"), NOTHING
    )


def facts_of(*figures: Figure, **fields: Any) -> Facts:
    held = figures_of(*figures)
    own = [each for each in figures if each.key == each.indicator]
    infos = [
        IndicatorInfo(
            each.indicator, each.indicator[0], each.name, each.unit, each.kind, each.window, each.decimals
        )
        for each in own
    ]
    defaults: dict[str, Any] = {
        "figures": held,
        "scope": scope(),
        "indicators": infos,
        "blocks": {},
        "of_content": {},
        "coverage": Coverage(63, 63, 0, 0),
        "as_of": date(2018, 12, 14),
    }
    return Facts(**{**defaults, **fields})


def printed(blocks: Sequence[dict[str, Any]], figures: Figures, lang: str) -> list[str]:
    """The sentences as a reader sees them."""
    held = figures.as_json()
    told = [block for block in blocks if block["kind"] in {"sentence", "bullet"}]
    return [resolve(block[lang], held, lang).replace("\u00a0", " ") for block in told]  # type: ignore[arg-type]
