"""What is done about one assignment: each view calls one action and shows the page again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.assignments import actions
from phoihop.assignments.forms import (
    CascadeForm,
    ClosingForm,
    DecisionForm,
    DoneForm,
    ExtensionForm,
    HeirForm,
    ProgressForm,
    ReasonForm,
)
from phoihop.assignments.models import Assignment, Extension
from phoihop.assignments.views.register import assignment_context
from phoihop.assignments.views.shared import (
    cleaned,
    person,
    plan_to_confirm,
    signed_in,
    visible_assignment,
)
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.models import Organisation

Act = Callable[[Assignment], object]


@signed_in
@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(found: Assignment) -> object:
        return actions.acknowledge_assignment(assignment=found, by=person(request))

    return _acted(request, pk, act, _("Acknowledged: the issuer sees that you have taken note."))


@signed_in
@require_POST
def progress(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ProgressForm(request.POST, request.FILES)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        file = said["file"]
        return actions.report_progress(
            assignment=found,
            text=said["text"],
            link=said["link"],
            file_name=file.name if file else "",
            content=file.read() if file else b"",
            by=person(request),
        )

    return _acted(request, pk, act, _("The progress is kept."), progress_form=form)


@signed_in
@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = DoneForm(request.POST)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.report_done(assignment=found, by=person(request), **said)

    return _acted(request, pk, act, _("Reported done. The issuer closes it, or returns it."), done_form=form)


@signed_in
@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ExtensionForm(request.POST)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.ask_extension(assignment=found, by=person(request), **said)

    return _acted(
        request,
        pk,
        act,
        _("Asked for. Until the issuer decides, the date in force stays."),
        extension_form=form,
    )


@signed_in
@require_POST
def grant(request: HttpRequest, pk: int, extension: int) -> HttpResponseBase:
    form = DecisionForm(request.POST)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.grant_extension(extension=_asked(found, extension), by=person(request), **said)

    return _acted(
        request, pk, act, _("The later date is in force; the first one stays beside it."), decision_form=form
    )


@signed_in
@require_POST
def refuse(request: HttpRequest, pk: int, extension: int) -> HttpResponseBase:
    def act(found: Assignment) -> object:
        reason = str(request.POST.get("reason", ""))
        return actions.refuse_extension(extension=_asked(found, extension), reason=reason, by=person(request))

    return _acted(request, pk, act, _("Refused: the date in force stays."))


@signed_in
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = ClosingForm(request.POST)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.close_assignment(assignment=found, by=person(request), **said)

    return _acted(request, pk, act, _("Closed."), closing_form=form)


@signed_in
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _with_reason(request, pk, actions.return_assignment, _("Returned: it is open again."))


@signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    return _with_reason(request, pk, actions.withdraw_assignment, _("Withdrawn; it stays with its reason."))


@signed_in
@require_POST
def cascade(request: HttpRequest, pk: int) -> HttpResponseBase:
    form = CascadeForm(request.POST)
    if plan := plan_to_confirm(request, form, visible_assignment(request, pk)):
        context = assignment_context(request, pk, cascade_form=form, cascade_plan=plan)
        return render(request, "assignments/assignment.html", context)

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.cascade_assignment(assignment=found, by=person(request), **said)

    return _acted(request, pk, act, _("The assignment is divided into parts."), cascade_form=form)


@signed_in
@require_POST
def pass_on(request: HttpRequest, pk: int) -> HttpResponseBase:
    """To whom everything of an abolished lead passes, not only this assignment."""

    def act(found: Assignment) -> object:
        said: dict[str, Any] = cleaned(HeirForm(request.POST))
        heir = get_object_or_404(Organisation, slug=said["heir"])
        return actions.pass_assignments(
            organisation=found.lead, heir=heir, reason=said["reason"], by=person(request)
        )

    return _acted(request, pk, act, _("Its assignments passed to the heir; the history says so."))


def _with_reason(
    request: HttpRequest, pk: int, action: Callable[..., Assignment], told: str
) -> HttpResponseBase:
    def act(found: Assignment) -> object:
        reason = str(cleaned(ReasonForm(request.POST))["reason"])
        return action(assignment=found, reason=reason, by=person(request))

    return _acted(request, pk, act, told)


def _acted(request: HttpRequest, pk: int, act: Act, told: str, **forms: Form) -> HttpResponseBase:
    """The assignment again: with what was done, or with the sentence that refused it and what was typed."""
    try:
        act(visible_assignment(request, pk))
    except NotAllowed:
        raise
    except DomainError as refusal:
        context = assignment_context(request, pk, refusal=refusal, **forms)
        return render(request, "assignments/assignment.html", context, status=refusal.status)
    messages.success(request, told)
    return redirect("assignments:assignment", pk=pk)


def _asked(found: Assignment, pk: int) -> Extension:
    return get_object_or_404(found.extensions.select_related("assignment"), pk=pk)
