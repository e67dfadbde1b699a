import json
from typing import Any

from django.db.models import QuerySet

from phoihop.orgs.permissions import AnyUser
from phoihop.reviews import errors
from phoihop.reviews.compose.context import build_context
from phoihop.reviews.models import Review, ReviewVersion


def reviews_visible_to(user: AnyUser) -> QuerySet[Review]:
    seen: QuerySet[Review] = Review.objects.visible_to(user)
    return seen.select_related("programme", "area").order_by("-span_until", "slug")


def review_by_slug(slug: str) -> Review:
    """Raises: DomainError naming the reviews there are."""
    found: Review | None = Review.objects.filter(slug=slug).first()
    if found is None:
        raise errors.unknown_review(slug, Review.objects.order_by("slug").values_list("slug", flat=True))
    return found


def latest_version(review: Review) -> ReviewVersion | None:
    return review.versions.order_by("-number").first()


def context_of(version: ReviewVersion) -> dict[str, Any]:
    """The frozen context, as every rendering draws from it."""
    frozen: dict[str, Any] = json.loads(version.context)
    return frozen


def draft_context(review: Review) -> dict[str, Any]:
    """The context a composed draft would be frozen with, for previews."""
    if not review.composed:
        raise errors.nothing_composed(review)
    return build_context(review)


def version_figures(version: ReviewVersion) -> dict[str, dict[str, Any]]:
    """The frozen figures by key, in the shape of docs/review-context.md."""
    figures: dict[str, dict[str, Any]] = context_of(version)["figures"]
    return figures
