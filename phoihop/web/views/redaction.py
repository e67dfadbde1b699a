"""Taking a person's data out of a text or a file of a report or of an event, for good; figures stay."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.events.actions import redact_event_text
from phoihop.events.models import Event
from phoihop.events.permissions import can_redact_events
from phoihop.reports.enums import TextPlace
from phoihop.reports.models import Report
from phoihop.reports.permissions import can_redact
from phoihop.reviews.actions import redact_reported_text
from phoihop.web import trail
from phoihop.web.queries.redaction import sealed_event_texts, sealed_texts, tombstones
from phoihop.web.templatetags.labels import reporter, window


@requires(can_redact, gettext_lazy("Texts and files are taken out by the central desk."))
@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    visible = Report.objects.visible_to(request.user).select_related("period__form", "organisation__area")
    report = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        return _take_out(request, report)
    context = {
        "report": report,
        "about": f"{reporter(report)}, {window(report.period)}",
        "back": reverse("web:report", args=[pk]),
        "texts": sealed_texts(report),
        **tombstones(report),
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
        told = _(
            "Taken out of %(count)s versions, in %(above)s places of superiors' reports that quoted it, and in"
            " %(struck)s places of reviews that quote it."
        )
        counts = {"count": len(taken.seals), "above": len(taken.quoting), "struck": len(struck)}
        messages.success(request, told % counts)
    return redirect("web:redaction", pk=report.pk)


@requires(can_redact_events, gettext_lazy("Texts and files are taken out by the central desk."))
@require_http_methods(["GET", "POST"])
def event_redaction(request: HttpRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("current"), pk=pk)
    if request.method == "POST":
        return _take_out_of_event(request, event)
    here = [trail.Step(_("Event register"), reverse("web:events")), trail.Step(_("Take out a text"))]
    context = {
        "about": event.said.subject,
        "back": reverse("web:event", args=[pk]),
        "texts": sealed_event_texts(event),
        **tombstones(event),
        "trail": here,
    }
    return render(request, "web/redaction.html", context)


def _take_out_of_event(request: HttpRequest, event: Event) -> HttpResponse:
    version = get_object_or_404(event.versions, pk=_whole(request.POST.get("version", "")))
    try:
        taken = redact_event_text(
            version=version,
            place=request.POST.get("place", ""),
            reason=request.POST.get("reason", ""),
            by=cast("User", request.user),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken out of %(count)s versions.") % {"count": len(taken)})
    return redirect("web:event_redaction", pk=event.pk)


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
