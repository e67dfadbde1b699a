"""The reports a person enters: what waits, what came back and why, what was done."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet, Subquery

from phoihop.core import clock
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.roles import Permission
from phoihop.reports.enums import ReportState, VersionState
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.desk import with_last_reminder
from phoihop.reports.queries.reports import out_of_step_for
from phoihop.reports.standing import standing_of

A_PAGE = 30
WAITING = [ReportState.RETURNED, ReportState.DRAFT, ReportState.EXPECTED]


@dataclass(frozen=True, slots=True)
class MyReports:
    waiting: list[Report]  # with `return_reason` and `days_left`
    out_of_step: list[Report]  # accepted; a report below was corrected since
    done: Page[Report]
    enters: bool  # acts for an organisation that reports

    @property
    def waiting_total(self) -> int:
        return len(self.waiting) + len(self.out_of_step)


def my_reports(user: AnyUser, page: str = "1") -> MyReports:
    organisations = _entered(user)
    mine = reports_of(organisations)
    waiting = mine.filter(_still_taken(), state__in=WAITING).order_by("deadline", "pk")
    done = mine.exclude(state__in=[*WAITING, ReportState.WITHDRAWN]).order_by("-period__end", "pk")
    found = list(waiting[:200])
    found.sort(key=lambda report: report.state != ReportState.RETURNED)
    return MyReports(
        found, _out_of_step(organisations), Paginator(done, A_PAGE).get_page(page), bool(organisations)
    )


def reports_of(organisations: Collection[int]) -> QuerySet[Report]:
    """Closing reports they enter for their predecessors included."""
    returned = ReportVersion.objects.filter(report=OuterRef("pk"), state=VersionState.RETURNED)
    reason = returned.order_by("-number").values("return_reason")[:1]
    return with_last_reminder(
        Report.objects.filter(pk__in=_numbers_of(organisations))
        .select_related("period__form", "organisation__area", "area", "latest_version")
        .prefetch_related("organisation__area__titles")
        .annotate(return_reason=Subquery(reason))
    )


def _out_of_step(organisations: Collection[int]) -> list[Report]:
    """Those with a draft or a return stand among what waits already."""
    again = out_of_step_for(organisations).exclude(state__in=WAITING).values("pk")
    return list(reports_of(organisations).filter(pk__in=again).order_by("period__end", "pk"))


def _numbers_of(organisations: Collection[int]) -> QuerySet[Report, Any]:
    """Each half by its own index; under one OR a database reads every report of the country."""
    own = Report.objects.filter(organisation__in=organisations).values("pk")
    return own.union(Report.objects.filter(entered_by__in=organisations).values("pk"))


def _still_taken() -> Q:
    """A closed window takes no first report but under an exception."""
    started = Q(period__closed_at__isnull=True) | Q(first_submitted_at__isnull=False)
    return started | Q(open_until__gte=clock.today())


def _entered(user: AnyUser) -> list[int]:
    standing = standing_of(user)
    return [pk for pk in standing.roles if standing.may(Permission.ENTER, pk)]
