"""Who is told at home that a frozen version waits: an issuer for its approval, the lead once all have given theirs."""

from datetime import timedelta

from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.reviews.actions import approve_version, compose_review, freeze_review, publish_review
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Issuer
from phoihop.reviews.queries.awaiting import awaited_by
from tests.reports.world import front_of
from tests.reviews.world import ReviewWorld
from tests.web.world import client_of


def test_each_issuer_is_told_until_it_approves_and_then_the_lead(world: ReviewWorld) -> None:
    world.accept_all()
    co_issuer = front_of(world.base.country)
    review = world.composed()
    Issuer.objects.create(review=review, organisation=co_issuer, order=1)
    lead, partner = world.base.central_desk, world.base.user(co_issuer, Role.APPROVER)
    assert awaited_by(lead).to_approve == []  # a draft waits for nobody
    version = freeze_review(review=review, by=None, render=False)
    for user, organisation in ((lead, world.base.centre), (partner, co_issuer)):
        assert list(awaited_by(user).to_approve) == [(version, organisation)]
        assert "chờ phê duyệt của" in client_of(user).get("/").content.decode()
        assert awaited_by(user).to_publish == []
        approve_version(version=version, organisation=organisation, audience="public", by=user)
        assert awaited_by(user).to_approve == []
    assert list(awaited_by(lead).to_publish) == [version]
    assert "đã phê duyệt" in client_of(lead).get("/").content.decode()
    for other in (world.base.officer(), world.base.user(co_issuer, Role.READER)):
        assert (awaited_by(other).to_approve, awaited_by(other).to_publish) == ([], [])
    publish_review(version=version, audience="public", by=lead)
    assert awaited_by(lead).to_publish == []


def test_the_other_issuers_are_told_when_one_wants_a_wider_audience(world: ReviewWorld) -> None:
    world.accept_all()
    co_issuer = front_of(world.base.country)
    review = world.composed()
    Issuer.objects.create(review=review, organisation=co_issuer, order=1)
    lead, partner = world.base.central_desk, world.base.user(co_issuer, Role.APPROVER)
    version = freeze_review(review=review, by=None, render=False)
    for user, organisation in ((lead, world.base.centre), (partner, co_issuer)):
        approve_version(version=version, organisation=organisation, audience="signed_in", by=user)
    publish_review(version=version, audience="signed_in", by=lead)
    assert [awaited_by(each).to_widen for each in (lead, partner)] == [[], []]
    with clock.pinned(clock.now() + timedelta(hours=1)):
        approve_version(version=version, organisation=co_issuer, audience="public", by=partner)
    assert awaited_by(lead).to_widen == [(version, world.base.centre, Audience.PUBLIC)]
    assert (awaited_by(partner).to_widen, awaited_by(lead).to_publish) == ([], [])
    assert "đối tượng rộng hơn (Công khai)" in client_of(lead).get("/").content.decode()
    approve_version(version=version, organisation=world.base.centre, audience="public", by=lead)
    assert (awaited_by(lead).to_widen, awaited_by(lead).to_publish) == ([], [version])
    publish_review(version=version, audience="public", by=lead)
    assert awaited_by(lead).to_publish == []


def test_what_all_approved_for_more_and_was_published_for_fewer_waits_for_nobody(world: ReviewWorld) -> None:
    world.accept_all()
    version = freeze_review(review=world.composed(), by=None, render=False)
    lead = world.base.central_desk
    approve_version(version=version, organisation=world.base.centre, audience="public", by=lead)
    publish_review(version=version, audience="signed_in", by=lead)
    assert (awaited_by(lead).to_widen, awaited_by(lead).to_publish) == ([], [])


def test_only_the_newest_version_waits(world: ReviewWorld) -> None:
    world.accept_all()
    first = freeze_review(review=world.composed(), by=None, render=False)
    second = freeze_review(review=compose_review(review=first.review, by=None), by=None, render=False)
    assert [version for version, _ in awaited_by(world.base.central_desk).to_approve] == [second]
