from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.core.templatetags.vietnamese import localname
from phoihop.orgs.actions import end_membership
from phoihop.orgs.models import Membership
from phoihop.orgs.permissions import can_manage_members
from phoihop.orgs.queries import memberships_managed_by
from phoihop.web.forms.members import GrantForm
from phoihop.web.queries.members import offered_organisations, rows_of, searched
from phoihop.web.tables.paging import page_of
from phoihop.web.trail import Step

for_desks = requires(
    can_manage_members, gettext_lazy("Memberships are kept by the central desk and the provincial desks.")
)


@for_desks
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Who acts for the organisations of the desk's own area and party line; a desk grants roles here."""
    form = GrantForm(request.POST or None, by=request.user)
    if request.method == "POST" and (granted := form.granted()):
        messages.success(request, _told(granted, _("%(user)s: “%(role)s” in %(organisation)s, granted.")))
        return redirect("web:members")
    text = request.GET.get("q", "").strip()
    shown, page = page_of(request, searched(memberships_managed_by(request.user), text))
    context = {
        "trail": [Step(_("Memberships"))],
        "form": form,
        "rows": rows_of(shown, request.user),
        "offered": offered_organisations(request.user),
        "page": page,
        "q": text,
    }
    return render(request, "web/members.html", context, status=400 if form.errors else 200)


@for_desks
@require_POST
def end_member(request: HttpRequest, pk: int) -> HttpResponseBase:
    held = get_object_or_404(memberships_managed_by(request.user), pk=pk)
    ended = end_membership(membership=held, by=request.user)
    messages.success(request, _told(ended, _("%(user)s: “%(role)s” in %(organisation)s, ended.")))
    return redirect("web:members")


def _told(membership: Membership, sentence: str) -> str:
    return sentence % {
        "user": membership.user.username,
        "role": membership.get_role_display(),
        "organisation": localname(membership.organisation),
    }
