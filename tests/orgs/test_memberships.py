from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.actions import end_membership, grant_membership
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import can_act_for, roles_open_to
from phoihop.orgs.queries import memberships_managed_by, organisations_managed_by
from phoihop.orgs.roles import Permission
from tests.factories.areas import area_under, nation
from tests.factories.orgs import OrganisationFactory, UserFactory, police_of, user_for

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english_on_the_demo_day() -> Iterator[None]:
    with translation.override("en"), time_machine.travel(date(2026, 11, 23), tick=False):
        yield


@pytest.fixture
def ministry() -> Organisation:
    return police_of(nation())


def test_granting_holds_from_today_and_is_recorded(ministry: Organisation) -> None:
    user, desk = UserFactory(), user_for(ministry, Role.CENTRAL_DESK)
    granted = grant_membership(user=user, organisation=ministry, role=Role.APPROVER, by=desk)
    assert granted.valid_from == date(2026, 11, 23)
    assert can_act_for(user, Permission.PUBLISH, ministry)
    event = AuditEvent.objects.get(action="grant_membership")
    told = {"user": user.username, "role": "approver", "from": "2026-11-23"}
    assert (event.actor, event.details) == (desk.username, told)


def test_ending_takes_effect_today(ministry: Organisation) -> None:
    user = user_for(ministry, Role.APPROVER)
    ended = end_membership(membership=user.memberships.get(), by=None)
    assert ended.valid_until == date(2026, 11, 23)
    assert not can_act_for(user, Permission.PUBLISH, ministry)
    with pytest.raises(Conflict, match="has ended already"):
        end_membership(membership=ended, by=None)


def test_a_desk_is_refused_at_another_level(ministry: Organisation) -> None:
    with pytest.raises(DomainError) as refusal:
        grant_membership(user=UserFactory(), organisation=ministry, role=Role.PROVINCIAL_DESK, by=None)
    assert str(refusal.value) == (
        f"“Provincial desk” is held at the level Province only, and {ministry} stands at another."
    )


def test_the_same_role_is_not_granted_twice(ministry: Organisation) -> None:
    user = user_for(ministry, Role.READER)
    with pytest.raises(Conflict, match="already holds “Reader”"):
        grant_membership(user=user, organisation=ministry, role=Role.READER, by=None)


def test_only_the_central_desk_grants(ministry: Organisation) -> None:
    clerk = user_for(ministry, Role.APPROVER)
    with pytest.raises(NotAllowed):
        grant_membership(user=UserFactory(), organisation=ministry, role=Role.READER, by=clerk)


@pytest.fixture
def bodies() -> dict[str, Organisation]:
    """The police line of a nation, two provinces and a commune, and the Front of that commune."""
    root = nation()
    province = area_under(root, Level.PROVINCE, "Kon Tum")
    other = area_under(root, Level.PROVINCE, "Gia Lai")
    commune = area_under(province, Level.COMMUNE, "Đăk Hà")
    made = {name: police_of(area) for name, area in _named(root, province, other, commune)}
    made["front"] = OrganisationFactory(area=commune, party=PartyKind.FRONT)
    made["ended"] = OrganisationFactory(area=commune, party=PartyKind.POLICE, valid_until=date(2025, 7, 1))
    return made


def _named(*areas: Area) -> list[tuple[str, Area]]:
    return list(zip(("nation", "province", "other", "commune"), areas, strict=True))


ALL_BUT_DESKS = {Role.REPORTING_OFFICER, Role.APPROVER, Role.READER, Role.AUDITOR}
GRANTS = [
    # the desk, where it stands, the organisation, the roles it may give there
    (Role.CENTRAL_DESK, "nation", "nation", {Role.CENTRAL_DESK} | ALL_BUT_DESKS),
    (Role.CENTRAL_DESK, "nation", "province", {Role.PROVINCIAL_DESK} | ALL_BUT_DESKS),
    (Role.CENTRAL_DESK, "nation", "commune", ALL_BUT_DESKS),
    (Role.CENTRAL_DESK, "nation", "front", set()),  # another party's line
    (Role.CENTRAL_DESK, "province", "province", set()),  # a central desk is one only at the centre
    (Role.PROVINCIAL_DESK, "province", "nation", set()),
    # at its own level an approver publishes, which the desk may not
    (
        Role.PROVINCIAL_DESK,
        "province",
        "province",
        {Role.PROVINCIAL_DESK, Role.REPORTING_OFFICER, Role.READER},
    ),
    (Role.PROVINCIAL_DESK, "province", "commune", {Role.REPORTING_OFFICER, Role.APPROVER, Role.READER}),
    (Role.PROVINCIAL_DESK, "province", "other", set()),
    (Role.PROVINCIAL_DESK, "province", "front", set()),
    (Role.APPROVER, "nation", "commune", set()),
    (Role.AUDITOR, "nation", "commune", set()),
]


