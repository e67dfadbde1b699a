"""Frozen reviews that wait for a person: for an issuer's approval, or, once every issuer has approved, to go out."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.roles import Permission
from phoihop.reports.standing import standing_of
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Approval, Issuer, ReviewVersion
from phoihop.reviews.permissions import can_publish_review
from phoihop.reviews.queries.signing import wider_than


@dataclass(frozen=True, slots=True)
class Awaited:
    to_approve: Sequence[tuple[ReviewVersion, Organisation]]  # in whose name
    to_widen: Sequence[tuple[ReviewVersion, Organisation, Audience]]  # another issuer wants it read by these
    to_publish: Sequence[ReviewVersion]


def awaited_by(user: AnyUser) -> Awaited:
    """Newest versions that may go out to more than they did, of reviews issued by a body the user signs for."""
    standing = standing_of(user)
    signing = {pk for pk in standing.roles if standing.may(Permission.FREEZE, pk)}
    to_approve, to_widen, to_publish = [], [], []
    for version in _newest(signing):
        issuers = [each.organisation for each in version.review.issuers.all()]
        lacking = _lacking(version, issuers)
        missing = [] if version.published_at else next(iter(lacking.values()), issuers)
        to_approve += [(version, each) for each in missing if each.pk in signing]
        to_widen += [
            (version, each, audience)
            for audience, organisations in lacking.items()
            for each in organisations
            if each.pk in signing and each not in missing
        ]
        if [] in lacking.values() and can_publish_review(user, version.review):
            to_publish.append(version)
    return Awaited(to_approve, to_widen, to_publish)


def _lacking(version: ReviewVersion, issuers: Sequence[Organisation]) -> dict[Audience, list[Organisation]]:
    """Of each audience it is not out for and an issuer approved, the narrowest first: who has not."""
    found = {}
    for audience in wider_than(version):
        given = [each for each in version.approvals.all() if each.audience in audience.at_least()]
        approved = {each.organisation_id for each in given}
        if given:
            found[audience] = [each for each in issuers if each.pk not in approved]
    return found


def _newest(organisations: set[int]) -> QuerySet[ReviewVersion]:
    """Of published ones those that an issuer approved since: before, they were published for fewer on purpose."""
    later = ReviewVersion.objects.filter(review=OuterRef("review"), number__gt=OuterRef("number"))
    issued = Issuer.objects.filter(organisation__in=organisations).values("review")
    found = ReviewVersion.objects.filter(review__in=issued).exclude(Exists(later))
    since = Approval.objects.standing().filter(version=OuterRef("pk"), at__gt=OuterRef("published_at"))
    found = found.filter(Q(published_at__isnull=True) | Exists(since))
    approvals = Prefetch("approvals", Approval.objects.standing())
    issuers = Prefetch("review__issuers", Issuer.objects.select_related("organisation__area"))
    found = found.select_related("review").prefetch_related(approvals, issuers)
    return found.defer("context", "review__composed").order_by("frozen_at", "pk")
