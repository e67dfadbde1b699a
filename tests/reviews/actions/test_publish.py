import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reviews.actions import freeze_review, publish_review
from phoihop.reviews.models import Review, ReviewVersion
from tests.reviews.world import ReviewWorld, approved


@pytest.fixture
def version(world: ReviewWorld) -> ReviewVersion:
    world.accept_all()
    return approved(freeze_review(review=world.composed(), by=None, render=False))


def test_published_version_is_open_to_its_audience_and_to_no_other(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    officer = world.base.officer()
    assert not Review.objects.visible_to(officer).exists()

    publish_review(version=version, audience="signed_in", by=None)

    assert Review.objects.visible_to(officer).exists()
    assert not Review.objects.visible_to(AnonymousUser()).exists()


def test_audience_may_be_widened_later_but_not_named_twice(version: ReviewVersion) -> None:
    publish_review(version=version, audience="signed_in", by=None)
    publish_review(version=version, audience="public", by=None)

    assert version.audience == "public"
    with pytest.raises(Conflict):
        publish_review(version=version, audience="public", by=None)


def test_unknown_audience_is_refused_by_name(version: ReviewVersion) -> None:
    with pytest.raises(DomainError, match="everyone"):
        publish_review(version=version, audience="everyone", by=None)


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.CENTRAL_DESK, True), (Role.APPROVER, True), (Role.REPORTING_OFFICER, False), (Role.READER, False)],
)
def test_role_that_publishes_for_an_issuer_may_publish(
    world: ReviewWorld, version: ReviewVersion, role: Role, may: bool
) -> None:
    user = world.base.user(world.base.centre, role)

    if may:
        assert publish_review(version=version, audience="public", by=user).published_by == user
    else:
        with pytest.raises(NotAllowed):
            publish_review(version=version, audience="public", by=user)
