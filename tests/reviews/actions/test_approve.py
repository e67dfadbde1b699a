"""Joint sign-off: each issuer approves a frozen version in its own name; what is missing stops the publishing."""

import pytest

from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.reviews.actions import (
    approve_for_every_issuer,
    approve_version,
    compose_review,
    freeze_review,
    publish_review,
    withdraw_approval,
)
from phoihop.reviews.enums import Audience
from phoihop.reviews.models import Approval, ReviewVersion
from phoihop.reviews.queries.signing import missing_approvals
from tests.reports.world import front_of
from tests.reviews.world import ReviewWorld


@pytest.fixture
def front(world: ReviewWorld) -> Organisation:
    return front_of(world.base.country)


@pytest.fixture
def version(world: ReviewWorld, front: Organisation) -> ReviewVersion:
    """Issued by the centre's police and the centre's Front together."""
    world.accept_all()
    review = world.composed(issuers=[world.base.centre, front])
    return freeze_review(review=review, by=None, render=False)


def test_version_goes_out_only_when_every_issuer_approved_it(
    world: ReviewWorld, front: Organisation, version: ReviewVersion
) -> None:
    desk = world.base.central_desk
    approve_version(
        audience="public", version=version, organisation=world.base.centre, by=desk, note="Nhất trí"
    )
    with pytest.raises(Conflict, match=front.name_vi):
        publish_review(version=version, audience="public", by=desk)
    approve_version(
        audience="public", version=version, organisation=front, by=world.base.user(front, Role.APPROVER)
    )
    assert publish_review(version=version, audience="public", by=desk).audience == "public"
    events = AuditEvent.objects.filter(action="approve_version").order_by("pk")
    assert [event.organisation for event in events] == [world.base.centre.slug, front.slug]
    assert events[0].details["context"] == version.context_hash


def test_refused_publishing_names_only_those_missing(
    world: ReviewWorld, front: Organisation, version: ReviewVersion
) -> None:
    approve_version(audience="public", version=version, organisation=front, by=None)
    with pytest.raises(Conflict) as refused:
        publish_review(version=version, audience="public", by=None)
    assert world.base.centre.name_vi in str(refused.value)
    assert front.name_vi not in str(refused.value)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.CENTRAL_DESK, True),
        (Role.APPROVER, True),
        (Role.REPORTING_OFFICER, False),
        (Role.READER, False),
        (Role.AUDITOR, False),
    ],
)
def test_desk_and_approver_of_the_issuer_approve(
    world: ReviewWorld, front: Organisation, version: ReviewVersion, role: Role, may: bool
) -> None:
    user = world.base.user(front, role)
    if may:
        assert approve_version(audience="public", version=version, organisation=front, by=user).by == user
    else:
        with pytest.raises(NotAllowed):
            approve_version(audience="public", version=version, organisation=front, by=user)


def test_nobody_approves_for_another_issuer_or_for_a_body_that_issues_nothing(
    world: ReviewWorld, front: Organisation, version: ReviewVersion
) -> None:
    with pytest.raises(NotAllowed, match=front.name_vi):
        approve_version(audience="public", version=version, organisation=front, by=world.base.central_desk)
    with pytest.raises(DomainError, match=world.base.desk.name_vi):
        approve_version(
            audience="public", version=version, organisation=world.base.desk, by=world.base.provincial_desk
        )
    assert world.base.desk.area.level == Level.PROVINCE
    assert not Approval.objects.exists()


def test_an_issuer_approves_once(front: Organisation, version: ReviewVersion) -> None:
    approve_version(audience="public", version=version, organisation=front, by=None)
    with pytest.raises(Conflict):
        approve_version(audience="public", version=version, organisation=front, by=None)


def test_withdrawn_approval_stays_on_record_and_stops_the_publishing(
    front: Organisation, version: ReviewVersion
) -> None:
    approve_for_every_issuer(audience="public", version=version, by=None)
    withdraw_approval(version=version, organisation=front, reason="Số liệu phụ lục II cần sửa", by=None)
    assert missing_approvals(version, Audience.PUBLIC) == [front]
    with pytest.raises(Conflict, match=front.name_vi):
        publish_review(version=version, audience="public", by=None)
    approve_version(audience="public", version=version, organisation=front, by=None)
    held = Approval.objects.filter(organisation=front).order_by("pk")
    assert [each.reason for each in held] == ["Số liệu phụ lục II cần sửa", ""]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_withdrawing_needs_a_reason(front: Organisation, version: ReviewVersion, reason: str) -> None:
    approve_version(audience="public", version=version, organisation=front, by=None)
    with pytest.raises(DomainError):
        withdraw_approval(version=version, organisation=front, reason=reason, by=None)
    assert Approval.objects.standing().count() == 1


