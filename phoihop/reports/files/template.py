"""The workbook an organisation fills in: everything known is printed, only the answers are open."""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop
from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.protection import SheetProtection
from openpyxl.worksheet.worksheet import Worksheet

from phoihop.core.errors import DomainError
from phoihop.core.spreadsheets import text_cells_of, xlsx_text
from phoihop.periods import format_day, parse_period
from phoihop.reports.content import revision_of, scaled, unscaled
from phoihop.reports.enums import Scope
from phoihop.reports.files import looks
from phoihop.reports.files.earlier import Earlier
from phoihop.reports.files.grids import address
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
    default_scope,
    said,
    scope_label,
    template_hash,
)
from phoihop.reports.files.numbers import NA, DecimalMark
from phoihop.reports.models import Report, ReportVersion

if TYPE_CHECKING:
    from phoihop.reports.queries.cells import FormCell

INSTRUCTIONS = gettext_noop(
    "Fill in the yellow cells only. Blank = not reported; 0 = a reported zero; na = not applicable."
    " Do not write State secrets or personal data."
)
REPORTING_BODY = gettext_noop("Reporting organisation")
AREA = gettext_noop("Administrative unit")
PERIOD = gettext_noop("Reporting period")
PERIOD_CODE = gettext_noop("Period code")
DAYS = gettext_noop("Days covered, to the cut-off")
DEADLINE = gettext_noop("Deadline")
ORGANISATION_CODE = gettext_noop("Organisation code")
FORM = gettext_noop("Form")
NUMBER_ONLY = gettext_noop("A number of 0 or more. Blank = not reported; na = not applicable.")
PERCENT_ONLY = gettext_noop("A number from 0 to 100. Blank = not reported; na = not applicable.")
CHOOSE_SCOPE = gettext_noop("Choose from the list.")


