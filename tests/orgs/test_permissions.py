"""Who sees what and acts where. Every role is tried at every level against every organisation of a small country."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from phoihop.areas.models import Area
from phoihop.core.errors import NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.orgs.permissions import (
    can_act_for,
    can_administer,
    can_view_organisation,
    require_acting,
    require_administering,
)
from phoihop.orgs.queries import acting_organisations, memberships_of, organisations_open_to
from phoihop.orgs.roles import Permission
from tests.factories.orgs import UserFactory, police_of, user_for
from tests.orgs.tiny_country import TODAY, Country, tiny_country

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on_the_demo_day() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False), translation.override("en"):
        yield


@pytest.fixture
def country() -> Country:
    return tiny_country()


@pytest.fixture
def police(country: Country) -> dict[str, Organisation]:
    """The police of every area, by the area's name in the country."""
    return {name: police_of(area) for name, area in vars(country).items()}


def seen(user: object, police: dict[str, Organisation]) -> set[str]:
    visible = set(Organisation.objects.visible_to(user).values_list("pk", flat=True))  # type: ignore[arg-type]
    return {name for name, body in police.items() if body.pk in visible}


EVERYTHING = {
    "nation", "kon_tum", "quang_ngai_before", "quang_ngai", "gia_lai",
    "dak_ha", "dak_ui", "dak_la", "dak_mar", "dak_pxi", "ia_ly",
}  # fmt: skip
QUANG_NGAI = EVERYTHING - {"nation", "gia_lai", "ia_ly"}
# area the user serves, role -> the organisations seen; the province sees the two it came from, with all below.
SIGHT = [
    ("nation", Role.CENTRAL_DESK, EVERYTHING),
    ("nation", Role.READER, EVERYTHING),  # the nation is above every area
    ("quang_ngai", Role.PROVINCIAL_DESK, QUANG_NGAI),
    ("quang_ngai", Role.READER, QUANG_NGAI),
    ("gia_lai", Role.APPROVER, {"gia_lai", "ia_ly"}),
    ("ia_ly", Role.REPORTING_OFFICER, {"ia_ly"}),
    ("dak_mar", Role.REPORTING_OFFICER, {"dak_mar", "dak_ui", "dak_la"}),
    ("dak_pxi", Role.READER, {"dak_pxi", "dak_la"}),  # Đăk La was split: both heirs see it
    ("ia_ly", Role.AUDITOR, EVERYTHING),
    ("gia_lai", Role.CENTRAL_DESK, {"gia_lai", "ia_ly"}),  # a central desk is one only at the centre
    ("kon_tum", Role.PROVINCIAL_DESK, set()),  # the organisation is gone, and the membership with it
]


@pytest.mark.parametrize(("served", "role", "expected"), SIGHT)
def test_sight_follows_the_area(
    police: dict[str, Organisation], served: str, role: Role, expected: set[str]
) -> None:
    assert seen(user_for(police[served], role), police) == expected


@pytest.mark.parametrize(("served", "role", "expected"), SIGHT)
def test_predicate_and_queryset_agree(
    police: dict[str, Organisation], served: str, role: Role, expected: set[str]
) -> None:
    user = user_for(police[served], role)
    assert {name for name, body in police.items() if can_view_organisation(user, body)} == expected


def test_nobody_without_a_membership_in_force_sees_anything(police: dict[str, Organisation]) -> None:
    past, future = UserFactory(), UserFactory()
    Membership.objects.create(user=past, organisation=police["nation"], role=Role.AUDITOR, valid_until=TODAY)
    Membership.objects.create(
        user=future, organisation=police["nation"], role=Role.AUDITOR, valid_from=date(2026, 11, 24)
    )
    inactive = user_for(police["nation"], Role.CENTRAL_DESK)
    inactive.is_active = False
    inactive.save()
    for user in (past, future, inactive, UserFactory(), AnonymousUser()):
        assert seen(user, police) == set()
        assert not can_administer(user)


def test_an_heir_of_another_province_sees_no_former_unit(police: dict[str, Organisation]) -> None:
    assert seen(user_for(police["dak_pxi"], Role.APPROVER), police).isdisjoint(
        {"dak_ui", "dak_ha", "kon_tum"}
    )


ACTS = [
    ("ia_ly", Role.REPORTING_OFFICER, Permission.ENTER, {"ia_ly"}),
    ("ia_ly", Role.REPORTING_OFFICER, Permission.ACCEPT, set()),
    ("gia_lai", Role.PROVINCIAL_DESK, Permission.ACCEPT, {"gia_lai"}),
    ("gia_lai", Role.PROVINCIAL_DESK, Permission.ENTER, {"gia_lai"}),  # sees Ia Ly, does not write for it
    ("ia_ly", Role.PROVINCIAL_DESK, Permission.ACCEPT, set()),  # a provincial desk is one only in a province
    ("nation", Role.CENTRAL_DESK, Permission.PUBLISH, {"nation"}),
    ("gia_lai", Role.CENTRAL_DESK, Permission.PUBLISH, set()),
    ("gia_lai", Role.AUDITOR, Permission.VIEW, {"gia_lai"}),
    ("gia_lai", Role.AUDITOR, Permission.ENTER, set()),
]


@pytest.mark.parametrize(("served", "role", "permission", "expected"), ACTS)
def test_acting_is_for_the_own_organisation_only(
    police: dict[str, Organisation], served: str, role: Role, permission: Permission, expected: set[str]
) -> None:
    user = user_for(police[served], role)
    assert {name for name, body in police.items() if can_act_for(user, permission, body)} == expected
    assert set(organisations_open_to(user, permission)) == {police[name] for name in expected}


def test_refusal_names_the_roles_that_could(police: dict[str, Organisation]) -> None:
    user = user_for(police["ia_ly"], Role.READER)
    with pytest.raises(NotAllowed) as refusal:
        require_acting(user, Permission.ENTER, police["ia_ly"])
    assert str(refusal.value) == (
        f"You may not do this for {police['ia_ly']}. It can be done there by: Reporting officer."
    )
    assert refusal.value.status == 403


def test_only_the_central_desk_at_the_centre_administers(police: dict[str, Organisation]) -> None:
    assert can_administer(user_for(police["nation"], Role.CENTRAL_DESK))
    assert not can_administer(user_for(police["gia_lai"], Role.CENTRAL_DESK))
    assert not can_administer(user_for(police["nation"], Role.AUDITOR))
    require_administering(None)
    with pytest.raises(NotAllowed, match="central desk of a central organisation"):
        require_administering(user_for(police["gia_lai"], Role.PROVINCIAL_DESK))


def test_memberships_and_acting_organisations_are_those_of_the_day(
    country: Country, police: dict[str, Organisation]
) -> None:
    user = user_for(police["kon_tum"], Role.PROVINCIAL_DESK)
    held = Membership.objects.create(
        user=user, organisation=police["quang_ngai"], role=Role.PROVINCIAL_DESK, valid_from=date(2025, 7, 1)
    )
    assert list(memberships_of(user)) == [held]
    assert [each.organisation for each in memberships_of(user, date(2019, 3, 11))] == [police["kon_tum"]]
    assert list(acting_organisations(user, Role.PROVINCIAL_DESK)) == [police["quang_ngai"]]
    assert not acting_organisations(user, Role.READER).exists()
    assert isinstance(country.kon_tum, Area)
