"""A desk's inbox, and what it does with many reports at once."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.queries import organisations_open_to
from phoihop.orgs.roles import Permission
from phoihop.reports import desk_errors, errors
from phoihop.reports.actions import accept_clean_reports, remind_units, return_reports
from phoihop.reports.models import Report
from phoihop.reports.queries.desk import return_texts_for
from phoihop.reports.queries.looks import looks_at
from phoihop.web.forms.desk import MOST, Asked, DeskFilter
from phoihop.web.queries.desk_inbox import chosen_reports, clean_in_filter, inbox
from phoihop.web.trail import Step, home


def decides_for_others(user: AnyUser) -> bool:
    """At a level with units below it."""
    return organisations_open_to(user, Permission.RETURN).exclude(area__level=Level.COMMUNE).exists()


for_desks = requires(
    decides_for_others,
    gettext_lazy("The desk is for who decides on the reports of units below: a desk, or an approver."),
)


@for_desks
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    found = inbox(request, DeskFilter.read(request.GET))
    context = {"inbox": found, "trail": way(), "ticked": request.GET.get("tick") == "clean"}
    return render(request, "web/desk/inbox.html", context)


@for_desks
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Accepting or reminding the ticked is done at once, where nothing in it needs a look; the rest after one."""
    asked, wanted = Asked.read(request.POST), DeskFilter.read(request.GET)
    reports = _reports(request, asked, wanted)
    if not reports:
        is_picked = asked.is_all and asked.action == "accept" and not asked.is_confirmed
        raise desk_errors.nothing_without_a_look() if is_picked else desk_errors.nothing_chosen()
    if not asked.is_confirmed and _needs_a_look(asked, reports):
        return _confirm(request, asked, wanted, reports)
    if asked.action == "return" and not asked.reason:
        return _confirm(request, asked, wanted, reports, str(errors.reason_needed_to_return()))
    return _done(request, asked, wanted, reports)


def _needs_a_look(asked: Asked, reports: Sequence[Report]) -> bool:
    if asked.action == "accept":
        return asked.is_all or any(look.is_needed for look in looks_at(reports).values())
    return asked.action == "return" or asked.is_all


def way(*steps: Step) -> list[Step]:
    first = Step(_("Desk"), reverse("web:desk") if steps else "")
    return [home(), first, *steps]


def _reports(request: HttpRequest, asked: Asked, wanted: DeskFilter) -> list[Report]:
    if asked.is_all and not asked.is_confirmed:
        if asked.action == "accept":
            return clean_in_filter(request.user, wanted, MOST)
        return list(chosen_reports(request.user, wanted, None)[:MOST])
    return list(chosen_reports(request.user, wanted, asked.chosen))


def _cut(asked: Asked, reports: Sequence[Report]) -> int:
    """How many are taken at once, where all of a filter were asked for and there may be more."""
    return MOST if asked.is_all and len(reports) >= MOST else 0


def _confirm(
    request: HttpRequest, asked: Asked, wanted: DeskFilter, reports: Sequence[Report], refusal: str = ""
) -> HttpResponse:
    """The list shown is the list that is acted on."""
    looks = looks_at(reports) if asked.action == "accept" else {}
    context = {
        "asked": asked,
        "wanted": wanted,
        "reports": reports,
        "rows": [(report, looks.get(report.pk)) for report in reports],
        "keys": ",".join(str(report.pk) for report in reports),
        "refusal": refusal,
        "cut": _cut(asked, reports),
        "texts": return_texts_for(request.user) if asked.action == "return" else (),
        "trail": way(Step(_("What is about to be done"))),
    }
    return render(request, "web/desk/confirm.html", context, status=400 if refusal else 200)


def _done(request: HttpRequest, asked: Asked, wanted: DeskFilter, reports: Sequence[Report]) -> HttpResponse:
    by = cast("User", request.user)
    context: dict[str, Any] = {"wanted": wanted, "action": asked.action, "cut": _cut(asked, reports)}
    if asked.action == "accept":
        outcome: Any = accept_clean_reports(reports=reports, seen_at=asked.seen_at, by=by)
        done = outcome.accepted
    elif asked.action == "return":
        outcome = return_reports(reports=reports, reason=asked.reason, seen_at=asked.seen_at, by=by)
        done = outcome.returned
    else:
        outcome = remind_units(reports=reports, by=by)
        done = outcome.reminded
        context["mailed"] = outcome.mailed
    read = {report.pk: report for report in reports}  # with the names that the page shows
    context["done"] = [read[each.pk] for each in done]
    context["refused"] = [(read[each.pk], sentences) for each, sentences in outcome.refused]
    context["refusals"] = _by_sentence(context["refused"])
    return render(request, "web/desk/outcome.html", {**context, "trail": way(Step(_("What was done")))})


def _by_sentence(
    refused: Sequence[tuple[Report, tuple[str, ...]]],
) -> list[tuple[tuple[str, ...], list[Report]]]:
    """What was refused of many for one reason is said once."""
    found: dict[tuple[str, ...], list[Report]] = {}
    for report, sentences in refused:
        found.setdefault(sentences, []).append(report)
    return list(found.items())
