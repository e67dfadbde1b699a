"""The register of an issuer: from 01 each year, no number twice, every gap with its reason."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.reviews.actions import (
    approve_for_every_issuer,
    cancel_number,
    compose_review,
    freeze_review,
    give_number,
    withdraw_approval,
)
from phoihop.reviews.models import IssuedNumber, ReviewVersion
from tests.reports.world import front_of
from tests.reviews.world import ReviewWorld, approved


@pytest.fixture
def version(world: ReviewWorld) -> ReviewVersion:
    return new_version(world, "so-ket")


def new_version(world: ReviewWorld, slug: str) -> ReviewVersion:
    """On real reports: simulated documents take no number."""
    if not world.base.report_of(world.units[0], world.period).accepted_version_id:
        world.accept(world.units[0], {"B01": "4", "B02": "400"}, simulated=False)
    review = world.composed(slug=slug, state="received")
    return approved(freeze_review(review=review, by=None, render=False))


def register(world: ReviewWorld) -> list[tuple[int, str, str]]:
    lines = IssuedNumber.objects.filter(organisation=world.base.centre).order_by("year", "number")
    return [(line.number, line.state, line.reason) for line in lines]


def test_numbers_run_from_one_and_begin_again_each_year(world: ReviewWorld, version: ReviewVersion) -> None:
    centre = world.base.centre
    first = give_number(version=version, organisation=centre, by=world.base.central_desk)
    second = give_number(version=new_version(world, "hai"), organisation=centre, by=None)
    third = new_version(world, "ba")
    with time_machine.travel(datetime(2027, 1, 4, 2, tzinfo=UTC), tick=False):
        next_year = give_number(version=third, organisation=centre, by=None)
    assert [(each.year, each.written) for each in (first, second, next_year)] == [
        (2026, "01"), (2026, "02"), (2027, "01"),
    ]  # fmt: skip
    assert (first.given_by, first.dated_on.isoformat()) == (world.base.central_desk, "2026-06-16")


def test_gap_needs_a_reason_and_stands_in_the_register(world: ReviewWorld, version: ReviewVersion) -> None:
    centre = world.base.centre
    with pytest.raises(DomainError, match="01-03"):
        give_number(version=version, organisation=centre, number=4, by=None)
    assert register(world) == []
    why = "Cấp cho văn bản ngoài hệ thống"
    give_number(version=version, organisation=centre, number=4, reason=why, by=None)
    assert register(world) == [
        (1, "skipped", why), (2, "skipped", why), (3, "skipped", why), (4, "given", ""),
    ]  # fmt: skip


def test_number_is_never_used_twice(world: ReviewWorld, version: ReviewVersion) -> None:
    centre = world.base.centre
    held = give_number(version=version, organisation=centre, by=None)
    with pytest.raises(Conflict, match="01"):
        give_number(version=version, organisation=centre, by=None)
    cancel_number(held=held, reason="Ghi nhầm ngày", by=None)
    with pytest.raises(Conflict, match="02"):
        give_number(version=version, organisation=centre, number=1, by=None)
    give_number(version=version, organisation=centre, by=None)
    assert register(world) == [(1, "cancelled", "Ghi nhầm ngày"), (2, "given", "")]
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedNumber.objects.create(
            organisation=centre, year=2026, number=2, version=version, dated_on=held.dated_on, given_at=held.given_at
        )  # fmt: skip


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_impossible_numbers_are_refused(world: ReviewWorld, version: ReviewVersion, number: int) -> None:
    with pytest.raises(DomainError, match=str(number)):
        give_number(version=version, organisation=world.base.centre, number=number, reason="x", by=None)


def test_simulated_document_takes_no_number(world: ReviewWorld) -> None:
    world.accept_all()
    version = approved(freeze_review(review=world.composed(), by=None, render=False))
    with pytest.raises(Conflict, match="Sơ kết 6 tháng"):
        give_number(version=version, organisation=world.base.centre, by=None)


def test_unapproved_version_takes_no_number(world: ReviewWorld, version: ReviewVersion) -> None:
    withdraw_approval(version=version, organisation=world.base.centre, reason="Sửa", by=None)
    with pytest.raises(Conflict, match=world.base.centre.name_vi):
        give_number(version=version, organisation=world.base.centre, by=None)


def test_approval_stays_while_the_number_stands(world: ReviewWorld, version: ReviewVersion) -> None:
    centre = world.base.centre
    held = give_number(version=version, organisation=centre, by=None)
    with pytest.raises(Conflict, match="01"):
        withdraw_approval(version=version, organisation=centre, reason="Sửa", by=None)
    cancel_number(held=held, reason="Sửa số liệu", by=None)
    withdraw_approval(version=version, organisation=centre, reason="Sửa", by=None)
    with pytest.raises(Conflict):
        cancel_number(held=held, reason="Lần nữa", by=None)


def test_only_the_issuers_desk_keeps_its_register(world: ReviewWorld, version: ReviewVersion) -> None:
    centre = world.base.centre
    for user in (world.base.provincial_desk, world.base.user(centre, Role.READER)):
        with pytest.raises(NotAllowed, match=centre.name_vi):
            give_number(version=version, organisation=centre, by=user)
    held = give_number(version=version, organisation=centre, by=world.base.user(centre, Role.APPROVER))
    with pytest.raises(NotAllowed):
        cancel_number(held=held, reason="x", by=world.base.provincial_desk)


def test_later_version_of_the_same_review_takes_its_own_number(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    centre = world.base.centre
    give_number(version=version, organisation=centre, by=None)
    review = compose_review(review=version.review, by=None)
    second = freeze_review(review=review, by=None, render=False)
    approve_for_every_issuer(audience="public", version=second, by=None)
    assert give_number(version=second, organisation=centre, by=None).written == "02"


def test_each_issuer_keeps_a_register_of_its_own(world: ReviewWorld) -> None:
    front = front_of(world.base.country)
    world.accept(world.units[0], {"B01": "4", "B02": "400"}, simulated=False)
    review = world.composed(state="received", issuers=[world.base.centre, front])
    version = approved(freeze_review(review=review, by=None, render=False))
    other = new_version(world, "khac")
    give_number(version=other, organisation=world.base.centre, by=None)
    held = [give_number(version=version, organisation=each, by=None) for each in (world.base.centre, front)]
    assert [each.written for each in held] == ["02", "01"]


def test_number_given_at_the_turn_of_the_year_belongs_to_the_new_one_with_its_day(
    world: ReviewWorld, version: ReviewVersion
) -> None:
    """Midnight of Việt Nam, seven hours before that of the machine's clock."""
    centre, second = world.base.centre, new_version(world, "hai")
    with time_machine.travel(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC), tick=False):
        last = give_number(version=version, organisation=centre, number=31, reason="Sổ giấy", by=None)
    with time_machine.travel(datetime(2026, 12, 31, 17, tzinfo=UTC), tick=False):
        first = give_number(version=second, organisation=centre, by=None)
    assert (last.year, last.written, last.dated_on.isoformat()) == (2026, "31", "2026-12-31")
    assert (first.year, first.written, first.dated_on.isoformat()) == (2027, "01", "2027-01-01")
