"""The calendar of an organisation: opened by its address alone, which its members can change."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_POST

from phoihop.accounts.access import public
from phoihop.assignments import actions
from phoihop.assignments.queries.calendar import calendar_of, feed_behind
from phoihop.assignments.views.shared import person, signed_in
from phoihop.orgs.models import Organisation


@public
@require_GET
def calendar(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Calendar programs do not sign in: who has the address reads it, until it is changed."""
    organisation = get_object_or_404(Organisation, slug=slug)
    if feed_behind(organisation, token) is None:
        raise Http404
    with override("vi"):
        content = calendar_of(organisation, request.build_absolute_uri)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    response["Cache-Control"] = "private, max-age=600"
    response["X-Robots-Tag"] = "noindex"
    return response


@signed_in
@require_POST
def change_address(request: HttpRequest, slug: str) -> HttpResponseBase:
    organisation = get_object_or_404(Organisation.objects.select_related("area"), slug=slug)
    actions.change_feed(organisation=organisation, by=person(request))
    messages.success(request, _("The calendar has a new address; the old one opens nothing any more."))
    return redirect("assignments:organisation", slug=slug)
