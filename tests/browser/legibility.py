"""How large letters must be to be read, measured in a browser.

A site's screen is one of 55 inches (121.8 cm wide at 16:9) three metres away. ISO 9241-303 asks for capitals of at least
16 minutes of arc, 13.96 mm at 3 m; those of Be Vietnam Pro are 0.7 of the font's size: 19.95 mm, or 1.64 % of the
width, 31.5 px of 1920. Who speaks and the time left get 20 minutes, 2.05 %.

The hall's wall is read from the last row, six to eight screen heights away. A letter of a thirty-second of the height has
capitals of 10 minutes at 7.5 heights: twice what an eye of normal sight needs.
"""

from playwright.sync_api import Page, ViewportSize

AT_3_METRES, SPEAKER_AT_3_METRES = 0.0164, 0.0205  # of the screen's width
ON_A_WALL = 1 / 32  # of its height
ROOM_SCREENS: tuple[ViewportSize, ...] = ({"width": 1920, "height": 1080}, {"width": 1366, "height": 768})
_SIZES = """(places) => places.filter((place) => place.checkVisibility() && place.innerText.trim())
    .map((place) => [parseFloat(getComputedStyle(place).fontSize), place.innerText.trim().slice(0, 40)])"""


def sizes(page: Page, places: str) -> list[tuple[float, str]]:
    """(font size, words) of each of the places that is seen and says something."""
    found = [(size, words) for size, words in page.locator(places).evaluate_all(_SIZES)]
    assert found, f"nothing to read at {places}"
    return found


def too_small_for_a_room(room: Page, places: str, least: float = AT_3_METRES) -> list[tuple[int, float, str]]:
    """What cannot be read from three metres, on either screen; the page is left as it was."""
    before, found = room.viewport_size, []
    for screen in ROOM_SCREENS:
        room.set_viewport_size(screen)
        found += [
            (screen["width"], *told) for told in sizes(room, places) if told[0] < least * screen["width"]
        ]
    if before:
        room.set_viewport_size(before)
    return found


def too_small_for_the_last_row(wall: Page, places: str) -> list[tuple[float, str]]:
    assert wall.viewport_size
    least = wall.viewport_size["height"] * ON_A_WALL
    return [told for told in sizes(wall, places) if told[0] < least]


_EVERY = """(root) => {
    const found = [];
    const seen = (element) => {
        const box = element.getBoundingClientRect();
        const isShown = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        return isShown && box.width > 1 && box.height > 1 && !element.closest(".visually-hidden, .skip");
    };
    const told = (size, words) => { found.push([size, words.trim().slice(0, 60)]); };
    for (const element of document.querySelectorAll(`${root}, ${root} *`)) {
        if (!seen(element)) continue;
        const size = parseFloat(getComputedStyle(element).fontSize);
        const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
        own.forEach((node) => told(size, node.data));
        if (element.matches("input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea")) told(size, element.name);
        for (const place of ["::before", "::after"]) {
            const style = getComputedStyle(element, place);
            if (/[\\p{L}\\p{N}]/u.test(style.content) && !["none", "normal"].includes(style.content)) {
                told(parseFloat(style.fontSize), style.content);
            }
        }
    }
    return found;
}"""
_LETTERS_OF_A_CHART = """async (picture) => {
    const drawn = new DOMParser().parseFromString(await (await fetch(picture.currentSrc)).text(), "image/svg+xml").documentElement;
    const across = drawn.viewBox.baseVal;
    const box = picture.getBoundingClientRect();
    const scale = Math.min(box.width / across.width, box.height / across.height);
    return [...drawn.querySelectorAll("text")].filter((each) => each.textContent.trim())
        .map((each) => [parseFloat(each.getAttribute("font-size")) * scale, each.textContent]);
}"""


def every_text(page: Page, root: str) -> list[tuple[float, str]]:
    """(font size, words) of every text that is seen under the root, without exception: what a style writes, what fields
    hold, and the letters inside the charts' pictures as large as they are shown.
    """
    found = [(size, words) for size, words in page.evaluate(_EVERY, root)]
    for picture in page.locator(f"{root} .scene-chart img:visible").all():
        found += [(size, words) for size, words in picture.evaluate(_LETTERS_OF_A_CHART)]
    assert found, f"nothing to read under {root}"
    return found


def below_the_walls_measure(wall: Page) -> list[tuple[float, str]]:
    """Everything on the wall that the last row cannot read."""
    assert wall.viewport_size
    least = wall.viewport_size["height"] * ON_A_WALL
    return [told for told in every_text(wall, "main") if told[0] < least]


def below_the_rooms_measure(room: Page) -> list[tuple[int, float, str]]:
    """Everything on a site's page that cannot be read from three metres, on either screen."""
    before, found = room.viewport_size, []
    for screen in ROOM_SCREENS:
        room.set_viewport_size(screen)
        least = AT_3_METRES * screen["width"]
        found += [(screen["width"], *told) for told in every_text(room, "main") if told[0] < least]
    if before:
        room.set_viewport_size(before)
    return found
