"""Who may do what with a review, as refusals."""

from collections.abc import Iterable

from phoihop.accounts.models import User
from phoihop.core.errors import NotAllowed
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import AnyUser
from phoihop.orgs.roles import Permission
from phoihop.reviews.enums import Audience
from phoihop.reviews.errors import may_not, unknown_audience, why_is_not_shown
from phoihop.reviews.issuing_errors import may_not_sign_for, not_an_issuer
from phoihop.reviews.models import Review, ReviewVersion
from phoihop.reviews.permissions import (
    can_compose_review,
    can_freeze_review,
    can_publish_review,
    can_view_unpublished,
    may_for_any,
    signing_for,
)
from phoihop.reviews.queries.signing import issuers_of


def require_composing(user: User | None, review: Review) -> None:
    if not can_compose_review(user, review):
        raise _refusal(Permission.ENTER, review)


def require_freezing(user: User | None, review: Review) -> None:
    if not can_freeze_review(user, review):
        raise _refusal(Permission.FREEZE, review)


def require_publishing(user: User | None, review: Review) -> None:
    if not can_publish_review(user, review):
        raise _refusal(Permission.PUBLISH, review)


def require_reading_why(user: AnyUser | None, review: Review) -> None:
    if user is not None and not can_view_unpublished(user, review):
        raise why_is_not_shown()


def require_signing_for(user: User | None, organisation: Organisation, version: ReviewVersion) -> None:
    """In the name of an issuer of the review, and of no other organisation."""
    issuers = issuers_of(version)
    if organisation not in issuers:
        raise not_an_issuer(organisation, version, [each.name_vi for each in issuers])
    if not signing_for(user)(organisation):
        raise may_not_sign_for(organisation)


def audience_named(text: str) -> Audience:
    if text not in Audience.values:
        raise unknown_audience(text, Audience.values)
    return Audience(text)


def require_creating(
    user: User | None, title: str, level: str, organisations: Iterable[Organisation]
) -> None:
    """Whoever enters figures for one of the bodies that would issue the review."""
    issuing = list(organisations)
    if not may_for_any(user, Permission.ENTER, issuing):
        raise may_not(Permission.ENTER, title, level, [each.name_vi for each in issuing])


def _refusal(permission: Permission, review: Review) -> NotAllowed:
    issuing = [issuer.organisation.name_vi for issuer in review.issuers.select_related("organisation")]
    return may_not(permission, review.title_vi, review.area.level, issuing)
