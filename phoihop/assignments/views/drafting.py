"""The page where conclusions are prepared: paragraphs, assignments made from them, issuing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.assignments import actions, errors
from phoihop.assignments.forms import AssignForm, CascadeForm, ConclusionForm, ParagraphForm, filled_with
from phoihop.assignments.labels import next_label
from phoihop.assignments.models import Assignment, Conclusion, Paragraph
from phoihop.assignments.permissions import can_draft_conclusions, issuers_of, issuing_organisations
from phoihop.assignments.queries.conclusions import ConclusionPage, conclusion_page
from phoihop.assignments.queries.drafts import past_due
from phoihop.assignments.queries.named import likely_performers
from phoihop.assignments.views.shared import (
    Step,
    above_conclusion,
    cleaned,
    person,
    plan_to_confirm,
    visible_conclusion,
)
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.orgs.roles import Permission
from phoihop.programmes.models import Programme

HANDED_OVER = (
    "kind", "origin", "origin_path", "title_vi", "title_en", "concluded_on", "lead_issuer", "co_issuers",
)  # fmt: skip
for_drafters = requires(
    lambda user: user.is_authenticated and can_draft_conclusions(user),
    gettext_lazy("Conclusions are prepared by the desks and officers of the organisation that issues them."),
)


@for_drafters
@require_http_methods(["GET", "POST"])
def new_conclusion(request: HttpRequest) -> HttpResponseBase:
    form = ConclusionForm(
        request.POST or None,
        issuers=issuing_organisations(request.user),
        user=request.user,
        initial=_told_by(request),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = actions.create_conclusion(
                slug=form.slug(),
                kind=said["kind"],
                title_vi=said["title_vi"],
                title_en=said["title_en"],
                programmes=said["programmes"],
                area=said["lead_issuer"].area,
                lead_issuer=said["lead_issuer"],
                co_issuers=said["co_issuers"],
                concluded_on=said["concluded_on"],
                audience=said["audience"],
                origin=said["origin"],
                origin_path=said["origin_path"],
                by=person(request),
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assignments:draft", slug=made.slug)
    title = _("New conclusions")
    context = {
        "form": form,
        "trail": [Step(_("Conclusions"), reverse("assignments:conclusions")), Step(title)],
        "title": title,
    }
    return render(request, "assignments/new_conclusion.html", context, status=422 if form.errors else 200)


def _told_by(request: HttpRequest) -> dict[str, object]:
    """What the page of a review hands over of it: nothing is kept before it was looked at."""
    told: dict[str, object] = {name: request.GET[name] for name in HANDED_OVER if request.GET.get(name)}
    slugs = request.GET.getlist("programme")
    if slugs:
        told["programmes"] = list(Programme.objects.visible_to(request.user).filter(slug__in=slugs))
    return told


@for_drafters
@require_GET
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    return _draft(request, _own(request, slug))


@for_drafters
@require_POST
def add_paragraph(request: HttpRequest, slug: str) -> HttpResponseBase:
    form = ParagraphForm(request.POST)

    def act(conclusion: Conclusion) -> object:
        said = cleaned(form)
        return actions.add_paragraph(conclusion=conclusion, by=person(request), **said)  # type: ignore[arg-type]

    return _acted(request, slug, act, _("The paragraph is added."), paragraph_form=form)


@for_drafters
@require_POST
def edit_paragraph(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    def act(conclusion: Conclusion) -> object:
        said = cleaned(ParagraphForm(request.POST))
        return actions.edit_paragraph(paragraph=_paragraph(conclusion, pk), by=person(request), **said)  # type: ignore[arg-type]

    return _acted(request, slug, act, _("The paragraph is changed."))


@for_drafters
@require_POST
def remove_paragraph(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    def act(conclusion: Conclusion) -> object:
        return actions.remove_paragraph(paragraph=_paragraph(conclusion, pk), by=person(request))

    return _acted(request, slug, act, _("The paragraph is removed."))


@for_drafters
@require_POST
def add_assignment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    form = AssignForm(request.POST, prefix=f"p{pk}")

    def act(conclusion: Conclusion) -> object:
        said: dict[str, Any] = cleaned(form)
        return actions.assign(paragraph=_paragraph(conclusion, pk), by=person(request), **said)

    return _acted(request, slug, act, _("The assignment is added."), assign_form=form, assign_pk=pk)


@for_drafters
@require_http_methods(["GET", "POST"])
def edit_assignment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A page of its own: what was typed stays when it is refused."""
    conclusion = _own(request, slug)
    found = get_object_or_404(
        Assignment.objects.filter(paragraph__conclusion=conclusion, parent__isnull=True), pk=pk
    )
    form = AssignForm(request.POST or None, initial=filled_with(found))
    refusal = None
    if request.method == "POST":
        try:
            said: dict[str, Any] = cleaned(form)
            actions.edit_assignment(assignment=found, by=person(request), **said)
        except NotAllowed:
            raise
        except DomainError as refused:
            refusal = refused
        else:
            messages.success(request, _("The assignment is changed."))
            return redirect("assignments:draft", slug=slug)
    back = Step(_("Draft"), reverse("assignments:draft", args=[slug]))
    context = {
        "trail": [*above_conclusion(conclusion), back, Step(_("Change the assignment"))],
        "conclusion": conclusion,
        "form": form,
        "organisations": likely_performers(conclusion),
        "refusal": refusal,
    }
    status = refusal.status if refusal else 200
    return render(request, "assignments/edit_assignment.html", context, status=status)


