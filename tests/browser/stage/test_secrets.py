"""No secret of an engine, of an edge, of a relay or of this installation is in anything that reaches a browser."""

import base64
import hmac
import json
import time
from collections.abc import Iterator, Set
from hashlib import sha1
from typing import Any

import pytest
from playwright.sync_api import Browser

from phoihop.conferences.media.grants import TURN_LIFETIME, Part
from phoihop.conferences.media.janus.client import JanusClient
from phoihop.conferences.media.janus.edges import Edge, edge_door
from phoihop.conferences.media.janus.hall import Hall, mountpoints
from tests.browser.conftest import wait_until
from tests.browser.site_meetings import MEETING_ACTIONS
from tests.browser.stage.caller import Caller, addresses_of
from tests.browser.stage.conftest import standing
from tests.browser.stage.edge import BOTH, CENTRE, NAME, PORT, standing_edge
from tests.browser.stage.room import Room, opened
from tests.conferences.media import namespace
from tests.conferences.media.needles import forms_of, told_in
from tests.conferences.streams.installed import Browser as Follower
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow, pytest.mark.timeout(600)]

RELAY = f"turn:{namespace.ADDRESS}:3478?transport=udp"  # nobody answers there
RELAYS = {"PHOIHOP_TURN": RELAY, "PHOIHOP_TURN_SECRET": "the relay's own: never? told/to+anyone"}
# Of a consultation in writing, which this conference is not; of charts and signed papers, which it has none of; asked with a body.
ELSEWHERE = {"opinion", "opinions", "chart", "chart_figures", "minutes_file", "notice_file", "official_new"}
# What there is, or is another, once the conference is closed and its film made.
AFTERWARDS = {
    "recording",
    "recording_film",
    "recording_chapters",
    "conference",
    "minutes",
    "what_moved",
    "door",
}
SITE_OF = {"room": "diem-1", "seat": "diem-1", "head": "diem-2", "viewer": "diem-3"}

Heard = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    world = "tests.conferences.media.secrets_world"
    with (
        standing_edge(tmp_path_factory.mktemp("edge")),
        standing(tmp_path_factory.mktemp("centre"), world, **CENTRE, **RELAYS) as made,
    ):
        yield made


@pytest.fixture(scope="module")
def secrets(installed: Installation) -> dict[str, bytes]:
    """By what they are: those that were set or made, and the keys derived from them."""
    media, slug, link = installed.folder / "media", installed.world["slug"], BOTH["PHOIHOP_MEDIA_EDGE_SECRET"]
    own, far = JanusClient(media), JanusClient(edge_door(Edge(namespace.ADDRESS, PORT), link))
    doors = {"engine": own.door, "edge": far.door}
    halls = {"engine": Hall(own), "edge": Hall(far, namespace.ADDRESS, link)}
    srtp = {name: halls["edge"]._srtp(name).encode() for name in mountpoints(slug)}
    return {
        **{f"API secret, {name}": door.api_secret.encode() for name, door in doors.items()},
        **{f"admin key, {name}": door.admin_key.encode() for name, door in doors.items()},
        **{f"room and mountpoints, {name}": hall.secret(slug).encode() for name, hall in halls.items()},
        **{f"SRTP, {name}": key for name, key in srtp.items()},
        **{f"SRTP raw, {name}": base64.b64decode(key) for name, key in srtp.items()},
        "engine's address": f"127.0.0.1:{own.door.url.rpartition(':')[2]}".encode(),
        "edge's address": NAME.encode(),
        "edges": link.encode(),
        "relay": RELAYS["PHOIHOP_TURN_SECRET"].encode(),
        "signing": installed.world["signing"].encode(),
    }


@pytest.fixture(scope="module")
def callers(installed: Installation) -> dict[str, Caller]:
    world = installed.world
    sessions = {
        **world["others"],
        "room": world["rooms"][1],
        "viewer": world["viewers"][0],
        "stranger": "none",
    }
    return {who: Caller(installed, who, session) for who, session in sessions.items()}


