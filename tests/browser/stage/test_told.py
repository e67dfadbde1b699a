"""Who takes part without looking at the stage is told as well that it is recorded: a phone that votes, the wall of a vote."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PHONE, let_go, wait_until
from tests.browser.stage.room import Room, opened
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

WALL = {"width": 1920, "height": 1080}
MARK = "document.querySelector('[data-recording]')"
IS_SEEN = f"""(() => {{
  const {{ top, bottom, left, right, width }} = {MARK}.getBoundingClientRect();
  return width > 0 && top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
}})()"""


def page_of(chromium: Browser, installed: Installation, who: str, path: str, size: dict[str, int]) -> Page:
    room: Room = opened(chromium, installed, who, path)
    room.page.set_viewport_size({"width": size["width"], "height": size["height"]})
    wait_until(room.page, "Boolean(document.querySelector('[data-live-bar]'))", 60)
    return room.page


def test_a_phone_that_votes_and_the_wall_of_a_vote_say_that_it_is_recorded(
    chromium: Browser, installed: Installation
) -> None:
    world = installed.world
    pages = [
        page_of(chromium, installed, world["seat"], "ghe", PHONE),
        page_of(chromium, installed, world["rooms"][1], "bieu-quyet/man-hinh", WALL),
    ]
    for page in pages:
        assert page.evaluate(f"{MARK}.hidden")
    installed.act("record")
    for page in pages:
        wait_until(page, IS_SEEN, 60)
        assert "đang được ghi hình" in page.inner_text("[data-recording]")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert pages[1].evaluate("document.documentElement.scrollHeight <= innerHeight")
    installed.act("stop_recording")
    for page in pages:
        wait_until(page, f"{MARK}.hidden", 60)
        let_go(page.context)
