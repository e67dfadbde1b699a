"""Pages that say how the system is and what it will never hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import public
from phoihop.web.queries.health import health
from phoihop.web.trail import Step


@public
def principles(request: HttpRequest) -> HttpResponse:
    return render(request, "web/principles.html", {"trail": [Step(_("Principles"))]})


@public
def status(request: HttpRequest) -> HttpResponse:
    found = health()
    return render(request, "web/status.html", {"health": found}, status=200 if found.is_well else 503)