def report_workbook(
    report: Report,
    cells: "list[FormCell]",
    earlier: Earlier,
    language: Language = Language.VIETNAMESE,
    given: ReportVersion | None = None,
    copy: str = "",
) -> Workbook:
    """`given`: what stands in the report, to be filled in already; `copy` names this one file for its way back."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _report_sheet(book.create_sheet(), report, cells, earlier, language, given)
    _narrative_sheet(book.create_sheet(), report, language, given)
    made_for = {"revision": revision_of(given), "copy": copy}
    _meta_sheet(book.create_sheet(META_SHEET), report, cells, language, made_for)
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
    given: ReportVersion | None,
) -> None:
    sheet.title = _tab(REPORT_SHEET, language)
    _heading(sheet, report, language)
    for column, msgid in HEADINGS.items():
        looks.header(sheet.cell(HEADER_ROW, column + 1, said(msgid, language)))
    for row, cell in enumerate(cells, start=FIRST_ROW):
        _indicator_row(sheet, row, cell, earlier, language, given)
    _validate(sheet, cells, language)
    looks.report_page(sheet, last_row=FIRST_ROW + len(cells) - 1, is_bilingual=language is Language.BOTH)
    _protect(sheet)


def _heading(sheet: Worksheet, report: Report, language: Language) -> None:
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
    looks.instructions(sheet, 7, said(INSTRUCTIONS, language))


def _indicator_row(
    sheet: Worksheet,
    row: int,
    cell: "FormCell",
    earlier: Earlier,
    language: Language,
    given: ReportVersion | None,
) -> None:
    known = {
        Column.CODE: cell.code,
        Column.NAME: _localised(cell.version, "name", language),
        Column.UNIT: _localised(cell.version, "unit", language),
        Column.DEFINITION: _localised(cell.version, "definition", language),
        Column.PREVIOUS: _figure(earlier.previous.get(cell.code)),
        Column.LAST_YEAR: _figure(earlier.last_year.get(cell.code)),
        Column.VALUE: _figure(given.cells.get(cell.code) if given else None),
        Column.SCOPE: scope_label(_scope(cell, given), language),
        Column.NOTE: xlsx_text(given.notes.get(cell.code, "")) if given else None,
    }
    for column in Column:
        looks.indicator(sheet.cell(row, column + 1, known.get(column)), column, cell.version.decimals)
    open_columns = [Column.VALUE, Column.NOTE]
    if len(cell.scopes_allowed) > 1:
        open_columns.append(Column.SCOPE)
    for column in open_columns:
        looks.open_for_input(sheet.cell(row, column + 1))


def _validate(sheet: Worksheet, cells: "list[FormCell]", language: Language) -> None:
    for is_percent, prompt in ((False, NUMBER_ONLY), (True, PERCENT_ONLY)):
        rows = [
            row
            for row, cell in enumerate(cells, start=FIRST_ROW)
            if (cell.version.unit_vi == "%") is is_percent
        ]
        if rows:
            sheet.add_data_validation(_number_rule(rows, said(prompt, language), is_percent=is_percent))
    labels = [scope_label(scope, language) for scope in Scope]
    choice = DataValidation(type="list", formula1=f'"{",".join(labels)}"', allow_blank=True)
    choice.error = said(CHOOSE_SCOPE, language)
    for row, cell in enumerate(cells, start=FIRST_ROW):
        if len(cell.scopes_allowed) > 1:
            choice.add(address(row - 1, Column.SCOPE))
    if choice.sqref:
        sheet.add_data_validation(choice)


def _number_rule(rows: list[int], prompt: str, *, is_percent: bool) -> DataValidation:
    """A number in range, or the word for not applicable; a plain decimal rule would forbid the word."""
    first = address(rows[0] - 1, Column.VALUE)
    within = f"{first}>=0,{first}<=100" if is_percent else f"{first}>=0"
    rule = DataValidation(
        type="custom",
        formula1=f'IF(ISNUMBER({first}),AND({within}),LOWER({first})="{NA.value}")',
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
    )
    rule.error = rule.prompt = prompt
    for row in rows:
        rule.add(address(row - 1, Column.VALUE))
    return rule


def _narrative_sheet(
    sheet: Worksheet, report: Report, language: Language, given: ReportVersion | None
) -> None:
    sheet.title = _tab(NARRATIVE_SHEET, language)
    looks.title(sheet, 1, said(NARRATIVE_SHEET, language).replace("\n", " / "), columns=NARRATIVE_TEXT_COLUMN)
    looks.subtitle(sheet, 2, _localised(report.organisation, "name", language), columns=NARRATIVE_TEXT_COLUMN)
    parts = zip(NARRATIVE_NUMERALS, NARRATIVE.items(), strict=True)
    for row, (numeral, (section, msgid)) in enumerate(parts, start=NARRATIVE_FIRST_ROW):
        looks.narrative(sheet, row, numeral, said(msgid, language))
        text = xlsx_text(str(given.narrative.get(section, ""))) if given else ""
        sheet.cell(row, NARRATIVE_TEXT_COLUMN).value = text or None
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
    made_for: "dict[str, str]",
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
        **made_for,
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


def _scope(cell: "FormCell", given: ReportVersion | None) -> Scope:
    if given and cell.code in given.cells and Scope.CONSOLIDATED in cell.scopes_allowed:
        return Scope.CONSOLIDATED if cell.code in given.consolidated else default_scope(cell.scopes_allowed)
    return default_scope(cell.scopes_allowed)


def _figure(text: str | None) -> Decimal | str | None:
    """A number as a number; "na", and what a draft keeps although it is no number, as text.

    Missing: None, a blank cell, where nothing was reported.
    """
    try:
        return unscaled(scaled(text)) if text else None
    except DomainError:
        return xlsx_text(text or "")


def _main(language: Language) -> str:
    return "en" if language is Language.ENGLISH else "vi"


def _tab(msgid: str, language: Language) -> str:
    return said(msgid, Language(_main(language)))
