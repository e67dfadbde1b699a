"""Two tables of the review room that are also handed out: what changed, and the register of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from phoihop.accounts.access import requires
from phoihop.accounts.models import User
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.reviews.actions import ask_figures
from phoihop.reviews.actions.guards import require_reading_why
from phoihop.reviews.errors import unknown_run, unknown_version
from phoihop.reviews.models import DraftRun, Review, ReviewVersion
from phoihop.reviews.queries import Compared, compared, with_draft
from phoihop.reviews.queries.reading import DRAFT
from phoihop.reviews.queries.room import duties_of
from phoihop.reviews.queries.sides import Stand, older_first
from phoihop.reviews.queries.unconfirmed import waiting_review
from phoihop.web import trail
from phoihop.web.queries import register as registered
from phoihop.web.queries.review_changes import (
    as_of_in_words,
    change_lines,
    change_table,
    sides_in_words,
    stand_asked,
)
from phoihop.web.tables import Sheet, download
from phoihop.web.tables.paging import page_of, whole

RUN = "run-"
signed_in = requires(
    lambda user: user.is_authenticated,
    gettext_lazy(
        "What changed in a review, and the register of numbers, are for those who work with them. Sign in."
    ),
)


@signed_in
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Between any two of: frozen versions, runs of the draft, the draft, and now (`den` left out)."""
    review = _review(request, slug)
    held = _held(review)
    context: dict[str, object] = {
        "review": review, "held": held, "trail": _trail(review), "may_work": duties_of(request.user, review).any,
    }  # fmt: skip
    if not held.stands:
        return render(request, "web/reviews/changes.html", context)
    found = _compared(held, request.GET.get("tu", ""), request.GET.get("den", ""))
    show_all = request.GET.get("all") == "1"
    rows = found.rows if show_all else found.changed
    if fmt := request.GET.get("download", ""):
        head = [as_of_in_words(found)]
        return download(Sheet(change_table(request.user, found, rows), head), fmt)
    shown, page = page_of(request, rows)
    context |= {
        "found": found,
        "unconfirmed": None if found.second or found.is_draft else waiting_review(request.user, review),
        "sides": sides_in_words(found),
        "stand": stand_asked(found.first),
        "lines": change_lines(request.user, shown),
        "page": page,
        "show_all": show_all,
    }
    return render(request, "web/reviews/changes.html", context)


@dataclass(frozen=True, slots=True)
class _Held:
    """What of a review can be compared, the newest first."""

    review: Review
    versions: Sequence[ReviewVersion]
    runs: Sequence[DraftRun]

    @property
    def stands(self) -> Sequence[Stand]:
        return [*self.versions, *self.runs]

    def named(self, asked: str) -> Stand | None:
        """A version by its number, a run as run-2. Raises: DomainError for one that is not there."""
        if not asked:
            return None
        if asked.startswith(RUN):
            number = asked.removeprefix(RUN)
            run = next((each for each in self.runs if str(each.number) == number), None)
            if run is None:
                raise unknown_run(self.review, number)
            return run
        version = next((each for each in self.versions if each.number == whole(asked, 0)), None)
        if version is None:
            raise unknown_version(self.review, whole(asked, 0))
        return version

    def unasked(self) -> tuple[Stand, Stand | None]:
        """The newest version with now; where nothing is frozen yet, the last two runs."""
        if self.versions or len(self.runs) == 1:
            return self.stands[0], None
        return self.runs[1], self.runs[0]


@signed_in
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The figures of now for a version or a run that no job looks at by itself."""
    review = _review(request, slug)
    asked = request.POST.get("tu", "")
    stand = _held(review).named(asked)
    if stand is None:
        raise unknown_version(review, 0)
    ask_figures(stand=stand, by=cast("User", request.user))
    return redirect(f"{reverse('web:review_changes', args=[slug])}?{urlencode({'tu': asked})}")


def _held(review: Review) -> _Held:
    return _Held(
        review,
        list(review.versions.order_by("-number").defer("context")),
        list(review.draft_runs.order_by("-number").defer("figures")),
    )


def _compared(held: _Held, asked: str, asked_with: str) -> Compared:
    """The older first, whichever was named first."""
    first, second = held.unasked()
    if asked or asked_with:
        first, second = held.named(asked) or held.stands[0], None
    if asked_with == DRAFT:
        return with_draft(first)
    second = held.named(asked_with) or second
    return compared(*older_first(first, second)) if second else compared(first, None)


@signed_in
def register(request: HttpRequest) -> HttpResponse:
    """Numbers from 01 each year for each issuer; every gap with its reason."""
    lines = registered.register_seen_by(request.user)
    asked = registered.Asked(request.GET.get("issuer", ""), request.GET.get("year", ""))
    wanted = registered.narrowed(lines, asked)
    if fmt := request.GET.get("download", ""):
        return download(Sheet(registered.register_table(request.user, wanted)), fmt)
    shown, page = page_of(request, wanted)
    context = {
        "trail": [
            trail.Step(_("Reviews"), reverse("reviews:list")),
            trail.Step(_("Register of numbers")),
        ],
        "issuers": registered.issuers_in(lines),
        "years": registered.years_in(lines),
        "asked": asked,
        "table": registered.register_table(request.user, shown),
        "page": page,
    }
    return render(request, "web/reviews/register.html", context)


def _review(request: HttpRequest, slug: str) -> Review:
    visible = Review.objects.visible_to(request.user).select_related("programme", "area")
    review: Review = get_object_or_404(visible, slug=slug)
    require_reading_why(request.user, review)
    return review


def _trail(review: Review) -> list[trail.Step]:
    return [
        trail.Step(_("Reviews"), f"{reverse('reviews:list')}?programme={review.programme.slug}"),
        trail.Step(areaname(review.area), reverse("reviews:review", args=[review.slug])),
        trail.Step(_("What changed")),
    ]
