"""Pictures and sound through a real engine: three sites send, the chair gives the floor, others decode who speaks."""

import os
import signal
import time

import pytest

from tests.browser.conftest import wait_until
from tests.browser.stage.room import EVERYWHERE, NOWHERE, Room
from tests.conferences.streams.installed import Installation, answers, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]


def test_who_has_the_floor_is_seen_everywhere(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    """Without a word between browser and server: the connection that shows it is the one there was before."""
    viewer.sees(0)  # nobody has the floor: the central site is seen
    connections = viewer.count("RTCPeerConnection")
    spent, stood = [], []
    for number in (1, 2, 1, 2, 0):
        viewer.begin_to_watch()
        began = time.monotonic()
        installed.act("floor", number)
        viewer.sees(number)
        rooms[2 if number == 1 else 1].sees(number)
        spent.append(time.monotonic() - began)
        stood.append(viewer.longest_stand())
    spent.sort()
    print(
        f"the floor given to the first frame elsewhere: p50 {spent[2]:.2f} s, longest {spent[-1]:.2f} s; {stood=}"
    )
    assert max(stood) <= 2_000, f"the picture stood still for {stood} ms"
    assert viewer.count("RTCPeerConnection") == connections
    assert [room.problems for room in [*rooms, viewer]] == [[], [], [], []]


def test_only_who_has_the_floor_and_the_chair_are_heard(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    viewer.sees(0)
    installed.act("floor", 1)
    viewer.sees(1)
    rooms[1].says(EVERYWHERE)
    rooms[2].says(NOWHERE)
    rooms[0].says("mọi nơi đều nghe thấy chủ trì")
    assert [room.microphone() for room in rooms] == [True, True, False]
    wait_until(viewer.page, "document.querySelector('[data-voice]').currentTime > 0")
    assert rooms[1].page.evaluate("document.querySelector('[data-voice]').muted")  # nobody hears himself
    assert not rooms[2].page.evaluate("document.querySelector('[data-voice]').muted")
    assert rooms[0].page.evaluate("document.querySelector('[data-chair]').muted")


def test_a_part_among_delegates_is_not_seen_by_viewers(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    installed.act("take_back")
    viewer.sees(0)
    installed.act("internal", 1)
    wait_until(viewer.page, "!document.querySelector('[data-no-picture]').hidden")
    rooms[1].sees(0)
    assert rooms[1].page.evaluate("document.querySelector('[data-no-picture]').hidden")
    installed.act("begin", 2)
    wait_until(viewer.page, "document.querySelector('[data-no-picture]').hidden")


def test_sites_come_back_by_themselves_when_the_engine_is_killed(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    installed.act("floor", 1)
    viewer.comes_back(1)
    began = time.monotonic()
    os.kill(installed.child("janus -F"), signal.SIGKILL)
    viewer.stands_still()
    viewer.comes_back(1)
    rooms[2].comes_back(1)
    print(f"the engine killed: seen again after {time.monotonic() - began:.1f} s")


def test_pictures_go_on_while_the_web_server_is_away(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    installed.act("floor", 2)
    viewer.sees(2)
    viewer.begin_to_watch()
    os.kill(installed.child("granian"), signal.SIGKILL)
    viewer.page.wait_for_timeout(4_000)
    assert viewer.longest_stand() <= 2_000
    assert until(lambda: answers(installed.port), 60)  # started again by itself


def test_a_site_that_was_removed_is_gone(installed: Installation, rooms: list[Room], viewer: Room) -> None:
    installed.act("floor", 1)
    viewer.comes_back(1)
    installed.act("remove", 1)
    viewer.comes_back(0)
    rooms[1].says("không gửi gì")
    assert rooms[1].page.evaluate("document.querySelector('[data-own-picture]').srcObject") is None
