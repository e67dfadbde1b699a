"""Pictures and sound through a real engine: three sites send, the chair gives the floor, others decode who speaks."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import FLAGS, wait_until
from tests.conferences.media import namespace
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

MEDIA_FLAGS = [
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
# What tells the sites' pictures apart: the shape, which an encoder keeps when it has to send fewer points.
SHAPES = {0: (320, 240), 1: (320, 180), 2: (240, 240), 3: (180, 320)}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("stage")
    with namespace.inside():
        made = Installation(
            folder,
            f"sqlite:///{folder / 'phoihop.sqlite3'}",
            program="tests.conferences.media.stage_world",
            command=("conference", "up"),
            more={"PHOIHOP_MEDIA_INTERFACE": namespace.ADDRESS, "PHOIHOP_MEDIA_ENGINE": "janus"},
        )
        try:
            made.build(viewers=2)
            made.start()
            yield made
        finally:
            made.end()


@pytest.fixture(scope="module")
def chromium(browser: Browser, chromium_path: str, tmp_path_factory: pytest.TempPathFactory) -> Browser:
    program = namespace.chromium_inside(tmp_path_factory.mktemp("bin"), chromium_path)
    return browser.browser_type.launch(executable_path=program, args=[*FLAGS, *MEDIA_FLAGS])


@dataclass
class Room:
    page: Page
    problems: list[str] = field(default_factory=list)

    def send(self, number: int) -> None:
        self.page.click("[data-send]")
        wait_until(self.page, "Boolean(document.querySelector('[data-own-picture]').srcObject)")
        width, height = SHAPES[number]
        self.page.evaluate(
            """([width, height]) => document.querySelector('[data-own-picture]').srcObject.getVideoTracks()[0]
            .applyConstraints({ width, height, resizeMode: "crop-and-scale" })""",
            [width, height],
        )

    def sees(self, number: int, seconds: float = 20) -> None:
        width, height = SHAPES[number]
        picture = "document.querySelector('[data-picture]')"
        is_so = f"{picture}.videoWidth > 0 && Math.abs({picture}.videoWidth / {picture}.videoHeight - {width / height}) < 0.1"
        wait_until(self.page, is_so, seconds)


def opened(chromium: Browser, installed: Installation, session: str, path: str) -> Room:
    address = f"http://127.0.0.1:{installed.port}"
    context = chromium.new_context(base_url=address, locale="vi-VN", permissions=["camera", "microphone"])
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    room = Room(context.new_page())
    room.page.on("pageerror", lambda error: room.problems.append(str(error)))
    room.page.on("console", lambda said: room.problems.append(said.text) if said.type == "error" else None)
    room.page.goto(f"/hoi-nghi/{installed.world['slug']}/{path}/")
    return room


def test_who_has_the_floor_is_seen_everywhere(chromium: Browser, installed: Installation, tmp_path: Path) -> None:
    rooms = [opened(chromium, installed, installed.world["rooms"][number], "diem-cau") for number in range(3)]
    viewer = opened(chromium, installed, installed.world["viewers"][0], "xem")
    for number, room in enumerate(rooms):
        room.send(number)
    viewer.sees(0)  # nobody has the floor: the central site is seen
    spent = []
    for number in (1, 2, 1):
        began = time.monotonic()
        installed.act("floor", number)
        viewer.sees(number)
        spent.append(time.monotonic() - began)
        rooms[0].sees(number)
    print([round(each, 2) for each in spent])
    rooms[1].page.screenshot(path="/tmp/stage_room.png", full_page=True)
    viewer.page.screenshot(path="/tmp/stage_view.png", full_page=True)
    assert [room.problems for room in [*rooms, viewer]] == [[], [], [], []]