@pytest.fixture(scope="module")
def pages(chromium: Browser, installed: Installation) -> Iterator[dict[str, Room]]:
    """As many as a conference has, all of them at work: three send, a viewer is at the edge, a hall shows sites."""
    world = installed.world
    asked = {
        "site 0": (world["rooms"][0], "diem-cau"), "site 1": (world["rooms"][1], "diem-cau"),
        "site 2": (world["rooms"][2], "diem-cau"), "viewer": (world["viewers"][0], "xem"),
        "hall": (world["chair"], "man-hinh"), "console": (world["chair"], "dieu-hanh"),
        "seat": (world["others"]["seat"], "ghe"),
        "check": (world["rooms"][1], "diem-cau/kiem-tra"),
    }  # fmt: skip
    made = {name: opened(chromium, installed, session, path) for name, (session, path) in asked.items()}
    for room in made.values():
        room.listen()
    yield made
    for room in made.values():
        room.leave()


@pytest.fixture(scope="module")
def heard(installed: Installation, callers: dict[str, Caller], pages: dict[str, Room]) -> Heard:
    """Everything: what pages were sent by pages, streams and sockets, and what is answered to who asks without one."""
    followed = {who: Follower(installed, callers[who].session) for who in ("chair", "room", "viewer", "seat")}
    _at_work(installed, pages)
    _asked(installed, callers)
    _under_grants(callers, pages)
    bodies = [told for room in pages.values() for told in room.bodies()]
    installed.act("close_vote")
    installed.act("close")
    assert until(lambda: bool(installed.act("film")), 240)
    _asked(installed, callers, AFTERWARDS)
    for each in followed.values():
        each.leave()
    return [
        *(told for caller in callers.values() for told in caller.heard),
        *((answer.url, str(answer.headers).encode() + body) for answer, body in bodies),
        *((f"stream of {who}", each.received) for who, each in followed.items()),
        *((f"stream of the page {name}", "\n".join(room.streamed).encode()) for name, room in pages.items()),
    ]


def _at_work(installed: Installation, pages: dict[str, Room]) -> None:
    for number in range(3):
        pages[f"site {number}"].send(number)
    pages["viewer"].sees(0)
    installed.act("record")
    wait_until(pages["hall"].page, "document.querySelectorAll('[data-tile-of].is-live').length === 3", 60)
    pages["check"].page.click("[data-begin]")
    wait_until(pages["check"].page, "document.querySelector('[data-line=\"delay\"]') !== null", 90)
    installed.act("floor", 2)
    pages["viewer"].sees(2)


def _asked(installed: Installation, callers: dict[str, Caller], names: Set[str] | None = None) -> None:
    for caller in callers.values():
        for name, address in addresses_of(installed.world["slug"]):
            if names is None or name in names:
                caller.get(address)


def _under_grants(callers: dict[str, Caller], pages: dict[str, Room]) -> None:
    """Each gets every grant it may have, and begins, answers, renews and ends what the grant opens; a room takes over."""
    offer, answer = (_sent(pages["site 1"], path) for path in ("phat", "tra-loi"))
    for caller in callers.values():
        for part in Part:
            status, told = caller.post(_media(caller, "quyen"), part=part.value)
            if status == 200:
                _exchanged(caller, told["grant"], {"sdp": offer, "key": "another", "take_over": True}, answer)
    callers["stranger"].post(_page(callers["stranger"], "vao"), site="diem-1", kind="room", code="wrong")
    code = callers["room"].installed.world["code"]
    callers["stranger"].post(_page(callers["stranger"], "vao"), site="diem-1", kind="room", code=code)


def _exchanged(caller: Caller, grant: str, offered: dict[str, Any], answer: str) -> None:
    for path in ("phat", "xem", "diem-cau", "thu/phat", "thu/xem"):
        _status, told = caller.show(grant, _media(caller, path), offered)
        said = {"peer": (told or {}).get("peer", ""), "sdp": answer}
        for after in ("tra-loi", "con") if path.startswith("thu") else ("tra-loi", "con", "thoi"):
            caller.show(grant, _media(caller, after), said)


