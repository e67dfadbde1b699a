from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from phoihop.accounts.access import requires
from phoihop.reports.models import Report
from phoihop.reports.permissions import can_redact
from phoihop.reports.queries.below import moved_below
from phoihop.reports.standing import standing_of
from phoihop.web import trail
from phoihop.web.permissions import is_member
from phoihop.web.queries.desk_report import for_desk, shows_drafts, version_that_waits
from phoihop.web.queries.redaction import tombstones
from phoihop.web.queries.report_below import report_below
from phoihop.web.queries.report_pages import report_page
from phoihop.web.templatetags.labels import window


@requires(is_member)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report with its versions, for those who may see it; for anyone else it is not there."""
    return page_of_report(request, visible_report(request, pk))


def visible_report(request: HttpRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(request.user).select_related(
        "period__form",
        "organisation__area",
        "area",
        "superior",
        "entered_by",
        "latest_version",
        "accepted_version",
    )
    return get_object_or_404(visible, pk=pk)


def page_of_report(request: HttpRequest, found: Report, *, status: int = 200, **more: Any) -> HttpResponse:
    standing = standing_of(request.user)
    number = _number(request.GET.get("version", "")) or version_that_waits(standing, found)
    is_own = shows_drafts(standing, found)
    page = report_page(found, number, drafts=is_own)
    if page is None:
        raise Http404
    context = {
        "page": page,
        "report": found,
        "desk": for_desk(standing, page),
        "is_own": is_own,
        "from_below": report_below(page),
        "moved_below": moved_below(found),
        "may_redact": can_redact(request.user),
        **tombstones(found),
        "trail": [trail.home(), trail.area_step(found.area), trail.Step(window(found.period))],
        **more,
    }
    return render(request, "web/report.html", context, status=status)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
