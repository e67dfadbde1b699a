"""Abolished organisations: to whom what they still had open passes."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import can_manage_members
from phoihop.reports.actions import pass_to_heir, pass_to_only_heirs
from phoihop.reports.queries.passing import ended_under, to_pass, unpassed_under
from phoihop.web import trail
from phoihop.web.queries.actors import actors_of
from phoihop.web.tables.paging import page_of

MOST = 500  # at once
for_desks = requires(
    can_manage_members, gettext_lazy("To whom duties pass is chosen by the desk above, or the central desk.")
)


@for_desks
@require_GET
def heirs(request: HttpRequest) -> HttpResponse:
    shown, page = page_of(request, ended_under(request.user))
    passings = to_pass(shown)
    told = [done for each in passings for done in each.history]
    context = {
        "trail": [trail.home(), trail.Step(_("Abolished organisations"))],
        "passings": passings,
        "actors": actors_of(done.by.username for done in told if done.by),
        "has_one_heir": any(len(each.heirs) == 1 and not each.history for each in passings),
        "waiting": unpassed_under(request.user).count(),
        "page": page,
    }
    return render(request, "web/heirs.html", context)


@for_desks
@require_POST
def pass_all(request: HttpRequest) -> HttpResponse:
    """Of those shown as waiting; a choice stays a choice."""
    passed = pass_to_only_heirs(
        organisations=unpassed_under(request.user)[:MOST], by=cast("User", request.user)
    )
    told = ngettext(
        "%(count)s organisation passed to its only heir.",
        "%(count)s organisations passed to their only heirs.",
        len(passed),
    )
    messages.success(request, told % {"count": number(len(passed))})
    return redirect("web:heirs")


@for_desks
@require_POST
def choose_heir(request: HttpRequest, slug: str) -> HttpResponse:
    ended = get_object_or_404(ended_under(request.user), slug=slug)
    heir = get_object_or_404(Organisation, slug=request.POST.get("heir", ""))
    try:
        passed = pass_to_heir(
            organisation=ended,
            heir=heir,
            reason=request.POST.get("reason", ""),
            by=cast("User", request.user),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("%(reports)s reports and %(memberships)s memberships of %(ended)s passed to %(heir)s.")
        names = {"ended": localname(ended), "heir": localname(heir)}
        messages.success(
            request, told % {"reports": passed.reports, "memberships": passed.memberships, **names}
        )
    return redirect("web:heirs")
