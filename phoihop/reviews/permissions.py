"""Who may see, compose, freeze, approve and publish a review. What a role may do is said in orgs.roles.MATRIX."""

from collections.abc import Callable, Iterable

from phoihop.core import clock
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import AnyUser, can_act_for
from phoihop.orgs.roles import Permission
from phoihop.reports.standing import areas_above, standing_of
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Review

SigningFor = Callable[[Organisation], bool]


def can_view_review(user: AnyUser, review: Review) -> bool:
    """The twin of `Review.objects.visible_to`."""
    return _is_published_for(user, review) or can_view_unpublished(user, review)


def can_view_unpublished(user: AnyUser, review: Review) -> bool:
    """Drafts and versions not published yet: who serves the area or a unit above it, and the issuers."""
    held = Membership.objects.held_by(user, clock.today())
    if held.seeing_everything().exists():
        return True
    issuing = review.issuers.values("organisation")
    above = areas_above(review.area, clock.today())
    return (
        held.filter(organisation__area__in=above).exists() or held.filter(organisation__in=issuing).exists()
    )


def can_compose_review(user: AnyUser | None, review: Review) -> bool:
    """Creating, composing and editing: who enters figures for one of the issuing organisations."""
    return may_for_any(user, Permission.ENTER, _issuing(review)) or can_freeze_review(user, review)


def can_freeze_review(user: AnyUser | None, review: Review) -> bool:
    return may_for_any(user, Permission.FREEZE, _issuing(review))


def can_publish_review(user: AnyUser | None, review: Review) -> bool:
    return may_for_any(user, Permission.PUBLISH, _issuing(review))


def signing_for(user: AnyUser | None) -> SigningFor:
    """In whose name the user approves and numbers: the desk or an approver there, or of its heir once it has ended."""
    standing = standing_of(user)
    return lambda organisation: standing.may(Permission.FREEZE, organisation.pk)


def may_for_any(user: AnyUser | None, permission: Permission, organisations: Iterable[Organisation]) -> bool:
    """`None` is the system itself: a command run on the machine."""
    return user is None or any(can_act_for(user, permission, each) for each in organisations)


def _issuing(review: Review) -> list[Organisation]:
    return [issuer.organisation for issuer in review.issuers.select_related("organisation__area")]


def _is_published_for(user: AnyUser, review: Review) -> bool:
    audiences = [Audience.PUBLIC.value]
    if user.is_authenticated and user.is_active:
        audiences.append(Audience.SIGNED_IN.value)
    published = review.versions.filter(published_at__isnull=False, audience__in=audiences)
    return published.exists()
