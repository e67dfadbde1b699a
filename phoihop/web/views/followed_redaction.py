"""Taking a person's data out of what was typed about an assignment, a proposal or draft conclusions."""

from dataclasses import dataclass
from typing import cast

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
from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import localname
from phoihop.reviews.actions import redact_quoted_words
from phoihop.web import trail
from phoihop.web.queries.redaction import assigned_texts, word_tombstones

by_the_centre = requires(
    can_redact_assignments, gettext_lazy("Texts and files are taken out by the central desk.")
)


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
    return _answer(request, Page(found, localname(found, "title"), back, _("Back to the conclusions"), here))


def _answer(request: HttpRequest, page: Page) -> HttpResponseBase:
    if request.method == "POST":
        _take_out(request, page.thing)
        return redirect(page.here)
    context = {
        "about": page.about,
        "back": page.back,
        "back_label": page.back_label,
        "texts": assigned_texts(page.thing),
        **word_tombstones(page.thing),
        "trail": [trail.home(), trail.Step(page.about, page.back), trail.Step(_("Take out a text"))],
    }
    return render(request, "web/redaction.html", context)


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
