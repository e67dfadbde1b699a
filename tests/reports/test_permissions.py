from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import AreaTarget, MapEpoch
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Membership, Organisation
from phoihop.reports.models import Report
from phoihop.reports.permissions import (
    can_accept_report,
    can_return_report,
    can_save_draft,
    can_submit_report,
    can_view_report,
)
from tests.factories.areas import area_under, put_under
from tests.factories.orgs import OrganisationFactory, UserFactory, police_of
from tests.reports.world import World, front_of, submitted


@pytest.fixture
def places(world: World) -> dict[str, Organisation]:
    """Two provinces with a commune each (Kon Tum two), police and Front at every level; every one reports."""
    other = area_under(world.country, Level.PROVINCE, "Quảng Ngãi")
    far = area_under(other, Level.COMMUNE, "Sơn Tịnh")
    centre_front = front_of(world.country)
    province_front = front_of(world.province, centre_front)
    found = {
        "centre": world.centre,
        "province": world.desk,
        "commune": world.units[0],
        "other commune": world.units[1],
        "centre front": centre_front,
        "province front": province_front,
        "commune front": front_of(world.communes[0], province_front),
        "other province": police_of(other, world.centre),
        "far commune": police_of(far),
    }
    world.form.scopes.all().delete()
    for party in (PartyKind.POLICE, PartyKind.FRONT):
        for level in (Level.NATION, Level.PROVINCE, Level.COMMUNE):
            world.ask(level, world.country, party)
    world.open()
    return found


def seen_by(user: User | AnonymousUser, places: dict[str, Organisation]) -> set[str]:
    names = {organisation.pk: name for name, organisation in places.items()}
    return {names[pk] for pk in Report.objects.visible_to(user).values_list("organisation", flat=True)}


POLICE_IN_PROVINCE = {"province", "commune", "other commune"}
PROVINCE = POLICE_IN_PROVINCE | {"province front", "commune front"}
POLICE = POLICE_IN_PROVINCE | {"centre", "other province", "far commune"}
ALL = POLICE | PROVINCE | {"centre front"}
VIEWS = [
    ("commune", Role.REPORTING_OFFICER, {"commune"}),
    ("commune", Role.APPROVER, {"commune"}),
    ("commune", Role.READER, {"commune", "commune front"}),
    ("commune", Role.PROVINCIAL_DESK, {"commune"}),
    ("commune front", Role.REPORTING_OFFICER, {"commune front"}),
    ("province", Role.REPORTING_OFFICER, POLICE_IN_PROVINCE),
    ("province", Role.APPROVER, POLICE_IN_PROVINCE),
    ("province", Role.PROVINCIAL_DESK, PROVINCE),
    ("province", Role.READER, PROVINCE),
    ("province", Role.CENTRAL_DESK, POLICE_IN_PROVINCE),
    ("province front", Role.APPROVER, {"province front", "commune front"}),
    ("province front", Role.PROVINCIAL_DESK, PROVINCE),
    ("other province", Role.PROVINCIAL_DESK, {"other province", "far commune"}),
    ("centre", Role.APPROVER, POLICE),
    ("centre", Role.CENTRAL_DESK, ALL),
    ("centre", Role.READER, ALL),
    ("commune", Role.AUDITOR, ALL),
]


@pytest.mark.parametrize(("where", "role", "expected"), VIEWS)
def test_reports_seen_in_a_role(
    world: World, places: dict[str, Organisation], where: str, role: Role, expected: set[str]
) -> None:
    assert seen_by(world.user(places[where], role), places) == expected


def test_predicate_and_filter_agree(world: World, places: dict[str, Organisation]) -> None:
    users = [world.user(organisation, role) for organisation in places.values() for role in Role]
    for user in [*users, UserFactory(), AnonymousUser()]:
        visible = set(Report.objects.visible_to(user))

        assert {report for report in Report.objects.all() if can_view_report(user, report)} == visible


@pytest.mark.parametrize("kind", ["stranger", "anonymous", "inactive", "ended"])
def test_nobody_sees_anything_without_a_membership(places: dict[str, Organisation], kind: str) -> None:
    user = UserFactory(is_active=kind != "inactive")
    if kind in {"inactive", "ended"}:
        until = date(2026, 6, 16) if kind == "ended" else None
        Membership.objects.create(
            user=user, organisation=places["centre"], role=Role.CENTRAL_DESK, valid_until=until
        )

    assert seen_by(AnonymousUser() if kind == "anonymous" else user, places) == set()


def test_two_memberships_are_seen_together(world: World, places: dict[str, Organisation]) -> None:
    user = world.user(places["commune"], Role.REPORTING_OFFICER)
    Membership.objects.create(user=user, organisation=places["far commune"], role=Role.READER)

    assert seen_by(user, places) == {"commune", "far commune"}


