"""Fresh rows under lock, in one order: what an action was handed may be stale."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from phoihop.core.prepared import Prepared, key_slot
from phoihop.reports.models import Report, ReportForm, ReportingPeriod

T = TypeVar("T")
CHUNK = 900  # SQLite counts its parameters


def chunks(things: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(things), CHUNK):
        yield things[start : start + CHUNK]


_RELATED = ("organisation", "superior", "entered_by", "latest_version")
_locked_one: Prepared[Report] = Prepared(
    lambda: (
        Report.objects.select_for_update(of=("self",))
        .select_related("organisation", "latest_version", "period__form")
        .filter(pk=key_slot("pk"))
    )
)


def locked_reports(ids: Iterable[int]) -> dict[int, Report]:
    """By id, sharing one instance of each period and form: the form keeps its cells."""
    reports: dict[int, Report] = {}
    for some in chunks(sorted(set(ids))):
        rows = Report.objects.select_for_update(of=("self",)).select_related(*_RELATED).filter(pk__in=some)
        reports |= {report.pk: report for report in rows.order_by("pk")}
    _share_periods(reports.values())
    return reports


def locked_report(report: Report) -> Report:
    [current] = _locked_one(pk=report.pk)
    return current


def locked_period(period: ReportingPeriod) -> ReportingPeriod:
    periods = ReportingPeriod.objects.select_for_update(of=("self",)).select_related("form")
    return periods.get(pk=period.pk)


def _share_periods(reports: Iterable[Report]) -> None:
    rows = list(reports)
    periods = ReportingPeriod.objects.select_related("form").in_bulk({row.period_id for row in rows})
    forms: dict[int, ReportForm] = {}
    for period in periods.values():
        period.form = forms.setdefault(period.form_id, period.form)
    for row in rows:
        row.period = periods[row.period_id]
