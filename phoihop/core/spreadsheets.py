"""Text in an exported cell stays text: a spreadsheet program must never run it as a formula."""

from typing import Any, TypeVar

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# Also as East Asian input methods write them: Excel takes those for the same signs.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
T = TypeVar("T")


def csv_safe(value: T) -> T | str:
    """CSV knows no types, so such a text gets an apostrophe before it; a number, also a negative one, stays."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def xlsx_text(text: str) -> str:
    """Without the control characters a workbook cannot hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)


def keep_as_text(cell: Any) -> None:
    """A text cell by its type; the prefix keeps it text when somebody edits it in Excel."""
    cell.data_type = "s"
    if cell.value.startswith(STARTS_A_FORMULA):
        cell.quotePrefix = True


def text_cells_of(book: Workbook) -> None:
    """For a workbook of ours without formulas: every text in it is text."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    keep_as_text(cell)


def safe_row(sheet: Any, values: Any) -> list[Any]:
    """A row for a sheet that is only written; numbers stay numbers."""
    return [text_cell(sheet, each) if isinstance(each, str) else each for each in values]


def text_cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, xlsx_text(text))
    keep_as_text(cell)
    return cell
