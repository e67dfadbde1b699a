"""A roll-call on the hall's wall: sixteen sites seen at once through a real engine, and the others on the next page.

Eighteen pages that send would ask more than two cores have. One page sends for all sites, each with a connection and a
grant of its own and a small drawn picture whose colour tells it from the others.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from phoihop.conferences.queries.stage import MOSAIC_SITES
from tests.browser.conference_pages import PHONE, WALL
from tests.browser.conftest import wait_until
from tests.browser.legibility import too_small_for_the_last_row
from tests.browser.stage.conftest import standing
from tests.browser.stage.room import DEAF, Room, opened
from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow]

SITES = MOSAIC_SITES + 2
APART = 360 // SITES  # degrees of colour between one site and the next
SEND = """async ([address, grant, colour]) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 160, height: 120 });
  const pen = canvas.getContext("2d");
  let at = 0;
  const draw = () => {
    pen.fillStyle = `hsl(${colour} 90% 45%)`;
    pen.fillRect(0, 0, 160, 120);
    pen.fillStyle = "#fff";
    pen.fillRect((at += 8) % 160, 0, 16, 16);
  };
  draw();
  setInterval(draw, 200);
  const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  connection.addTransceiver("audio", { direction: "sendonly" });
  connection.addTransceiver(canvas.captureStream(5).getVideoTracks()[0], { direction: "sendonly" });
  await connection.setLocalDescription(await connection.createOffer());
  while (connection.iceGatheringState !== "complete") await new Promise((later) => setTimeout(later, 20));
  const answer = await fetch(address, {
    method: "POST",
    headers: { Authorization: `Bearer ${grant}`, "Content-Type": "application/json" },
    body: JSON.stringify({ sdp: connection.localDescription.sdp, key: `${colour}` }),
  });
  if (answer.status === 201) await connection.setRemoteDescription({ type: "answer", sdp: (await answer.json()).sdp });
  return answer.status;
}"""
# Site -> the colour in the middle of its picture, in degrees.
COLOURS = """(tiles) => Object.fromEntries(tiles.map((tile) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
  const pen = canvas.getContext("2d");
  pen.drawImage(tile, tile.videoWidth / 2, tile.videoHeight / 2, 1, 1, 0, 0, 1, 1);
  const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
  const degrees = (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
  return [tile.dataset.tile, (degrees + 360) % 360];
}))"""
# Of each tile: how many of its pictures were drawn.
FRAMES = "[...document.querySelectorAll('[data-tile]')].map((tile) => tile.getVideoPlaybackQuality().totalVideoFrames)"
# How far from the middle of each tile, up and down, neither its name nor its answer covers anything: 0.5 is all of it.
FREE = """(tiles) => tiles.map((tile) => {
  const box = tile.getBoundingClientRect();
  let { top, bottom } = box;
  for (const word of tile.querySelectorAll(".mosaic-name, .tag")) {
    const place = word.getBoundingClientRect();
    if (place.top + place.bottom < box.top + box.bottom) top = Math.max(top, place.bottom);
    else bottom = Math.min(bottom, place.top);
  }
  const middle = (box.top + box.bottom) / 2;
  return Math.min(middle - top, bottom - middle) / box.height;
})"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with standing(tmp_path_factory.mktemp("mosaic"), "tests.conferences.media.mosaic_world", SITES) as made:
        yield made


@pytest.fixture
def hall(chromium: Browser, installed: Installation) -> Iterator[Room]:
    made = opened(chromium, installed, installed.world["chair"], "man-hinh")
    made.page.set_viewport_size(WALL)  # type: ignore[arg-type]
    yield made
    made.leave()


def test_a_roll_call_sees_sixteen_sites_at_once_and_then_the_others(
    chromium: Browser, installed: Installation, hall: Room
) -> None:
    sender = opened(chromium, installed, "", "vao")
    address = hall.page.get_attribute("[data-stage]", "data-publish")
    for number in range(SITES):
        said = sender.page.evaluate(SEND, [address, installed.act("grant", number), number * APART])
        assert (number, said) == (number, 201)
    installed.act("roll_call")
    installed.act("page", 1)
    shows(hall, range(MOSAIC_SITES))
    assert hall.page.locator(".mosaic .tag", has_text="chưa điểm danh").count() == MOSAIC_SITES
    for size in (PHONE, WALL):
        looked_at(hall, size, "sixteen sites")
        assert min(hall.page.eval_on_selector_all(".mosaic li", FREE)) > 0.25, size
    assert too_small_for_the_last_row(hall.page, ".mosaic :is(.mosaic-name, .tag)") == []
    hall.page.evaluate(DEAF)
    hall.page.evaluate("window.sixteen = connectionsMade.at(-1)")
    installed.act("page", 2)
    shows(hall, range(MOSAIC_SITES, SITES))
    looked_at(hall, WALL, "the others")
    wait_until(hall.page, "sixteen.connectionState !== 'connected'", 60)  # by the engine: the page keeps it
    moves(hall)
    assert [hall.problems, sender.problems] == [[], []]
    sender.leave()


def shows(hall: Room, numbers: range) -> None:
    """These sites and no others, each in its own tile; the pictures go on."""
    wait_until(
        hall.page, f"document.querySelectorAll('.mosaic .is-live [data-tile]').length === {len(numbers)}", 60
    )
    seen = hall.page.eval_on_selector_all("[data-tile]", COLOURS)
    assert list(seen) == [f"diem-{number}" for number in numbers]
    assert [round(seen[f"diem-{number}"] / APART) % SITES for number in numbers] == list(numbers)
    moves(hall)


def moves(hall: Room) -> None:
    before = hall.page.evaluate(FRAMES)
    assert before
    wait_until(hall.page, f"{FRAMES}.every((frames, tile) => frames > {before}[tile])", 60)


def looked_at(hall: Room, size: dict[str, int], name: str) -> None:
    hall.page.set_viewport_size(size)  # type: ignore[arg-type]
    assert hall.page.evaluate("document.documentElement.scrollWidth - innerWidth") == 0, (name, size)
    if shots := os.environ.get("SHOTS"):  # a folder: for who wants to look too
        hall.page.screenshot(path=f"{shots}/{name}, {size['width']}.png")
