from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.utils import translation

from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.actions import end_membership, grant_membership
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from phoihop.orgs.permissions import can_act_for
from phoihop.orgs.roles import Permission
from tests.factories.areas import nation
from tests.factories.orgs import UserFactory, police_of, user_for

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
    assert (event.actor, event.details) == (desk.username, {"user": user.username, "role": "approver"})


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
