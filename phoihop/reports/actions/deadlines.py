from collections.abc import Collection

from phoihop.periods import parse_period
from phoihop.reports.models import ReportingPeriod
from phoihop.reports.queries.deadlines import deadlines_for


def add_missing_deadlines(period: ReportingPeriod, levels: Collection[str]) -> None:
    """For a level asked only since the opening; those computed then stand."""
    if set(levels) <= period.deadlines.keys():
        return
    computed = deadlines_for(period.form, parse_period(period.code), {*levels, *period.deadlines})
    period.deadlines = {**computed, **period.deadlines}
    period.save(update_fields=["deadlines"])
