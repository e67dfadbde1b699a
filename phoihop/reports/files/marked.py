"""A copy of an uploaded workbook with each remark on its very cell: a fill, and the sentence as a comment."""

from collections import defaultdict
from collections.abc import Iterable
from io import BytesIO

import openpyxl
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from phoihop.core.files import FileRefused
from phoihop.core.spreadsheets import xlsx_text
from phoihop.reports.files.layout import META_SHEET
from phoihop.reports.files.looks import INPUT
from phoihop.reports.files.own_workbook import Remark

AUTHOR = "Phối Hợp"
_WRONG = PatternFill("solid", fgColor="F4B6AE")
_UNCLEAR = PatternFill("solid", fgColor="FBD38D")
_PLAIN = PatternFill()


def marked_copy(content: bytes, remarks: Iterable[Remark], revision: str = "") -> bytes:
    """`revision`: of the draft the upload became, so that the copy, put right, follows on it.

    Raises: FileRefused.
    """
    book = _opened(content)
    _take_off_earlier_marks(book)
    by_place: dict[tuple[str, str], list[Remark]] = defaultdict(list)
    for each in remarks:
        if each.cell and each.sheet in book.sheetnames:
            by_place[each.sheet, each.cell].append(each)
    for (sheet, cell), some in by_place.items():
        _mark(book[sheet], cell, some)
    _open_at_the_first(book, list(by_place))
    if revision:
        _follow_on(book[META_SHEET], revision)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _opened(content: bytes) -> Workbook:
    try:
        return openpyxl.load_workbook(BytesIO(content))
    except Exception as fault:  # whatever a foreign program wrote that this reader does not know
        raise FileRefused(
            _("The marked copy cannot be made: the workbook was saved in a way that can be read but not written"
              " again. The list on the page names every cell.")
        ) from fault  # fmt: skip


def _mark(sheet: Worksheet, reference: str, remarks: list[Remark]) -> None:
    cell = sheet[reference]
    cell.fill = _WRONG if any(each.is_error for each in remarks) else _UNCLEAR
    text = "\n\n".join(each.sentence for each in remarks)
    # In the points a comment's box is drawn in; about 45 letters a line.
    cell.comment = Comment(xlsx_text(text), AUTHOR, height=40 + 18 * (len(text) // 45 + 1), width=320)


def _take_off_earlier_marks(book: Workbook) -> None:
    """A marked copy that comes back carries the marks of last time. Only cells that are there: `iter_rows` makes the rest."""
    for sheet in book.worksheets:
        for cell in sheet._cells.values():
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = _PLAIN if cell.protection.locked else INPUT


def _open_at_the_first(book: Workbook, places: list[tuple[str, str]]) -> None:
    if places:
        sheet, cell = places[0]
        book.active = book.sheetnames.index(sheet)
        for each in book.worksheets:
            each.sheet_view.tabSelected = each.title == sheet
        for selection in book[sheet].sheet_view.selection:
            selection.activeCell = selection.sqref = cell


def _follow_on(sheet: Worksheet, revision: str) -> None:
    for row in range(1, sheet.max_row + 1):
        if sheet.cell(row, 1).value == "revision":
            sheet.cell(row, 2).value = revision
