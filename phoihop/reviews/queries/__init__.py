from .changes import Changed, changed_since
from .issuing import issuing_organisations
from .planned import PlannedReview, planned_review, planned_reviews
from .reviews import (
    context_of,
    draft_context,
    latest_version,
    review_by_slug,
    reviews_visible_to,
    version_figures,
)

__all__ = [
    "Changed",
    "PlannedReview",
    "changed_since",
    "context_of",
    "draft_context",
    "issuing_organisations",
    "latest_version",
    "planned_review",
    "planned_reviews",
    "review_by_slug",
    "reviews_visible_to",
    "version_figures",
]
