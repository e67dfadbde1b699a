import pytest

from phoihop.core.errors import Conflict, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reviews.actions import create_planned_review
from phoihop.reviews.models import Review
from phoihop.reviews.queries import planned_review
from tests.reviews.world import SPAN, ReviewWorld


def test_review_is_issued_by_the_leading_parties_and_signed_by_the_first_post_that_may(
    world: ReviewWorld,
) -> None:
    review = world.review()

    [issuer] = review.issuers.all()
    assert issuer.organisation == world.base.centre
    assert (issuer.post.title_vi, issuer.signing_power) == ("Cục trưởng", "TM.")  # type: ignore[union-attr]


def test_review_takes_confirmed_figures_and_the_term_before_by_default(world: ReviewWorld) -> None:
    review = world.review()

    assert review.state == "confirmed"
    assert (review.previous_from, review.previous_until) == (
        SPAN.start.replace(month=6, year=2025),
        SPAN.start,
    )


def test_review_of_an_area_below_is_issued_by_the_same_side_there(world: ReviewWorld) -> None:
    review = world.review(area=world.base.province, slug="kon-tum")

    assert [issuer.organisation for issuer in review.issuers.all()] == [world.base.desk]


def test_planned_review_is_found_by_its_slug_and_named_for_its_area(world: ReviewWorld) -> None:
    slug = f"{world.base.programme.slug}-so-ket"

    own = create_planned_review(planned=planned_review(slug), by=None)
    below = create_planned_review(planned=planned_review(slug, world.base.province), by=None)

    assert (own.slug, own.title_vi) == (slug, "Sơ kết 6 tháng")
    assert (below.slug, below.title_vi) == (
        f"{slug}-{world.base.province.key}", "Sơ kết 6 tháng trên địa bàn tỉnh Kon Tum",
    )  # fmt: skip


def test_name_is_taken_only_once(world: ReviewWorld) -> None:
    world.review()

    with pytest.raises(Conflict, match="so-ket"):
        world.review()


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CENTRAL_DESK, True), (Role.REPORTING_OFFICER, True), (Role.APPROVER, False),
        (Role.READER, False), (Role.AUDITOR, False),
    ],
)  # fmt: skip
def test_who_enters_figures_for_an_issuer_may_create(world: ReviewWorld, role: Role, may: bool) -> None:
    user = world.base.user(world.base.centre, role)

    if may:
        assert world.review(by=user).pk
    else:
        with pytest.raises(NotAllowed):
            world.review(by=user)
        assert not Review.objects.exists()


def test_another_organisation_may_not_create(world: ReviewWorld) -> None:
    with pytest.raises(NotAllowed):
        world.review(by=world.base.provincial_desk)
