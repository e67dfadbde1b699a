"""A table as a file: CSV for programs, a workbook for people. Both carry the span, the day and the simulated mark."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from phoihop.core.errors import DomainError
from phoihop.core.spreadsheets import csv_safe, safe_row, text_cell
from phoihop.core.tables.shapes import Raw, Table
from phoihop.core.text import fold_vi

FORMATS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of every row: a column of a CSV under its key, a line above the table in a workbook."""

    key: str  # as the roll-up's own file names it
    label: str
    value: Raw  # for programs
    text: str  # for people


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to hand out, with the lines that say what it is and the facts that hold for all of it."""

    table: Table
    head: Sequence[str] = ()
    facts: Sequence[Fact] = ()

    @property
    def mark(self) -> str:
        return _("Simulated figures") if self.table.is_simulated else ""

    def headings(self) -> list[str]:
        return [column.label for column in self.table.columns] + ([_("Origin")] if self.mark else [])

    def rows(self) -> list[list[Raw]]:
        mark: list[Raw] = [self.mark] if self.mark else []
        return [[cell.value for cell in row.cells] + mark for row in self.table.rows]


def download(sheet: Sheet, fmt: str) -> HttpResponse:
    if fmt not in FORMATS:
        raise DomainError(
            _("“%(format)s” is not a format of download. Choose one of: %(allowed)s.")
            % {"format": fmt, "allowed": ", ".join(FORMATS)}
        )
    content, kind = (_csv(sheet), "text/csv; charset=utf-8") if fmt == "csv" else (_xlsx(sheet), _XLSX)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{file_name(sheet)}.{fmt}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _csv(sheet: Sheet) -> bytes:
    """Exact numbers with a decimal point, for programs; the mark at the start lets a spreadsheet read UTF-8."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    facts = [fact.value for fact in sheet.facts]
    writer.writerow(map(csv_safe, [*sheet.headings(), *(fact.key for fact in sheet.facts)]))
    writer.writerows(map(csv_safe, [*row, *facts]) for row in sheet.rows())
    return text.getvalue().encode("utf-8-sig")


def _xlsx(sheet: Sheet) -> bytes:
    book = Workbook(write_only=True)
    page = book.create_sheet(title=_("Figures")[:31])
    headings, rows = sheet.headings(), sheet.rows()
    facts = [f"{fact.label}: {fact.text}" for fact in sheet.facts]
    top = [sheet.table.caption, *sheet.head, *facts, *([sheet.mark] if sheet.mark else [])]
    for position, heading in enumerate(headings):
        longest = max([len(heading), *(len(str(row[position] or "")) for row in rows)])
        page.column_dimensions[_letter(position)].width = min(_WIDEST, longest + 3)
    page.freeze_panes = f"B{len(top) + 3}"
    for index, line in enumerate(top):
        page.append([_bold(page, line)] if index == 0 else safe_row(page, [line]))
    page.append([])
    page.append([_bold(page, heading) for heading in headings])
    for row in rows:
        page.append(safe_row(page, row))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _bold(page: Any, text: str) -> Any:
    cell = text_cell(page, text)
    cell.font = Font(bold=True)
    cell.alignment = Alignment(vertical="top")
    return cell


def _letter(position: int) -> str:
    first, second = divmod(position, 26)
    return (chr(64 + first) if first else "") + chr(65 + second)


def file_name(sheet: Sheet) -> str:
    """Folded to plain letters; a simulated file says so in its name too."""
    words = fold_vi(f"{sheet.table.caption} {sheet.mark}")
    return "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in words).split())[:90] or "table"
