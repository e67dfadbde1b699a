"""What today's rules say of what was handed in."""

from collections import defaultdict
from collections.abc import Iterable

from phoihop.reports.checks.evidence import gather
from phoihop.reports.checks.registry import findings_in
from phoihop.reports.finding import Finding
from phoihop.reports.models import Report, ReportVersion


def findings_today(handed_in: Iterable[tuple[Report, ReportVersion]]) -> dict[int, list[Finding]]:
    """By report; one round of evidence for each period."""
    periods: dict[int, list[tuple[Report, ReportVersion]]] = defaultdict(list)
    for report, version in handed_in:
        periods[report.period_id].append((report, version))
    found: dict[int, list[Finding]] = {}
    for of_period in periods.values():
        codes = {code for _, version in of_period for code in version.cells}
        evidence = gather(of_period[0][0].period, [report for report, _ in of_period], codes)
        for report, version in of_period:
            filled = evidence.filled(report, version.cells, version.consolidated)
            found[report.pk] = findings_in(filled)
    return found