@pytest.mark.parametrize(("role", "at", "where", "expected"), GRANTS)
def test_a_desk_gives_roles_in_its_own_area_and_line(
    bodies: dict[str, Organisation], role: Role, at: str, where: str, expected: set[Role]
) -> None:
    desk = user_for(bodies[at], role)
    assert set(roles_open_to(desk, bodies[where])) == expected
    for given in Role:
        if given in expected:
            grant_membership(user=UserFactory(), organisation=bodies[where], role=given, by=desk)
        else:
            with pytest.raises(DomainError):
                grant_membership(user=UserFactory(), organisation=bodies[where], role=given, by=desk)


@pytest.mark.parametrize(("role", "at", "where", "expected"), GRANTS)
def test_the_list_of_managed_organisations_agrees(
    bodies: dict[str, Organisation], role: Role, at: str, where: str, expected: set[Role]
) -> None:
    managed = organisations_managed_by(user_for(bodies[at], role))
    assert managed.filter(pk=bodies[where].pk).exists() == bool(expected)


def test_a_refusal_names_the_desks_that_could(bodies: dict[str, Organisation]) -> None:
    stranger = user_for(bodies["other"], Role.PROVINCIAL_DESK)
    with pytest.raises(NotAllowed) as refusal:
        grant_membership(user=UserFactory(), organisation=bodies["commune"], role=Role.APPROVER, by=stranger)
    assert str(refusal.value) == (
        f"You may not give or end “Approver” in {bodies['commune']}."
        " It can be done by a desk of the same party above it: Central desk, Provincial desk."
    )


def test_a_desk_ends_what_it_may_give_and_nothing_else(bodies: dict[str, Organisation]) -> None:
    desk = user_for(bodies["province"], Role.PROVINCIAL_DESK)
    below = user_for(bodies["commune"], Role.APPROVER).memberships.get()
    beside = user_for(bodies["province"], Role.APPROVER).memberships.get()
    assert end_membership(membership=below, by=desk).valid_until == date(2026, 11, 23)
    with pytest.raises(NotAllowed, match="You may not give or end “Approver”"):
        end_membership(membership=beside, by=desk)


def test_nobody_grants_to_themselves(ministry: Organisation) -> None:
    desk = user_for(ministry, Role.CENTRAL_DESK)
    with pytest.raises(NotAllowed, match="Nobody grants a role to themselves"):
        grant_membership(user=desk, organisation=ministry, role=Role.APPROVER, by=desk)


def test_one_that_began_today_is_taken_back(ministry: Organisation) -> None:
    user = UserFactory()
    granted = grant_membership(user=user, organisation=ministry, role=Role.READER, by=None)
    end_membership(membership=granted, by=None)
    assert not Membership.objects.filter(user=user).exists()
    assert AuditEvent.objects.filter(action="take_back_membership").count() == 1


def test_a_membership_has_its_days(ministry: Organisation) -> None:
    user = UserFactory()
    days = {"valid_from": date(2026, 12, 1), "valid_until": date(2027, 1, 1)}
    grant_membership(user=user, organisation=ministry, role=Role.READER, by=None, **days)
    assert user.memberships.get().valid_until == date(2027, 1, 1)
    # today until further notice would lie over it
    with pytest.raises(Conflict, match="already holds “Reader”"):
        grant_membership(user=user, organisation=ministry, role=Role.READER, by=None)
    with pytest.raises(DomainError, match="would end on 31/12/2026, before it begins on 01/01/2027"):
        grant_membership(
            user=user, organisation=ministry, role=Role.READER, by=None,
            valid_from=date(2027, 1, 1), valid_until=date(2027, 1, 1),
        )  # fmt: skip


def test_nobody_acts_for_an_organisation_that_ended(bodies: dict[str, Organisation]) -> None:
    with pytest.raises(Conflict, match="is not in force on 23/11/2026"):
        grant_membership(user=UserFactory(), organisation=bodies["ended"], role=Role.READER, by=None)


def test_a_desk_lists_what_holds_or_begins_where_it_manages(bodies: dict[str, Organisation]) -> None:
    desk = user_for(bodies["province"], Role.PROVINCIAL_DESK)
    for where in ("commune", "front", "other", "nation"):
        user_for(bodies[where], Role.READER)
    past = user_for(bodies["commune"], Role.APPROVER).memberships
    past.update(valid_until=date(2026, 11, 23))
    listed = {(each.organisation.pk, each.role) for each in memberships_managed_by(desk)}
    assert listed == {
        (bodies["commune"].pk, "reader"),
        (bodies["province"].pk, "provincial_desk"),
    }
