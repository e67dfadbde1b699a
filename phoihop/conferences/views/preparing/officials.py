from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import add_official, edit_official, remove_official
from phoihop.conferences.forms.people import OfficialForm
from phoihop.conferences.models import Conference, Official
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.bodies import serving_bodies
from phoihop.conferences.views.preparing.page import address, form_page, pressed, show


@admits(Act.PREPARE)
@require_GET
def officials(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    held = conference.officials.select_related("organisation", "post", "user")
    return show(
        request, conference, by, "conferences/prepare/officials.html",
        tab="officials", officials=held, bodies=serving_bodies(conference),
    )  # fmt: skip


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def new_official(request: HttpRequest, conference: Conference, by: Attendee) -> HttpResponseBase:
    """Of the body named in `?co-quan=`."""
    body = get_object_or_404(serving_bodies(conference), slug=request.GET.get("co-quan", ""))
    form = OfficialForm(request.POST or None, body=body, conference=conference)
    return form_page(
        request, conference, by, form,
        lambda: add_official(conference=conference, facts=form.facts(), by=by, key=form.cleaned_data["key"]),
        title=_("An official of %(body)s") % {"body": body}, back=address("officials", conference),
        told=_("The official is noted."), tab="officials",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _official(conference, pk)
    form = OfficialForm(request.POST or None, body=held.organisation, conference=conference, thing=held)
    return form_page(
        request, conference, by, form,
        lambda: edit_official(official=held, facts=form.facts(), by=by, **form.request_marks()),
        title=_("An official of %(body)s") % {"body": held.organisation}, back=address("officials", conference),
        told=_("Saved."), tab="officials",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def remove(request: HttpRequest, conference: Conference, by: Attendee, pk: int) -> HttpResponseBase:
    held = _official(conference, pk)
    return pressed(
        request, conference,
        lambda: remove_official(official=held, by=by, key=request.POST.get("key", "")[:40]),
        back=address("officials", conference), told=_("The official is removed."),
    )  # fmt: skip


def _official(conference: Conference, pk: int) -> Official:
    found: Official = get_object_or_404(
        conference.officials.select_related("organisation__area", "post", "user"), pk=pk
    )
    return found