def test_heir_sees_and_acts_for_what_it_inherited(world: World, places: dict[str, Organisation]) -> None:
    old, heir = places["commune"], places["other commune"]
    report = world.report_of(old)
    user = world.user(heir, Role.APPROVER)
    assert not can_view_report(user, report)
    assert not can_submit_report(user, report)

    old.valid_until = date(2026, 6, 1)
    old.save()
    old.heir_links.create(successor=heir, on=date(2026, 6, 1))

    assert can_view_report(user, report)
    assert can_submit_report(user, report)
    assert seen_by(user, places) == {"commune", "other commune"}


def test_organisation_with_an_heir_still_at_work_is_not_inherited(
    world: World, places: dict[str, Organisation]
) -> None:
    places["commune"].heir_links.create(successor=places["other commune"], on=date(2026, 6, 1))

    assert not can_submit_report(
        world.user(places["other commune"], Role.APPROVER), world.report_of(places["commune"])
    )


def test_units_of_an_older_map_are_seen_where_they_stand_today(
    world: World, places: dict[str, Organisation]
) -> None:
    """The commune's area is gone; on today's map its figures stand in the far commune."""
    today = MapEpoch.objects.create(key="open")
    world.communes[0].ancestor_links.all().delete()
    target = places["far commune"].area
    AreaTarget.objects.create(epoch=today, area=world.communes[0], target=target, is_whole=True)
    user = world.user(places["other province"], Role.PROVINCIAL_DESK)

    assert seen_by(user, places) == {"other province", "far commune", "commune", "commune front"}
    assert can_view_report(user, world.report_of(places["commune"]))


def test_areas_above_are_those_of_today(world: World, places: dict[str, Organisation]) -> None:
    for links in (world.communes[0].ancestor_links, world.communes[0].parent_links):
        links.update(valid_until=date(2026, 6, 1))
    put_under(world.communes[0], places["other province"].area, valid_from=date(2026, 6, 1))

    user = world.user(places["other province"], Role.PROVINCIAL_DESK)
    assert "commune front" in seen_by(user, places)
    assert "commune front" not in seen_by(world.user(places["province"], Role.PROVINCIAL_DESK), places)


DOES = [
    # where, role, draft, submit, accept and return
    ("commune", Role.REPORTING_OFFICER, True, True, False),
    ("commune", Role.APPROVER, True, True, False),
    ("commune", Role.READER, False, False, False),
    ("commune", Role.AUDITOR, False, False, False),
    ("commune", Role.PROVINCIAL_DESK, False, False, False),
    ("commune front", Role.APPROVER, False, False, False),
    ("other commune", Role.APPROVER, False, False, False),
    ("province", Role.PROVINCIAL_DESK, False, False, True),
    ("province", Role.APPROVER, False, False, True),
    ("province", Role.REPORTING_OFFICER, False, False, False),
    ("province", Role.READER, False, False, False),
    ("province front", Role.PROVINCIAL_DESK, False, False, False),
    ("other province", Role.PROVINCIAL_DESK, False, False, False),
    ("centre", Role.CENTRAL_DESK, False, False, False),
]


@pytest.mark.parametrize(("where", "role", "drafts", "submits", "decides"), DOES)
def test_what_each_role_may_do_with_a_communes_report(
    world: World,
    places: dict[str, Organisation],
    where: str,
    role: Role,
    drafts: bool,
    submits: bool,
    decides: bool,
) -> None:
    report = submitted(world.report_of(places["commune"]))
    user = world.user(places[where], role)

    assert can_save_draft(user, report) == drafts
    assert can_submit_report(user, report) == submits
    assert (can_accept_report(user, report), can_return_report(user, report)) == (decides, decides)


def test_report_of_a_centre_is_decided_by_its_own_central_desk_but_not_by_who_submitted_it(
    world: World, places: dict[str, Organisation]
) -> None:
    desk = world.user(places["centre"], Role.CENTRAL_DESK)
    second = UserFactory()
    Membership.objects.create(user=second, organisation=places["centre"], role=Role.CENTRAL_DESK)
    report = submitted(world.report_of(places["centre"]), by=desk)

    assert not can_accept_report(desk, report)
    assert can_accept_report(second, report)
    assert not can_accept_report(world.user(places["centre front"], Role.CENTRAL_DESK), report)


def test_steering_committee_sees_other_parties_only_as_reader_or_desk(
    world: World, places: dict[str, Organisation]
) -> None:
    steering = OrganisationFactory(area=world.province, party=PartyKind.STEERING_COMMITTEE)

    assert seen_by(world.user(steering, Role.APPROVER), places) == set()
    assert seen_by(world.user(steering, Role.READER), places) == PROVINCE
