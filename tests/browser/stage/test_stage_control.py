"""The chair's own console and a real engine: how soon a press is seen, and microphones, sites and the stage in hand."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import wait_until
from tests.browser.stage.room import DEAF, EVERYWHERE, NOWHERE, SHAPES, Room, opened
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

CHANGES = 12


@dataclass
class Console:
    """Of the chair; it remembers when it was last pressed."""

    room: Room
    installed: Installation

    def waits_for(self, focus: str) -> str:
        """One of its buttons."""
        button = f"[data-focus='{focus}']"
        self.room.page.wait_for_selector(button, timeout=30_000, state="attached")
        return button

    def press(self, focus: str) -> None:
        """By the button's own event, whatever is drawn over it meanwhile."""
        self.room.page.dispatch_event(self.waits_for(focus), "click")

    def give(self, number: int) -> None:
        """The floor, to a site that asks for it."""
        self.press(f"give-{self.installed.act('ask', number)}")


@pytest.fixture
def console(chromium: Browser, installed: Installation) -> Iterator[Console]:
    made = opened(chromium, installed, installed.world["chair"], "dieu-hanh")
    made.page.evaluate("addEventListener('click', () => { window.pressedAt = Date.now(); }, true)")
    yield Console(made, installed)
    made.leave()


@pytest.fixture
def hall(chromium: Browser, installed: Installation) -> Iterator[Room]:
    made = opened(chromium, installed, installed.world["chair"], "man-hinh")
    yield made
    made.leave()


def wait_for_frame_of(room: Room, number: int) -> None:
    """From now on: when the first picture of the site's shape is drawn."""
    width, height = SHAPES[number]
    room.page.evaluate(
        """(wanted) => {
          const picture = document.querySelector("[data-picture]");
          window.firstAt = 0;
          const seen = (_now, frame) => {
            if (Math.abs(frame.width / frame.height - wanted) < 0.1) window.firstAt = Date.now();
            else picture.requestVideoFrameCallback(seen);
          };
          picture.requestVideoFrameCallback(seen);
        }""",
        width / height,
    )


def first_frame(room: Room) -> float:
    wait_until(room.page, "window.firstAt > 0", 30)
    return float(room.page.evaluate("window.firstAt"))


