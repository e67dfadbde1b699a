"""What the same organisation last reported, shown beside the cell it fills in now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from phoihop.reports.models import Report
from phoihop.reports.queries.values import earlier_code, given_in

EMPTY: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Earlier:
    """Missing: an absent code was not reported then, or the organisation did not exist."""

    previous: Mapping[str, str] = field(default_factory=dict)
    last_year: Mapping[str, str] = field(default_factory=dict)


def earlier_values(reports: Sequence[Report]) -> dict[int, Earlier]:
    """By report, all of one period: its organisation's cells of the period before and of a year before."""
    if not reports:
        return {}
    period = reports[0].period
    previous, last_year = (earlier_code(period, which) for which in ("previous", "same_period_last_year"))
    codes = [code for code in (previous, last_year) if code]
    versions = given_in(period, codes, [report.organisation_id for report in reports])
    found = {
        (version.report.organisation_id, version.report.period.code): version.cells
        for version in versions.order_by("report__covers_from")
    }
    return {
        report.pk: Earlier(
            found.get((report.organisation_id, previous or ""), EMPTY),
            found.get((report.organisation_id, last_year or ""), EMPTY),
        )
        for report in reports
    }
