from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from phoihop.accounts.access import public
from phoihop.assignments.queries.conclusions import conclusions_from
from phoihop.core import storage
from phoihop.core.errors import NotAllowed
from phoihop.core.tables import download
from phoihop.programmes.models import Programme
from phoihop.reports.permissions import can_redact
from phoihop.reviews import errors
from phoihop.reviews.models import Review
from phoihop.reviews.pages import review_page
from phoihop.reviews.pages.chart_tables import chart_sheet
from phoihop.reviews.permissions import can_view_unpublished
from phoihop.reviews.queries.handing import conclusions_address
from phoihop.reviews.queries.reading import Reading, file_of, listed, reading
from phoihop.reviews.queries.room import duties_of
from phoihop.reviews.queries.unconfirmed import waiting_review
from phoihop.reviews.render.labels import Language


@public
def reviews(request: HttpRequest) -> HttpResponse:
    """Those published for the reader, and those of the reader's own areas."""
    slug = request.GET.get("programme", "")
    chosen = Programme.objects.visible_to(request.user).filter(slug=slug).first() if slug else None
    context = {
        "reviews": listed(request.user, chosen),
        "programmes": Programme.objects.visible_to(request.user).filter(localises__isnull=True),
        "chosen": chosen,
    }
    return render(request, "reviews/list.html", context)


@public
def review(request: HttpRequest, slug: str) -> HttpResponse:
    read = _reading(request, slug)
    version = read.version.number if read.version else None
    may_see_why = request.user.is_authenticated and can_view_unpublished(request.user, read.review)
    may_work = request.user.is_authenticated and duties_of(request.user, read.review).any
    context = {
        "read": read,
        "may_work": may_work,
        "conclude_at": conclusions_address(read.version, request.user) if may_work and read.version else "",
        "may_see_why": may_see_why,
        "unconfirmed": waiting_review(request.user, read.review) if may_see_why else None,
        "may_redact": request.user.is_authenticated and can_redact(request.user),
        "review": read.review,
        "conclusions": conclusions_from(request.user, f"review:{slug}"),
        "page": review_page(read.context, _language(), version),
    }
    return render(request, "reviews/review.html", context)


@public
@cache_control(private=True, max_age=3600)
def chart(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """One chart of the review, without its title and notes: the page writes those as text."""
    from phoihop.reviews.render.charts import draw

    drawn = _reading(request, slug).context["charts"].get(key)
    if drawn is None:
        raise Http404
    dark = request.GET.get("theme") == "dark"
    return HttpResponse(draw(drawn, _language(), "svg", bare=True, dark=dark), content_type="image/svg+xml")


@public
def chart_figures(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The points of a chart as CSV: the rows of the table under it."""
    read = _reading(request, slug)
    if key not in read.context["charts"]:
        raise Http404
    version = read.version.number if read.version else None
    return download(chart_sheet(read.context, key, _language(), version), "csv")


@public
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A stored file of a version the reader may see, byte for byte as it was frozen."""
    visible = get_object_or_404(Review.objects.visible_to(request.user), slug=slug)
    found = file_of(request.user, visible, pk)
    if found is None:
        raise Http404
    if not found.is_open:
        raise NotAllowed(
            _(
                "This file holds small counts of persons, so it is handed only to those who have signed in. The page"
                " of the review shows the same text with those counts protected."
            )
        )
    place = storage.place_of(found.file.path)
    if not place.is_file():
        raise errors.file_missing(found.file.name, found.file.path)
    return FileResponse(place.open("rb"), as_attachment=True, filename=found.file.name)


def _reading(request: HttpRequest, slug: str) -> Reading:
    visible = Review.objects.visible_to(request.user).select_related("programme", "area")
    found = reading(request.user, get_object_or_404(visible, slug=slug), request.GET.get("version", ""))
    if found is None:
        raise Http404
    return found


def _language() -> Language:
    return "en" if (get_language() or "vi").startswith("en") else "vi"
