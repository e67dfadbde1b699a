"""What the streams ask of the database."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from phoihop.accounts.models import User
from phoihop.conferences.actions import remove_site, show_scene
from phoihop.conferences.display import display
from phoihop.conferences.enums import Duty, GrantKind, Scene, Visibility, VoteKind, VoteState
from phoihop.conferences.models import Grant, Official, Seat, Site, Vote, VoteCast
from phoihop.conferences.permissions import attendee_of, is_open_door
from phoihop.conferences.queries.agenda import audience_of
from phoihop.conferences.queries.streams import (
    Held,
    dead_grants,
    idle_users,
    log_after,
    lost_duties,
    missed,
    moved,
    open_counts,
    shown_now,
)
from phoihop.core import clock
from phoihop.orgs.models import Membership
from tests.conferences.world import ConferenceWorld


def revoke(grant: Grant) -> None:
    Grant.objects.filter(pk=grant.pk).update(revoked_at=clock.now())


def expire(grant: Grant) -> None:
    Grant.objects.filter(pk=grant.pk).update(expires_at=clock.now())


def expire_soon(grant: Grant) -> None:
    Grant.objects.filter(pk=grant.pk).update(expires_at=clock.now() + timedelta(seconds=1))


def take_out(grant: Grant) -> None:
    Site.objects.filter(pk=grant.site_id).update(is_removed=True)


def new_codes_of_the_site(grant: Grant) -> None:
    Site.objects.filter(pk=grant.site_id).update(code_edition=2)


def new_code_of_the_seat(grant: Grant) -> None:
    Seat.objects.filter(pk=grant.seat_id).update(code_edition=2)


def leave_be(grant: Grant) -> None:
    pass


CASES = [
    (leave_be, True, True),
    (expire_soon, True, True),
    (revoke, False, False),
    (expire, False, False),
    (take_out, False, False),
    (new_codes_of_the_site, False, True),
    (new_code_of_the_seat, True, False),
]


@pytest.mark.parametrize(
    ("act", "room_stands", "seat_stands"), CASES, ids=[case[0].__name__ for case in CASES]
)
def test_the_doors_the_streams_close_are_the_doors_pages_close(
    world: ConferenceWorld, act: Callable[[Grant], None], room_stands: bool, seat_stands: bool
) -> None:
    held = Seat.objects.get(delegation__site=world.sites[1], number=1)
    room, seat = world.grant(1), world.grant(1, GrantKind.SEAT, held)
    act(room)
    act(seat)
    fresh = Grant.objects.select_related("site", "seat").in_bulk([room.pk, seat.pk])
    assert [is_open_door(fresh[each.pk], world.conference) for each in (room, seat)] == [
        room_stands,
        seat_stands,
    ]
    stands = {room.pk: room_stands, seat.pk: seat_stands}
    assert dead_grants({room.pk, seat.pk}) == {pk for pk, is_open in stands.items() if not is_open}
    assert dead_grants(set()) == set()


def test_who_may_not_sign_in_any_more(world: ConferenceWorld) -> None:
    gone, stays = world.heads[0], world.heads[1]
    gone.is_active = False
    gone.save()
    assert idle_users({gone.pk, stays.pk}) == {gone.pk}


def test_only_what_moved_is_read(world: ConferenceWorld) -> None:
    world.in_session()
    pk = world.conference.pk
    assert (moved({pk: 1}), moved({pk: 2}), moved({})) == ([pk], [], [])
    assert [row[:2] for row in log_after(pk, 1)] == [(2, "begin_item")]


def test_a_room_begins_with_what_is_shown_and_what_came_last(world: ConferenceWorld) -> None:
    world.in_session()
    for text in ("a", "b"):
        show_scene(conference=world.conference, scene=Scene.MESSAGE, by=None, text=text)
    found = shown_now("hoi-nghi-thu", 2)
    assert found is not None
    pk, seq, state, recent = found
    assert (pk, seq, state) == (world.conference.pk, 4, display(world.refreshed()))
    assert [(at, patch["hall"]["text"]) for at, patch in recent] == [(3, "a"), (4, "b")]
    assert shown_now("khong-co", 2) is None


def test_what_was_missed_is_laid_over(world: ConferenceWorld) -> None:
    world.in_session()
    remove_site(site=world.sites[1], by=None)
    show_scene(conference=world.conference, scene=Scene.AGENDA, by=None)
    conference = world.refreshed()
    patch = missed(conference, 2, 10)
    assert patch is not None
    assert patch == {key: display(conference)[key] for key in ("roll_call", "hall")}
    assert (missed(conference, 4, 10), missed(conference, 5, 10), missed(conference, 1, 2)) == (
        {},
        None,
        None,
    )


def test_votes_are_counted_while_they_are_open(world: ConferenceWorld) -> None:
    world.in_session()
    item = world.items[0]
    item.visibility = Visibility.INTERNAL
    item.save()
    vote = Vote.objects.create(
        conference=world.conference,
        item=item,
        title_vi="Thông qua",
        kind=VoteKind.SECRET,
        opened_at=clock.now(),
    )
    assert open_counts([world.conference.pk]) == {}
    Vote.objects.update(state=VoteState.OPEN)
    for seat in Seat.objects.all()[:2]:
        VoteCast.objects.create(vote=vote, seat=seat, at=clock.now())
    counted = {"pk": vote.pk, "voted": 2, "visibility": "internal"}
    assert open_counts([world.conference.pk]) == {world.conference.pk: counted}


def _official_removed(world: ConferenceWorld) -> None:
    Official.objects.filter(duty=Duty.DIRECTOR).delete()


def _post_passed_on(world: ConferenceWorld) -> None:
    Official.objects.filter(duty=Duty.SECRETARY).update(user=world.heads[3])


def _head_replaced(world: ConferenceWorld) -> None:
    Site.objects.filter(pk=world.sites[1].pk).update(head=world.heads[3])


def _organiser_left(world: ConferenceWorld) -> None:
    Membership.objects.filter(user=world.desk).update(valid_until=clock.today())


def _nothing(world: ConferenceWorld) -> None:
    pass


@pytest.mark.parametrize(
    ("act", "lost"),
    [
        (_nothing, set()),
        (_official_removed, {"the-director"}),
        (_post_passed_on, {"the-secretary"}),
        (_head_replaced, {"head-1"}),
        (_organiser_left, {"desk"}),
    ],
)
def test_a_stream_stands_as_long_as_the_duty_it_was_opened_for(
    world: ConferenceWorld, act: Callable[[ConferenceWorld], None], lost: set[str]
) -> None:
    people = {user.username: user for user in (*world.officials.values(), world.heads[1], world.heads[2])}
    people["desk"] = world.desk
    held = {name: _held_by(world, user) for name, user in people.items()}
    act(world)
    assert {name for name, each in held.items() if each in lost_duties(held.values())} == lost


def _held_by(world: ConferenceWorld, user: User) -> Held:
    by = attendee_of(world.conference, user)
    headed = by.site.slug if by.site is not None and Duty.HEAD in by.duties else ""
    return Held(world.conference.slug, user.pk, None, audience_of(by), headed)


def test_many_officials_are_asked_for_in_two_statements(
    world: ConferenceWorld, django_assert_num_queries: Any
) -> None:
    held = [_held_by(world, user) for user in (*world.officials.values(), *world.heads)]
    with django_assert_num_queries(2):
        assert lost_duties(held) == set()
    with django_assert_num_queries(0):
        assert lost_duties([]) == set()
