"""An empty table for many units: a row per value (long) or a row per unit (wide)."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from phoihop.areas.models import AreaCode
from phoihop.core.spreadsheets import safe_row, text_cell
from phoihop.reports.files.headings import Heading
from phoihop.reports.files.layout import default_scope
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of

_WHO = [
    Heading.ORGANISATION,
    Heading.AREA_CODE,
    Heading.PARTY,
    Heading.PERIOD,
    Heading.FORM,
    Heading.UNIT_NAME,
]
_WHAT = [Heading.INDICATOR, Heading.INDICATOR_NAME, Heading.VALUE, Heading.SCOPE, Heading.NOTE]


class Shape(StrEnum):
    UNIT = "unit"  # a workbook an organisation
    LONG = "long"
    WIDE = "wide"


def bulk_workbook(reports: Sequence[Report], shape: Shape) -> Workbook:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("reports")
    sheet.freeze_panes = "A2"
    for column in "AFH":
        sheet.column_dimensions[column].width = 34
    codes = _area_codes(reports)
    if shape is Shape.WIDE:
        indicators = list(dict.fromkeys(cell.code for report in reports for cell in cells_of(report)))
        _header(sheet, [*_WHO, *indicators])
        rows: Iterable[list[str | None]] = (_who(report, codes) for report in reports)
    else:
        _header(sheet, [*_WHO, *_WHAT])
        rows = (
            [*_who(report, codes), cell.code, cell.name, None, default_scope(cell.scopes_allowed).value]
            for report in reports
            for cell in cells_of(report)
        )
    for row in rows:
        sheet.append(safe_row(sheet, row))
    return book


def _header(sheet: Any, headings: Sequence[str]) -> None:
    cells = [text_cell(sheet, str(heading)) for heading in headings]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)


def _who(report: Report, codes: dict[int, str]) -> list[str | None]:
    return [
        report.organisation.slug,
        codes.get(report.area_id),
        report.party,
        report.period.code,
        report.period.form.code,
        report.organisation.name_vi,
    ]


def _area_codes(reports: Sequence[Report]) -> dict[int, str]:
    """The code each area had last in its report's days."""
    if not reports:
        return {}
    period = reports[0].period
    rows = AreaCode.objects.overlapping(period.start, period.end).order_by("valid_from")
    return dict(rows.values_list("area_id", "code"))
