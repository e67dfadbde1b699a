"""What moved below a superior's report after it was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from phoihop.reports.enums import ReportState
from phoihop.reports.models import Report, ReportVersion


@dataclass(frozen=True, slots=True)
class MovedBelow:
    """`now`: None where the report was withdrawn."""

    report: Report
    confirmed: ReportVersion
    now: ReportVersion | None


def moved_below(report: Report) -> Sequence[MovedBelow]:
    """The reports whose version this one's accepted version confirms and that is in force no more; by name."""
    if not report.is_out_of_step or report.accepted_version is None:
        return []
    moved = report.accepted_version.pins.filter(
        ~Q(report__accepted_version=F("pk")) | Q(report__state=ReportState.WITHDRAWN)
    )
    named = ("report__organisation__area", "report__period__form", "report__accepted_version")
    rows = moved.select_related(*named).prefetch_related("report__organisation__area__titles")
    return [_moved(version) for version in rows.order_by("report__organisation__name_sort", "pk")]


def _moved(version: ReportVersion) -> MovedBelow:
    report = version.report
    is_withdrawn = report.state == ReportState.WITHDRAWN
    return MovedBelow(report, version, None if is_withdrawn else report.accepted_version)
