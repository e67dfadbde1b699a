"""The central desk: windows opened, extended, excepted, closed; who is late; what is asked of whom."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname
from phoihop.reports.actions import close_period, extend_deadline, grant_exception, reopen_period
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.reports.permissions import can_run_periods
from phoihop.reports.queries.opening import unopened_windows
from phoihop.web import trail
from phoihop.web.forms.central import ExceptionForm, ExtendForm, ReasonForm
from phoihop.web.queries import central as query
from phoihop.web.queries.actors import actors_of
from phoihop.web.tables.paging import page_of
from phoihop.web.templatetags.labels import window

for_the_centre = requires(
    can_run_periods, gettext_lazy("Windows of reporting are opened, extended and closed by the central desk.")
)


@for_the_centre
def periods(request: HttpRequest) -> HttpResponse:
    found = ReportingPeriod.objects.select_related("form").order_by("-end", "form_id")
    shown, page = page_of(request, found)
    context = {
        "trail": [trail.home(), trail.Step(_("Windows of reporting"))],
        "states": query.period_states(shown),
        "unopened": unopened_windows(),
        "page": page,
    }
    return render(request, "web/central/periods.html", context)


@for_the_centre
def period(request: HttpRequest, pk: int) -> HttpResponse:
    return _period_page(request, _found(pk))


@for_the_centre
@require_POST
def extend(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    form = ExtendForm(request.POST, period=found)
    return _acted(
        request,
        found,
        form,
        lambda **given: extend_deadline(period=found, **given),
        _("The deadline was moved."),
        typed={"extend_form": form},
    )


@for_the_centre
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(pk)
    act, told = (
        (reopen_period, _("The window is open again."))
        if found.closed_at
        else (close_period, _("The window is closed."))
    )
    return _acted(
        request,
        found,
        ReasonForm(request.POST),
        lambda **given: act(period=found, **given),
        told,
        typed={"close_typed": request.POST.get("reason", "")},
    )


@for_the_centre
@require_POST
def exception(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    found = _found(pk)
    owed = get_object_or_404(Report.objects.expected().filter(period=found), pk=report)
    told = _("%(organisation)s has more time.") % {"organisation": localname(owed.organisation)}
    return _acted(
        request,
        found,
        ExceptionForm(request.POST),
        lambda **given: grant_exception(report=owed, **given),
        told,
        typed={"excepted": owed, "exception_typed": request.POST},
    )


@for_the_centre
def burden(request: HttpRequest) -> HttpResponse:
    rows = query.burdens()
    context = {
        "trail": [
            trail.home(),
            trail.Step(_("Windows of reporting"), _address()),
            trail.Step(_("What is asked of whom")),
        ],
        "rows": rows,
        "levels": query.burdens_by_level(rows),
        "written": sum(row.written_a_year for row in rows),
    }
    return render(request, "web/central/burden.html", context)


def _address() -> str:
    return reverse("web:periods")


def _found(pk: int) -> ReportingPeriod:
    return get_object_or_404(ReportingPeriod.objects.select_related("form"), pk=pk)


def _period_page(request: HttpRequest, found: ReportingPeriod, **more: Any) -> HttpResponse:
    asked = {name: request.GET.get(name, "").strip() for name in ("standing", "level", "q")}
    reports = query.reports_standing(found, standing=asked["standing"], level=asked["level"], text=asked["q"])
    shown, page = page_of(request, reports)
    [state] = query.period_states([found])
    changes, closings = query.deadline_changes(found)[:50], query.closing_changes(found)[:50]
    context = {
        "trail": [trail.home(), trail.Step(_("Windows of reporting"), _address()), trail.Step(window(found))],
        "state": state,
        "period": found,
        "reports": shown,
        "page": page,
        "asked": asked,
        "standings": query.STANDINGS,
        "changes": changes,
        "closings": closings,
        "actors": actors_of(
            by.username for by in [each.by for each in changes] + [each.by for each in closings] if by
        ),
        "extend_form": ExtendForm(period=found),
        **more,
    }
    return render(request, "web/central/period.html", context, status=400 if more else 200)


def _acted(
    request: HttpRequest,
    found: ReportingPeriod,
    form: Any,
    act: Callable[..., object],
    told: str,
    *,
    typed: dict[str, Any],
) -> HttpResponse:
    """A refusal gives back what was typed."""
    if not form.is_valid():
        wrong = [
            f"{form.fields[name].label}: {text}" for name, texts in form.errors.items() for text in texts
        ]
        return _period_page(request, found, refusals=wrong, **typed)
    try:
        act(**form.cleaned_data, by=cast("User", request.user))
    except DomainError as refusal:
        return _period_page(request, found, refusals=[str(refusal)], **typed)
    messages.success(request, told)
    return redirect("web:period", pk=found.pk)
