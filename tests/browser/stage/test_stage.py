"""Pictures and sound through a real engine: three sites send, the chair gives the floor, others decode who speaks."""

import os
import signal
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wait_until
from tests.browser.stage.room import EVERYWHERE, NOWHERE, Room
from tests.conferences.streams.installed import Installation, answers, kill_tree, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

SCREEN = 1  # of its shape
SCREEN_SENT = "gửi màn hình của thiết bị này"
# The browser has a button of its own that ends it; the track tells the page.
STOPPED_BY_THE_BROWSER = """(() => {
  const [track] = document.querySelector("[data-own-picture]").srcObject.getVideoTracks();
  track.stop();
  track.dispatchEvent(new Event("ended"));
})()"""
# Whoever is asked which screen takes his time.
CHOSEN_LATE = """(() => {
  const real = navigator.mediaDevices.getDisplayMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getDisplayMedia = async (wanted) => {
    const screen = await real(wanted);
    await new Promise((chosen) => { window.choose = () => { window.chosen = screen; chosen(); }; });
    return screen;
  };
})()"""


def test_who_has_the_floor_is_seen_everywhere(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    """Without a word between browser and server: the connection that shows it is the one there was before."""
    viewer.sees(0)  # nobody has the floor: the central site is seen
    for room in rooms[1:]:
        room.says(NOWHERE)  # it sends: the figure is of the floor, not of a site's coming
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
    viewer.hears(0, 1)
    rooms[2].hears(0, 1)
    rooms[1].hears(0)  # nobody hears himself
    rooms[0].hears(1)
    installed.act("floor", 2)
    viewer.hears(0, 2)
    rooms[1].hears(0, 2)
    installed.act("take_back")
    for room in (viewer, *rooms[1:]):
        room.hears(0)
    rooms[0].hears()


def test_a_site_sends_its_screen_in_place_of_its_camera(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    """Chromium shares a screen that it makes up, 16:9; the camera of this site is square."""
    installed.act("floor", 2)
    site, others = rooms[2], (viewer, rooms[1])
    for each in others:
        each.sees(2)
    connections = [each.count("RTCPeerConnection") for each in (site, *others)]
    expect(site.page.locator("[data-own-said]")).to_be_visible()
    site.page.click("button[data-screen]")
    for each in others:
        each.sees(SCREEN)
    site.says(SCREEN_SENT)
    assert _shown_of_itself(site).startswith("screen:")
    assert site.page.get_attribute("button[data-screen]", "aria-pressed") == "true"
    site.page.click("button[data-screen]")
    for each in others:
        each.sees(2)
    assert _sends_its_camera(site)
    site.page.click("button[data-screen]")
    viewer.sees(SCREEN)
    site.page.evaluate(STOPPED_BY_THE_BROWSER)
    for each in others:
        each.sees(2)
    assert _sends_its_camera(site)
    assert [each.count("RTCPeerConnection") for each in (site, *others)] == connections
    assert [each.problems for each in (site, *others)] == [[], [], []]


def test_a_screen_chosen_after_the_site_stopped_is_not_taken(
    installed: Installation, rooms: list[Room]
) -> None:
    rooms[1].page.evaluate(CHOSEN_LATE)
    rooms[1].page.click("button[data-screen]")
    wait_until(rooms[1].page, "Boolean(window.choose)")
    rooms[1].page.click("[data-stop]")
    rooms[1].says("không gửi gì")
    rooms[1].page.evaluate("choose()")
    wait_until(rooms[1].page, "window.chosen?.getVideoTracks()[0].readyState === 'ended'")
    assert SCREEN_SENT not in rooms[1].page.inner_text("[data-own-said]")


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


def test_pictures_go_on_while_everything_but_the_engine_is_away(
    installed: Installation, rooms: list[Room], viewer: Room
) -> None:
    """Pages, streams and whoever follows the log, killed at once; started again by themselves, they go on with the log."""
    installed.act("floor", 2)
    viewer.sees(2)
    viewer.hears(0, 2)
    viewer.begin_to_watch()
    kill_tree(installed.child("django serve"))
    assert not answers(installed.port)
    assert not answers(installed.port + 1)
    viewer.page.wait_for_timeout(3_000)
    assert viewer.longest_stand() <= 2_000
    assert viewer.heard() == {0, 2}
    assert until(lambda: answers(installed.port) and answers(installed.port + 1), 90)
    installed.act("floor", 1)
    viewer.sees(1, 60)
    viewer.hears(0, 1)


def test_a_site_that_was_removed_is_gone(installed: Installation, rooms: list[Room], viewer: Room) -> None:
    installed.act("floor", 1)
    viewer.comes_back(1)
    installed.act("remove", 1)
    viewer.comes_back(0)
    rooms[1].says("không gửi gì")
    assert rooms[1].page.evaluate("document.querySelector('[data-own-picture]').srcObject") is None


def _shown_of_itself(room: Room) -> str:
    """The name of the track that its page shows as what it sends."""
    return str(
        room.page.evaluate("document.querySelector('[data-own-picture]').srcObject.getVideoTracks()[0].label")
    )


def _sends_its_camera(room: Room) -> bool:
    is_pressed = room.page.get_attribute("button[data-screen]", "aria-pressed") == "true"
    is_said = SCREEN_SENT in room.page.inner_text("[data-own-said]")
    return not (is_pressed or is_said or _shown_of_itself(room).startswith("screen:"))
