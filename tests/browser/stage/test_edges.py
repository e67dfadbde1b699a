"""A cascade of two nodes: the centre's engine feeds an edge's, and viewers of the edge decode whoever is given the floor."""

import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.client import STREAMING, VIDEOROOM, JanusClient
from phoihop.conferences.media.janus.edges import LEFT_ALONE, Edge, edge_door
from phoihop.conferences.media.janus.hall import Hall
from tests.browser.stage.conftest import standing
from tests.browser.stage.edge import BOTH, CENTRE, PORT, standing_edge
from tests.browser.stage.room import Room, opened, voice_of
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation, child_of, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

# Where a page was told to send to.
LISTENING = """
const real = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = function (told) { window.told = told.sdp; return real.call(this, told); };
"""


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator["subprocess.Popen[bytes]"]:
    with standing_edge(tmp_path_factory.mktemp("edge")) as started:
        yield started


@pytest.fixture(scope="module")
def installed(
    tmp_path_factory: pytest.TempPathFactory, edge: "subprocess.Popen[bytes]"
) -> Iterator[Installation]:
    with standing(tmp_path_factory.mktemp("centre"), **CENTRE) as made:
        yield made


@pytest.fixture(scope="module")
def rooms(chromium: Browser, installed: Installation) -> Iterator[list[Room]]:
    sessions = installed.world["rooms"]
    made = [
        opened(chromium, installed, sessions[number], "diem-cau", LISTENING + voice_of(number))
        for number in range(3)
    ]
    for number, room in enumerate(made):
        room.send(number)
    yield made
    for room in made:
        room.leave()


def test_viewers_of_an_edge_see_who_is_given_the_floor(
    chromium: Browser, installed: Installation, rooms: list[Room]
) -> None:
    viewer = opened(chromium, installed, installed.world["viewers"][0], "xem", LISTENING)
    viewer.sees(0)
    assert _port(viewer) // 1000 == 21
    assert _port(rooms[1]) // 1000 == 20  # a site is served by the centre
    connections, spent, stood = viewer.count("RTCPeerConnection"), [], []
    for number in (1, 2, 1, 2, 1):
        viewer.begin_to_watch()
        began = time.monotonic()
        installed.act("floor", number)
        viewer.sees(number)
        spent.append(time.monotonic() - began)
        stood.append(viewer.longest_stand())
        viewer.hears(0, number)
    spent.sort()
    print(f"to an edge's viewer: p50 {spent[2]:.2f} s, longest {spent[-1]:.2f} s; {stood=}")
    assert max(stood) <= 2_000, f"the picture stood still for {stood} ms"
    assert viewer.count("RTCPeerConnection") == connections
    viewer.leave()


def test_what_travels_to_an_edge_is_encrypted(installed: Installation, rooms: list[Room]) -> None:
    slug = installed.world["slug"]
    assert _told(slug)["srtp"] is True
    with namespace.inside():
        client = JanusClient(installed.folder / "media")
        asked = {"request": "listforwarders", "room": slug, "secret": Hall(client).secret(slug)}
        told = client.ask(VIDEOROOM, {**asked, "admin_key": client.door.admin_key})
    feeds: list[Any] = [each for publisher in told["publishers"] for each in publisher["forwarders"]]
    away = [each for each in feeds if each["host"] == namespace.ADDRESS]
    assert len(away) == 3
    assert [each for each in feeds if each.get("srtp")] == away, feeds
    assert {each["host"] for each in feeds} == {namespace.ADDRESS, "127.0.0.1"}


def test_viewers_of_an_edge_that_was_killed_are_served_by_the_centre_until_it_is_back(
    chromium: Browser, installed: Installation, rooms: list[Room], edge: "subprocess.Popen[bytes]"
) -> None:
    sessions = installed.world["viewers"]
    installed.act("floor", 1)
    before = opened(chromium, installed, sessions[0], "xem", LISTENING)
    before.sees(1)
    assert _port(before) // 1000 == 21
    os.kill(edge.pid, signal.SIGSTOP)  # nobody starts it again for now
    os.kill(child_of(edge.pid, "janus -F"), signal.SIGKILL)
    meanwhile = opened(chromium, installed, sessions[1], "xem", LISTENING)
    meanwhile.sees(1)
    before.stands_still()
    before.comes_back(1)
    assert [_port(each) // 1000 for each in (before, meanwhile)] == [20, 20]
    os.kill(edge.pid, signal.SIGCONT)
    assert until(lambda: _has_hall(installed.world["slug"]), 60)
    assert until(lambda: _is_at_the_edge(chromium, installed, sessions[1]), 10 * LEFT_ALONE)
    for each in (before, meanwhile):
        each.leave()


def _is_at_the_edge(chromium: Browser, installed: Installation, session: str) -> bool:
    """A page opened now; not before every process of the pages asks the edge again."""
    after = opened(chromium, installed, session, "xem", LISTENING)
    after.sees(1)
    port = _port(after)
    after.leave()
    return port // 1000 == 21


def _told(slug: str) -> dict[str, Any]:
    """Raises: EngineFault while the edge has nothing for viewers."""
    with namespace.inside():
        far = JanusClient(edge_door(Edge(namespace.ADDRESS, PORT), BOTH["PHOIHOP_MEDIA_EDGE_SECRET"]))
        asked = {"request": "info", "id": f"{slug}/viewers", "secret": Hall(far).secret(slug)}
        return dict(far.ask(STREAMING, asked)["info"])


def _has_hall(slug: str) -> bool:
    try:
        return bool(_told(slug))
    except EngineFault:
        return False


def _port(room: Room) -> int:
    found = re.search(r"candidate:\S+ 1 udp \d+ \S+ (\d+)", room.page.evaluate("window.told"))
    assert found is not None
    return int(found[1])
