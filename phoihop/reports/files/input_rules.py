"""What a spreadsheet program itself says while somebody fills the report sheet in."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from phoihop.reports.enums import Scope
from phoihop.reports.files.grids import address
from phoihop.reports.files.layout import FIRST_ROW, Column, Language, said, scope_label
from phoihop.reports.files.numbers import NA

if TYPE_CHECKING:
    from phoihop.reports.queries.cells import FormCell

NUMBER_ONLY = gettext_noop("A number of 0 or more. Blank = not reported; na = not applicable.")
PERCENT_ONLY = gettext_noop("A number from 0 to 100. Blank = not reported; na = not applicable.")
CHOOSE_SCOPE = gettext_noop("Choose from the list.")


def guide_input(sheet: Worksheet, cells: "list[FormCell]", language: Language) -> None:
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
