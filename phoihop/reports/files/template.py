"""The workbook an organisation fills in: everything known is printed, only the answers are open."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop
from openpyxl import Workbook
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from phoihop.core.spreadsheets import text_cells_of
from phoihop.periods import format_day, parse_period
from phoihop.reports.files import looks
from phoihop.reports.files.earlier import Earlier
from phoihop.reports.files.input_rules import guide_input
from phoihop.reports.files.layout import (
    FIRST_ROW,
    FORMAT,
    HEADER_ROW,
    HEADINGS,
    META_SHEET,
    NARRATIVE,
    NARRATIVE_FIRST_ROW,
    NARRATIVE_NUMERALS,
    NARRATIVE_SHEET,
    NARRATIVE_TEXT_COLUMN,
    REASON,
    REASON_ROW,
    REPORT_SHEET,
    Column,
    Language,
    said,
    scope_label,
    template_hash,
)
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.prefilled import NOTHING, Prefilled, figure_cell
from phoihop.reports.models import Report
from phoihop.reports.queries.content_order import by_content, selections_for

if TYPE_CHECKING:
    from phoihop.reports.queries.cells import FormCell

INSTRUCTIONS = gettext_noop(
    "Fill in the yellow cells only. Blank = not reported; 0 = a reported zero; na = not applicable."
    " Do not write State secrets or personal data."
)
WAY_BACK = gettext_noop("When it is filled in: save the file and upload it on the page of this report.")
REPORTING_BODY = gettext_noop("Reporting organisation")
AREA = gettext_noop("Administrative unit")
PERIOD = gettext_noop("Reporting period")
PERIOD_CODE = gettext_noop("Period code")
DAYS = gettext_noop("Days covered, to the cut-off")
DEADLINE = gettext_noop("Deadline")
ORGANISATION_CODE = gettext_noop("Organisation code")
FORM = gettext_noop("Form")


def report_workbook(
    report: Report,
    cells: "list[FormCell]",
    earlier: Earlier,
    language: Language = Language.VIETNAMESE,
    before: Prefilled = NOTHING,
) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    _report_sheet(book.create_sheet(), report, cells, earlier, language, before)
    _narrative_sheet(book.create_sheet(), report, language, before)
    _meta_sheet(book.create_sheet(META_SHEET), report, cells, language, before)
    text_cells_of(book)
    book.security.lockStructure = True
    book.properties.title = report.period.form.title_vi
    book.properties.creator = "Phối Hợp"
    return book


def _report_sheet(
    sheet: Worksheet,
    report: Report,
    cells: "list[FormCell]",
    earlier: Earlier,
    language: Language,
    before: Prefilled,
) -> None:
    sheet.title = _tab(REPORT_SHEET, language)
    _heading(sheet, report, language, before)
    for column, msgid in HEADINGS.items():
        looks.header(sheet.cell(HEADER_ROW, column + 1, said(msgid, language)))
    sections = _sections(report, cells)
    ordered = [cell for some in sections for cell in some]
    for row, cell in enumerate(ordered, start=FIRST_ROW):
        _indicator_row(sheet, row, cell, earlier, language, before)
    guide_input(sheet, ordered, language)
    looks.report_page(sheet, last_row=FIRST_ROW + len(cells) - 1, is_bilingual=language is Language.BOTH)
    row = FIRST_ROW
    for some in sections:
        looks.begin_section(sheet, row)
        row += len(some)
    _protect(sheet)


def _sections(report: Report, cells: "list[FormCell]") -> "list[list[FormCell]]":
    """The programme's contents in the order of the form, what no content holds last.

    Without rows for their headings: a column copied from here and pasted into the form goes down the same cells.
    """
    selections = selections_for(report.period, [cell.version.indicator_id for cell in cells])
    return [some for _content, some in by_content(cells, selections)]


def _heading(sheet: Worksheet, report: Report, language: Language, before: Prefilled) -> None:
    form, period = report.period.form, parse_period(report.period.code)
    looks.title(sheet, 1, _localised(form, "title", language))
    looks.subtitle(sheet, 2, _localised(report.organisation, "name", language))
    last = report.covers_until - timedelta(days=1)
    days = f"{format_day(report.covers_from)} – {format_day(last)}"
    pairs = [
        (3, REPORTING_BODY, _localised(report.organisation, "name", language), AREA, report.area.full_name),
        (4, PERIOD, period.short_label(_main(language)), PERIOD_CODE, report.period.code),
        (5, DAYS, days, DEADLINE, format_day(report.deadline)),
        (6, ORGANISATION_CODE, report.organisation.slug, FORM, form.code),
    ]
    for row, left, left_value, right, right_value in pairs:
        looks.fact(sheet, row, said(left, language), left_value, said(right, language), right_value)
    lines = [INSTRUCTIONS, WAY_BACK] if before.copy else [INSTRUCTIONS]
    looks.instructions(sheet, 7, "\n".join(said(line, language) for line in lines))


def _indicator_row(
    sheet: Worksheet,
    row: int,
    cell: "FormCell",
    earlier: Earlier,
    language: Language,
    before: Prefilled,
) -> None:
    known = {
        Column.CODE: cell.code,
        Column.NAME: _localised(cell.version, "name", language),
        Column.UNIT: _localised(cell.version, "unit", language),
        Column.DEFINITION: _localised(cell.version, "definition", language),
        Column.PREVIOUS: figure_cell(earlier.previous.get(cell.code)),
        Column.LAST_YEAR: figure_cell(earlier.last_year.get(cell.code)),
        Column.VALUE: before.value(cell),
        Column.SCOPE: scope_label(before.scope(cell), language),
        Column.NOTE: before.note(cell),
    }
    for column in Column:
        looks.indicator(sheet.cell(row, column + 1, known.get(column)), column, cell.version.decimals)
    open_columns = [Column.VALUE, Column.NOTE]
    if len(cell.scopes_allowed) > 1:
        open_columns.append(Column.SCOPE)
    for column in open_columns:
        looks.open_for_input(sheet.cell(row, column + 1))


def _narrative_sheet(sheet: Worksheet, report: Report, language: Language, before: Prefilled) -> None:
    sheet.title = _tab(NARRATIVE_SHEET, language)
    looks.title(sheet, 1, said(NARRATIVE_SHEET, language).replace("\n", " / "), columns=NARRATIVE_TEXT_COLUMN)
    looks.subtitle(sheet, 2, _localised(report.organisation, "name", language), columns=NARRATIVE_TEXT_COLUMN)
    parts = zip(NARRATIVE_NUMERALS, NARRATIVE.items(), strict=True)
    for row, (numeral, (section, msgid)) in enumerate(parts, start=NARRATIVE_FIRST_ROW):
        looks.narrative(sheet, row, numeral, said(msgid, language))
        sheet.cell(row, NARRATIVE_TEXT_COLUMN).value = before.words(section)
        looks.open_for_input(sheet.cell(row, NARRATIVE_TEXT_COLUMN))
    looks.narrative(sheet, REASON_ROW, "", said(REASON, language), lines=3)
    looks.open_for_input(sheet.cell(REASON_ROW, NARRATIVE_TEXT_COLUMN))
    looks.narrative_page(sheet)
    _protect(sheet)


def _meta_sheet(
    sheet: Worksheet,
    report: Report,
    cells: "list[FormCell]",
    language: Language,
    before: Prefilled,
) -> None:
    mark = DecimalMark.POINT if language is Language.ENGLISH else DecimalMark.COMMA
    rows = {
        "template": FORMAT,
        "form": report.period.form.code,
        "period": report.period.code,
        "organisation": report.organisation.slug,
        "covers_from": report.covers_from.isoformat(),
        "covers_until": report.covers_until.isoformat(),
        "decimal": mark.value,
        "hash": template_hash(report, [(cell.code, cell.version.number) for cell in cells]),
        "revision": before.revision,
        "copy": before.copy,
    }
    for key, value in rows.items():
        sheet.append([key, value])
    sheet.sheet_state = "hidden"
    _protect(sheet)


def _protect(sheet: Worksheet) -> None:
    """Without a password: it keeps honest hands from slipping, it is no lock."""
    sheet.protection = SheetProtection(
        sheet=True, formatColumns=False, formatRows=False, selectLockedCells=False
    )


def _localised(thing: object, field: str, language: Language) -> str:
    vi = str(getattr(thing, f"{field}_vi"))
    en = str(getattr(thing, f"{field}_en", "") or vi)
    if language is Language.BOTH and en != vi:
        return f"{vi}\n{en}"
    return en if language is Language.ENGLISH else vi


def _main(language: Language) -> str:
    return "en" if language is Language.ENGLISH else "vi"


def _tab(msgid: str, language: Language) -> str:
    return said(msgid, Language(_main(language)))
