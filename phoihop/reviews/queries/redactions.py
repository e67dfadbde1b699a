from django.db.models import QuerySet

from phoihop.reviews.models import Redaction, Review, ReviewVersion


def redactions_of(review: Review) -> QuerySet[Redaction]:
    """The newest first."""
    found = Redaction.objects.filter(review=review).select_related("version", "by")
    return found.defer("version__context").order_by("-at", "-pk")


def redactions_in(version: ReviewVersion) -> list[Redaction]:
    """What a reader of the version is told: when and why, never what."""
    return list(redactions_of(version.review).filter(version=version))
