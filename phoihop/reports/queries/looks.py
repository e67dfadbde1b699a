"""What a desk must look at in a report before it is taken in: a correction, a blank cell, an unusual figure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of, under_one_mark
from phoihop.reports.queries.unusual import unusual_in


@dataclass(frozen=True, slots=True)
class Look:
    """Of the latest version, handed in. `filled`: cells asked that hold a figure, 0 or "not applicable"."""

    filled: int
    asked: int
    is_correction: bool  # a version accepted before stays in force until this one is
    reason: str  # of the correction
    unusual: int  # figures far from the unit's own earlier ones, or from its peers'

    @property
    def is_needed(self) -> bool:
        return self.is_correction or self.filled < self.asked or self.unusual > 0


def looks_at(reports: Iterable[Report]) -> Mapping[int, Look]:
    """By report, of those handed in; figures are judged only while they wait for the decision."""
    handed_in = [each for each in reports if each.latest_version and each.latest_version.submitted_at]
    under_one_mark(each.period.form for each in handed_in)
    waiting = [each for each in handed_in if each.state == ReportState.SUBMITTED]
    unusual, asked = unusual_in(waiting), _asked_of(handed_in)
    return {each.pk: _look(each, asked[_kind(each)], unusual.get(each.pk, 0)) for each in handed_in}


def _asked_of(reports: Iterable[Report]) -> Mapping[tuple[object, ...], Sequence[str]]:
    """By kind of report: many are asked the same."""
    kinds = {_kind(each): each for each in reports}
    return {kind: [cell.code for cell in cells_of(each)] for kind, each in kinds.items()}


def _kind(report: Report) -> tuple[object, ...]:
    return report.period_id, report.level, report.party, report.has_children_asked


def _look(report: Report, asked: Sequence[str], unusual: int) -> Look:
    version = report.latest_version
    given = version.cells if version else {}
    is_correction = report.state == ReportState.SUBMITTED and report.accepted_version_id is not None
    return Look(
        filled=sum(code in given for code in asked),
        asked=len(asked),
        is_correction=is_correction,
        reason=version.reason if version and is_correction else "",
        unusual=unusual,
    )
