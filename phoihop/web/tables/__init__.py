"""The tables of core, under the name the pages know them by."""

from phoihop.core.tables import Cell, Column, Fact, Page, Row, Sheet, Table, download, text_cell, value_cell

from .pictures import svg_alone

__all__ = [
    "Cell",
    "Column",
    "Fact",
    "Page",
    "Row",
    "Sheet",
    "Table",
    "download",
    "svg_alone",
    "text_cell",
    "value_cell",
]