def test_published_version_keeps_its_approvals(front: Organisation, version: ReviewVersion) -> None:
    approve_for_every_issuer(audience="public", version=version, by=None)
    publish_review(version=version, audience="public", by=None)
    with pytest.raises(Conflict):
        withdraw_approval(version=version, organisation=front, reason="Muộn", by=None)


def test_version_frozen_again_needs_new_approvals(front: Organisation, version: ReviewVersion) -> None:
    approve_for_every_issuer(audience="public", version=version, by=None)
    review = compose_review(review=version.review, by=None)
    second = freeze_review(review=review, by=None, render=False)
    assert front in missing_approvals(second, Audience.PUBLIC)
    with pytest.raises(Conflict):
        publish_review(version=second, audience="public", by=None)
    with pytest.raises(Conflict, match="2"):
        approve_version(audience="public", version=version, organisation=front, by=None)


def test_superseded_version_is_not_published_though_every_issuer_had_approved_it(
    version: ReviewVersion,
) -> None:
    """A wrong click in the list of versions must not put out what was frozen anew."""
    approve_for_every_issuer(audience="public", version=version, by=None)
    freeze_review(review=compose_review(review=version.review, by=None), by=None, render=False)
    with pytest.raises(Conflict, match="2"):
        publish_review(version=version, audience="public", by=None)
    version.refresh_from_db()
    assert version.published_at is None


def test_approval_of_the_public_covers_those_who_sign_in_and_not_the_other_way(
    world: ReviewWorld, front: Organisation, version: ReviewVersion
) -> None:
    approve_version(version=version, organisation=world.base.centre, audience="public", by=None)
    approve_version(version=version, organisation=front, audience="signed_in", by=None)
    assert missing_approvals(version, Audience.SIGNED_IN) == []
    assert missing_approvals(version, Audience.PUBLIC) == [front]
    with pytest.raises(Conflict):
        approve_version(version=version, organisation=world.base.centre, audience="signed_in", by=None)
    with pytest.raises(DomainError, match="everyone"):
        approve_version(version=version, organisation=front, audience="everyone", by=None)


def test_wider_audience_waits_for_every_issuer_to_approve_it(
    world: ReviewWorld, front: Organisation, version: ReviewVersion
) -> None:
    approve_for_every_issuer(version=version, audience="signed_in", by=None)
    publish_review(version=version, audience="signed_in", by=None)
    approve_version(version=version, organisation=world.base.centre, audience="public", by=None)
    with pytest.raises(Conflict) as refused:
        publish_review(version=version, audience="public", by=None)
    assert front.name_vi in str(refused.value)
    assert world.base.centre.name_vi not in str(refused.value)
    version.refresh_from_db()
    assert version.audience == "signed_in"
    approve_version(version=version, organisation=front, audience="public", by=None)
    assert publish_review(version=version, audience="public", by=None).audience == "public"
    told = AuditEvent.objects.filter(action="publish_review").order_by("pk")
    assert [(event.details["before"], event.details["audience"]) for event in told] == [
        ("", "signed_in"), ("signed_in", "public"),
    ]  # fmt: skip


def test_approval_of_a_wider_audience_is_withdrawn_until_it_is_out(
    front: Organisation, version: ReviewVersion
) -> None:
    approve_for_every_issuer(version=version, audience="signed_in", by=None)
    publish_review(version=version, audience="signed_in", by=None)
    approve_version(version=version, organisation=front, audience="public", by=None)
    assert withdraw_approval(version=version, organisation=front, reason="Chờ", by=None).audience == "public"
    with pytest.raises(Conflict):  # what is left is out already
        withdraw_approval(version=version, organisation=front, reason="Chờ", by=None)
    assert missing_approvals(version, Audience.SIGNED_IN) == []


def test_published_audience_is_not_narrowed(version: ReviewVersion) -> None:
    approve_for_every_issuer(version=version, audience="public", by=None)
    publish_review(version=version, audience="public", by=None)
    with pytest.raises(Conflict):
        publish_review(version=version, audience="signed_in", by=None)
    version.refresh_from_db()
    assert version.audience == "public"
