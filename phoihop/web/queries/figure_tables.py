"""Figures as tables that are read, copied and downloaded."""

from django.utils.translation import gettext as _

from phoihop.core.templatetags.vietnamese import MISSING, localname, number
from phoihop.rollup.protection import mark
from phoihop.rollup.queries import Figure, FigureIndicator, FigureTable
from phoihop.web.forms.asked import Asked
from phoihop.web.tables import Cell, Column, Row, Table, text_cell, value_cell


def by_unit(asked: Asked, table: FigureTable, code: str) -> Table:
    """One indicator, a row a unit; the unit above them all stands last, as what they add up to."""
    indicator = table.indicator(code)
    under = [row for row in table.areas if row.id == table.under_id]
    others = [row for row in table.areas if row.id != table.under_id and row.is_on_map]
    rows = [
        Row(
            [
                text_cell(
                    _("The whole country") if row.level == "nation" else row.name, asked.area_url(row.key)
                ),
                *figure_cells(table.get(row.id, code), indicator, asked.figure_url(code, row.key)),
            ],
            "total" if row.id == table.under_id else "row",
        )
        for row in [*others, *under]
    ]
    return Table(
        key="units",
        caption=f"{code} {localname(indicator)} ({localname(indicator, 'unit')})",
        columns=[Column("unit", _("Unit of the map")), *figure_columns()],
        rows=rows,
        note=_("The last row is the whole: its own figures, all units and what stands at no unit."),
        is_simulated=table.is_simulated,
        empty=_("No unit stands below on this map."),
    )


def figure_columns() -> list[Column]:
    return [
        Column("value", _("Value"), is_number=True),
        Column("reported", _("Reports that gave it"), is_number=True),
        Column("expected", _("Reports due"), is_number=True),
        Column("unallocated", _("At no unit below"), is_number=True),
        Column("remark", _("Remark")),
    ]


def figure_cells(figure: Figure, indicator: FigureIndicator, href: str) -> list[Cell]:
    return [
        figure_cell(figure, indicator, href),
        *coverage_cells(figure),
        value_cell(figure.unallocated, indicator.decimals) if figure.unallocated else text_cell(""),
        text_cell(remark(figure)),
    ]


def coverage_cells(figure: Figure) -> list[Cell]:
    """Missing: dashes where nobody owes it and the system counts no reports for it."""
    given, due = figure.coverage or (None, None)
    return [value_cell(given), value_cell(due)]


def figure_cell(figure: Figure, indicator: FigureIndicator, href: str = "") -> Cell:
    if figure.hidden:
        return Cell(mark(figure), mark(figure), href, is_number=True)
    if figure.value is None:
        return Cell(MISSING, None, href, is_number=True)
    text = number(figure.value, indicator.decimals)
    return Cell(f"≥ {text}" if figure.is_at_least else text, figure.value, href, is_number=True)


def remark(figure: Figure) -> str:
    if figure.value is None:
        return figure.why_missing
    return _("at least: a part stands at a unit above") if figure.is_at_least else ""
