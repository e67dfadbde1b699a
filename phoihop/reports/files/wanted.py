"""The reports for which templates are asked."""

from django.db.models import Q

from phoihop.areas.models import Area, AreaAncestor, AreaCode
from phoihop.reports.enums import ReportState
from phoihop.reports.files import refusals
from phoihop.reports.files.due import DueReports, UnitWords, party_of
from phoihop.reports.models import Report, ReportingPeriod


def one_report(words: UnitWords) -> Report:
    """Raises: CellRefused that says which report there is instead."""
    return DueReports().find(words)


def reports_under(code: str, *, form: str, period: str, party: str = "") -> list[Report]:
    """Every report due from the area with that code and the units below it, in the order of their areas' names.

    Raises: CellRefused.
    """
    [opened, *_others] = DueReports().open_periods(period, form)
    area = _area(code, opened)
    below = AreaAncestor.objects.overlapping(opened.start, opened.end).filter(ancestor=area)
    found = opened.reports.filter(Q(area=area) | Q(area__in=below.values("area")))
    found = found.exclude(state=ReportState.WITHDRAWN)
    if wanted := party_of(party):
        found = found.filter(party=wanted)
    reports = list(found.select_related("organisation", "area").order_by("area__name_sort", "pk"))
    for report in reports:
        report.period = opened  # one form instance for all: its cells are looked up once
    return reports


def _area(code: str, period: ReportingPeriod) -> Area:
    """The unit that had the code last in the period."""
    rows = AreaCode.objects.overlapping(period.start, period.end).filter(code=code.strip())
    row = rows.select_related("area").order_by("valid_from").last()
    if row is None:
        raise refusals.unknown_area_code(code)
    area: Area = row.area
    return area
