"""What conferences ask of a person stands on the home page, with its day and the way there."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from phoihop.conferences.actions import give_opinion, remind_bodies, remove_site
from phoihop.conferences.enums import ConferenceKind, ConferenceState
from phoihop.conferences.models import Conference
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.web.queries.conference_duties import conference_duties
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.orgs import UserFactory, user_for
from tests.web.world import client_of


@pytest.fixture
def world(db: None) -> Iterator[ConferenceWorld]:
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        yield conference_world()


@pytest.fixture
def written(world: ConferenceWorld) -> ConferenceWorld:
    Conference.objects.update(kind=ConferenceKind.WRITTEN, ends_at=clock.now() + timedelta(days=3))
    world.refreshed()
    return world


def test_who_answers_for_a_body_is_told_until_it_has_answered(written: ConferenceWorld) -> None:
    officer, reader = (user_for(written.bodies[1], each) for each in (Role.REPORTING_OFFICER, Role.READER))
    other = user_for(written.bodies[2], Role.REPORTING_OFFICER)
    asked = [(each.answering.body, each.is_late) for each in conference_duties(officer).opinions]
    assert asked == [(written.bodies[1], False)]
    assert not conference_duties(reader).opinions
    give_opinion(conference=written.conference, organisation=written.bodies[1], text="Nhất trí", by=None)
    assert (conference_duties(officer).any, len(conference_duties(other).opinions)) == (False, 1)


def test_the_line_of_a_consultation_has_its_last_day_and_its_reminder(written: ConferenceWorld) -> None:
    officer = user_for(written.bodies[1], Role.REPORTING_OFFICER)
    remind_bodies(conference=written.conference, by=None)
    page = client_of(officer).get("/").content.decode()
    assert 'href="/hoi-nghi/hoi-nghi-thu/y-kien/"' in page
    assert "09:00 19/06/2026" in page
    assert "đã nhắc 09:00 16/06/2026" in page
    assert "Không có việc nào đang chờ" not in page


def test_a_head_is_invited_to_the_site_until_it_is_taken_out(world: ConferenceWorld) -> None:
    assert [each.slug for each in conference_duties(world.heads[1]).headed] == ["diem-1"]
    assert "/hoi-nghi/hoi-nghi-thu/diem-cau/" in client_of(world.heads[1]).get("/").content.decode()
    remove_site(site=world.sites[1], by=world.chair)
    assert not conference_duties(world.heads[1]).headed


@pytest.mark.parametrize(
    ("days", "state", "told"),
    [(0, "invited", True), (3, "invited", False), (0, "preparing", False), (0, "closed", False)],
)
def test_the_conference_of_today_is_told_to_whom_it_concerns(
    world: ConferenceWorld, days: int, state: str, told: bool
) -> None:
    start = clock.now() + timedelta(days=days)
    fields: dict[str, Any] = {"state": state, "starts_at": start, "ends_at": start + timedelta(hours=2)}
    if state == ConferenceState.CLOSED:
        fields |= {"opened_at": start, "closed_at": start}
    Conference.objects.update(**fields)
    concerned = [world.heads[1], world.officials["chair"], user_for(world.bodies[2], Role.REPORTING_OFFICER)]
    assert [bool(conference_duties(each).today) for each in concerned] == [told] * 3
    assert not conference_duties(UserFactory(username="stranger")).any
