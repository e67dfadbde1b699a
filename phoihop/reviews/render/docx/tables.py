"""Tables: borderless ones that hold places, and tables of figures that an office can sort and paste."""

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from phoihop.reviews.render.docx.styles import TABLE_STYLE, style_id
from phoihop.reviews.render.docx.xml import element, row_property, twips
from phoihop.reviews.render.form import FORM
from phoihop.reviews.render.plan.shapes import Row, Table

_CELL_STYLE = {"left": "Bảng - chữ", "center": "Bảng - giữa", "right": "Bảng - số"}
_HEAD_SHADE = "EDEDED"
_CELL_PT = 12.0  # the size of the cells' own styles


def layout_table(document: Document, rows: int, widths_mm: Sequence[float]) -> WordTable:
    """A table without borders or padding, read row by row: only to set blocks side by side."""
    table = _fixed(document, rows, widths_mm)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=0, type="dxa"))
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)
    for row in table.rows:
        row_property(row, "w:cantSplit")
    return table


def fill(cell: _Cell, lines: Sequence[tuple[str, str]]) -> list[Paragraph]:
    """The cell's paragraphs, each with its style; the first takes the one a cell always has."""
    made = []
    for index, (text, style) in enumerate(lines):
        paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(text)
        made.append(paragraph)
    return made


def write_table(document: Document, table: Table) -> None:
    if table.caption:
        document.add_paragraph(table.caption, style="Tên bảng")
    made = _fixed(document, 0, [column.width_mm for column in table.columns])
    made.style = TABLE_STYLE
    _head(made, table)
    for index, row in enumerate(table.rows):
        is_last = index == len(table.rows) - 1
        holds_next = bool(table.notes) if is_last else len(table.rows) <= FORM.whole_table_rows
        _row(made, row, table, holds_next=holds_next)
    write_notes(document, table.notes)


def _fixed(document: Document, rows: int, widths_mm: Sequence[float]) -> WordTable:
    table: WordTable = document.add_table(rows=rows, cols=len(widths_mm))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    width.set(qn("w:type"), "dxa")
    width.set(qn("w:w"), str(twips(sum(widths_mm))))
    for column, grid in zip(widths_mm, table._tbl.tblGrid.gridCol_lst, strict=True):
        grid.w = Mm(column)
    for row in table.rows:
        for cell, column in zip(row.cells, widths_mm, strict=True):
            cell.width = Mm(column)
    return table


def _head(made: WordTable, table: Table) -> None:
    row = _add_row(made, [column.width_mm for column in table.columns])
    row.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, column in zip(row.tc_lst, table.columns, strict=True):
        _write(_Cell(cell, made), column.label, "Bảng - đầu cột", table.size_pt)
        cell.tcPr.append(element("w:shd", val="clear", color="auto", fill=_HEAD_SHADE))
        cell.tcPr.append(element("w:vAlign", val="center"))


def _row(made: WordTable, row: Row, table: Table, *, holds_next: bool) -> None:
    """A group's title stays with its first row, the last row with the note below, a short table on one sheet."""
    widths = [column.width_mm for column in table.columns]
    if row.kind == "group":
        added = _add_row(made, [sum(widths)], span=len(widths))
        _write(_Cell(added.tc_lst[0], made), row.cells[0], "Bảng - chữ", table.size_pt, bold=True, hold=True)
        return
    added = _add_row(made, widths)
    for cell, text, column in zip(added.tc_lst, row.cells, table.columns, strict=True):
        bold, style = row.kind == "total" or None, _CELL_STYLE[column.align]
        _write(_Cell(cell, made), text, style, table.size_pt, bold=bold, hold=holds_next)


def _add_row(made: WordTable, widths_mm: Sequence[float], span: int = 1) -> Any:
    """A row made directly: the library looks through the whole table for each cell it adds."""
    row = made._tbl.add_tr()
    row.get_or_add_trPr().append(element("w:cantSplit"))
    for width in widths_mm:
        cell = row.add_tc()
        cell.width = Mm(width)
        if span > 1:
            cell.grid_span = span
    return row


def _write(
    cell: _Cell, text: str, style: str, size_pt: float, *, bold: bool | None = None, hold: bool = False
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style_id(style)  # by identifier: looking names up takes longer than all the rest
    run = paragraph.add_run(text)
    if bold:
        run.bold = True
    if size_pt != _CELL_PT:
        run.font.size = Pt(size_pt)
    if hold:
        paragraph.paragraph_format.keep_with_next = True


def write_notes(document: Document, notes: Sequence[str]) -> None:
    for index, note in enumerate(notes, start=1):
        paragraph = document.add_paragraph(note, style="Ghi chú số liệu")
        if index < len(notes):
            paragraph.paragraph_format.keep_with_next = True
        else:
            paragraph.paragraph_format.space_after = Pt(8)
