"""When a door opens and when it shuts: from the day before until the conference is closed."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import close_conference, join_site, open_conference
from phoihop.conferences.actions.joining import AFTER, BEFORE
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import GrantKind
from phoihop.conferences.models import Grant
from phoihop.conferences.permissions import attendee_of
from phoihop.core.errors import Conflict
from tests.conferences.world import ConferenceWorld

DOOR = "/hoi-nghi/hoi-nghi-thu/vao/"
SECOND = timedelta(seconds=1)


def joined(world: ConferenceWorld) -> Grant:
    site = world.sites[1]
    code = code_for("room", site.pk, site.code_edition)
    return join_site(site=site, kind=GrantKind.ROOM, code=code)


def typed(world: ConferenceWorld) -> tuple[int, str]:
    site = world.sites[1]
    code = code_for("room", site.pk, site.code_edition)
    answer = Client().post(DOOR, {"site": site.slug, "kind": "room", "code": code})
    return answer.status_code, answer.content.decode()


def test_it_opens_a_day_before_and_not_a_second_earlier(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    moment.move_to(world.conference.starts_at - BEFORE - SECOND)
    with pytest.raises(Conflict) as refused:
        joined(world)
    begins = "10:00 ngày 16/06/2026"
    assert begins in str(refused.value)
    status, page = typed(world)
    assert (status, begins in page, Grant.objects.count()) == (400, True, 0)
    moment.shift(SECOND)
    assert typed(world)[0] == 302
    assert Grant.objects.count() == 1


def test_a_conference_that_is_opened_earlier_opens_its_doors(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    moment.move_to(world.conference.starts_at - 3 * BEFORE)
    with pytest.raises(Conflict):
        joined(world)
    open_conference(conference=world.conference, by=world.chair)
    world.sites[1].refresh_from_db()
    assert joined(world).expires_at == world.conference.ends_at + AFTER


def test_it_shuts_when_the_conference_is_closed_and_says_so(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    world.in_session()
    moment.move_to(world.conference.ends_at + AFTER - SECOND)  # a meeting that goes on still lets in
    assert typed(world)[0] == 302
    close_conference(conference=world.conference, by=world.chair)
    world.sites[1].refresh_from_db()
    with pytest.raises(Conflict, match="đã bế mạc"):
        joined(world)
    status, page = typed(world)
    assert (status, "đã bế mạc" in page, 'name="code"' in page) == (410, True, False)
    assert Grant.objects.count() == 1


def test_who_came_in_is_out_when_the_time_given_is_over(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    grant = joined(world)
    assert grant.expires_at == world.conference.ends_at + AFTER
    moment.move_to(grant.expires_at - SECOND)
    assert attendee_of(world.refreshed(), None, grant).site == world.sites[1]
    moment.shift(2 * SECOND)
    assert attendee_of(world.refreshed(), None, grant).acts == frozenset()
