"""How every page composes the stage with what the director shows, with a real picture, on a wall and on a phone."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conference_pages import PHONE, WALL, hall_of
from tests.browser.conftest import wait_until
from tests.browser.stage.conftest import standing
from tests.browser.stage.room import Room
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

SPEAKS = 2
# Scene, its number, what it is known by once it is drawn on the wall, how pages compose it.
SCENES = [
    ("show speaker", 0, ".scene-speaker", "full"),
    ("show figures beside", 1, ".scene-figure:nth-of-type(3)", "half"),
    ("show figures", 1, ".scene-figure:nth-of-type(6)", "corner"),
    ("show figures", 0, ".scene-chart", "corner"),
    ("show live", 0, ".board", "corner"),
    ("show document", 0, ".scene-document", "corner"),
    ("show agenda", 0, ".agenda-line:nth-child(8)", "corner"),
    ("message", 0, ".scene-message", "corner"),
]
# Of the page's width: on a phone, and else by the layout.
SMALLEST = {
    (False, "full"): 0.55, (False, "half"): 0.3, (False, "corner"): 0.12,
    (True, "full"): 0.9, (True, "half"): 0.9, (True, "corner"): 0.9,
}  # fmt: skip
# What the page writes or draws under its picture: the first letters of it.
COVERED = """() => {
  const picture = document.querySelector(".stage-picture").getBoundingClientRect();
  const isUnder = (box) => box.width > 0 && box.right > picture.left + 1 && box.left < picture.right - 1
    && box.bottom > picture.top + 1 && box.top < picture.bottom - 1;
  const found = [], words = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const around = document.createRange();
  while (words.nextNode()) {
    const { currentNode: text } = words, place = text.parentElement;
    if (!text.textContent.trim() || !place.checkVisibility() || place.closest("video, .stage-picture")) continue;
    around.selectNodeContents(text);
    if ([...around.getClientRects()].some(isUnder)) found.push(text.textContent.trim().slice(0, 40));
  }
  const images = [...document.querySelectorAll("main img")].filter((each) => each.checkVisibility());
  return [...found, ...images.filter((each) => isUnder(each.getBoundingClientRect())).map((each) => each.alt)];
}"""
# On a phone: nobody had to scroll to it, and what is written of the stage stands below it and follows in the page's order.
COMES_FIRST = """(() => {
  const picture = document.querySelector("[data-picture]"), words = document.querySelector(".hall, .site-stage");
  const follows = picture.compareDocumentPosition(words) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isBelow = words.getBoundingClientRect().top >= picture.getBoundingClientRect().bottom;
  return scrollY === 0 && isBelow && Boolean(follows);
})()"""
# Of the pictures: those within the window's edges, once it is scrolled to them; shares of its width and height.
BOXES = """(pictures) => {
  pictures[0].scrollIntoView({ block: "nearest", behavior: "instant" });
  return pictures.map((each) => {
    const { left, top, right, bottom, width, height } = each.getBoundingClientRect();
    const isInside = left > -1 && top > -1 && right < innerWidth + 1 && bottom < innerHeight + 1;
    return each.checkVisibility({ visibilityProperty: true }) && isInside ? [width / innerWidth, height / innerHeight] : [0, 0];
  });
}"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with standing(tmp_path_factory.mktemp("layouts"), "tests.conferences.session_world") as made:
        yield made


@pytest.fixture(scope="module")
def pages(chromium: Browser, installed: Installation) -> Iterator[dict[str, Page]]:
    """The hall's wall, a site that has not the floor, a viewer; another site speaks."""
    with hall_of(chromium, installed) as hall:
        installed.act("item", 3)
        installed.act("lengthen", 8)
        sites = {number: hall.room(f"diem-{number}", size=WALL) for number in (1, SPEAKS)}
        for number, page in sites.items():
            Room(page).send(number)
        installed.act("floor", SPEAKS)
        yield {
            "wall": hall.signed_in("the-chair", "man-hinh/", WALL),
            "site": sites[1],
            "viewer": hall.viewer("diem-3", WALL),
        }


@pytest.mark.parametrize(("scene", "number", "drawn", "layout"), SCENES)
def test_the_picture_stands_beside_what_is_shown(
    installed: Installation, pages: dict[str, Page], scene: str, number: int, drawn: str, layout: str
) -> None:
    """It covers none of it, and nothing of a wall lies below its edge: nobody scrolls a wall. On a phone it comes first."""
    installed.act(scene, number)
    wait_until(pages["wall"], f"document.querySelector('.hall-scene {drawn}') !== null")
    for name, page in pages.items():
        composed(page, layout)
        Room(page).sees(SPEAKS)
        Room(page).is_shown()
        for size in (WALL, PHONE):
            looked_at(page, size, f"{scene} {number}, {name}")
            (width, height) = page.eval_on_selector_all("[data-picture]", BOXES)[0]
            assert width > SMALLEST[size == PHONE, layout], (name, size)
            assert height > 0.1, (name, size)
            assert page.evaluate(COVERED) == [], (name, size)
            assert size == WALL or page.evaluate(COMES_FIRST), name
        page.set_viewport_size(WALL)  # type: ignore[arg-type]
    below = "document.documentElement.scrollHeight - innerHeight"
    wait_until(pages["wall"], f"{below} === 0")


def test_the_wall_alone_shows_the_sites_in_the_stages_place(
    installed: Installation, pages: dict[str, Page]
) -> None:
    installed.act("show mosaic")
    composed(pages["wall"], "mosaic")
    wall, live = pages["wall"], "document.querySelectorAll('.mosaic .is-live').length"
    wait_until(wall, f"{live} === 2", 60)
    for size in (WALL, PHONE):
        looked_at(wall, size, "mosaic, wall")
        assert not wall.is_visible("[data-picture]")
        assert min(min(box) for box in wall.eval_on_selector_all(".mosaic .is-live video", BOXES)) > 0.1
    wall.set_viewport_size(WALL)  # type: ignore[arg-type]
    for name in ("site", "viewer"):
        composed(pages[name], "full")
        Room(pages[name]).sees(SPEAKS)
        assert pages[name].locator("[data-tile]").count() == 0


def composed(page: Page, layout: str) -> None:
    wait_until(page, f"document.querySelector('[data-stage]').dataset.layout === '{layout}'")


def looked_at(page: Page, size: dict[str, int], name: str) -> None:
    """Once its images are there; nothing is beside its edge. SHOTS: a folder, for who wants to look too."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    images = "[...document.querySelectorAll('main img')].filter((each) => each.checkVisibility())"
    wait_until(page, f"{images}.every((each) => each.complete && each.naturalWidth > 0)")
    page.evaluate("scrollTo(0, 0)")
    if shots := os.environ.get("SHOTS"):
        page.screenshot(path=f"{shots}/{name}, {size['width']}.png")
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, (name, size)
