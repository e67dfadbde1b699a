"""One table, two faces: what a page shows and what a download holds."""

from .shapes import Cell, Column, Page, Row, Table, text_cell, value_cell
from .sheets import Fact, Sheet, download

__all__ = ["Cell", "Column", "Fact", "Page", "Row", "Sheet", "Table", "download", "text_cell", "value_cell"]
