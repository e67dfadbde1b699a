from .changes import Changed, Compared, FigureRow, changed_since, compared, with_draft
from .issuing import issuing_organisations
from .planned import PlannedReview, planned_review, planned_reviews
from .reasons import Reason
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
    "Compared",
    "FigureRow",
    "PlannedReview",
    "Reason",
    "changed_since",
    "compared",
    "context_of",
    "draft_context",
    "issuing_organisations",
    "latest_version",
    "planned_review",
    "planned_reviews",
    "review_by_slug",
    "reviews_visible_to",
    "version_figures",
    "with_draft",
]
