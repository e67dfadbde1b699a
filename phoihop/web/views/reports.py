from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from phoihop.accounts.access import requires
from phoihop.reports.models import Report
from phoihop.web import trail
from phoihop.web.permissions import is_member
from phoihop.web.queries.report_pages import report_page
from phoihop.web.templatetags.labels import window


@requires(is_member)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report with its versions, for those who may see it; for anyone else it is not there."""
    visible = Report.objects.visible_to(request.user).select_related(
        "period__form", "organisation__area", "area", "superior", "entered_by"
    )
    found = get_object_or_404(visible, pk=pk)
    page = report_page(found, _number(request.GET.get("version", "")))
    if page is None:
        raise Http404
    context = {
        "page": page,
        "report": found,
        "trail": [trail.home(), trail.area_step(found.area), trail.Step(window(found.period))],
    }
    return render(request, "web/report.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else None
