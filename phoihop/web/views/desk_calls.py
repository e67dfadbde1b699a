"""The call list, and the contacts behind it."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import day
from phoihop.orgs.actions.contacts import remove_contact, set_contact
from phoihop.orgs.contact_permissions import can_keep_contacts, can_view_contacts
from phoihop.orgs.models import Organisation
from phoihop.web.forms.desk import DeskFilter, key_of
from phoihop.web.permissions import is_member
from phoihop.web.queries.desk_calls import calls, calls_table
from phoihop.web.tables import Sheet, download
from phoihop.web.trail import Step
from phoihop.web.views.desk import for_desks, way


@for_desks
@require_GET
def call_list(request: HttpRequest) -> HttpResponse:
    asked = DeskFilter.read(request.GET)
    table = calls_table(calls(request.user, asked), asked)
    if fmt := request.GET.get("download"):
        return download(Sheet(table, [_("As of %(day)s") % {"day": day(clock.today())}]), fmt)
    context = {"table": table, "asked": asked, "trail": way(Step(_("Call list")))}
    return render(request, "web/desk/calls.html", context)


@requires(is_member)
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Of one office; not there for who may not see them."""
    organisation = get_object_or_404(Organisation.objects.select_related("area"), pk=pk)
    if not can_view_contacts(request.user, organisation):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            return _changed(request, organisation)
        except DomainError as refused:
            refusal = str(refused)
    context = {
        "organisation": organisation,
        "contacts": organisation.contacts.all(),
        "may_keep": can_keep_contacts(request.user, organisation),
        "refusal": refusal,
        "typed": request.POST,
        "trail": way(Step(_("Contacts"))),
    }
    return render(request, "web/desk/contacts.html", context, status=400 if refusal else 200)


def _changed(request: HttpRequest, organisation: Organisation) -> HttpResponseBase:
    by, post = cast("User", request.user), request.POST
    if "remove" in post:
        found = get_object_or_404(organisation.contacts.all(), pk=key_of(post["remove"]))
        remove_contact(contact=found, by=by)
    else:
        given = {name: post.get(name, "") for name in ("post_title", "phone", "email")}
        set_contact(organisation=organisation, by=by, **given)
    messages.success(request, _("The contacts of %(unit)s are changed.") % {"unit": organisation.name_vi})
    return redirect("web:desk_contacts", pk=organisation.pk)
