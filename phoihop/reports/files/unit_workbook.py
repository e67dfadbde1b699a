"""The filled-in template of one organisation, read back. One bad cell keeps the whole workbook out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from django.utils.translation import gettext as _

from phoihop.reports.enums import ReportState
from phoihop.reports.errors import period_named
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
from phoihop.reports.files.due import DueReports
from phoihop.reports.files.errors import CellRefused, shown
from phoihop.reports.files.grids import LONGEST_TEXT, Grid, as_text
from phoihop.reports.files.layout import (
    FIRST_ROW,
    FORMAT,
    META_SHEET,
    NARRATIVE,
    NARRATIVE_FIRST_ROW,
    NARRATIVE_SHEET,
    NARRATIVE_TEXT_COLUMN,
    ORGANISATION_CELL,
    PERIOD_CELL,
    REASON_ROW,
    REPORT_SHEET,
    Column,
    sheet_titles,
    template_hash,
)
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the hidden sheet says the template was made for."""

    grid: Grid
    values: dict[str, str]

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    @property
    def mark(self) -> DecimalMark | None:
        return DecimalMark(self["decimal"]) if self["decimal"] in set(DecimalMark) else None

    @property
    def label(self) -> str:
        return " · ".join((self["organisation"], self["period"], self["form"]))

    def problem(self, key: str, refusal: CellRefused) -> CellProblem:
        row = list(self.values).index(key) if key in self.values else 0
        return problem_at(Place(self.grid, row, 1), refusal, self.label)


def read_meta(grids: Iterable[Grid]) -> Meta | None:
    """The template's own sheet; None where the workbook is no template."""
    for grid in grids:
        if grid.sheet == META_SHEET and as_text(grid.raw(0, 0)) == "template":
            rows = ((as_text(row[0]), as_text(row[1])) for row in grid.rows if len(row) > 1)
            return Meta(grid, dict(rows))
    return None


def read_unit_workbook(
    meta: Meta, grids: list[Grid], due: DueReports
) -> tuple[UnitAnswers | None, list[CellProblem]]:
    """The answers of the one report the workbook is for; none, with the problem, where it is for no open one."""
    try:
        answers = answers_for(_report(meta, due), meta, grids)
    except CellRefused as refusal:
        return None, [meta.problem("period", refusal)]
    return answers, answers.problems


def answers_for(report: Report, meta: Meta, grids: list[Grid]) -> UnitAnswers:
    """Every answer that can be read, and every problem.

    Raises: CellRefused where the workbook as a whole is not this report's.
    """
    sheet = _sheet(grids, REPORT_SHEET)
    if sheet is None:
        raise CellRefused(_("The sheet with the figures is gone. Make a new template and fill that in."))
    _refuse_other_heading(meta, sheet)
    if meta["hash"] != template_hash(report, [(cell.code, cell.version.number) for cell in cells_of(report)]):
        raise stale_template(meta)
    answers = UnitAnswers(report, meta.label, Place(sheet, FIRST_ROW - 1, Column.VALUE), {meta.label})
    answers.revision = meta["revision"] if meta["copy"] else None  # a template made for many knows no version
    _Reader(sheet, answers, meta).read()
    if narrative := _sheet(grids, NARRATIVE_SHEET):
        _read_narrative(narrative, answers)
    return answers


def _sheet(grids: Iterable[Grid], msgid: str) -> Grid | None:
    titles = sheet_titles(msgid)
    return next((grid for grid in grids if grid.sheet in titles), None)


def require_format(meta: Meta) -> None:
    if meta["template"] != FORMAT:
        raise CellRefused(
            _("The template is of the format “%(format)s”, which is not read any more. Make a new one.")
            % {"format": shown(meta["template"])},
            FORMAT,
        )


