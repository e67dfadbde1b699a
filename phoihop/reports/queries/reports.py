"""Reports due, late and done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from phoihop.areas.models import Area, AreaAncestor
from phoihop.core import clock
from phoihop.core.prepared import Prepared, key_slot
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.enums import ReportState
from phoihop.reports.models import FormMark, Report, ReportForm, ReportingPeriod
from phoihop.reports.queries.cells import keep_under

_at: Prepared[Report] = Prepared(
    lambda: (
        Report.objects.select_related("organisation", "latest_version", "period__form")
        .annotate(form_mark=Subquery(FormMark.objects.values("value")[:1]))
        .filter(pk=key_slot("pk"))
    )
)


def report_at(pk: int) -> Report | None:
    """With what submitting it asks for, its form's cells kept under the mark of the same moment.

    Who may see it is asked of the permissions. Missing: None where there is no such report.
    """
    report = next(iter(_at(pk=pk)), None)
    if report is not None:
        keep_under(report.period.form, vars(report)["form_mark"])
    return report


def expected_reports(period: ReportingPeriod) -> QuerySet[Report]:
    return period.reports.expected()


def overdue_reports(of: Programme | ReportForm, on: date | None = None) -> QuerySet[Report]:
    """Past their deadline on a day and still with the unit, longest overdue first."""
    day = on or clock.today()
    mine = {"period__form": of} if isinstance(of, ReportForm) else {"period__form__programmes": of}
    return Report.objects.overdue(day).filter(**mine).order_by("deadline", "pk")


def due_for(organisation: Organisation) -> QuerySet[Report]:
    """What the organisation still has to enter: its own reports and the closing reports it inherits."""
    mine = Q(organisation=organisation) | Q(entered_by=organisation)
    return Report.objects.outstanding().filter(mine).order_by("deadline", "pk")


def out_of_step_for(organisations: Collection[int]) -> QuerySet[Report]:
    """Accepted reports of theirs that confirm figures corrected since: to be submitted again, oldest window first.

    Not the ones handed in again already, which wait for the superior.
    """
    mine = Q(organisation__in=organisations) | Q(entered_by__in=organisations)
    found = Report.objects.expected().filter(mine, is_out_of_step=True, accepted_version__isnull=False)
    return found.exclude(state=ReportState.SUBMITTED).order_by("period__end", "pk")


def inbox_of(organisation: Organisation) -> QuerySet[Report]:
    """Submitted reports that wait for the organisation's decision, oldest first."""
    waiting = Report.objects.filter(superior=organisation, state=ReportState.SUBMITTED)
    return waiting.order_by("latest_version__submitted_at", "pk")


@dataclass(frozen=True, slots=True)
class Completeness:
    """Counts of one level and party in one period.

    Missing: the rates are None where no report was due; never 0, and never above 100.
    """

    level: str
    party: str
    expected: int
    submitted: int
    on_time: int
    accepted: int

    @property
    def submitted_percent(self) -> Decimal | None:
        return _percent(self.submitted, self.expected)

    @property
    def on_time_percent(self) -> Decimal | None:
        return _percent(self.on_time, self.expected)


def completeness(period: ReportingPeriod, under: Area | None = None) -> list[Completeness]:
    """By level and party; under an area, as its units stood on the last day each report covers."""
    reports = period.reports.expected()
    if under is not None:
        reports = reports.filter(Q(area=under) | Exists(_links_up_to(under)))
    rows = (
        reports.values("level", "party")
        .annotate(
            expected=Count("pk"),
            submitted=Count("pk", filter=Q(first_submitted_at__isnull=False)),
            on_time=Count("pk", filter=Q(is_on_time=True)),
            accepted=Count("pk", filter=Q(accepted_version__isnull=False)),
        )
        .order_by("level", "party")
    )
    return [Completeness(**row) for row in rows]


def _links_up_to(area: Area) -> QuerySet[AreaAncestor]:
    """From a report's area to this one, on the last day the report covers."""
    links = AreaAncestor.objects.filter(ancestor=area, area=OuterRef("area"))
    return links.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lt=OuterRef("covers_until")),
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("covers_until")),
    )


def _percent(part: int, whole: int) -> Decimal | None:
    return Decimal(part * 100) / whole if whole else None
