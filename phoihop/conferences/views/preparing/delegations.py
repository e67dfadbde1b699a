from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from phoihop.conferences.access import admits
from phoihop.conferences.actions import add_delegation, delete_delegation, edit_delegation
from phoihop.conferences.forms.sites import DelegationForm
from phoihop.conferences.models import Conference, Delegation
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.preparing import delegations_of
from phoihop.conferences.views.preparing.page import address, form_page, pressed
from phoihop.conferences.views.preparing.sites import site_of


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def new_delegation(request: HttpRequest, conference: Conference, by: Attendee, site: str) -> HttpResponseBase:
    held = site_of(conference, site)
    form = DelegationForm(request.POST or None, site=held, conference=conference)
    return form_page(
        request, conference, by, form,
        lambda: add_delegation(
            site=held, facts=form.facts(), seats=form.cleaned_data["seats"] or 0, by=by,
            key=form.cleaned_data["key"],
        ),
        title=_("A delegation at %(site)s") % {"site": held}, back=address("site_edit", conference, site),
        told=_("The delegation is added."), tab="sites",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, conference: Conference, by: Attendee, site: str, pk: int) -> HttpResponseBase:
    held = _delegation(conference, site, pk)
    form = DelegationForm(
        request.POST or None, site=held.site, conference=conference, thing=held, seats=held.seats.count()
    )
    return form_page(
        request, conference, by, form,
        lambda: edit_delegation(
            delegation=held, facts=form.facts(), seats=form.cleaned_data["seats"], by=by, **form.request_marks()
        ),
        title=held.title_vi, back=address("site_edit", conference, site), told=_("Saved."), tab="sites",
    )  # fmt: skip


@admits(Act.PREPARE)
@require_POST
def remove(
    request: HttpRequest, conference: Conference, by: Attendee, site: str, pk: int
) -> HttpResponseBase:
    held = _delegation(conference, site, pk)
    return pressed(
        request, conference,
        lambda: delete_delegation(delegation=held, by=by, key=request.POST.get("key", "")[:40]),
        back=address("site_edit", conference, site), told=_("The delegation is removed."),
    )  # fmt: skip


def _delegation(conference: Conference, site: str, pk: int) -> Delegation:
    held = site_of(conference, site)
    found: Delegation = get_object_or_404(delegations_of(held), pk=pk)
    found.site = held
    return found
