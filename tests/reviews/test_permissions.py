import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.orgs.enums import Role
from phoihop.reviews.actions import freeze_review, publish_review
from phoihop.reviews.models import Review
from phoihop.reviews.permissions import can_view_review, can_view_unpublished
from tests.factories.orgs import UserFactory
from tests.reviews.world import ReviewWorld, approved


@pytest.mark.parametrize("audience", ["", "signed_in", "public"])
def test_seeing_one_review_and_listing_reviews_agree_for_everyone(world: ReviewWorld, audience: str) -> None:
    """The twins: whoever may view a review finds it in the list, and no one else does."""
    world.accept_all()
    reviews = [
        world.composed(),
        world.composed(area=world.base.province, slug="province"),
        world.composed(area=world.base.communes[0], slug="commune"),
    ]
    if audience:
        publish_review(
            version=approved(freeze_review(review=reviews[1], by=None, render=False)),
            audience=audience,
            by=None,
        )
    sides = [world.base.centre, world.base.desk, *world.units]
    users = [world.base.user(side, role) for side in sides for role in Role if _held_there(side, role)]

    for user in [AnonymousUser(), UserFactory(), UserFactory(is_active=False), *users]:
        listed = set(Review.objects.visible_to(user))
        assert listed == {review for review in reviews if can_view_review(user, review)}, user
        whole = set(Review.objects.seen_whole_by(user))
        assert whole == {review for review in reviews if can_view_unpublished(user, review)}, user


def test_default_is_to_see_nothing(world: ReviewWorld) -> None:
    review = world.review()

    assert not can_view_review(UserFactory(), review)
    assert not can_view_review(AnonymousUser(), review)
    assert can_view_review(world.base.central_desk, review)


def test_province_sees_its_own_review_and_not_the_nations(world: ReviewWorld) -> None:
    national, own = world.review(), world.review(area=world.base.province, slug="province")

    assert not can_view_review(world.base.provincial_desk, national)
    assert can_view_review(world.base.provincial_desk, own)


def _held_there(side: object, role: Role) -> bool:
    level = side.area.level  # type: ignore[attr-defined]
    return {Role.CENTRAL_DESK: "nation", Role.PROVINCIAL_DESK: "province"}.get(role, level) == level
