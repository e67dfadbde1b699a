"""From when to when a site was connected: whole after a restart, nothing of the device, nothing for who is no site."""

from datetime import timedelta

import pytest
import time_machine

from phoihop.conferences.audiences import Audience
from phoihop.conferences.models import Connection
from phoihop.conferences.streams.connections import ConnectionWriter
from phoihop.conferences.streams.tickets import Ticket
from tests.conferences.world import ConferenceWorld

SITE = Ticket("hoi-nghi-thu", Audience.DELEGATES, "", 0, site="diem-1", kind="room", grant=1)


@pytest.fixture
def writer(world: ConferenceWorld) -> ConnectionWriter:
    """Its rounds are called by hand: the thread is not started."""
    return ConnectionWriter()


def rows() -> list[tuple[str, str, int, int | None]]:
    """(site, kind, seconds seen, seconds until closed) in the order they were opened."""
    return [
        (
            each.site.slug,
            each.kind,
            round((each.seen_at - each.opened_at).total_seconds()),
            round((each.closed_at - each.opened_at).total_seconds()) if each.closed_at else None,
        )
        for each in Connection.objects.select_related("site").order_by("opened_at", "pk")
    ]


def test_a_connection_is_kept_from_when_to_when(
    writer: ConnectionWriter, moment: time_machine.Traveller
) -> None:
    key = writer.opened(SITE)
    writer.write()
    assert rows() == [("diem-1", "room", 0, None)]
    moment.shift(timedelta(seconds=30))
    writer.see()
    assert rows() == [("diem-1", "room", 30, None)]
    moment.shift(timedelta(seconds=5))
    writer.closed(key)
    writer.write()
    moment.shift(timedelta(seconds=60))
    writer.see()
    assert rows() == [("diem-1", "room", 35, 35)]


def test_one_that_is_closed_before_it_was_written_is_kept_too(
    writer: ConnectionWriter, moment: time_machine.Traveller
) -> None:
    key = writer.opened(SITE)
    moment.shift(timedelta(seconds=1))
    writer.closed(key)
    writer.write()
    assert rows() == [("diem-1", "room", 1, 1)]


def test_a_restart_closes_what_was_left_open_when_it_was_seen_last(
    writer: ConnectionWriter, moment: time_machine.Traveller
) -> None:
    writer.opened(SITE)
    writer.write()
    moment.shift(timedelta(seconds=15))
    writer.see()
    moment.shift(timedelta(seconds=300))
    ConnectionWriter().close_left_open()
    assert rows() == [("diem-1", "room", 15, 15)]


def test_a_site_that_joins_twice_has_two(writer: ConnectionWriter, moment: time_machine.Traveller) -> None:
    writer.opened(SITE)
    writer.opened(SITE)
    writer.write()
    assert len(rows()) == 2


def test_who_is_no_site_and_a_site_that_is_gone_leave_nothing(writer: ConnectionWriter) -> None:
    chair = Ticket("hoi-nghi-thu", Audience.PRESIDIUM, "", 0, user=1)
    elsewhere = Ticket("hoi-nghi-thu", Audience.DELEGATES, "", 0, site="khong-co", kind="room")
    keys = [writer.opened(chair), writer.opened(elsewhere)]
    for key in keys:
        writer.closed(key)
    writer.write()
    assert (keys[0], rows()) == ("", [])


def test_one_process_of_several_closes_only_its_own(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    first, second = ConnectionWriter("one"), ConnectionWriter("two")
    for each in (first, second):
        each.opened(SITE)
        each.write()
    ConnectionWriter("one").close_left_open()
    assert [closed for *_told, closed in rows()] == [0, None]
    moment.shift(timedelta(seconds=41))  # the second is gone and does not come back
    ConnectionWriter("one").close_left_open()
    assert [closed for *_told, closed in rows()] == [0, 0]
