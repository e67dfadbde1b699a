"""Acts on the map and the catalogue, in the order of the audit log: a clock may be set back, its numbers only grow."""

from django.db.models import Max, QuerySet

from phoihop.audit.models import AuditEvent
from phoihop.reviews.models import Review, ReviewVersion

MAP_ACTS = ("load_areas", "establish_area", "record_succession")
CATALOGUE_ACTS = ("load_indicators", "load_programme")


def basis_acts() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.filter(action__in=[*MAP_ACTS, *CATALOGUE_ACTS])


def basis_now() -> int:
    """The number of the last such act."""
    return basis_acts().aggregate(last=Max("pk"))["last"] or 0


def basis_of(version: ReviewVersion) -> int:
    """The log's number when the version's figures were computed; where the log lacks it, of its freezing."""
    events = AuditEvent.objects.filter(object_type=Review._meta.label_lower, object_id=str(version.review_id))
    frozen = events.filter(action="freeze_review", details__version=version.number).first()
    if frozen is None:
        return basis_acts().filter(at__lte=version.frozen_at).aggregate(last=Max("pk"))["last"] or 0
    composed = events.filter(action="compose_review", pk__lt=frozen.pk).aggregate(last=Max("pk"))["last"]
    return composed or frozen.pk


def basis_of_draft(review: Review) -> int:
    """The log's number when the draft was last composed."""
    events = AuditEvent.objects.filter(object_type=Review._meta.label_lower, object_id=str(review.pk))
    return events.filter(action="compose_review").aggregate(last=Max("pk"))["last"] or 0
