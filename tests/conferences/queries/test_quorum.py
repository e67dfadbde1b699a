from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from phoihop.conferences.actions import (
    answer_roll_call,
    close_roll_call,
    delete_delegation,
    delete_site,
    open_roll_call,
    readmit_site,
    remove_site,
)
from phoihop.conferences.actions.beacons import keep_beacon
from phoihop.conferences.minutes.attendance import attendance_of
from phoihop.conferences.minutes.names import PostNames
from phoihop.conferences.models import Connection, Delegation, RollCall, RollCallBase
from phoihop.conferences.queries.attendance import attendance, attendance_by_bloc
from phoihop.conferences.queries.quorum import quorum
from phoihop.core import clock
from phoihop.core.errors import Conflict
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
        keep_beacon(site=site, said={"delay_ms": 40, "frames": 25, "lost_packets": 0, "skew_ms": 0})
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.answered, told.is_met) == (0, 0, False)
    lines = attendance(world.conference, asked)
    assert [(line.connected.intervals, line.beacons.number) for line in lines] == [(1, 1)] * 4  # type: ignore[union-attr]
    assert [each.answer for line in lines for each in line.delegations] == [None] * 4


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


def test_a_closed_roll_call_says_the_same_whatever_changes_after(
    world: ConferenceWorld, asked: RollCall
) -> None:
    """A site taken out, an invitation enlarged, a delegation added: it is of those it asked."""
    answer(world, asked, 1, 12)
    close_roll_call(roll_call=asked, by=world.chair)
    asked.refresh_from_db()
    before = quorum(world.conference), told_of(world, asked)
    remove_site(site=world.sites[1], by=world.chair)
    Delegation.objects.filter(site=world.sites[0]).update(invited=500)
    Delegation.objects.create(site=world.sites[2], bloc="police", title_vi="Đoàn mới", invited=60)
    assert (quorum(world.conference), told_of(world, asked)) == before
    told = quorum(world.conference)
    assert told is not None
    assert (told.present, told.invited, told.expected, told.answered) == (12, 48, 4, 1)
    assert [line.site.pk for line in attendance(world.conference, asked)] == [site.pk for site in world.sites]


def test_the_next_roll_call_asks_who_is_still_in(world: ConferenceWorld, asked: RollCall) -> None:
    close_roll_call(roll_call=asked, by=world.chair)
    remove_site(site=world.sites[1], by=world.chair)
    open_roll_call(conference=world.conference, by=world.chair)
    told = quorum(world.conference)
    assert told is not None
    assert (told.invited, told.expected) == (36, 3)


def test_roll_calls_closed_before_are_filled_in_from_the_log(world: ConferenceWorld, asked: RollCall) -> None:
    """A site out at the closing had no part; one taken out after it had; an answer says how many were invited."""
    remove_site(site=world.sites[2], by=world.chair)
    answer(world, asked, 1, 12)
    close_roll_call(roll_call=asked, by=world.chair)
    kept = set(RollCallBase.objects.values_list("roll_call", "delegation", "bloc", "invited"))
    remove_site(site=world.sites[1], by=world.chair)
    readmit_site(site=world.sites[2], by=world.chair)
    Delegation.objects.filter(site=world.sites[1]).update(invited=500)
    RollCallBase.objects.all().delete()
    import_module("phoihop.conferences.migrations.0002_roll_call_base").fill_in(apps, None)
    assert len(kept) == 3
    assert set(RollCallBase.objects.values_list("roll_call", "delegation", "bloc", "invited")) == kept


def test_a_delegation_that_was_asked_stays(world: ConferenceWorld, asked: RollCall) -> None:
    close_roll_call(roll_call=asked, by=world.chair)
    with pytest.raises(Conflict, match="điểm danh"):
        delete_delegation(delegation=Delegation.objects.get(site=world.sites[3]), by=None)
    with pytest.raises(Conflict, match="điểm danh"):
        delete_site(site=world.sites[3], by=None)


def told_of(world: ConferenceWorld, roll_call: RollCall) -> tuple[object, object]:
    minutes = attendance_of(world.conference, world.refreshed().last_seq, PostNames())
    return attendance_by_bloc(world.conference, roll_call), minutes
