"""Who changes the map: the same answer as orgs.permissions.can_administer, which areas cannot ask."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from phoihop.accounts.models import User
from phoihop.areas.actions import establish_area, load_areas, record_succession
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.permissions import can_change_map
from phoihop.core import clock
from phoihop.core.errors import NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.permissions import can_administer
from tests.factories.areas import area_under, nation
from tests.factories.orgs import UserFactory, police_of, user_for

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 1)


@pytest.mark.parametrize("level", [Level.NATION, Level.PROVINCE])
@pytest.mark.parametrize("role", Role)
def test_only_the_central_desk_at_the_centre_changes_the_map(role: Role, level: Level) -> None:
    root = nation()
    area = root if level is Level.NATION else area_under(root, level, "P")
    user = user_for(police_of(area), role)
    allowed = role is Role.CENTRAL_DESK and level is Level.NATION
    assert can_change_map(user) == can_administer(user) == allowed


@pytest.mark.parametrize("change", ["ended", "later", "inactive", "abolished"])
def test_a_desk_no_more_changes_nothing(change: str) -> None:
    body = police_of(nation())
    user, today = user_for(body, Role.CENTRAL_DESK), clock.today()
    if change == "ended":
        user.memberships.update(valid_until=today)
    elif change == "later":
        user.memberships.update(valid_from=today + timedelta(days=1))
    elif change == "inactive":
        User.objects.update(is_active=False)
        user.refresh_from_db()
    else:
        body.valid_until = today
        body.save()
    assert can_change_map(user) == can_administer(user) is False


def establish(parent: Area, by: User | None) -> Area:
    return establish_area(
        key="new", level=Level.PROVINCE, kind="tỉnh", name="M", full_name="Tỉnh M", code="9",
        parent=parent, on=ON, act="Nghị quyết 1", by=by,
    )  # fmt: skip


def test_the_actions_refuse_with_the_role_that_could(tmp_path: Path) -> None:
    root = nation()
    province = area_under(root, Level.PROVINCE, "P")
    someone = UserFactory()
    refused: list[Callable[[], object]] = [
        lambda: establish(root, someone),
        lambda: record_succession(predecessor=province, successors=[root], on=ON, act="", by=someone),
        lambda: load_areas(folder=tmp_path, by=someone),
    ]
    for change in refused:
        with translation.override("en"), pytest.raises(NotAllowed) as refusal:
            change()
        assert str(refusal.value) == (
            "You may not change the administrative map."
            " It can be done by the central desk of a central organisation."
        )
    assert Area.objects.count() == 2


def test_the_central_desk_establishes_a_unit() -> None:
    root = nation()
    desk = user_for(police_of(root), Role.CENTRAL_DESK)
    assert establish(root, desk).key == "new"
