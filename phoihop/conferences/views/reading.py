from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from phoihop.accounts.access import public
from phoihop.conferences.access import admits
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.streams.page import live


@public
def conferences(request: HttpRequest) -> HttpResponseBase:
    """Those the reader may see: invited to, organised, or closed."""
    found = Conference.objects.visible_to(request.user).select_related("area").prefetch_related("programmes")
    return render(request, "conferences/list.html", {"conferences": found})


@admits(Act.WATCH)
def conference(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    context = {"conference": conference, "by": by, "live": live(request, conference, by)}
    return render(request, "conferences/conference.html", context)
