"""A site's check in a real browser through a real engine, and the director's board that follows."""

import os
import re
import signal

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conference_pages import PHONE, WALL
from tests.browser.conftest import wait_until
from tests.browser.stage.room import EVERYWHERE, Room, opened
from tests.conferences.streams.installed import Installation

TROUBLE = "[data-engine-trouble]"
pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]


def checked(room: Room) -> dict[str, str]:
    """Line -> colour, once the page has measured."""
    room.page.click("[data-begin]")
    wait_until(room.page, "document.querySelector('[data-line=\"delay\"]') !== null", 90)
    return checked_now(room)


def checked_now(room: Room) -> dict[str, str]:
    lines = room.page.locator("[data-line]").all()
    return {str(line.get_attribute("data-line")): str(line.get_attribute("data-colour")) for line in lines}


def test_a_site_checks_itself_and_the_board_follows(chromium: Browser, installed: Installation) -> None:
    board = opened(chromium, installed, installed.world["chair"], "san-sang")
    row = board.page.locator("[data-site='diem-1']")
    expect(row).to_have_attribute("data-colour", "grey")
    room = opened(chromium, installed, installed.world["rooms"][1], "diem-cau/kiem-tra")
    lines = checked(room)
    print(f"a check: {room.page.locator('[data-lines]').inner_text()}")
    assert list(lines) == ["camera", "microphone", "speaker", "up", "down", "delay"]
    assert lines["speaker"] == "amber"  # nobody has said yet
    assert lines["microphone"] != "red"
    for each, measured in (
        ("up", "[1-9]"),
        ("down", "[1-9]"),
        ("delay", "[0-9]"),
    ):  # how good is the machine's
        assert re.search(measured, room.page.inner_text(f"[data-line={each}] .num")), each
    room.page.click("[data-play]")
    room.page.click("[data-hears=yes]")
    expect(room.page.locator("[data-line=speaker]")).to_have_attribute("data-colour", "green")
    worst = max(checked_now(room).values(), key=["green", "amber", "red"].index)
    expect(row).to_have_attribute("data-colour", worst, timeout=60_000)
    assert room.page.evaluate("document.querySelector('[data-own-picture]').srcObject") is None
    assert [room.problems, board.problems] == [[], []]
    for each in (room, board):
        each.leave()


def test_a_check_while_the_site_is_on_the_stage_leaves_it_there(
    chromium: Browser, installed: Installation
) -> None:
    site = opened(chromium, installed, installed.world["rooms"][1], "diem-cau")
    site.send(1)
    installed.act("floor", 1)
    viewer = opened(chromium, installed, installed.world["viewers"][0], "xem")
    viewer.sees(1)
    room = opened(chromium, installed, installed.world["rooms"][1], "diem-cau/kiem-tra")
    viewer.begin_to_watch()
    checked(room)
    assert viewer.longest_stand() <= 2_000
    viewer.sees(1)
    site.says(EVERYWHERE)
    for each in (site, viewer, room):
        each.leave()


def test_console_and_board_say_that_the_engine_stands_still(
    chromium: Browser, installed: Installation
) -> None:
    """While it does, and no longer; what it was to do meanwhile is done then."""
    pages = {
        path: opened(chromium, installed, installed.world["chair"], path)
        for path in ("dieu-hanh", "san-sang")
    }
    for each in pages.values():
        expect(each.page.locator(TROUBLE)).to_have_count(0)
    engine = installed.child("janus -F")
    assert installed.server is not None
    for number in (installed.server.pid, engine):  # whoever would start it again stands still too
        os.kill(number, signal.SIGSTOP)
    try:
        installed.act("floor", 2)
        assert installed.act("commands")[-1][1] == "waiting"
        for path, each in pages.items():
            notice = each.page.locator(TROUBLE)
            expect(notice).to_contain_text("hình và tiếng không theo kịp", timeout=90_000)
            for size in (WALL, PHONE):
                each.page.set_viewport_size(size)  # type: ignore[arg-type]
                notice.scroll_into_view_if_needed()
                expect(notice).to_be_in_viewport(ratio=1)
                assert each.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0
                if shots := os.environ.get("SHOTS"):  # a folder: for who wants to look too
                    each.page.screenshot(path=f"{shots}/trouble, {path}, {size['width']}.png")
    finally:
        for number in (engine, installed.server.pid):
            os.kill(number, signal.SIGCONT)
    for each in pages.values():
        expect(each.page.locator(TROUBLE)).to_have_count(0, timeout=90_000)
        assert each.problems == []
        each.leave()
    assert "waiting" not in {state for _name, state, _fault in installed.act("commands")}
