from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock
from phoihop.reviews import errors
from phoihop.reviews import issuing_errors as issuing
from phoihop.reviews.actions.approving import is_out_for, locked_version, refuse_superseded
from phoihop.reviews.actions.guards import audience_named, require_publishing
from phoihop.reviews.enums import ReviewStage
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.queries.signing import missing_approvals


@transaction.atomic
def publish_review(*, version: ReviewVersion, audience: str, by: User | None) -> ReviewVersion:
    """From now on the audience may read this version; a wider one later, approved by every issuer for that audience.

    Raises: DomainError where an issuer has not approved this very version for this audience, where a later version
    was frozen, or where the version is published for this audience or a wider one.
    """
    require_publishing(by, version.review)
    wanted, locked = audience_named(audience), locked_version(version)
    refuse_superseded(locked)
    if locked.published_at is not None and locked.audience == wanted:
        raise errors.already_published(locked)
    if is_out_for(locked, wanted):
        raise issuing.narrower_audience(locked)
    if missing := missing_approvals(locked, wanted):
        raise issuing.approvals_missing(locked, wanted, [each.name_vi for each in missing])
    before = locked.audience
    locked.published_at, locked.published_by, locked.audience = clock.now(), by, wanted
    locked.save(update_fields=["published_at", "published_by", "audience"])
    locked.review.stage = ReviewStage.PUBLISHED
    locked.review.save(update_fields=["stage"])
    details = {"version": locked.number, "audience": wanted.value, "before": before}
    record("publish_review", locked.review, by=by, details=details)
    version.refresh_from_db()
    return version
