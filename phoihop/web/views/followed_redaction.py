"""Taking a person's data out of what was typed about an assignment, a proposal or conclusions."""

from dataclasses import dataclass
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.assignments.models import Assignment, Conclusion, Proposal
from phoihop.assignments.permissions import can_redact_assignments
from phoihop.assignments.queries.table import what
from phoihop.assignments.sealing import Thing
from phoihop.conferences.actions import redact_conclusion_words
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname
from phoihop.reviews.actions import redact_quoted_words
from phoihop.web import trail
from phoihop.web.queries.redaction import assigned_texts, word_tombstones

by_the_centre = requires(
    can_redact_assignments, gettext_lazy("Texts and files are taken out by the central desk.")
)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words as they stand in the conclusions"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.CharField(label=gettext_lazy("Reason, without repeating the data"), max_length=500)


@dataclass(frozen=True, slots=True)
class Page:
    """Of what, under which name; `back` is the page of the thing itself, `here` this one."""

    thing: Thing
    about: str
    back: str
    back_label: str
    here: str


@by_the_centre
@require_http_methods(["GET", "POST"])
def assignment(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Assignment.objects.visible_to(request.user).select_related("parent"), pk=pk)
    back, here = (reverse(name, args=[pk]) for name in ("assignments:assignment", "web:assignment_redaction"))
    return _answer(request, Page(found, what(found), back, _("Back to the assignment"), here))


@by_the_centre
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = get_object_or_404(Proposal.objects.visible_to(request.user), pk=pk)
    back, here = (reverse(name, args=[pk]) for name in ("assignments:proposal", "web:proposal_redaction"))
    return _answer(request, Page(found, found.title, back, _("Back to the proposal"), here))


@by_the_centre
@require_http_methods(["GET", "POST"])
def conclusion(request: HttpRequest, slug: str) -> HttpResponseBase:
    found = get_object_or_404(Conclusion.objects.visible_to(request.user), slug=slug)
    names = ("assignments:conclusion", "web:conclusion_redaction")
    back, here = (reverse(name, args=[slug]) for name in names)
    page = Page(found, localname(found, "title"), back, _("Back to the conclusions"), here)
    return _answer(request, page) if found.is_draft else _answer_issued(request, page)


def _answer_issued(request: HttpRequest, page: Page) -> HttpResponseBase:
    """Issued conclusions lose words from within their text: the rest is in force."""
    form = WordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            taken, struck = redact_conclusion_words(
                conclusion=cast("Conclusion", page.thing), words=given["words"], reason=given["reason"],
                by=cast("User", request.user),
            )  # fmt: skip
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            told = _("Taken out of %(count)s places, and of %(struck)s places of reviews that quote it.")
            messages.success(request, told % {"count": len(taken), "struck": len(struck)})
            return redirect(page.here)
    context = {"form": form, **word_tombstones(page.thing), **_shared(page)}
    return render(request, "web/issued_redaction.html", context, status=400 if form.errors else 200)


def _answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    if request.method == "POST":
        _take_out(request, page.thing)
        return redirect(page.here)
    context = {"texts": assigned_texts(page.thing), **word_tombstones(page.thing), **_shared(page)}
    return render(request, "web/redaction.html", context)


def _shared(page: Page) -> dict[str, object]:
    return {
        "about": page.about,
        "back": page.back,
        "back_label": page.back_label,
        "trail": [trail.home(), trail.Step(page.about, page.back), trail.Step(_("Take out a text"))],
    }


def _take_out(request: HttpRequest, thing: Thing) -> None:
    given = request.POST.get
    pk = given("version", "")
    try:
        taken, struck = redact_quoted_words(
            thing=thing,
            place=given("place", ""),
            pk=int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0,
            reason=given("reason", ""),
            by=cast("User", request.user),
        )
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        told = _("Taken out of %(count)s places, and of %(struck)s places of reviews that quote it.")
        messages.success(request, told % {"count": len(taken), "struck": len(struck)})
