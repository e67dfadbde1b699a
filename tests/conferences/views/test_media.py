"""Grants for picture and sound: who gets one, what it opens, and that no secret of the engine leaves the server."""

import json
import time
from typing import Any

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import close_conference, remove_site
from phoihop.conferences.enums import GrantKind, SiteKind
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.fake import NO_MEDIA, FakeEngine
from phoihop.conferences.media.grants import LIFETIME, ice_servers
from phoihop.conferences.models import Connection, Publication
from phoihop.core import clock
from tests.conferences.test_refused import browser
from tests.conferences.world import ConferenceWorld

pytestmark = pytest.mark.usefixtures("fake")

AT = "/hoi-nghi/hoi-nghi-thu"


def granted(client: Client, part: str = "publish", status: int = 200) -> Any:
    response = client.post(f"{AT}/hinh/quyen/", {"part": part})
    assert response.status_code == status, response.content.decode()
    return response.json()


def show(token: str, address: str, status: int, **said: Any) -> Any:
    """As a browser without a session: the grant is all that is shown."""
    said = {"sdp": NO_MEDIA, "key": "a-page", **said}
    response = Client().post(
        f"{AT}/hinh/{address}/", json.dumps(said), "application/json", HTTP_AUTHORIZATION=f"Bearer {token}"
    )
    assert response.status_code == status, response.content.decode()
    return response.json() if response.content else None


def test_a_room_sends_and_a_viewer_receives(session: ConferenceWorld, fake: FakeEngine) -> None:
    room = granted(browser(session.grant(1)))["grant"]
    assert show(room, "phat", 201)["sdp"] == NO_MEDIA
    assert fake.published["hoi-nghi-thu"] == {"diem-1"}
    viewer = granted(browser(session.grant(2, GrantKind.VIEW)), "receive")["grant"]
    offered = show(viewer, "xem", 201)
    show(viewer, "tra-loi", 204, peer=offered["peer"])
    assert len(fake.answered) == 1


@pytest.mark.parametrize("kind", [GrantKind.VIEW, GrantKind.SEAT])
def test_who_watches_gets_no_grant_to_send(session: ConferenceWorld, kind: GrantKind) -> None:
    from phoihop.conferences.models import Seat

    seat = Seat.objects.filter(delegation__site=session.sites[1]).first() if kind == GrantKind.SEAT else None
    told = granted(browser(session.grant(1, kind, seat)), "publish", 403)
    assert "do máy của phòng họp hoặc trưởng điểm cầu gửi" in told["refusal"]


def test_a_grant_for_viewing_that_tries_to_send_is_refused(
    session: ConferenceWorld, fake: FakeEngine
) -> None:
    viewer = granted(browser(session.grant(1, GrantKind.VIEW)), "receive")["grant"]
    assert "chỉ theo dõi" in show(viewer, "phat", 403)["refusal"]
    room = granted(browser(session.grant(1)), "receive")["grant"]
    assert "chỉ theo dõi" in show(room, "phat", 403)["refusal"]
    assert not fake.published["hoi-nghi-thu"]


@pytest.mark.parametrize("address", ["phat", "xem", "tra-loi", "con", "thoi"])
def test_without_a_grant_nothing_is_exchanged(session: ConferenceWorld, address: str) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    for wrong in ("", token[:-2] + "xx", "Bearer"):
        assert "đã hết hạn hoặc không thuộc hội nghị này" in show(wrong, address, 403)["refusal"]


def test_a_grant_ends_by_itself_and_with_its_door(session: ConferenceWorld) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    show(token, "phat", 201)
    with time_machine.travel(time.time() + LIFETIME + 1):
        show(token, "phat", 403)
    remove_site(site=session.sites[1], by=session.chair)
    assert "không còn tham dự" in show(token, "phat", 403)["refusal"]


def test_a_closed_conference_has_no_pictures(session: ConferenceWorld) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    close_conference(conference=session.conference, by=session.chair)
    show(token, "phat", 403)


def test_the_device_that_began_last_sends(session: ConferenceWorld) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    first = show(token, "phat", 201, key="first")["peer"]
    assert "từ một thiết bị khác" in show(token, "phat", 409, key="second")["refusal"]
    second = show(token, "phat", 201, key="second", take_over=True)["peer"]
    show(token, "con", 410, peer=first)
    show(token, "con", 204, peer=second)
    show(token, "thoi", 204, peer=first)
    assert Publication.objects.get().ended_at is None  # an end of the first is none of the second
    show(token, "thoi", 204, peer=second)
    assert Publication.objects.get().ended_at is not None


def test_a_machine_that_said_no_goodbye_leaves_its_place(session: ConferenceWorld, fake: FakeEngine) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    show(token, "phat", 201, key="first")
    fake.published["hoi-nghi-thu"].clear()  # switched off
    show(token, "phat", 201, key="second")


def test_a_site_that_watches_sends_nothing(session: ConferenceWorld) -> None:
    session.sites[1].kind = SiteKind.VIEWING
    session.sites[1].save()
    assert "điểm cầu theo dõi" in show(granted(browser(session.grant(1)))["grant"], "phat", 403)["refusal"]


@pytest.mark.parametrize("sdp", ["", "x" * 10, "v=0" + "a" * 70_000, None, 5])
def test_what_is_no_description_is_refused(session: ConferenceWorld, sdp: Any) -> None:
    token = granted(browser(session.grant(1)))["grant"]
    assert "64 kB" in show(token, "phat", 400, sdp=sdp)["refusal"]


def test_what_was_exchanged_is_named_by_nobody_else(session: ConferenceWorld) -> None:
    """A connection is told by a name the server signed: the engine's own is worth nothing."""
    token = granted(browser(session.grant(1)))["grant"]
    show(token, "tra-loi", 403, peer="123/456")


def test_without_an_engine_it_is_said(session: ConferenceWorld, settings: Any) -> None:
    settings.MEDIA_ENGINE = ""
    engine.cache_clear()
    assert "qua điện thoại" in granted(browser(session.grant(1)), "publish", 409)["refusal"]


def test_thousands_come_back_one_after_the_other(session: ConferenceWorld) -> None:
    room = browser(session.grant(1))
    assert granted(room)["spread"] == 0
    now = clock.now()
    Connection.objects.bulk_create(
        Connection(site=session.sites[1], kind="view", key=f"{n}", opened_at=now, seen_at=now)
        for n in range(650)
    )
    assert granted(room)["spread"] == 21


def test_relays_are_told_with_a_password_that_ends(settings: Any) -> None:
    assert ice_servers("diem-1") == []
    settings.MEDIA_STUN, settings.MEDIA_TURN = (
        "stun.example.vn:3478",
        ["turn:turn.example.vn:3478?transport=tcp"],
    )
    settings.MEDIA_TURN_SECRET = "north"
    with time_machine.travel(1_800_000_000, tick=False):
        stun, turn = ice_servers("diem-1")
    assert stun == {"urls": ["stun:stun.example.vn:3478"]}
    # HMAC-SHA1 of "1800021600:diem-1" under "north", as coturn computes it (use-auth-secret).
    assert turn == {
        "urls": ["turn:turn.example.vn:3478?transport=tcp"],
        "username": "1800021600:diem-1",
        "credential": TURN_PASSWORD,
    }


TURN_PASSWORD = "Qgt8EfM0yXn6r12fcP8ngJskwdw="
