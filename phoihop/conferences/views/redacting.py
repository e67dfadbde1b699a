"""Taking a person's data out of what was typed at a conference, and out of its minutes."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.conferences.actions import redact_minutes_words, redact_said
from phoihop.conferences.models import Conference
from phoihop.conferences.queries.redactions import redactions_of, texts_to_redact
from phoihop.core.errors import DomainError
from phoihop.reports.permissions import can_redact

by_the_centre = requires(
    can_redact, gettext_lazy("Texts of a conference are taken out for good by the central desk.")
)


class WordsForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Words as they stand in the minutes"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason, without repeating the data"), max_length=500, required=False
    )


@by_the_centre
@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, slug: str) -> HttpResponseBase:
    conference = get_object_or_404(Conference.objects.visible_to(request.user), slug=slug)
    form = WordsForm(request.POST if "words" in request.POST else None)
    if request.method != "POST":
        return _page(request, conference, form)
    try:
        count = _act(request, conference, form)()
    except DomainError as refusal:
        return _page(request, conference, form, refusal)
    told = _("Taken out for good; a tombstone stands in %(count)s places.")
    messages.success(request, told % {"count": count})
    return redirect("conferences:redaction", slug=slug)


def _act(request: HttpRequest, conference: Conference, form: WordsForm) -> Callable[[], int]:
    by, given = cast("User", request.user), request.POST.get
    reason, pk = given("reason", ""), given("pk", "")
    if form.is_bound:
        said = form.cleaned_data["words"] if form.is_valid() else given("words", "")[:2_000]
        return lambda: len(redact_minutes_words(conference=conference, words=said, reason=reason, by=by))
    number = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else 0
    return lambda: len(
        redact_said(conference=conference, place=given("place", ""), pk=number, reason=reason, by=by)
    )


def _page(
    request: HttpRequest, conference: Conference, form: WordsForm, refusal: DomainError | None = None
) -> HttpResponse:
    context = {
        "conference": conference,
        "form": form,
        "refusal": refusal,
        "texts": texts_to_redact(conference),
        "redactions": redactions_of(conference),
        "has_minutes": conference.minutes.exists(),
    }
    return render(request, "conferences/redaction.html", context, status=refusal.status if refusal else 200)
