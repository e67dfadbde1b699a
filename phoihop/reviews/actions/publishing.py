from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.reviews import errors
from phoihop.reviews import issuing_errors as issuing
from phoihop.reviews.actions.guards import require_publishing
from phoihop.reviews.enums import Audience, ReviewStage
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.signing import missing_approvals


@transaction.atomic
def publish_review(*, version: ReviewVersion, audience: str, by: User | None) -> ReviewVersion:
    """From now on the audience may read this version; a wider audience may be chosen later.

    Raises: DomainError where an issuer has not approved this very version.
    """
    require_publishing(by, version.review)
    if audience not in Audience.values:
        raise errors.unknown_audience(audience, Audience.values)
    locked = ReviewVersion.objects.select_for_update().select_related("review").get(pk=version.pk)
    if locked.published_at is not None and locked.audience == audience:
        raise errors.already_published(locked)
    if locked.published_at is None and (missing := missing_approvals(locked)):
        raise issuing.approvals_missing(locked, [each.name_vi for each in missing])
    locked.published_at, locked.published_by, locked.audience = clock.now(), by, audience
    locked.save(update_fields=["published_at", "published_by", "audience"])
    locked.review.stage = ReviewStage.PUBLISHED
    locked.review.save(update_fields=["stage"])
    record("publish_review", locked.review, by=by, details={"version": locked.number, "audience": audience})
    version.refresh_from_db()
    return version