def _report(meta: Meta, due: DueReports) -> Report:
    require_format(meta)
    [period, *_others] = due.open_periods(meta["period"], meta["form"])
    reports = Report.objects.filter(period=period, organisation__slug=meta["organisation"])
    reports = reports.exclude(state=ReportState.WITHDRAWN).order_by("covers_from")
    report = reports.select_related("organisation", "area").first()
    if report is None:
        raise CellRefused(
            _("“%(unit)s” owes no report in %(period)s. Make a new template for the unit that does.")
            % {"unit": shown(meta["organisation"]), "period": period_named(period.code)}
        )
    report.period = period  # one form instance: its cells are looked up once
    return report


def _refuse_other_heading(meta: Meta, sheet: Grid) -> None:
    """Figures pasted over from another unit's or another year's template."""
    for (row, column), key in ((ORGANISATION_CELL, "organisation"), (PERIOD_CELL, "period")):
        said = as_text(sheet.raw(row - 1, column - 1))  # merged by the template itself
        if said != meta[key]:
            raise CellRefused(
                _("The sheet says “%(said)s”, but the template was made for “%(made)s”. Fill in the template of"
                  " the right unit and period.")
                % {"said": shown(said), "made": meta[key]},
                meta[key],
            )  # fmt: skip


def stale_template(meta: Meta) -> CellRefused:
    return CellRefused(
        _("The template of %(unit)s was made for another year or unit, or its form has changed since. Get a"
          " new one (on the report's page, or with report_template) and copy the figures into it.")
        % {"unit": meta.label}
    )  # fmt: skip


@dataclass(slots=True)
class _Reader:
    grid: Grid
    answers: UnitAnswers
    meta: Meta

    def read(self) -> None:
        found: set[str] = set()
        for row in range(FIRST_ROW - 1, self.grid.height):
            code = self._tried(row, Column.CODE, partial(self.grid.key, row, Column.CODE))
            if code:
                self._read_row(row, code, found)
        for cell in cells_of(self.answers.report):
            if cell.code not in found:
                refusal = CellRefused(
                    _(
                        "The row of the indicator %(code)s is gone. Make a new template and copy the figures into it."
                    )
                    % {"code": cell.code},
                    cell.code,
                )
                self._refuse(FIRST_ROW - 1, Column.CODE, refusal)

    def _read_row(self, row: int, code: str, found: set[str]) -> None:
        cell = self._tried(row, Column.CODE, lambda: self.answers.cell(code))
        if cell is None:
            return
        if code in found:
            refusal = CellRefused(_("The indicator %(code)s stands in two rows. Keep one.") % {"code": code})
            self._refuse(row, Column.CODE, refusal)
            return
        found.add(code)
        value = self._tried(
            row,
            Column.VALUE,
            lambda: read_answer(self.grid.value(row, Column.VALUE), cell, self.meta.mark),
        )
        scope = self._tried(row, Column.SCOPE, lambda: read_scope(self.grid.key(row, Column.SCOPE), cell))
        note = self._tried(row, Column.NOTE, lambda: self.grid.words(row, Column.NOTE, limit=LONGEST_NOTE))
        place = Place(self.grid, row, Column.VALUE)
        self.answers.add(code, value, scope or read_scope("", cell), note or "", place)

    def _tried(self, row: int, column: int, reading: Callable[[], T]) -> T | None:
        try:
            return reading()
        except CellRefused as refusal:
            self._refuse(row, column, refusal)
            return None

    def _refuse(self, row: int, column: int, refusal: CellRefused) -> None:
        self.answers.problems.append(problem_at(Place(self.grid, row, column), refusal, self.meta.label))


def _read_narrative(grid: Grid, answers: UnitAnswers) -> None:
    for row, key in enumerate(NARRATIVE, start=NARRATIVE_FIRST_ROW):
        if text := _words(grid, row, answers, LONGEST_TEXT):
            answers.narrative[key] = text
    answers.reason = _words(grid, REASON_ROW, answers, LONGEST_REASON)


def _words(grid: Grid, row: int, answers: UnitAnswers, limit: int) -> str:
    place = Place(grid, row - 1, NARRATIVE_TEXT_COLUMN - 1)
    try:
        return grid.words(place.row, place.column, limit=limit)
    except CellRefused as refusal:
        answers.problems.append(problem_at(place, refusal, answers.label))
        return ""
