"""How the report workbook looks on screen and on A4 paper."""

from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from phoihop.reports.files.layout import FIRST_ROW, HEADER_ROW, NARRATIVE_TEXT_COLUMN, Column

FACE = "Times New Roman"
INK, GREY, RED = "1F2328", "5B6470", "8C1C13"
_THIN = Side(style="thin", color="B9BEC5")
_STRONG = Side(style="medium", color=GREY)
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
INPUT = PatternFill("solid", fgColor="FFF6D6")
_HEADER = PatternFill("solid", fgColor="F1E4E2")
_QUIET = PatternFill("solid", fgColor="F7F7F5")
_OPEN = Protection(locked=False)
_BODY = Font(name=FACE, size=11, color=INK)
_SMALL = Font(name=FACE, size=10, color=GREY)
_BOLD = Font(name=FACE, size=11, bold=True, color=INK)
_TOP = Alignment(vertical="top", wrap_text=True)
_CENTRED = Alignment(horizontal="center", vertical="top", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="top", indent=1)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
WIDTHS = {
    Column.CODE: 8,
    Column.NAME: 26,
    Column.UNIT: 11,
    Column.DEFINITION: 42,
    Column.PREVIOUS: 12,
    Column.LAST_YEAR: 12,
    Column.VALUE: 14,
    Column.SCOPE: 15,
    Column.NOTE: 24,
}
_LINE = 15.0  # points of one line at 11 pt


def title(sheet: Worksheet, row: int, text: str, columns: int = len(Column)) -> None:
    _banner(sheet, row, text, Font(name=FACE, size=15, bold=True, color=RED), columns)


def subtitle(sheet: Worksheet, row: int, text: str, columns: int = len(Column)) -> None:
    _banner(sheet, row, text, Font(name=FACE, size=12, bold=True, color=INK), columns)


def _banner(sheet: Worksheet, row: int, text: str, font: Font, columns: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, _MIDDLE
    sheet.row_dimensions[row].height = (font.size + 8) * (1 + text.count("\n"))


def fact(sheet: Worksheet, row: int, left: str, left_value: str, right: str, right_value: str) -> None:
    """Two labels with their values on one row; the left value stands in column 3, the right in column 7."""
    spans = (
        (1, 2, left, _SMALL),
        (3, 4, left_value, _BOLD),
        (5, 6, right, _SMALL),
        (7, 9, right_value, _BOLD),
    )
    for first, last, text, font in spans:
        sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        cell = sheet.cell(row, first, text)
        side = "right" if font is _SMALL else "left"
        cell.font, cell.alignment = font, Alignment(side, "center", wrap_text=True, indent=1)
    lines = max(text.count("\n") for text in (left, left_value, right, right_value)) + 1
    sheet.row_dimensions[row].height = _LINE * lines + 2


def instructions(sheet: Worksheet, row: int, text: str) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(Column))
    cell = sheet.cell(row, 1, text)
    cell.font = Font(name=FACE, size=11, italic=True, color=INK)
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[row].height = _LINE * (1 + text.count("\n")) + 6
    sheet.row_dimensions[row + 1].height = 6


def header(cell: Any) -> None:
    cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _HEADER, _GRID, _MIDDLE


def indicator(cell: Any, column: Column, decimals: int) -> None:
    cell.font, cell.border, cell.alignment = _BODY, _GRID, _TOP
    match column:
        case Column.CODE | Column.UNIT | Column.SCOPE:
            cell.alignment = _CENTRED
        case Column.DEFINITION:
            cell.font = _SMALL
        case Column.PREVIOUS | Column.LAST_YEAR:
            cell.alignment, cell.fill, cell.number_format = _RIGHT, _QUIET, number_format(decimals)
        case Column.VALUE:
            cell.font, cell.alignment, cell.number_format = _BOLD, _RIGHT, number_format(decimals)


def begin_section(sheet: Worksheet, row: int) -> None:
    """A stronger line above the first row of a content of the programme."""
    for column in Column:
        cell = sheet.cell(row, column + 1)
        cell.border = Border(left=_THIN, right=_THIN, top=_STRONG, bottom=_THIN)


def number_format(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def open_for_input(cell: Any) -> None:
    cell.fill, cell.protection = INPUT, _OPEN


def narrative(sheet: Worksheet, row: int, numeral: str, label: str, lines: int = 8) -> None:
    for column, text, font in ((1, numeral, _SMALL), (2, label, _BOLD), (NARRATIVE_TEXT_COLUMN, "", _BODY)):
        place = sheet.cell(row, column, text or None)
        place.font, place.border, place.alignment = font, _GRID, _TOP
    sheet.row_dimensions[row].height = _LINE * lines


def report_page(sheet: Worksheet, *, last_row: int, is_bilingual: bool) -> None:
    for column, width in WIDTHS.items():
        sheet.column_dimensions[get_column_letter(column + 1)].width = width
    sheet.row_dimensions[HEADER_ROW].height = _LINE * (4 if is_bilingual else 2) + 4
    for row in range(FIRST_ROW, last_row + 1):
        sheet.row_dimensions[row].height = _height(sheet, row)
    sheet.freeze_panes = f"{get_column_letter(Column.UNIT + 1)}{FIRST_ROW}"
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_area = f"A1:{get_column_letter(len(Column))}{max(last_row, FIRST_ROW)}"
    _on_paper(sheet)


def _height(sheet: Worksheet, row: int) -> float:
    """Rows do not grow by themselves in a file no spreadsheet program has opened yet."""
    per_width = {Column.NAME: 1.1, Column.DEFINITION: 1.5, Column.UNIT: 1.0}
    lines = 1
    for column, letters_per_width in per_width.items():
        room = int(WIDTHS[column] * letters_per_width)
        text = str(sheet.cell(row, column + 1).value or "")
        lines = max(lines, sum(-(-max(len(line), 1) // room) for line in text.split("\n")))
    return _LINE * lines * 0.85 + 5


def narrative_page(sheet: Worksheet) -> None:
    for letter, width in (("A", 6), ("B", 24), ("C", 100)):
        sheet.column_dimensions[letter].width = width
    _on_paper(sheet)
    sheet.page_setup.fitToHeight = 1


def _on_paper(sheet: Worksheet) -> None:
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.8
    sheet.page_margins.footer = 0.4
    sheet.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&P/&N"), right=_HeaderFooterPart("&A"))
