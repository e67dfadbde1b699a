"""Opening a window: what it asks of whom and by when is read first."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.reports.actions import open_period
from phoihop.reports.queries.opening import Unopened, unopened_windows, what_is_due
from phoihop.web import trail
from phoihop.web.templatetags.labels import window
from phoihop.web.views.central import for_the_centre


@for_the_centre
@require_http_methods(["GET", "POST"])
def open_window(request: HttpRequest) -> HttpResponse:
    found = _asked(request)
    refusal = ""
    if request.method == "POST":
        try:
            opened = open_period(form=found.form, period=found.period, by=cast("User", request.user))
        except DomainError as said:
            refusal = str(said)
        else:
            told = _("%(window)s is open: %(count)d reports are due.")
            messages.success(request, told % {"window": window(opened), "count": opened.reports.count()})
            return redirect("web:period", pk=opened.pk)
    return _look(request, found, refusal)


def _look(request: HttpRequest, found: Unopened, refusal: str) -> HttpResponse:
    try:
        rows = what_is_due(found.form, found.period)
    except DomainError as said:
        rows, refusal = [], refusal or str(said)
    steps = [trail.home(), trail.Step(_("Windows of reporting"), reverse("web:periods"))]
    context = {
        "trail": [*steps, trail.Step(_("Open a window"))],
        "found": found,
        "rows": rows,
        "total": sum(row.units for row in rows),
        "refusal": refusal,
    }
    is_refused = bool(refusal) and request.method == "POST"
    return render(request, "web/central/opening.html", context, status=400 if is_refused else 200)


def _asked(request: HttpRequest) -> Unopened:
    """Only what the page offers: a window opened meanwhile is not there any more."""
    given = request.POST if request.method == "POST" else request.GET
    wanted = (given.get("form", ""), given.get("period", ""))
    for each in unopened_windows():
        if (each.form.code, each.period.code) == wanted:
            return each
    raise Http404
