"""What one unit answered in a file: the cells of its report, and every problem on the way."""

import math
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from phoihop.reports.enums import Scope
from phoihop.reports.files import errors
from phoihop.reports.files.asked import not_asked_of
from phoihop.reports.files.grids import Grid, address, as_text
from phoihop.reports.files.layout import Language, default_scope, scope_label, scope_of
from phoihop.reports.files.numbers import (
    NA,
    DecimalMark,
    NotApplicable,
    canonical_number,
    parse_number,
)
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import FormCell, cells_of

MAX_VALUE = Decimal(10) ** 12
LONGEST_NOTE = 2_000  # as in the form: what it keeps goes out to a workbook and comes back
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Place:
    grid: Grid
    row: int
    column: int

    @property
    def reference(self) -> str:
        return f"{self.grid.sheet}!{address(self.row, self.column)}".removeprefix("!")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing to put right: where it stands, what it says, what is allowed, and the sentence."""

    file: str
    sheet: str  # empty for CSV and for a file refused as a whole
    cell: str
    value: str
    allowed: str
    sentence: str
    unit: str = ""  # as the file names it; what a second loading of the same file tries again

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


def problem_at(place: Place, refusal: errors.CellRefused, unit: str = "") -> CellProblem:
    grid, row, column = place.grid, place.row, place.column
    value = grid.formula_errors.get((row, column)) or as_text(grid.raw(row, column))
    return CellProblem(
        file=grid.file,
        sheet=grid.sheet,
        cell=address(row, column),
        value=errors.shown(value),
        allowed=refusal.allowed,
        sentence=refusal.sentence,
        unit=unit,
    )


@dataclass(slots=True)
class UnitAnswers:
    """One report's answers. With a single problem the whole unit is left out: half a report misleads."""

    report: Report
    label: str  # as the file first names the unit
    place: Place
    labels: set[str] = field(default_factory=set)  # every way the file names it
    cells: dict[str, str] = field(default_factory=dict)
    consolidated: set[str] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    narrative: dict[str, str] = field(default_factory=dict)
    reason: str = ""  # why an accepted report is corrected
    revision: str | None = None  # of the version it was filled in from; None where the file does not know
    seen: dict[str, str] = field(default_factory=dict)  # indicator code -> address of its row
    places: dict[str, Place] = field(default_factory=dict)  # indicator code -> where its value stands
    problems: list[CellProblem] = field(default_factory=list)
    _form_cells: dict[str, FormCell] = field(default_factory=dict)

    def cell(self, code: str) -> FormCell:
        """Raises: CellRefused where the report has no such cell."""
        if not self._form_cells:
            self._form_cells = {cell.code: cell for cell in cells_of(self.report)}
        if code not in self._form_cells:
            raise not_asked_of(self.report, code)
        return self._form_cells[code]

    def add(self, code: str, value: str | None, scope: Scope, note: str, place: Place) -> None:
        self.places[code] = place
        if value is not None:
            self.cells[code] = value
            if scope is Scope.CONSOLIDATED:
                self.consolidated.add(code)
        if note:
            self.notes[code] = note


def read_answer(raw: object, cell: FormCell, mark: DecimalMark | None) -> str | None:
    """The text a report keeps for a cell.

    Missing: None where the cell is blank (not reported); "na" where it does not apply.
    Raises:  CellRefused.
    """
    value = _number_of(raw, mark)
    if value is None:
        return None
    if isinstance(value, NotApplicable):
        return NA.value
    text = canonical_number(value)
    if value < 0:
        raise errors.negative_number(text)
    if value >= MAX_VALUE:
        raise errors.too_big(text)
    if cell.version.unit_vi == "%" and value > 100:
        raise errors.above_hundred_percent(text)
    if len(text.partition(".")[2]) > min(cell.version.decimals, 4):
        raise errors.too_many_decimals(text, cell.version.decimals, cell.unit)
    return text


def _number_of(raw: object, mark: DecimalMark | None) -> Decimal | NotApplicable | None:
    """A genuine number of a workbook needs no mark; Excel itself keeps 15 digits of it."""
    if isinstance(raw, (bool, date, datetime, time, timedelta)):
        raise errors.not_a_number_cell(raw)
    if isinstance(raw, (int, float)):
        if not math.isfinite(raw):
            raise errors.too_big(str(raw))
        return Decimal(f"{raw:.15g}")
    return parse_number(str(raw or ""), mark=mark)


def read_scope(text: str, cell: FormCell) -> Scope:
    """The scope a text names; blank is the cell's usual one."""
    if not text:
        return default_scope(cell.scopes_allowed)
    scope = scope_of(text)
    if scope is None or scope not in cell.scopes_allowed:
        names = [f"{each.value} ({scope_label(each, Language.VIETNAMESE)})" for each in Scope]
        allowed = [name for each, name in zip(Scope, names, strict=True) if each in cell.scopes_allowed]
        raise errors.unknown_scope(text, ", ".join(allowed))
    return scope
