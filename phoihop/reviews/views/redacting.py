"""Taking a person's data out of a review, its earlier texts, its frozen versions and the files beside them."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from phoihop.accounts.access import requires
from phoihop.core.errors import DomainError
from phoihop.reports.permissions import can_redact
from phoihop.reviews.actions import redact_file, redact_words
from phoihop.reviews.enums import FileKind
from phoihop.reviews.forms import RedactionForm
from phoihop.reviews.models import Review, ReviewFile
from phoihop.reviews.queries.redactions import redactions_of
from phoihop.reviews.views.room import first_fault, person

by_the_centre = requires(
    can_redact, gettext_lazy("Words and files of a review are taken out for good by the central desk.")
)


@by_the_centre
@require_http_methods(["GET", "POST"])
def redaction(request: HttpRequest, slug: str) -> HttpResponseBase:
    review = _review(request, slug)
    form = RedactionForm(request.POST or None)
    if request.method == "POST":
        return _done(request, review, form, lambda: _words(request, review, form))
    return _page(request, review, form)


@by_the_centre
@require_POST
def redact_beside(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    review = _review(request, slug)
    file = get_object_or_404(ReviewFile, pk=pk, version__review=review)
    reason = request.POST.get("reason", "")

    def act() -> int:
        redact_file(file=file, reason=reason, by=person(request))
        return 1

    return _done(request, review, RedactionForm(), act)


def _words(request: HttpRequest, review: Review, form: RedactionForm) -> int:
    if not form.is_valid():
        raise DomainError(first_fault(form))
    said = form.cleaned_data
    return len(redact_words(review=review, words=said["words"], reason=said["reason"], by=person(request)))


def _done(
    request: HttpRequest, review: Review, form: RedactionForm, act: Callable[[], int]
) -> HttpResponseBase:
    try:
        count = act()
    except DomainError as refusal:
        return _page(request, review, form, refusal)
    messages.success(
        request, _("Taken out for good; a tombstone stands in %(count)s places.") % {"count": count}
    )
    return redirect("reviews:redaction", slug=review.slug)


def _page(
    request: HttpRequest, review: Review, form: RedactionForm, refusal: DomainError | None = None
) -> HttpResponse:
    beside = ReviewFile.objects.filter(version__review=review, kind=FileKind.UPLOADED)
    context = {
        "review": review,
        "form": form,
        "refusal": refusal,
        "files": beside.select_related("version").order_by("-version__number", "pk"),
        "redactions": redactions_of(review),
    }
    return render(request, "reviews/redaction.html", context, status=refusal.status if refusal else 200)


def _review(request: HttpRequest, slug: str) -> Review:
    visible = Review.objects.visible_to(request.user).select_related("programme", "area")
    found: Review = get_object_or_404(visible, slug=slug)
    return found
