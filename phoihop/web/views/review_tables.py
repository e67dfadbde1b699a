"""Two tables of the review room that are also handed out: what changed, and the register of numbers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from phoihop.accounts.access import requires
from phoihop.core import clock
from phoihop.core.errors import NotAllowed
from phoihop.core.templatetags.vietnamese import areaname, day
from phoihop.reviews.errors import unknown_version
from phoihop.reviews.models import Review, ReviewVersion
from phoihop.reviews.permissions import can_view_unpublished
from phoihop.reviews.queries import Compared, compared, with_draft
from phoihop.reviews.queries.reading import DRAFT
from phoihop.reviews.queries.room import duties_of
from phoihop.reviews.queries.unconfirmed import waiting_review
from phoihop.web import trail
from phoihop.web.queries import register as registered
from phoihop.web.queries.review_changes import change_lines, change_table, sides_in_words
from phoihop.web.tables import Sheet, download
from phoihop.web.tables.paging import page_of, whole

signed_in = requires(
    lambda user: user.is_authenticated,
    gettext_lazy(
        "What changed in a review, and the register of numbers, are for those who work with them. Sign in."
    ),
)


@signed_in
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Between two frozen versions, a version and the run of the draft, or a version and now (`den` left out)."""
    review = _review(request, slug)
    versions = list(review.versions.order_by("-number").defer("context"))
    context: dict[str, object] = {
        "review": review, "versions": versions, "trail": _trail(review), "may_work": duties_of(request.user, review).any,
    }  # fmt: skip
    if not versions:
        return render(request, "web/reviews/changes.html", context)
    first = _version(versions, request.GET.get("tu", "")) or versions[0]
    found = _compared(versions, first, request.GET.get("den", ""))
    show_all = request.GET.get("all") == "1"
    rows = found.rows if show_all else found.changed
    if fmt := request.GET.get("download", ""):
        head = [_("As of %(day)s") % {"day": day(clock.today())}]
        return download(Sheet(change_table(request.user, found, rows), head), fmt)
    shown, page = page_of(request, rows)
    context |= {
        "found": found,
        "unconfirmed": None if found.second or found.is_draft else waiting_review(request.user, review),
        "sides": sides_in_words(found),
        "lines": change_lines(request.user, found, shown),
        "page": page,
        "show_all": show_all,
    }
    return render(request, "web/reviews/changes.html", context)


def _compared(versions: list[ReviewVersion], first: ReviewVersion, asked: str) -> Compared:
    """The older version first, whichever was named first."""
    if asked == DRAFT:
        return with_draft(first)
    second = _version(versions, asked)
    if second and second.number < first.number:
        first, second = second, first
    return compared(first, second)


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
    if not can_view_unpublished(request.user, review):
        raise NotAllowed(
            _(
                "Why figures of a review changed is shown to those who serve its area or issue it. You may read the"
                " published version."
            )
        )
    return review


def _version(versions: list[ReviewVersion], asked: str) -> ReviewVersion | None:
    """Raises: DomainError for a version that is not there."""
    if not asked:
        return None
    found = next((each for each in versions if each.number == whole(asked, 0)), None)
    if found is None:
        raise unknown_version(versions[0].review, whole(asked, 0))
    return found


def _trail(review: Review) -> list[trail.Step]:
    return [
        trail.Step(_("Reviews"), f"{reverse('reviews:list')}?programme={review.programme.slug}"),
        trail.Step(areaname(review.area), reverse("reviews:review", args=[review.slug])),
        trail.Step(_("What changed")),
    ]
