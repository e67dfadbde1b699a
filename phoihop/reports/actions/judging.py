"""Whether a submission can stand: who, from which state, on which day, with which figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.reports import errors
from phoihop.reports.checks.evidence import Evidence, gather
from phoihop.reports.checks.registry import findings_in
from phoihop.reports.enums import Origin, ReportState, Severity, VersionState
from phoihop.reports.finding import Finding
from phoihop.reports.models import Attachment, Report
from phoihop.reports.permissions import may_submit
from phoihop.reports.queries.cells import cells_of
from phoihop.reports.standing import Standing

from .calendar import require_open
from .guards import require_short, require_transition
from .pinning import pins_for, pins_of
from .prefill import unconfirmed
from .submission import Submission, clean_cells

ONE_DAY = timedelta(days=1)


@dataclass
class Judged:
    """A submission on its way: refused, unchanged, or ready to be written."""

    submission: Submission
    report: Report  # the locked row
    refusal: DomainError | None = None
    is_unchanged: bool = False
    cells: dict[str, str] = field(default_factory=dict)
    consolidated: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    target: ReportState = ReportState.SUBMITTED
    explained: list[tuple[Finding, str]] = field(default_factory=list)
    pins: list[int] = field(default_factory=list)

    @property
    def action(self) -> str:
        return "correct_report" if self.report.accepted_version_id else "submit_report"


def judge(
    judged: Sequence[Judged],
    *,
    standing: Standing,
    origin: Origin,
    simulated: bool,
    at: datetime,
) -> None:
    for each in judged:
        _try(each, _admit, standing, origin, at)
    for of_period in _by_period(judged):
        codes = {code for each in of_period for code in each.cells}
        evidence = gather(of_period[0].report.period, [each.report for each in of_period], codes)
        for each in of_period:
            _try(each, _check, evidence)
    _pin(judged)
    _find_unchanged(judged, simulated)


def _try(judged: Judged, step: Any, *given: Any) -> None:
    if judged.refusal is None:
        try:
            step(judged, *given)
        except DomainError as refusal:
            judged.refusal = refusal


def _admit(judged: Judged, standing: Standing, origin: Origin, at: datetime) -> None:
    report, submission = judged.report, judged.submission
    if not may_submit(standing, report, origin):
        raise errors.unit_must_act(report)
    judged.target = require_transition(judged.action, report)
    require_open(report)
    last = report.covers_until - ONE_DAY
    if clock.day_of(at) < last:
        raise errors.before_its_last_day(report, last)
    judged.reason = require_short(submission.reason)
    if report.accepted_version_id and not judged.reason:
        raise errors.reason_needed_to_correct(report)
    judged.cells = clean_cells(submission.cells)
    if not judged.cells and cells_of(
        report
    ):  # a unit asked for nothing of its own still confirms those below
        raise errors.nothing_reported(report)
    judged.consolidated = sorted({code for code in submission.consolidated if code in judged.cells})
    judged.notes = {code: note.strip() for code, note in submission.notes.items() if note.strip()}


def _check(judged: Judged, evidence: Evidence) -> None:
    findings = [
        *unconfirmed(judged.cells, judged.submission.prefilled),
        *findings_in(evidence.filled(judged.report, judged.cells, judged.consolidated)),
    ]
    if not findings:
        return
    wrong = [finding for finding in findings if finding.severity == Severity.ERROR]
    if wrong:
        raise errors.ChecksFailed(wrong)
    judged.explained = [(finding, judged.submission.explanation_of(finding)) for finding in findings]
    unexplained = [finding for finding, explanation in judged.explained if not explanation]
    if unexplained:
        raise errors.ExplanationNeeded(unexplained)


def _by_period(judged: Iterable[Judged]) -> list[list[Judged]]:
    periods: dict[int, list[Judged]] = defaultdict(list)
    for each in judged:
        if each.refusal is None:
            periods[each.report.period_id].append(each)
    return list(periods.values())


def _pin(judged: Sequence[Judged]) -> None:
    fit = [each for each in judged if each.refusal is None]
    pins = pins_for([each.report for each in fit])
    for each in fit:
        below = pins.get(each.report.pk, [])
        if each.submission.pins is None:
            each.pins = below
        else:
            each.pins = sorted({version.pk for version in each.submission.pins})
            if not set(each.pins) <= set(below):
                each.refusal = errors.wrong_pins(each.report)


def _find_unchanged(judged: Sequence[Judged], simulated: bool) -> None:
    """Handed in again as it stands: nothing to do. Returned figures may be handed in again."""
    same = [each for each in judged if each.refusal is None and says_the_same(each, simulated=simulated)]
    pinned = pins_of([each.report.latest_version_id for each in same])
    other_files = _with_other_files([each.report for each in same])
    for each in same:
        same_pins = pinned.get(each.report.latest_version_id, set()) == set(each.pins)
        each.is_unchanged = same_pins and each.report.pk not in other_files


def _with_other_files(reports: Sequence[Report]) -> set[int]:
    """Reports whose files are not those of their latest version any more."""
    if not reports:
        return set()
    latest = {report.pk: report.latest_version_id for report in reports}
    lying, had = defaultdict(set), defaultdict(set)
    rows = Attachment.objects.filter(report__in=latest).exclude(path="")
    for report, attachment, is_removed, version in rows.values_list(
        "report_id", "pk", "is_removed", "versions"
    ):
        if not is_removed:
            lying[report].add(attachment)
        if version == latest[report]:
            had[report].add(attachment)
    return {report for report in lying.keys() | had.keys() if lying[report] != had[report]}


def says_the_same(judged: Judged, *, simulated: bool) -> bool:
    """In figures and words; files and confirmed reports may still differ."""
    latest = judged.report.latest_version
    return (
        latest is not None
        and latest.state in {VersionState.SUBMITTED, VersionState.ACCEPTED}
        and judged.report.state != ReportState.RETURNED
        and latest.is_simulated == simulated
        and latest.cells == judged.cells
        and latest.consolidated == judged.consolidated
        and latest.notes == judged.notes
        and latest.narrative == dict(judged.submission.narrative)
    )
