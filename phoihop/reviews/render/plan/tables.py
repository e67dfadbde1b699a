"""A table of the context as rows of final text, with column widths that fit its sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.labels import Language, label
from phoihop.reviews.render.metrics import width_mm
from phoihop.reviews.render.plan.shapes import Column, Row, Table
from phoihop.reviews.render.words import is_decimal, number, text

_SIZES_PT = (12.0, 11.0, 10.0, 9.0, 8.0)
_PADDING_MM = 3.0
_ONE_LINE_MM = 25.0  # a figure, a date, a short name is not wrapped
_WORD_LIMIT_MM = 45.0  # a longer word is broken
_TEXT_IDEAL_MM = 75.0


def table(
    source: Mapping[str, Any],
    caption: str,
    notes: tuple[str, ...],
    figures: Mapping[str, Mapping[str, Any]],
    lang: Language,
) -> Table:
    columns = source["columns"]
    labels = [_column_label(column, lang) for column in columns]
    rows = tuple(_row(row, columns, figures, lang) for row in source["rows"])
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


def _row(
    row: Mapping[str, Any],
    columns: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Mapping[str, Any]],
    lang: Language,
) -> Row:
    kind: Literal["row", "total", "group"] = row.get("kind") or "row"
    own = figures.get(row.get("figure") or "", {})
    cells = [_cell(row["cells"].get(column["key"]), column, own, lang) for column in columns]
    if kind == "group":
        return Row(kind, (next((cell for cell in cells if cell not in {"", label("missing", lang)}), ""),))
    return Row(kind, tuple(cells))


def _cell(value: Any, column: Mapping[str, Any], own: Mapping[str, Any], lang: Language) -> str:
    """A missing figure is a dash; an empty text cell stays empty. The row's own figure keeps its decimals."""
    if value is None:
        return label("missing", lang) if column.get("align") == "right" else ""
    written = text(value, lang)
    if column.get("align") != "right" or not is_decimal(written):
        return written
    known = [own.get("value"), (own.get("previous") or {}).get("value")]
    is_own = any(each is not None and Decimal(each) == Decimal(written) for each in known)
    return number(written, lang, own.get("decimals") if is_own else None)


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
