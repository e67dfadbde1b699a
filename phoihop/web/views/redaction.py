"""Taking a person's data out of a text or a file of a report, for good; figures stay."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report
from phoihop.reports.permissions import can_redact
from phoihop.reviews.actions import redact_reported_text
from phoihop.web import trail
from phoihop.web.queries.redaction import sealed_texts, tombstones
from phoihop.web.templatetags.labels import window


@requires(can_redact, gettext_lazy("Texts and files are taken out by the central desk."))
@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).select_related("period__form", "organisation__area")
    report = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        return _take_out(request, report)
    context = {
        "report": report,
        "texts": sealed_texts(report),
        "tombstones": tombstones(report),
        "trail": [trail.home(), trail.Step(window(report.period)), trail.Step(_("Take out a text"))],
    }
    return render(request, "web/redaction.html", context)


def _take_out(request: HttpRequest, report: Report) -> HttpResponse:
    version = get_object_or_404(report.versions, pk=_whole(request.POST.get("version", "")))
    place = request.POST.get("place", "")
    try:
        taken, struck = redact_reported_text(
            version=version,
            place=place if place in TextPlace.values else TextPlace.NOTE,
            key=request.POST.get("key", ""),
            reason=request.POST.get("reason", ""),
            by=cast("User", request.user),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("Taken out of %(count)s versions, and in %(struck)s places of reviews that quote it.")
        messages.success(request, told % {"count": len(taken), "struck": len(struck)})
    return redirect("web:redaction", pk=report.pk)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
