from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from phoihop.accounts.access import requires
from phoihop.web import trail
from phoihop.web.permissions import is_member
from phoihop.web.queries import my_reports as query


@requires(is_member)
def my_reports(request: HttpRequest) -> HttpResponse:
    """What is due, when, and what came back and why."""
    context = {
        "mine": query.my_reports(request.user, request.GET.get("page", "1")),
        "trail": [trail.home(), trail.Step(_("My reports"))],
    }
    return render(request, "web/my_reports.html", context)
