"""A table of the context as rows of final text, with column widths that fit its sheet."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.metrics import width_mm
from phoihop.reviews.render.plan.shapes import Column, Row, Table
from phoihop.reviews.render.words import is_decimal, number, text

Figures = Mapping[str, Mapping[str, Any]]
_OF_DUE = re.compile(r"(\d+)/(\d+)")  # reports that gave it, of those due
_SIZES_PT = (12.0, 11.0, 10.0, 9.0, 8.0)
_PADDING_MM = 3.0
_ONE_LINE_MM = 25.0  # a figure, a date, a short name is not wrapped
_WORD_LIMIT_MM = 45.0  # a longer word is broken
_TEXT_IDEAL_MM = 75.0


def table(
    source: Mapping[str, Any],
    caption: str,
    notes: tuple[str, ...],
    figures: Figures,
    lang: Language,
) -> Table:
    columns = source["columns"]
    labels = [_column_label(column, lang) for column in columns]
    places = _places(source, figures)
    rows = tuple(_row(row, columns, places, figures, lang) for row in source["rows"])
    landscape = bool(source.get("landscape"))
    cells = [row.cells for row in rows if row.kind != "group"]
    widths, size = fit(labels, cells, FORM.text_width_mm(landscape=landscape), rows=len(rows))
    shaped = tuple(
        Column(name, column.get("align") or "left", width)
        for column, name, width in zip(columns, labels, widths, strict=True)
    )
    return Table(caption, shaped, rows, size, landscape, notes)


def _column_label(column: Mapping[str, Any], lang: Language) -> str:
    name, unit = text(column.get("label"), lang), text(column.get("unit"), lang)
    return f"{name} ({unit})" if unit and unit.casefold() not in name.casefold() else name


def bound(row: Mapping[str, Any], column: str, figures: Figures) -> Mapping[str, Any]:
    """The figure a cell shows: its own, or the row's."""
    key = (row.get("figures") or {}).get(column) or row.get("figure") or ""
    return figures.get(key, {})


def _row(
    row: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    places: Mapping[str, int],
    figures: Figures,
    lang: Language,
) -> Row:
    kind: Literal["row", "total", "group"] = row.get("kind") or "row"
    cells = [
        _cell(row["cells"].get(column["key"]), column, _decimals(row, column["key"], places, figures), lang)
        for column in columns
    ]
    if kind == "group":
        return Row(kind, (next((cell for cell in cells if cell not in {"", label("missing", lang)}), ""),))
    return Row(kind, tuple(cells))


def _cell(value: Any, column: Mapping[str, Any], decimals: int | None, lang: Language) -> str:
    """A missing figure is a dash; an empty text cell stays empty."""
    if value is None:
        return label("missing", lang) if column.get("align") == "right" else ""
    written = text(value, lang)
    if column.get("align") != "right":
        return written
    if of_due := _OF_DUE.fullmatch(written):
        return "/".join(number(part, lang) for part in of_due.groups())
    return number(written, lang, decimals) if is_decimal(written) else written


def _decimals(row: Mapping[str, Any], column: str, places: Mapping[str, int], figures: Figures) -> int | None:
    """The indicator's own decimals for its value and the one before; elsewhere those of the column."""
    own = bound(row, column, figures)
    return own.get("decimals") if _shows(row["cells"].get(column), own) else places.get(column)


def _shows(value: Any, own: Mapping[str, Any]) -> bool:
    if not isinstance(value, str) or not is_decimal(value):
        return False
    known = [own.get("value"), (own.get("previous") or {}).get("value")]
    return any(each is not None and Decimal(each) == Decimal(value) for each in known)


def _places(source: Mapping[str, Any], figures: Figures) -> dict[str, int]:
    """Decimals of each column among the cells that show no figure of their own, so that marks stand in line."""
    places: dict[str, int] = {}
    for row in source["rows"]:
        for column, value in row["cells"].items():
            if (
                isinstance(value, str)
                and is_decimal(value)
                and not _shows(value, bound(row, column, figures))
            ):
                places[column] = max(places.get(column, 0), len(value.partition(".")[2]))
    return places


def fit(
    labels: Sequence[str], cells: Sequence[Sequence[str]], total_mm: float, *, rows: int
) -> tuple[list[float], float]:
    """Widths that add up to the sheet's, at the largest size at which no word is broken."""
    sizes = _SIZES_PT[1:] if rows > 30 or len(labels) > 6 else _SIZES_PT
    for size in sizes:
        needs = [_needs(labels[i], [row[i] for row in cells], size) for i in range(len(labels))]
        if sum(need for need, _ in needs) <= total_mm or size == sizes[-1]:
            return _spread(needs, total_mm), size
    raise AssertionError(sizes)


def _needs(name: str, column: Sequence[str], size_pt: float) -> tuple[float, float]:
    """The least and the ideal width of a column, in mm. Figures keep to one line; texts wrap between words."""
    heads = [width_mm(word, size_pt, bold=True) for word in name.split()]
    words = [width_mm(word, size_pt, bold=True) for text in column for word in text.split()]
    whole = max((width_mm(text, size_pt, bold=True) for text in column), default=0.0)
    least = min(max([0.0, *heads, *words]), _WORD_LIMIT_MM) + _PADDING_MM
    ideal = max(least, min(whole + _PADDING_MM, _TEXT_IDEAL_MM))
    return (ideal if whole <= _ONE_LINE_MM else least), ideal


def _spread(needs: Sequence[tuple[float, float]], total_mm: float) -> list[float]:
    least = [need for need, _ in needs]
    wish = [ideal - need for need, ideal in needs]
    room = total_mm - sum(least)
    if room <= 0:
        return _rounded([width * total_mm / sum(least) for width in least], total_mm)
    if sum(wish) >= room:
        return _rounded(
            [need + extra * room / sum(wish) for need, extra in zip(least, wish, strict=True)], total_mm
        )
    wished = [ideal for _, ideal in needs]
    return _rounded([width * total_mm / sum(wished) for width in wished], total_mm)


def _rounded(widths: list[float], total_mm: float) -> list[float]:
    """Tenths of a millimetre; the widest column takes what rounding leaves."""
    rounded = [round(width, 1) for width in widths]
    widest = rounded.index(max(rounded))
    rounded[widest] = round(rounded[widest] + total_mm - sum(rounded), 1)
    return rounded
