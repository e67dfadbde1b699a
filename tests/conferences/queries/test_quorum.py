from decimal import Decimal

import pytest

from phoihop.conferences.actions import answer_roll_call, close_roll_call, open_roll_call, remove_site
from phoihop.conferences.models import Connection, Delegation, RollCall
from phoihop.conferences.queries.quorum import quorum
from phoihop.core import clock
from tests.conferences.world import INVITED, ConferenceWorld


def answer(world: ConferenceWorld, roll_call: RollCall, number: int, present: int, note: str = "") -> None:
    delegation = Delegation.objects.select_related("site").get(site=world.sites[number], bloc__gt="")
    answer_roll_call(
        roll_call=roll_call, delegation=delegation, present=present, by=world.head(number), note=note
    )


@pytest.fixture
def asked(world: ConferenceWorld) -> RollCall:
    return open_roll_call(conference=world.in_session().refreshed(), by=world.chair)


def test_there_is_none_before_a_roll_call(world: ConferenceWorld) -> None:
    assert quorum(world.conference) is None


def test_half_of_those_invited_is_enough(world: ConferenceWorld, asked: RollCall) -> None:
    """Four delegations of 12 each."""
    answer(world, asked, 0, 12)
    answer(world, asked, 1, 11)
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.invited, told.needed, told.percent, told.is_met) == (
        23, 48, 24, Decimal("47.91"), False,
    )  # fmt: skip
    answer(world, asked, 1, 12)
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.percent, told.is_met, told.answered) == (24, Decimal("50.00"), True, 2)


def test_connections_count_for_nothing(world: ConferenceWorld, asked: RollCall) -> None:
    for number, site in enumerate(world.sites):
        Connection.objects.create(
            site=site, kind="room", key=str(number), opened_at=clock.now(), seen_at=clock.now()
        )
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.is_met) == (0, False)


def test_the_last_roll_call_counts_though_the_first_was_fuller(
    world: ConferenceWorld, asked: RollCall
) -> None:
    answer(world, asked, 0, 12)
    close_roll_call(roll_call=asked, by=world.chair)
    open_roll_call(conference=world.conference, by=world.chair)
    told = quorum(world.conference)
    assert told is not None
    assert (told.number, told.present) == (2, 0)


def test_a_site_taken_out_is_set_aside_with_its_delegates(world: ConferenceWorld, asked: RollCall) -> None:
    answer(world, asked, 1, 12)
    remove_site(site=world.sites[1], by=world.chair)
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.invited, told.expected, told.answered) == (0, 36, 3, 0)


def test_guests_and_heads_beyond_the_invitation_do_not_count(world: ConferenceWorld, asked: RollCall) -> None:
    guests = Delegation.objects.create(site=world.sites[0], bloc="", title_vi="Khách mời", invited=40)
    answer_roll_call(roll_call=asked, delegation=guests, present=40, by=world.head(0))
    answer(world, asked, 0, INVITED + 30, "Mời thêm cán bộ xã")
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.invited, told.is_met) == (INVITED, 48, False)
