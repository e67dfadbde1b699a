"""The narrative of a superior's report, collated from what the units below wrote."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.reports.actions import save_draft
from phoihop.reports.enums import Section
from phoihop.reports.errors import unit_must_act
from phoihop.reports.models import Report
from phoihop.reports.permissions import can_save_draft
from phoihop.web import trail
from phoihop.web.permissions import is_member
from phoihop.web.queries.from_below import Quote, quoted, words_below
from phoihop.web.tables.paging import page_of
from phoihop.web.templatetags.labels import window


@requires(is_member)
@require_http_methods(["GET", "POST"])
def words(request: HttpRequest, pk: int, section: str) -> HttpResponse:
    """Lists them; the chosen ones go into the draft, each with its source."""
    report = _mine(request, pk)
    if section not in Section.values:
        raise Http404
    found = words_below(report, Section(section))
    if request.method == "POST":
        chosen = set(request.POST.getlist("version"))
        return _quote(request, report, section, [each for each in found if str(each.version.pk) in chosen])
    shown, page = page_of(request, found)
    context = {
        "report": report,
        "section": Section(section),
        "quotes": shown,
        "page": page,
        "trail": [trail.home(), trail.Step(window(report.period)), trail.Step(str(Section(section).label))],
    }
    return render(request, "web/entry/words_below.html", context)


def _mine(request: HttpRequest, pk: int) -> Report:
    visible = Report.objects.visible_to(request.user).select_related(
        "period__form", "organisation__area", "latest_version"
    )
    report = get_object_or_404(visible, pk=pk)
    if not can_save_draft(request.user, report):
        raise unit_must_act(report)
    return report


def _quote(request: HttpRequest, report: Report, section: str, chosen: list[Quote]) -> HttpResponse:
    if not chosen:
        messages.error(request, _("Nothing was chosen. Tick the paragraphs to quote."))
        return redirect("web:words_below", pk=report.pk, section=section)
    latest = report.latest_version
    narrative = dict(latest.narrative) if latest else {}
    parts = [str(narrative.get(section, "")).strip(), *(quoted(each) for each in chosen)]
    narrative[section] = "\n\n".join(part for part in parts if part)
    save_draft(
        report=report,
        cells=latest.cells if latest else {},
        consolidated=latest.consolidated if latest else (),
        notes=latest.notes if latest else {},
        narrative=narrative,
        by=cast("User", request.user),
    )
    messages.success(request, _("%(count)s paragraphs were quoted.") % {"count": len(chosen)})
    return redirect("web:entry", pk=report.pk)