@for_drafters
@require_POST
def remove_assignment(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    def act(conclusion: Conclusion) -> object:
        return actions.remove_assignment(assignment=_assignment(conclusion, pk), by=person(request))

    return _acted(request, slug, act, _("The assignment is removed."))


@for_drafters
@require_POST
def cascade_draft(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    form = CascadeForm(request.POST)
    found = _own(request, slug)
    if plan := plan_to_confirm(request, form, _assignment(found, pk), found.area):
        return _draft(request, found, cascade_form=form, cascade_pk=pk, cascade_plan=plan)

    def act(conclusion: Conclusion) -> object:
        said: dict[str, Any] = cleaned(form)
        whole = _assignment(conclusion, pk)
        return actions.cascade_assignment(assignment=whole, area=conclusion.area, by=person(request), **said)

    return _acted(request, slug, act, _("The assignment is divided into parts."))


@for_drafters
@require_POST
def issue(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = _own(request, slug)
    try:
        actions.issue_conclusion(
            conclusion=found,
            number=request.POST.get("number", ""),
            is_past_meant="is_past_meant" in request.POST,
            by=person(request),
        )
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _draft(request, found, refusal)
    messages.success(request, _("The conclusions are issued; their assignments run from now on."))
    return redirect("assignments:conclusion", slug=slug)


@for_drafters
@require_POST
def number(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = visible_conclusion(request, slug)
    actions.number_conclusion(conclusion=found, number=request.POST.get("number", ""), by=person(request))
    messages.success(request, _("The number is noted."))
    return redirect("assignments:conclusion", slug=slug)


def _acted(
    request: HttpRequest, slug: str, act: Callable[[Conclusion], object], told: str, **forms: object
) -> HttpResponseBase:
    """The draft again: with what was done, or with the sentence that refused it and what was typed."""
    found = _own(request, slug)
    try:
        act(found)
    except NotAllowed:
        raise
    except DomainError as refusal:
        return _draft(request, found, refusal, **forms)
    messages.success(request, told)
    return redirect("assignments:draft", slug=slug)


def _draft(
    request: HttpRequest, conclusion: Conclusion, refusal: DomainError | None = None, **forms: object
) -> HttpResponse:
    page = conclusion_page(conclusion, request.user)
    context = {
        "trail": [*above_conclusion(conclusion), Step(_("Draft"))],
        "conclusion": conclusion,
        "page": page,
        "paragraphs": _with_forms(page, forms),
        "paragraph_form": forms.get("paragraph_form")
        or ParagraphForm(initial={"label": next_label([each.label for each, _lines in page.paragraphs])}),
        "cascade_form": forms.get("cascade_form") or CascadeForm(),
        "cascade_pk": forms.get("cascade_pk"),
        "cascade_plan": forms.get("cascade_plan"),
        "organisations": likely_performers(conclusion),
        "past_due": past_due(conclusion).count(),
        "refusal": refusal,
    }
    return render(request, "assignments/draft.html", context, status=refusal.status if refusal else 200)


def _with_forms(page: ConclusionPage, forms: dict[str, object]) -> list[tuple[Paragraph, Any, object]]:
    """Each paragraph with the form of its next assignment; a refused one keeps what was typed."""
    return [
        (
            paragraph,
            lines,
            forms["assign_form"]
            if forms.get("assign_pk") == paragraph.pk
            else AssignForm(prefix=f"p{paragraph.pk}"),
        )
        for paragraph, lines in page.paragraphs
    ]


def _own(request: HttpRequest, slug: str) -> Conclusion:
    """Raises: Http404 where it may not be seen, NotAllowed where it may only be read, Conflict once issued."""
    found = visible_conclusion(request, slug)
    page = conclusion_page(found, request.user)
    if not found.is_draft:
        raise errors.issued_already(found)
    if not page.may_edit and not page.may_issue:
        raise errors.acting_needed(Permission.ENTER, issuers_of(found))
    return found


def _paragraph(conclusion: Conclusion, pk: int) -> Paragraph:
    return get_object_or_404(conclusion.paragraphs.select_related("conclusion"), pk=pk)


def _assignment(conclusion: Conclusion, pk: int) -> Assignment:
    rows = Assignment.objects.filter(paragraph__conclusion=conclusion)
    return get_object_or_404(rows.select_related("paragraph__conclusion", "lead__area"), pk=pk)
