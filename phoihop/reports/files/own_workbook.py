"""The workbook of one report, filled in offline and back on that report's page."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from phoihop.core.files import MEGABYTE, FileKind, FileRefused, SafeFile
from phoihop.core.text import nfc
from phoihop.orgs.models import Organisation
from phoihop.periods import PeriodError
from phoihop.reports.checks import findings_in
from phoihop.reports.checks.evidence import gather
from phoihop.reports.content import FIGURE
from phoihop.reports.enums import Severity
from phoihop.reports.errors import period_named
from phoihop.reports.files.answers import Place, UnitAnswers
from phoihop.reports.files.errors import shown, written_out
from phoihop.reports.files.grids import address, as_text
from phoihop.reports.files.read import read_grids, too_far_out
from phoihop.reports.files.unit_workbook import Meta, answers_for, read_meta, require_format
from phoihop.reports.models import Report

LONGEST_TYPED = 200
LARGEST = 8 * MEGABYTE  # unpacked; a hundred times an honest one, and still little when every cell is marked


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be put right or explained: at a cell of the workbook, about an indicator where it is of one."""

    sheet: str
    cell: str  # "G11"; empty where it is about no cell
    value: str
    sentence: str
    severity: Severity
    code: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR


@dataclass(frozen=True, slots=True)
class OwnWorkbook:
    report: Report
    meta: Meta
    answers: UnitAnswers
    remarks: tuple[Remark, ...]

    @property
    def revision(self) -> str:
        """Of the version it was filled in from; "" of none."""
        return self.meta["revision"]

    @property
    def copy(self) -> str:
        return self.meta["copy"]

    @property
    def cells(self) -> Mapping[str, str]:
        """The good ones as read; a bad one as it was typed, to be seen and put right in the form."""
        return {**self._as_typed(), **self.answers.cells}

    def _as_typed(self) -> dict[str, str]:
        bad = {remark.cell for remark in self.remarks if remark.is_error}
        typed = {
            code: _kept_as_typed(place)
            for code, place in self.answers.places.items()
            if code not in self.answers.cells and address(place.row, place.column) in bad
        }
        return {code: text for code, text in typed.items() if text}


def read_own_workbook(report: Report, file: SafeFile) -> OwnWorkbook:
    """Raises: DomainError where the file is not the workbook of exactly this report."""
    if file.kind is not FileKind.WORKBOOK:
        raise _no_workbook(file.name)
    if sum(map(len, file.parts.values())) > LARGEST:
        raise too_far_out(file.name)
    grids, _mark = read_grids(file)
    meta = read_meta(grids)
    if meta is None:
        raise _no_workbook(file.name)
    require_format(meta)
    _refuse_anothers(report, meta, file.name)
    answers = answers_for(report, meta, grids)
    return OwnWorkbook(report, meta, answers, (*_problems(answers), *_findings(answers)))


def _no_workbook(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s” is not the workbook of this report. Download the workbook from this page, fill it in and"
          " upload that file.")
        % {"name": name}
    )  # fmt: skip


def _refuse_anothers(report: Report, meta: Meta, name: str) -> None:
    ours = (report.organisation.slug, report.period.form.code, report.period.code)
    if (meta["organisation"], meta["form"], meta["period"]) == ours:
        return
    if meta["organisation"] != report.organisation.slug:
        theirs, own = _organisation(meta["organisation"]), report.organisation.name_vi
    elif meta["period"] != report.period.code:
        theirs, own = _period(meta["period"]), period_named(report.period.code)
    else:
        theirs, own = meta["form"], report.period.form.code
    raise FileRefused(
        _("“%(name)s” is the workbook of “%(theirs)s”, but this is the report of “%(own)s”. Nothing was taken"
          " from it. Upload it on the page of its own report, or download this report's workbook.")
        % {"name": name, "theirs": shown(theirs), "own": own}
    )  # fmt: skip


def _organisation(slug: str) -> str:
    found = Organisation.objects.filter(slug=slug).first()
    return found.name_vi if found else slug


def _period(code: str) -> str:
    try:
        return period_named(code)
    except PeriodError:
        return code


def _problems(answers: UnitAnswers) -> list[Remark]:
    codes = {_reference(place): code for code, place in answers.places.items()}
    rows = {(place.grid.sheet, str(place.row + 1)): code for code, place in answers.places.items()}
    return [
        Remark(
            sheet=each.sheet,
            cell=each.cell,
            value=_as_shown(answers, (each.sheet, each.cell)) or each.value,
            sentence=each.sentence,
            severity=Severity.ERROR,
            code=codes.get((each.sheet, each.cell))
            or rows.get((each.sheet, each.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), ""),
        )
        for each in answers.problems
    ]


def _findings(answers: UnitAnswers) -> list[Remark]:
    """What submitting these figures would say, at the first figure it speaks of."""
    report = answers.report
    evidence = gather(report.period, [report], set(answers.cells))
    found = findings_in(evidence.filled(report, answers.cells, answers.consolidated))
    return [
        _remark(answers, each.sentence, each.severity, each.codes)
        for each in found
        if each.severity == Severity.ERROR or not any(answers.notes.get(code) for code in each.codes)
    ]


def _remark(answers: UnitAnswers, sentence: str, severity: Severity, codes: tuple[str, ...]) -> Remark:
    code = next((code for code in codes if code in answers.places), "")
    place = answers.places.get(code)
    sheet, cell = _reference(place) if place else ("", "")
    return Remark(sheet, cell, _as_shown(answers, (sheet, cell)), sentence, severity, code)


def _reference(place: Place) -> tuple[str, str]:
    return place.grid.sheet, address(place.row, place.column)


def _as_shown(answers: UnitAnswers, reference: tuple[str, str]) -> str:
    """A number as the page's language writes it; the text of a cell as it stands."""
    place = next((each for each in answers.places.values() if _reference(each) == reference), None)
    if place is None:
        return ""
    text = _text_at(place)
    return shown(written_out(text) if FIGURE.fullmatch(text) and _is_number(place) else text)


def _is_number(place: Place) -> bool:
    return isinstance(place.grid.raw(place.row, place.column), (int, float))


def _kept_as_typed(place: Place) -> str:
    """Never a text that was refused here and would read as a figure there: 12.34 under a decimal comma."""
    text = _text_at(place)
    return "" if FIGURE.fullmatch(text) and not _is_number(place) else text


def _text_at(place: Place) -> str:
    grid = place.grid
    text = grid.formula_errors.get((place.row, place.column)) or as_text(grid.raw(place.row, place.column))
    return nfc(text)[:LONGEST_TYPED]
