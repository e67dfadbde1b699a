"""The headings of a table for many units: long (a row per value) or wide (a column per indicator)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from phoihop.core.files import FileRefused
from phoihop.core.text import fold_vi
from phoihop.indicators.models import Indicator
from phoihop.reports.files.errors import shown
from phoihop.reports.files.grids import Grid, address, as_text


class Heading(StrEnum):
    ORGANISATION = "organisation"
    AREA_CODE = "area_code"
    PARTY = "party"
    PERIOD = "period"
    FORM = "form"
    INDICATOR = "indicator"
    VALUE = "value"
    SCOPE = "scope"
    NOTE = "note"
    REASON = "reason"
    UNIT_NAME = "unit_name"  # for the person who fills the table in; not read
    INDICATOR_NAME = "indicator_name"  # the same


UNIT_HEADINGS = (
    Heading.ORGANISATION,
    Heading.AREA_CODE,
    Heading.PARTY,
    Heading.PERIOD,
    Heading.FORM,
)
# Folded: without accents, in lower case.
_SPOKEN = {
    "co quan": Heading.ORGANISATION,
    "ma co quan": Heading.ORGANISATION,
    "ma dia ban": Heading.AREA_CODE,
    "ma don vi hanh chinh": Heading.AREA_CODE,
    "area code": Heading.AREA_CODE,
    "ben tham gia": Heading.PARTY,
    "ben": Heading.PARTY,
    "ky bao cao": Heading.PERIOD,
    "ma ky": Heading.PERIOD,
    "bieu mau": Heading.FORM,
    "chi tieu": Heading.INDICATOR,
    "ma chi tieu": Heading.INDICATOR,
    "so lieu": Heading.VALUE,
    "gia tri": Heading.VALUE,
    "pham vi": Heading.SCOPE,
    "ghi chu": Heading.NOTE,
    "ten don vi": Heading.UNIT_NAME,
    "ten chi tieu": Heading.INDICATOR_NAME,
    "ly do": Heading.REASON,
    "ly do dieu chinh": Heading.REASON,
    **{heading.value: heading for heading in Heading},
}


@dataclass(frozen=True, slots=True)
class Header:
    row: int
    columns: dict[Heading, int]
    indicators: dict[int, str]  # column -> indicator code; empty in the long form

    @property
    def is_wide(self) -> bool:
        return bool(self.indicators)

    @property
    def width(self) -> int:
        return max([*self.columns.values(), *self.indicators]) + 1


def read_header(grid: Grid) -> Header:
    """The headings of the first row that is not blank.

    Raises: FileRefused that names the heading at fault and those allowed.
    """
    row = next((index for index in range(grid.height) if any(map(as_text, grid.rows[index]))), None)
    if row is None:
        raise FileRefused(_("“%(file)s” holds no table.") % {"file": grid.file})
    columns: dict[Heading, int] = {}
    others: dict[int, str] = {}
    for column, value in enumerate(grid.rows[row]):
        text = as_text(value)
        heading = _SPOKEN.get(fold_vi(text).replace("_", " ")) or _SPOKEN.get(text.casefold())
        if text and (heading in columns or text in others.values()):
            raise _heading_twice(grid, row, column, text)
        if heading:
            columns[heading] = column
        elif text:
            others[column] = text
    _refuse_incomplete(grid, columns, others)
    _refuse_unknown(grid, row, columns, others)
    return Header(row, columns, others)


def _refuse_incomplete(grid: Grid, columns: dict[Heading, int], others: dict[int, str]) -> None:
    has_unit = Heading.ORGANISATION in columns or {Heading.AREA_CODE, Heading.PARTY} <= columns.keys()
    has_values = {Heading.INDICATOR, Heading.VALUE} <= columns.keys() or others
    if not (has_unit and has_values and Heading.PERIOD in columns):
        raise FileRefused(
            _("“%(file)s” has no table of reports. Its first row must have: organisation (or area_code and party),"
              " period, then indicator, value, scope, note; or one column for each indicator code.")
            % {"file": grid.title}
        )  # fmt: skip


def _refuse_unknown(grid: Grid, row: int, columns: dict[Heading, int], others: dict[int, str]) -> None:
    """Beside the long form's columns, or among the codes of the wide form, an unknown heading is a mistake."""
    is_long = Heading.INDICATOR in columns
    known = set() if is_long else set(Indicator.objects.values_list("code", flat=True))
    for column, text in others.items():
        if text not in known:
            raise FileRefused(
                _("“%(file)s”: the heading “%(heading)s” in cell %(cell)s is not known. Allowed: %(allowed)s; in a"
                  " table with a row per unit also indicator codes.")
                % {
                    "file": grid.title,
                    "heading": shown(text),
                    "cell": address(row, column),
                    "allowed": ", ".join(Heading),
                }
            )  # fmt: skip


def _heading_twice(grid: Grid, row: int, column: int, text: str) -> FileRefused:
    return FileRefused(
        _("“%(file)s” has the heading “%(heading)s” twice (cell %(cell)s). Keep one column of it.")
        % {"file": grid.file, "heading": shown(text), "cell": address(row, column)}
    )