def _media(caller: Caller, path: str) -> str:
    return _page(caller, f"hinh/{path}")


def _page(caller: Caller, path: str) -> str:
    return f"/hoi-nghi/{caller.installed.world['slug']}/{path}/"


def _sent(room: Room, path: str) -> str:
    """The description a page sent there."""
    asked = [answer.request for answer in room.answers if answer.url.endswith(f"/hinh/{path}/")]
    return str((asked[-1].post_data_json or {})["sdp"])


def test_no_secret_reaches_a_browser(heard: Heard, secrets: dict[str, bytes]) -> None:
    found = sorted({(where, name) for where, said in heard for name in told_in(said, secrets)})
    print(f"{len(heard)} answers and streams, {sum(len(said) for _where, said in heard) / 1e6:.1f} MB")
    assert found == []


def test_every_address_was_answered_to_somebody(
    installed: Installation, heard: Heard, callers: dict[str, Caller]
) -> None:
    """Else the test above looked at refusals."""
    names = {name for name, _address in addresses_of(installed.world["slug"])}
    shown = {
        name
        for name, address in addresses_of(installed.world["slug"])
        if any({200, 204} & caller.answered[address] for caller in callers.values())
    }
    acts = {each.removeprefix("conferences:") for each in MEETING_ACTIONS}
    assert names - shown - acts == ELSEWHERE
    begun = {_media(callers["room"], path) for path in ("phat", "xem", "diem-cau", "thu/phat")}
    gone_on = {_media(callers["room"], path) for path in ("tra-loi", "con", "thoi")}
    given = [caller.answered for caller in callers.values()]
    assert {
        address for address in begun if any(201 in each[address] for each in given if address in each)
    } == begun
    assert {
        address for address in gone_on if any(204 in each[address] for each in given if address in each)
    } == gone_on


def test_pages_and_streams_were_heard(heard: Heard, pages: dict[str, Room]) -> None:
    streams = {where: len(said) for where, said in heard if where.startswith("stream of")}
    assert len(streams) == len(pages) + 4
    assert min(streams.values()) > 500, streams
    assert sum(where.startswith("http://") for where, _said in heard) > 100
    checked = {answer.status for answer in pages["check"].answers if answer.url.endswith("/hinh/thu/xem/")}
    assert 201 in checked  # only what a page really sends can be received


def test_a_relay_is_opened_for_a_while_and_for_whom_it_is(heard: Heard) -> None:
    """What may be told of it: a name that ends, and its password."""
    found = list[tuple[str, dict[str, Any]]]()
    for where, said in heard:
        if where.endswith("/hinh/quyen/") and b'{"grant"' in said:
            found.append((where.partition(":")[0], json.loads(said[said.index(b'{"grant"') :])["ice"]))
    assert {who for who, _ice in found} >= {"chair", "director", "room", "viewer", "seat", "head", "http"}
    for who, (relay,) in found:
        assert relay["urls"] == [RELAY]
        until_, _colon, name = relay["username"].partition(":")
        assert 0 < int(until_) - time.time() <= TURN_LIFETIME
        if who != "http":
            assert name == SITE_OF.get(who, "view")
        assert relay["credential"] == _password(relay["username"])


def _password(username: str) -> str:
    digest = hmac.new(RELAYS["PHOIHOP_TURN_SECRET"].encode(), username.encode(), sha1).digest()
    return base64.b64encode(digest).decode()


@pytest.mark.parametrize("before", range(3))
def test_a_secret_would_be_found_in_whatever_form(secrets: dict[str, bytes], before: int) -> None:
    for name, secret in secrets.items():
        hidden = b"<" + base64.b64encode(b"x" * before + secret + b"y") + b">"
        assert name in told_in(hidden, secrets)
        assert name in told_in(b"a" * before + secret, secrets)
        assert all(len(form) >= 12 for form in forms_of(secret))
