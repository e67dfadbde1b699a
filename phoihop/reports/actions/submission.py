"""What is handed in, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from phoihop.core.errors import DomainError
from phoihop.reports.content import NOT_APPLICABLE, figure_text, scaled
from phoihop.reports.errors import ChecksFailed
from phoihop.reports.finding import Finding
from phoihop.reports.models import Report, ReportVersion


@dataclass(frozen=True)
class Explanation:
    """Why a warning is right all the same; without a cell it answers every finding of the check."""

    check: str
    text: str
    code: str = ""


@dataclass(frozen=True)
class Submission:
    """The figures of one report. A note on a cell explains the warnings about that cell."""

    report: Report
    cells: Mapping[str, str]
    consolidated: Sequence[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    narrative: Mapping[str, Any] = field(default_factory=dict)
    pins: Sequence[ReportVersion] | None = None  # None: every accepted report it accepts, as of now
    waivers: Sequence[Explanation] = ()
    reason: str = ""
    prefilled: Mapping[str, bool] = field(
        default_factory=dict
    )  # figures filled in from what was known, and whether somebody confirmed each

    def explanation_of(self, finding: Finding) -> str:
        for waiver in self.waivers:
            if waiver.check == finding.check and (not waiver.code or waiver.code in finding.codes):
                return waiver.text.strip()
        return next((note for code in finding.codes if (note := self.notes.get(code, "").strip())), "")


@dataclass(frozen=True)
class BulkOutcome:
    """`unchanged`: the report says exactly this already; no version was made."""

    submitted: list[Report] = field(default_factory=list)
    refused: list[tuple[Submission, tuple[str, ...]]] = field(default_factory=list)
    unchanged: list[Submission] = field(default_factory=list)


@dataclass(frozen=True)
class AcceptOutcome:
    accepted: list[Report] = field(default_factory=list)
    refused: list[tuple[Report, tuple[str, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class ReturnOutcome:
    returned: list[Report] = field(default_factory=list)
    refused: list[tuple[Report, tuple[str, ...]]] = field(default_factory=list)


def sentences_of(refusal: DomainError) -> tuple[str, ...]:
    if isinstance(refusal, ChecksFailed):
        return tuple(finding.sentence for finding in refusal.findings)
    return (str(refusal),)


def clean_cells(cells: Mapping[str, Any]) -> dict[str, str]:
    """Blank is not reported; a figure is written in its one canonical way; what is no figure stays as typed."""
    typed = {code: "" if value is None else str(value).strip() for code, value in cells.items()}
    return {code: _canonical(text) for code, text in typed.items() if text}


def _canonical(text: str) -> str:
    if text.lower() == NOT_APPLICABLE:
        return NOT_APPLICABLE
    try:
        return figure_text(scaled(text))
    except DomainError:
        return text


def is_figure(text: str | None) -> bool:
    return text not in {None, "", NOT_APPLICABLE}
