"""Frozen reviews that wait for a person: for an issuer's approval, or, once every issuer has approved, to go out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.roles import Permission
from phoihop.reports.standing import standing_of
from phoihop.reviews.models import Approval, Issuer, ReviewVersion
from phoihop.reviews.permissions import can_publish_review


@dataclass(frozen=True, slots=True)
class Awaited:
    to_approve: Sequence[tuple[ReviewVersion, Organisation]]  # in whose name
    to_publish: Sequence[ReviewVersion]


def awaited_by(user: AnyUser) -> Awaited:
    """Newest versions that are not published, of reviews issued by a body the user signs for."""
    standing = standing_of(user)
    signing = {pk for pk in standing.roles if standing.may(Permission.FREEZE, pk)}
    to_approve, to_publish = [], []
    for version in _unpublished(signing):
        approved = {each.organisation_id for each in version.approvals.all()}
        issuers = [each.organisation for each in version.review.issuers.all()]
        missing = [each for each in issuers if each.pk not in approved]
        to_approve += [(version, each) for each in missing if each.pk in signing]
        if not missing and can_publish_review(user, version.review):
            to_publish.append(version)
    return Awaited(to_approve, to_publish)


def _unpublished(organisations: set[int]) -> QuerySet[ReviewVersion]:
    later = ReviewVersion.objects.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
    issued = Issuer.objects.filter(organisation__in=organisations).values("review")
    found = ReviewVersion.objects.filter(published_at__isnull=True, review__in=issued).exclude(Exists(later))
    approvals = Prefetch("approvals", Approval.objects.standing())
    issuers = Prefetch("review__issuers", Issuer.objects.select_related("organisation__area"))
    found = found.select_related("review").prefetch_related(approvals, issuers)
    return found.defer("context", "review__composed").order_by("frozen_at", "pk")