def at(times: list[float], percent: int) -> float:
    """Nearest rank."""
    return sorted(times)[max(0, -(-len(times) * percent // 100) - 1)] / 1000


def test_from_the_press_to_the_first_frame_elsewhere(
    installed: Installation, console: Console, rooms: list[Room], viewer: Room
) -> None:
    viewer.sees(0)
    at_site, at_viewer, stood = list[float](), list[float](), list[float]()
    for change in range(CHANGES):
        number, other = (1, 2) if change % 2 == 0 else (2, 1)
        speaker = installed.act("ask", number)
        console.waits_for(f"give-{speaker}")
        for each in (rooms[other], viewer):
            wait_for_frame_of(each, number)
        viewer.begin_to_watch()
        console.press(f"give-{speaker}")
        at_site.append(first_frame(rooms[other]))
        at_viewer.append(first_frame(viewer))
        pressed = float(console.room.page.evaluate("window.pressedAt"))
        at_site[-1], at_viewer[-1] = at_site[-1] - pressed, at_viewer[-1] - pressed
        viewer.page.wait_for_timeout(500)
        stood.append(viewer.longest_stand())
    for name, times in (("another site", at_site), ("a viewer", at_viewer)):
        print(
            f"click to first frame at {name}: p50 {at(times, 50):.2f} s, p95 {at(times, 95):.2f} s, {CHANGES} changes"
        )
    print(f"longest stand of the viewer's picture: {max(stood):.0f} ms")
    assert max(stood) <= 2_000
    assert console.room.problems == []


def test_a_site_is_muted_at_once_and_told_by_whom(
    installed: Installation, console: Console, rooms: list[Room], viewer: Room
) -> None:
    console.give(1)
    viewer.sees(1)
    rooms[1].says(EVERYWHERE)
    viewer.hears(0, 1)
    console.press("mute-diem-1")
    rooms[1].says("Chủ trì đã tắt micrô")
    rooms[1].says("mọi nơi đều nhìn thấy điểm cầu này")
    assert not rooms[1].microphone()
    viewer.hears(0)
    viewer.sees(1)  # it keeps the floor
    assert "Chủ trì đã tắt micrô của điểm cầu này" in rooms[1].page.inner_text(".site-asking")
    console.press("mute-diem-1")
    rooms[1].says(EVERYWHERE)
    assert rooms[1].microphone()
    viewer.hears(0, 1)


def test_one_press_takes_the_stage_back(
    installed: Installation, console: Console, rooms: list[Room], viewer: Room
) -> None:
    console.give(2)
    viewer.sees(2)
    installed.act("message")
    wait_until(viewer.page, "document.body.textContent.includes('nghỉ giải lao')")
    console.press("centre")
    viewer.sees(0)
    rooms[2].says(NOWHERE)
    rooms[0].says(EVERYWHERE)
    wait_until(viewer.page, "!document.body.textContent.includes('nghỉ giải lao')")
    assert viewer.page.locator("[data-no-picture]").is_hidden()


def show_the_sites(console: Console, hall: Room) -> None:
    """At once on its wall, until all of them move."""
    console.press("scene-mosaic")
    wait_until(hall.page, "document.querySelectorAll('[data-tile-of].is-live').length === 3", 60)


def tiles(hall: Room) -> list[str]:
    """Sites whose picture moves on the hall's wall."""
    live = hall.page.locator("[data-tile-of].is-live").all()
    return [str(each.get_attribute("data-tile-of")) for each in live]


def test_the_hall_sees_the_sites_at_once_and_they_know(
    installed: Installation, console: Console, rooms: list[Room], viewer: Room, hall: Room
) -> None:
    console.press("centre")
    hall.sees(0)
    rooms[1].says(NOWHERE)
    show_the_sites(console, hall)
    assert tiles(hall) == ["diem-0", "diem-1", "diem-2"]
    for room in rooms[1:]:
        room.says("đang nhìn thấy điểm cầu này trong khung nhiều điểm cầu, không nghe tiếng")
    viewer.sees(0)  # others keep the stage
    assert viewer.page.locator("video").count() == 1
    hall.page.evaluate(
        "window.kept = connectionsMade.filter((each) => each.connectionState === 'connected').length"
    )
    installed.act("message")
    rooms[1].says(NOWHERE)
    wait_until(hall.page, "document.querySelectorAll('[data-tile]').length === 0")
    wait_until(
        hall.page, "connectionsMade.filter((each) => each.connectionState === 'connected').length === 1"
    )
    assert hall.problems == []


def test_a_screen_that_goes_on_looking_is_cut_off_by_the_server(
    installed: Installation, console: Console, rooms: list[Room], hall: Room
) -> None:
    hall.page.evaluate(DEAF)
    show_the_sites(console, hall)
    hall.page.evaluate("window.mosaicMade = connectionsMade.at(-1)")
    installed.act("message")
    rooms[1].says(NOWHERE)
    wait_until(hall.page, "mosaicMade.connectionState !== 'connected'", 30)


def test_a_site_reads_whom_the_stage_reaches(
    installed: Installation, console: Console, rooms: list[Room]
) -> None:
    """On top of its page as well, wherever that is scrolled to."""
    console.press("centre")
    rooms[0].says(EVERYWHERE)
    installed.act("internal", 1)
    rooms[0].says("các điểm cầu phát biểu nhìn và nghe thấy điểm cầu này; điểm cầu theo dõi thì không")
    console.give(1)
    rooms[1].says("các điểm cầu phát biểu nhìn và nghe thấy điểm cầu này; điểm cầu theo dõi thì không")
    rooms[0].says("các điểm cầu phát biểu nghe thấy chủ trì; điểm cầu theo dõi thì không")
    assert "điểm cầu theo dõi thì không" in rooms[1].page.inner_text("[data-own-head]")
    installed.act("hidden", 2)
    for room in rooms:
        room.says(NOWHERE)
    installed.act("begin", 3)
    rooms[0].says(EVERYWHERE)
    rooms[0].page.click("[data-stop]")
    rooms[0].says("không gửi gì")
    assert rooms[0].page.locator("[data-own-head]").is_hidden()


def test_a_site_is_taken_out_with_a_press_and_a_word_to_confirm(
    chromium: Browser, installed: Installation, console: Console, rooms: list[Room], viewer: Room
) -> None:
    """Last of all: its code has ended after this. A page of its own that heeds nothing is cut off by the server."""
    keeps = opened(chromium, installed, installed.world["rooms"][2], "diem-cau")
    keeps.page.evaluate(DEAF)
    console.give(2)
    viewer.sees(2)
    keeps.sees(2)
    keeps.page.evaluate("window.receivesOn = connectionsMade.at(-1)")
    line = console.room.page.locator(".site-board > li", has_text="Tỉnh 1")
    line.locator("summary").click()
    line.locator("details button").click()
    viewer.comes_back(0)
    rooms[2].says("không gửi gì")
    assert rooms[2].page.evaluate("document.querySelector('[data-own-picture]').srcObject") is None
    wait_until(keeps.page, "receivesOn.connectionState !== 'connected'", 60)
    keeps.leave()
