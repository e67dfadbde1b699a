"""Report files into submitted reports: every problem listed, every good unit loaded, nothing loaded twice."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import F

from phoihop.core.files import FileRefused, SafeFile, open_safely
from phoihop.reports.actions import BulkOutcome, Submission, note_file_load, submit_reports
from phoihop.reports.content import revision_of
from phoihop.reports.enums import Origin
from phoihop.reports.files.answers import CellProblem, UnitAnswers, problem_at
from phoihop.reports.files.bulk import read_tables
from phoihop.reports.files.due import DueReports
from phoihop.reports.files.errors import CellRefused, changed_since
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.outcomes import FileOutcome, LoadOutcome, LoadState
from phoihop.reports.files.read import read_grids
from phoihop.reports.files.unit_workbook import read_meta, read_unit_workbook
from phoihop.reports.models import FileLoad, Report, ReportVersion

TABLES = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv"}
_CODE = re.compile(r"\b[A-Z][0-9A-Z]{2,9}\b")
Track = Callable[[Sequence[Path]], Iterable[Path]]


@dataclass(slots=True)
class _Contents:
    """What a file says, before anything is written."""

    origin: Origin
    units: list[UnitAnswers]
    problems: list[CellProblem]
    rows_read: int


def load_report_files(
    *,
    paths: Iterable[Path],
    by: AbstractBaseUser | None,
    decimal: DecimalMark | None = None,
    simulated: bool = False,
    reason: str = "",
    track: Track = iter,
) -> LoadOutcome:
    """Submit what the files report, one transaction a file; folders are searched for tables.

    `reason` serves corrections that give none of their own. Problems never raise: they are in the outcome.
    """
    due = DueReports()
    return LoadOutcome(
        tuple(
            _load(path, due=due, by=by, decimal=decimal, simulated=simulated, reason=reason)
            for path in track(table_files(paths))
        )
    )


def table_files(paths: Iterable[Path]) -> list[Path]:
    """Files as given; in folders every table, without hidden files and a spreadsheet program's lock files."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in TABLES)
            found += [each for each in inside if not each.name.startswith((".", "~$")) and each.is_file()]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def _load(
    path: Path,
    *,
    due: DueReports,
    by: AbstractBaseUser | None,
    decimal: DecimalMark | None,
    simulated: bool,
    reason: str,
) -> FileOutcome:
    outcome = FileOutcome(path.name)
    try:
        file = open_safely(path)
        before = FileLoad.objects.filter(sha256=file.sha256).first()
        if before and not before.problems:
            outcome.state = LoadState.KNOWN
            return outcome
        contents = _contents(file, due, decimal)
    except FileRefused as refusal:
        outcome.problems.append(CellProblem(path.name, "", "", "", "", str(refusal)))
        return outcome
    _keep_what_was_refused(contents, before)
    outcome.rows_read = contents.rows_read
    outcome.problems += contents.problems
    outcome.problems += [problem for unit in contents.units for problem in unit.problems]
    _submit(file, contents, outcome, by=by, simulated=simulated, reason=reason)
    return outcome


def _contents(file: SafeFile, due: DueReports, decimal: DecimalMark | None) -> _Contents:
    grids, mark = read_grids(file, decimal)
    if meta := read_meta(grids):
        unit, problems = read_unit_workbook(meta, grids, due)
        return _Contents(Origin.WORKBOOK, [unit] if unit else [], [] if unit else problems, 1)
    reading = read_tables(grids, due, mark)
    return _Contents(Origin.BULK_FILE, list(reading.units.values()), reading.problems, reading.rows_read)


def _keep_what_was_refused(contents: _Contents, before: FileLoad | None) -> None:
    """Of bytes loaded before, only the units refused then are tried again: the others may have moved on."""
    if before is not None:
        refused = {problem["unit"] for problem in before.problems}
        contents.units = [unit for unit in contents.units if unit.labels & refused]


@transaction.atomic
def _submit(
    file: SafeFile,
    contents: _Contents,
    outcome: FileOutcome,
    *,
    by: AbstractBaseUser | None,
    simulated: bool,
    reason: str,
) -> None:
    sound = [unit for unit in contents.units if not unit.problems]
    settled = _accepted_alike([unit.report for unit in sound])
    fresh = [unit for unit in sound if settled.get(unit.report.pk) != _said(unit)]
    overtaken = [unit for unit in fresh if _is_overtaken(unit)]
    outcome.problems += [_located(unit, str(changed_since(unit.report))) for unit in overtaken]
    fresh = [unit for unit in fresh if unit not in overtaken]
    result = submit_reports(
        submissions=[_submission(unit, reason) for unit in fresh],
        by=by,
        origin=contents.origin,
        simulated=simulated,
    )
    outcome.problems += _refusals(result, fresh)
    outcome.versions_made = len(result.submitted)
    outcome.unchanged = len(result.unchanged) + len(sound) - len(fresh) - len(overtaken)
    outcome.settle()
    if outcome.state is not LoadState.REFUSED:
        note_file_load(
            file=file,
            rows_read=outcome.rows_read,
            versions_made=outcome.versions_made,
            problems=[problem.as_dict() for problem in outcome.problems],
            by=by,
        )


def _is_overtaken(unit: UnitAnswers) -> bool:
    """Whether somebody wrote since the workbook was handed out, and said something else than it says."""
    if unit.revision is None:
        return False
    latest = ReportVersion.objects.filter(report=unit.report).order_by("-number").first()
    if latest is None or unit.revision == revision_of(latest):
        return False
    return _said(unit) != (latest.cells, latest.consolidated, latest.notes, latest.narrative)


def _accepted_alike(reports: Sequence[Report]) -> dict[int, tuple[object, ...]]:
    """What accepted reports say: handing in the same again is no correction and needs no reason."""
    versions = ReportVersion.objects.filter(
        report__in=[report.pk for report in reports],
        report__accepted_version__isnull=False,
        report__latest_version=F("pk"),
    )
    return {
        version.report_id: (version.cells, version.consolidated, version.notes, version.narrative)
        for version in versions
    }


def _said(unit: UnitAnswers) -> tuple[object, ...]:
    return (unit.cells, sorted(unit.consolidated), unit.notes, unit.narrative)


def _submission(unit: UnitAnswers, reason: str) -> Submission:
    return Submission(
        report=unit.report,
        cells=unit.cells,
        consolidated=tuple(sorted(unit.consolidated)),
        notes=unit.notes,
        narrative=unit.narrative,
        reason=unit.reason or reason,
    )


def _refusals(result: BulkOutcome, units: Sequence[UnitAnswers]) -> list[CellProblem]:
    by_report = {unit.report.pk: unit for unit in units}
    return [
        _located(by_report[submission.report.pk], sentence)
        for submission, sentences in result.refused
        for sentence in sentences
    ]


def _located(unit: UnitAnswers, sentence: str) -> CellProblem:
    """A refusal of the whole report, at the first figure it speaks of."""
    code = next((code for code in _CODE.findall(sentence) if code in unit.places), None)
    place = unit.places[code] if code else unit.place
    return problem_at(place, CellRefused(sentence), unit.label)
