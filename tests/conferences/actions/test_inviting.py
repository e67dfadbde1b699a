from dataclasses import replace

import pytest

from phoihop.conferences.actions import (
    add_site,
    edit_conference,
    hand_out_codes,
    join_site,
    renew_codes,
    renew_seat_code,
    send_invitations,
)
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceState, GrantKind
from phoihop.conferences.facts import ConferenceFacts, SiteFacts, facts_of
from phoihop.conferences.models import Conference, Seat
from phoihop.conferences.permissions import Attendee, attendee_of, is_open_door
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.orgs.enums import Role
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import user_for


@pytest.fixture
def waiting(world: ConferenceWorld) -> ConferenceWorld:
    world.conference.state = ConferenceState.PREPARING
    world.conference.save()
    return world


def desk(world: ConferenceWorld) -> Attendee:
    return attendee_of(world.conference, world.desk)


def test_sending_shows_the_conference_and_hands_the_codes_out(waiting: ConferenceWorld) -> None:
    officer = user_for(waiting.bodies[1], Role.REPORTING_OFFICER)
    before = Conference.objects.visible_to(officer).exists()
    send_invitations(conference=waiting.conference, by=desk(waiting))
    held = waiting.refreshed()
    assert (before, Conference.objects.visible_to(officer).exists()) == (False, True)
    assert (held.state, held.invited_by) == (ConferenceState.INVITED, waiting.desk)
    assert all(site.has_its_codes for site in held.sites.all())


def test_what_is_missing_is_told_at_once(waiting: ConferenceWorld) -> None:
    waiting.conference.items.all().delete()
    waiting.conference.officials.update(user=None)
    with pytest.raises(Conflict) as refusal:
        send_invitations(conference=waiting.conference, by=desk(waiting))
    assert str(refusal.value) == (
        "Chưa gửi được giấy mời: Chương trình chưa có nội dung. Chưa chỉ định người chủ trì có tài khoản đăng nhập."
    )
    assert waiting.refreshed().state == ConferenceState.PREPARING


def test_a_site_added_later_is_invited_later_and_nobody_twice(waiting: ConferenceWorld) -> None:
    send_invitations(conference=waiting.conference, by=desk(waiting))
    with pytest.raises(Conflict, match="Mọi điểm cầu đã có giấy mời"):
        send_invitations(conference=waiting.conference, by=desk(waiting))
    facts = SiteFacts(kind="viewing", area=waiting.sites[1].area, name_vi="Điểm cầu theo dõi")
    late = add_site(conference=waiting.conference, facts=facts, by=desk(waiting))
    send_invitations(conference=waiting.conference, by=desk(waiting))
    told = waiting.conference.events.filter(type="send_invitations").last()
    assert told is not None
    assert told.payload["sites"] == [late.slug]


def test_letters_that_say_otherwise_are_sent_again(waiting: ConferenceWorld) -> None:
    send_invitations(conference=waiting.conference, by=desk(waiting))
    held = waiting.refreshed()
    facts = facts_of(held, ConferenceFacts)
    edit_conference(conference=held, facts=facts, by=desk(waiting))
    with pytest.raises(Conflict, match="Mọi điểm cầu đã có giấy mời"):
        send_invitations(conference=held, by=desk(waiting))
    edit_conference(conference=held, facts=replace(facts, venue_vi="Hội trường B"), by=desk(waiting))
    send_invitations(conference=held, by=desk(waiting))
    told = held.events.filter(type="send_invitations").last()
    assert told is not None
    assert told.payload["sites"] == [site.slug for site in waiting.sites]


def test_a_renewed_code_ends_the_old_one_and_its_browsers(world: ConferenceWorld) -> None:
    site = world.sites[1]
    old = code_for(GrantKind.ROOM, site.pk, site.code_edition)
    room, view, seat = (
        world.grant(1),
        world.grant(1, GrantKind.VIEW),
        Seat.objects.filter(delegation__site=site)[0],
    )
    phone = world.grant(1, GrantKind.SEAT, seat)
    hand_out_codes(site=site, by=desk(world))
    renew_codes(site=site, by=desk(world))
    for grant in (room, view, phone):
        grant.refresh_from_db()
    doors = [is_open_door(grant, world.conference) for grant in (room, view, phone)]
    assert doors == [False, False, True]
    assert site.has_its_codes is False
    with pytest.raises(NotAllowed, match="Mã này không mở"):
        join_site(site=site, kind=GrantKind.ROOM, code=old)
    assert world.grant(1).pk
    told = world.conference.events.get(type="renew_codes")
    assert told.payload["grants"] == [room.pk, view.pk]


def test_a_lost_slip_is_renewed_alone(world: ConferenceWorld) -> None:
    first, second = Seat.objects.filter(delegation__site=world.sites[1])[:2]
    grants = [world.grant(1, GrantKind.SEAT, seat) for seat in (first, second)]
    renew_seat_code(seat=first, by=desk(world))
    for grant in grants:
        grant.refresh_from_db()
    assert [is_open_door(grant, world.conference) for grant in grants] == [False, True]


@pytest.mark.parametrize("who", ["head", "chair"])
def test_codes_are_for_who_prepares(world: ConferenceWorld, who: str) -> None:
    by = world.chair if who == "chair" else world.head(1)
    with pytest.raises(NotAllowed):
        renew_codes(site=world.sites[1], by=by)
