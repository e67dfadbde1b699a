"""Every scene, on the wall and on a site's page: every text against the measure of tests/browser/legibility.py. And
these and the viewers' page against axe, in light and dark.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conference_pages import WALL, Hall, hall_of, shows
from tests.browser.contrast import broken_elsewhere, broken_on_a_wall
from tests.browser.legibility import below_the_rooms_measure, below_the_walls_measure
from tests.conferences.session_world import LONG_TITLE, installation
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
REVIEWED = "Tỉnh Kon Tum"


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("legible")) as made:
        yield made


@pytest.fixture
def hall(browser: Browser, installed: Installation) -> Iterator[Hall]:
    with hall_of(browser, installed) as opened:
        yield opened


@pytest.mark.timeout(900)  # twenty scenes, each under axe six times
def test_every_text_of_every_scene_is_read_from_the_last_row_and_from_three_metres(
    hall: Hall, installed: Installation
) -> None:
    wall, room = hall.room("diem-0", "man-hinh/", WALL), hall.room("diem-2", size=WALL)
    view = hall.viewer("diem-1")
    act = installed.act

    def look(scene: str, words: str) -> None:
        for page, place in ((wall, ".hall-scene"), (room, ".site-page"), (view, "main")):
            shows(page.locator(place), words)
        assert until(lambda: _drawn(wall) and _drawn(room), 30)
        found = {"wall": below_the_walls_measure(wall), "room": below_the_rooms_measure(room)}
        assert (scene, found) == (scene, {"wall": [], "room": []})
        broken = [*broken_on_a_wall(wall), *broken_elsewhere(room), *broken_elsewhere(view)]
        assert (scene, broken) == (scene, [])
        if shots := os.environ.get("SHOTS"):  # a folder: for who wants to look too
            wall.screenshot(path=f"{shots}/{scene}.png")
            room.screenshot(path=f"{shots}/{scene}, room.png")
        assert (scene, _overflow(wall)) == (scene, 0)

    _before(act, look)
    act("item", 3)
    act("show speaker", 0)
    look("item", LONG_TITLE)
    act("floor", 2)
    look("speaker", "Đoàn Tỉnh Tỉnh 1")
    _figures(act, look)
    for scene, number, words in (
        ("live", 0, "báo cáo đã tiếp nhận"),
        ("document", 0, "trang 1"),
        ("message", 0, "Giải lao"),
        ("countdown", 9, "+"),
        ("agenda", 0, LONG_TITLE),
    ):
        act(f"show {scene}", number)
        if scene == "countdown":
            expect(wall.locator(".scene-countdown.is-over")).to_have_count(1)
        look(scene, words)
    act("lengthen", 20)
    shows(wall.locator(".hall-scene"), "14 nội dung tiếp theo")
    look("long agenda", LONG_TITLE)
    act("roll_call", 0)
    act("show roll_call", 0)
    look("roll-call", "Điểm danh lần 1")
    act("vote", 0)
    act("show vote", 0)
    look("vote", "Đang biểu quyết")
    act("close_vote", 0)
    look("result", "100 % =")
    votes = hall.room("diem-0", "bieu-quyet/man-hinh/", WALL)
    shows(votes, "Thông qua")
    assert (below_the_walls_measure(votes), broken_on_a_wall(votes)) == ([], [])
    act("close", 0)
    look("closed", "trân trọng cảm ơn")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_on_a_wall_keep_seven_to_one_however_large_they_are(page: Page, scheme: str) -> None:
    """One grey at 7:1, and two that are enough for large letters elsewhere."""
    greys = {"light": ("#fff", "#595959", "#666", "#808080"), "dark": ("#000", "#959595", "#888", "#757575")}
    paper, *inks = greys[scheme]
    large = "".join(f'<p style="color: {ink}; font-size: 60px">{ink}</p>' for ink in inks)
    style = f"@media (prefers-color-scheme: {scheme}) {{ body {{ background: {paper} }} main {{ display: block }} }}"
    page.set_content(
        f'<html lang="vi"><title>Thử</title><style>main {{ display: none }} {style}</style>'
        f"<main><h1>Thử</h1>{large}</main>"
    )
    told = [each.split(":")[0] for each in broken_on_a_wall(page)]
    assert (told, broken_elsewhere(page)) == ([scheme, scheme], [])


def _before(act: Callable[[str, int], object], look: Callable[[str, str], None]) -> None:
    """What stands there before anybody has begun."""
    for scene, words in (("speaker", "Điểm cầu"), ("roll_call", "Chưa điểm danh"), ("vote", "Chưa có")):
        act(f"show {scene}", 0)
        look(f"no {scene}", words if scene != "speaker" else "")


def _figures(act: Callable[[str, int], object], look: Callable[[str, str], None]) -> None:
    """Six of them, each of the area and of the country; a chart; those of the item, with a chart beside."""
    act("show figures", 1)
    look("six figures of the area", REVIEWED)
    act("show figures", 0)
    look("a trend", "theo kỳ")
    act("show item", 0)
    look("the item's", f"{REVIEWED} – Tỷ lệ báo cáo")
    act("floor", 1)
    look("the item's, of an area the review has nothing of", "không có trong báo cáo")


def _drawn(page: Page) -> bool:
    """Its pictures are there: they take their place."""
    pictures = "[...document.querySelectorAll('main img')].filter((each) => each.checkVisibility())"
    return bool(page.evaluate(f"{pictures}.every((each) => each.complete && each.naturalWidth > 0)"))


def _overflow(wall: Page) -> int:
    """Points of the wall's page that are below its edge, or beside it."""
    told = "[document.documentElement.scrollHeight - innerHeight, document.documentElement.scrollWidth - innerWidth]"
    return max(0, *wall.evaluate(told))
