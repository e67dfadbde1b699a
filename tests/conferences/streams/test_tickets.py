"""A ticket is believed for what it says, until it ends, at the conference it was given for, and by its signature only."""

import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import RequestFactory

from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import Duty, GrantKind
from phoihop.conferences.permissions import Attendee, attendee_of
from phoihop.conferences.streams.page import live, ticket_for
from phoihop.conferences.streams.tickets import Ticket, TicketRefused, read_ticket
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld

NOW = 1_780_000_000.0
GIVEN = Ticket(
    "hoi-nghi", Audience.VIEWERS, "https://phoihop.vn", NOW + 60, site="diem-1", kind="view", grant=7
)


@pytest.fixture
def at_now() -> Any:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def test_a_ticket_says_what_was_signed(at_now: Any) -> None:
    assert read_ticket(GIVEN.signed(), "hoi-nghi") == GIVEN


def altered(ticket: Ticket) -> str:
    """Another audience under the signature of the first."""
    body = replace(ticket, audience=Audience.PRESIDIUM).signed().split(":")[0]
    return ":".join([body, *ticket.signed().split(":")[1:]])


@pytest.mark.parametrize(
    ("text", "conference", "after", "is_read"),
    [
        (GIVEN.signed(), "hoi-nghi", 0, True),
        (GIVEN.signed(), "hoi-nghi", 59, True),
        (GIVEN.signed(), "hoi-nghi", 60, False),
        (GIVEN.signed(), "hoi-nghi-khac", 0, False),
        (altered(GIVEN), "hoi-nghi", 0, False),
        (GIVEN.signed()[:-1], "hoi-nghi", 0, False),
        (signing.dumps(["hoi-nghi", 3, "", NOW + 60], salt="another"), "hoi-nghi", 0, False),
        (replace(GIVEN, audience=9).signed(), "hoi-nghi", 0, False),
        ("", "hoi-nghi", 0, False),
        ("a:b:c", "hoi-nghi", 0, False),
    ],
    ids=[  # never the texts themselves: they are signed with the time
        "whole", "in its last second", "expired", "another conference", "altered", "cut", "other salt", "no audience",
        "empty", "no ticket",
    ],
)  # fmt: skip
def test_which_tickets_are_read(at_now: Any, text: str, conference: str, after: int, is_read: bool) -> None:
    at_now.shift(after)
    if is_read:
        assert read_ticket(text, conference).grant == 7
    else:
        with pytest.raises(TicketRefused):
            read_ticket(text, conference)


def test_every_ticket_has_a_key_of_its_own() -> None:
    assert Ticket("a", 1, "", 0).key != Ticket("a", 1, "", 0).key


def attendees(world: ConferenceWorld) -> dict[str, Attendee]:
    return {
        "chair": world.chair,
        "secretary": world.official(Duty.SECRETARY),
        "head": world.head(1),
        "room": world.room(1),
        "seat": world.seat(1),
        "viewer": world.room(2, GrantKind.VIEW),
    }


def test_what_each_attendee_is_let_see(world: ConferenceWorld, rf: RequestFactory) -> None:
    request = rf.get("/")
    given = {name: ticket_for(request, world.conference, by) for name, by in attendees(world).items()}
    assert {name: (each.audience, each.site, each.kind) for name, each in given.items()} == {
        "chair": (Audience.PRESIDIUM, "", ""),
        "secretary": (Audience.PRESIDIUM, "", ""),
        "head": (Audience.DELEGATES, "diem-1", "head"),
        "room": (Audience.DELEGATES, "diem-1", "room"),
        "seat": (Audience.DELEGATES, "diem-1", "seat"),
        "viewer": (Audience.VIEWERS, "diem-2", "view"),
    }
    assert {each.origin for each in given.values()} == {"http://testserver"}
    beacons = {
        name: live(request, world.conference, by).sends_beacons for name, by in attendees(world).items()
    }
    assert [name for name, sends in beacons.items() if sends] == ["head", "room"]


def test_a_ticket_ends_with_the_grant_it_stands_on(world: ConferenceWorld, rf: RequestFactory) -> None:
    by = world.room(1)
    assert by.grant is not None
    by.grant.expires_at = clock.now() + timedelta(seconds=90)
    by.grant.save()
    ticket = ticket_for(rf.get("/"), world.conference, attendee_of(world.conference, None, by.grant))
    assert ticket.until == time.time() + 90


def test_tabs_share_where_they_see_the_same_as_the_same(world: ConferenceWorld, rf: RequestFactory) -> None:
    request = rf.get("/")
    everyone = attendees(world)
    names = [live(request, world.conference, by).share for by in everyone.values()]
    again = [live(request, world.conference, by).share for by in everyone.values()]
    assert names == again
    assert len(set(names)) == len(names)
