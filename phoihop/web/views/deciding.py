"""What is decided on a report's own page. Who may is the actions' to say; they name who can."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.reports.actions import accept_seen_report, remind_units, return_seen_report
from phoihop.reports.desk_errors import superior_must_remind
from phoihop.reports.permissions import can_return_report
from phoihop.web.forms.desk import reason_in
from phoihop.web.permissions import is_member
from phoihop.web.tables.paging import whole
from phoihop.web.views.reports import page_of_report, visible_report


@requires(is_member)
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = visible_report(request, pk)
    accept_seen_report(report=found, number=_seen(request), by=_actor(request))
    messages.success(request, _("Accepted: its figures count from now on."))
    return redirect("web:report", pk=pk)


@requires(is_member)
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What was typed stays on the page where it cannot be taken."""
    found, reason = visible_report(request, pk), reason_in(request.POST)
    try:
        return_seen_report(report=found, number=_seen(request), reason=reason, by=_actor(request))
    except NotAllowed:
        raise
    except DomainError as refusal:
        typed = {"refusal": str(refusal), "typed_reason": reason}
        return page_of_report(request, found, status=refusal.status, **typed)
    messages.success(request, _("Returned to the unit with the reason."))
    return redirect("web:report", pk=pk)


@requires(is_member)
@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = visible_report(request, pk)
    if not can_return_report(request.user, found):
        raise superior_must_remind(found)
    outcome = remind_units(reports=[found], by=_actor(request))
    for _report, sentences in outcome.refused:
        messages.warning(request, " ".join(sentences))
    if outcome.reminded:
        messages.success(request, _("The unit is reminded; it sees so when it signs in."))
    return redirect("web:report", pk=pk)


def _seen(request: HttpRequest) -> int:
    return whole(request.POST.get("number", ""), 0)


def _actor(request: HttpRequest) -> User:
    return cast("User", request.user)
