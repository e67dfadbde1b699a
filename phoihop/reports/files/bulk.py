"""Tables for many units. A bad unit is left out whole; the others load."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from django.utils.translation import gettext as _

from phoihop.core.files import FileRefused
from phoihop.reports.files.answers import (
    LONGEST_NOTE,
    LONGEST_REASON,
    CellProblem,
    Place,
    UnitAnswers,
    problem_at,
    read_answer,
    read_scope,
)
from phoihop.reports.files.due import DueReports, UnitWords
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.grids import Grid, as_text
from phoihop.reports.files.headings import UNIT_HEADINGS, Header, Heading, read_header
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.queries.cells import FormCell

MAX_MERGED = 500
T = TypeVar("T")


@dataclass(slots=True)
class BulkReading:
    """The answers of a file, by report, and the problems of rows for which no unit could be found."""

    due: DueReports
    mark: DecimalMark | None
    units: dict[int, UnitAnswers] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    rows_read: int = 0
    unknown: set[UnitWords] = field(default_factory=set)  # a unit not found is named once


def read_tables(grids: list[Grid], due: DueReports, mark: DecimalMark | None) -> BulkReading:
    """Every visible sheet that is a table of reports; sheets of notes are passed over.

    Raises: FileRefused where no sheet is one.
    """
    reading = BulkReading(due, mark)
    refused: list[FileRefused] = []
    for grid in grids:
        if grid.is_hidden:
            continue
        try:
            _read_table(reading, grid, read_header(grid))
        except FileRefused as refusal:
            refused.append(refusal)
            if _is_meant_as_table(grid):
                reading.problems.append(CellProblem(grid.file, grid.sheet, "", "", "", str(refusal)))
    if not reading.rows_read:
        raise (
            refused[0] if refused else FileRefused(_("“%(file)s” holds no table.") % {"file": grids[0].file})
        )
    return reading


def _is_meant_as_table(grid: Grid) -> bool:
    """Half its headings right: a mistake to report, not a sheet of notes."""
    first = next((row for row in grid.rows if any(map(as_text, row))), [])
    return sum(as_text(value).casefold() in set(Heading) for value in first) > 1


def _read_table(reading: BulkReading, grid: Grid, header: Header) -> None:
    if len(grid.merged) > MAX_MERGED:
        raise FileRefused(
            _("“%(file)s” has %(count)s merged areas. Unmerge all cells of the table.")
            % {"file": grid.file, "count": len(grid.merged)}
        )
    spoilt = {row for row, _column in (*grid.formula_errors, *grid.uncached)}
    for index in range(header.row + 1, grid.height):
        if index in spoilt or any(map(as_text, grid.rows[index])):
            reading.rows_read += 1
            _Row(reading, grid, header, index).read()


@dataclass(slots=True)
class _Row:
    reading: BulkReading
    grid: Grid
    header: Header
    index: int

    def read(self) -> None:
        unit = self._unit()
        if unit is None:
            return
        self._refuse_cells_without_heading(unit)
        unit.reason = unit.reason or self._words(unit, Heading.REASON, LONGEST_REASON)
        if self.header.is_wide:
            self._read_wide(unit)
        else:
            self._read_long(unit)

    def _unit(self) -> UnitAnswers | None:
        """The unit of the row; None, with a problem listed, where it is not certain."""
        words: dict[str, str] = {}
        problem: CellProblem | None = None
        for heading in UNIT_HEADINGS:
            if (column := self.header.columns.get(heading)) is not None:
                try:
                    words[heading.value] = self._name(heading, column)
                except CellRefused as refusal:
                    words[heading.value] = self._likely_name(column)
                    problem = problem or problem_at(self._at(column), refusal)
        return self._unit_named(UnitWords(**words), problem)

    def _unit_named(self, words: UnitWords, problem: CellProblem | None) -> UnitAnswers | None:
        columns = self.header.columns
        first = min(columns[heading] for heading in UNIT_HEADINGS if heading in columns)
        try:
            report = self.reading.due.find(words)
        except CellRefused as refusal:
            if problem or words not in self.reading.unknown:
                found = problem or problem_at(self._at(first), refusal, words.label)
                self.reading.problems.append(found)
            self.reading.unknown.add(words)
            return None
        unit = self.reading.units.get(report.pk)
        if unit is None:
            unit = self.reading.units[report.pk] = UnitAnswers(report, words.label, self._at(first))
        unit.labels.add(words.label)
        if problem:
            unit.problems.append(replace(problem, unit=unit.label))
            return None
        return unit

    def _name(self, heading: Heading, column: int) -> str:
        name = self.grid.key(self.index, column)
        raw = self.grid.raw(self.index, column)
        if heading is Heading.AREA_CODE and isinstance(raw, (int, float)) and len(name) != 5:
            raise CellRefused(
                _("%(code)s is a number cell, so leading zeros of the area's code are lost. Format the column as"
                  " text and write all 2, 3 or 5 digits.")
                % {"code": name},
                _("an official area code"),
            )  # fmt: skip
        return name

    def _likely_name(self, column: int) -> str:
        """Only to leave the right unit out: what a refused cell seems to say."""
        block = self.grid.merge_over(self.index, column)
        row, column = block[0] if block else (self.index, column)
        return unicodedata.normalize("NFC", as_text(self.grid.raw(row, column)))

    def _read_long(self, unit: UnitAnswers) -> None:
        at = self.header.columns
        code_column = at[Heading.INDICATOR]
        code = self._tried(unit, code_column, lambda: self.grid.key(self.index, code_column))
        if code is None or not self._is_first(unit, code, code_column):
            return
        cell = self._tried(unit, code_column, lambda: unit.cell(code))
        if cell is None:
            return
        value = self._answer(unit, at[Heading.VALUE], cell)
        scope = read_scope("", cell)
        if (column := at.get(Heading.SCOPE)) is not None:
            written = self._tried(unit, column, lambda: read_scope(self.grid.key(self.index, column), cell))
            scope = written or scope
        note = self._words(unit, Heading.NOTE, LONGEST_NOTE)
        unit.add(code, value, scope, note, self._at(at[Heading.VALUE]))

    def _words(self, unit: UnitAnswers, heading: Heading, limit: int) -> str:
        if (column := self.header.columns.get(heading)) is None:
            return ""
        return self._tried(unit, column, lambda: self.grid.words(self.index, column, limit=limit)) or ""

    def _read_wide(self, unit: UnitAnswers) -> None:
        if not self._is_first(unit, "", self.header.columns[Heading.PERIOD]):
            return
        for column, code in self.header.indicators.items():
            self._read_indicator(unit, column, code)

    def _read_indicator(self, unit: UnitAnswers, column: int, code: str) -> None:
        raw = self._tried(unit, column, lambda: self.grid.value(self.index, column))
        if raw is None or not as_text(raw) or not self._is_first(unit, code, column):
            return
        cell = self._tried(unit, column, lambda: unit.cell(code))
        if cell is not None:
            unit.add(code, self._answer(unit, column, cell), read_scope("", cell), "", self._at(column))

    def _answer(self, unit: UnitAnswers, column: int, cell: FormCell) -> str | None:
        return self._tried(
            unit, column, lambda: read_answer(self.grid.value(self.index, column), cell, self.reading.mark)
        )

    def _is_first(self, unit: UnitAnswers, code: str, column: int) -> bool:
        here = self._at(column).reference
        earlier = unit.seen.setdefault(code, here)
        if earlier != here:
            self._refuse(
                unit,
                column,
                CellRefused(
                    _(
                        "The same unit and indicator were given before, in cell %(cell)s. Keep one of the two rows."
                    )
                    % {"cell": earlier},
                    _("one row for a unit and indicator"),
                ),
            )
        return earlier == here

    def _refuse_cells_without_heading(self, unit: UnitAnswers) -> None:
        for column in range(self.header.width, len(self.grid.rows[self.index])):
            if as_text(self.grid.raw(self.index, column)):
                sentence = _("The row has more cells than there are headings. Put a text that holds the separator"
                             " in quotes.")  # fmt: skip
                self._refuse(unit, column, CellRefused(sentence))
                return

    def _tried(self, unit: UnitAnswers, column: int, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except CellRefused as refusal:
            self._refuse(unit, column, refusal)
            return None

    def _refuse(self, unit: UnitAnswers, column: int, refusal: CellRefused) -> None:
        unit.problems.append(problem_at(self._at(column), refusal, unit.label))

    def _at(self, column: int) -> Place:
        return Place(self.grid, self.index, column)
