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
