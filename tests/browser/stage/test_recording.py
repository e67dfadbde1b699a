"""The stage is recorded through floor changes, a closed part and two killings; the film plays whole, with sound in step."""

import os
import re
import signal
import statistics
import subprocess
import time
from array import array
from collections.abc import Iterator
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import wait_until
from tests.browser.stage.room import SHAPES, Room, opened
from tests.conferences.streams.installed import Installation, answers, until

pytestmark = [pytest.mark.browser, pytest.mark.media, pytest.mark.slow, pytest.mark.timeout(600)]

# Once a second, on the second, a site is white and sounds for 150 ms: every site at the same moment. In between it has a
# colour of its own.
FLASHING = """
navigator.mediaDevices.getUserMedia = async () => {
  const [width, height] = window.shape;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = canvas.getContext("2d");
  const sounds = new AudioContext();
  const loud = sounds.createGain();
  const tone = sounds.createOscillator();
  const out = sounds.createMediaStreamDestination();
  tone.frequency.value = 1000;
  tone.connect(loud).connect(out);
  loud.gain.value = 0;
  tone.start();
  setInterval(() => {
    const isOn = Date.now() % 1000 < 150;
    loud.gain.value = isOn ? 0.5 : 0;
    paper.fillStyle = isOn ? "#fff" : window.colour;
    paper.fillRect(0, 0, width, height);
    paper.fillStyle = "#777";
    paper.fillRect(Date.now() % width, 0, 4, 4);
  }, 20);
  return new MediaStream([...canvas.captureStream(25).getTracks(), ...out.stream.getTracks()]);
};
"""
COLOURS = ("#700", "#070", "#007")  # red, green, blue
HELD = 4  # seconds each site has the floor, the centre too while nobody has it
PIECE = re.compile(r"recordings/[a-z0-9-]+/\d{8}T\d{12}Z-(floor|voice|chair)\.mjr")

Sizes = dict[str, int]  # bytes, by where a file lies in the engine's folder


@pytest.fixture(scope="module")
def flashing(chromium: Browser, installed: Installation) -> Iterator[list[Room]]:
    made = []
    for number in range(3):
        width, height = SHAPES[number]
        script = f"window.shape = [{width}, {height}]; window.colour = '{COLOURS[number]}';{FLASHING}"
        room = opened(chromium, installed, installed.world["rooms"][number], "diem-cau", script)
        room.page.click("[data-send]")
        wait_until(room.page, "Boolean(document.querySelector('[data-own-picture]').srcObject)", 60)
        made.append(room)
    yield made
    for room in made:
        room.leave()


@pytest.fixture(scope="module")
def disk() -> dict[str, Sizes]:
    """What was recorded lay there at a moment of the run below."""
    return {}


@pytest.fixture(scope="module")
def film(
    chromium: Browser, installed: Installation, flashing: list[Room], disk: dict[str, Sizes]
) -> list[object]:
    """What was made, after: three floor changes, a part among delegates, the engine and the pages killed."""
    viewer = opened(chromium, installed, installed.world["viewers"][0], "xem")
    viewer.sees(0)
    mark = "document.querySelector('[data-recording]').hidden"
    assert viewer.page.evaluate(mark)
    assert "Hiện không ghi hình" in flashing[0].page.inner_text("[data-own-recorded]")
    disk["before"] = _recorded(installed)
    installed.act("record")
    began = time.monotonic()
    late = _begun(installed, 1)
    wait_until(viewer.page, f"!{mark}")
    time.sleep(HELD)
    for number in (1, 0, 2):
        installed.act("floor", number)
        viewer.sees(number)
        time.sleep(HELD)
    assert "đang được ghi: điểm cầu" in flashing[2].page.inner_text("[data-own-recorded]")
    assert "không có trong hình" in flashing[1].page.inner_text("[data-own-recorded]")
    disk["open"] = _recorded(installed)
    closed_at = time.monotonic()
    for closed, item in (("internal", 1), ("hidden", 3)):
        installed.act(closed, item)
        wait_until(viewer.page, mark)
        disk[closed] = _at_rest(installed)
        time.sleep(HELD)
        disk[f"{closed}, later"] = _recorded(installed)
    installed.act("begin", 2)
    closed_for = time.monotonic() - closed_at
    late += _begun(installed, 2)
    viewer.comes_back(0)
    time.sleep(HELD)
    installed.act("floor", 1)
    viewer.sees(1)
    time.sleep(HELD)
    disk["open again"] = _recorded(installed)
    killed_at = time.monotonic()
    os.kill(installed.child("janus -F"), signal.SIGKILL)
    assert until(lambda: _taken(installed) > 50_000, 90)  # bytes of the second piece
    away = time.monotonic() - killed_at
    os.kill(installed.child("granian"), signal.SIGKILL)
    time.sleep(HELD)
    assert until(lambda: answers(installed.port), 60)
    installed.act("stop_recording")
    whole = time.monotonic() - began
    viewer.leave()
    installed.act("close")
    disk["at the end"] = _recorded(installed)
    assert until(lambda: bool(installed.act("film")), 240)
    disk["made"] = _recorded(installed)
    print(
        f"recorded for {whole:.1f} s, closed to viewers for {closed_for:.1f} s, the engine away for {away:.1f} s"
    )
    return [*installed.act("film"), whole - closed_for, away + late]


def _begun(installed: Installation, pieces: int) -> float:
    """Seconds until so many of them have a picture on disk."""
    asked_at = time.monotonic()
    assert until(lambda: len(_pictures(installed)) >= pieces, 60)
    return time.monotonic() - asked_at


def _pictures(installed: Installation) -> list[Path]:
    """Of the pieces in which something came, in their order."""
    found = sorted((installed.folder / "media" / "recordings").glob("*/*-floor.mjr"))
    return [each for each in found if each.stat().st_size]


def _taken(installed: Installation) -> int:
    """Of the pieces begun since the engine was killed, the picture."""
    return sum(each.stat().st_size for each in _pictures(installed)[2:])


def _recorded(installed: Installation) -> Sizes:
    """Whatever the engine keeps of media, in its folder of recordings or elsewhere."""
    kept = installed.folder / "media"
    media = {*kept.rglob("*.mjr"), *(kept / "recordings").rglob("*")}
    return {str(each.relative_to(kept)): each.stat().st_size for each in media if each.is_file()}


def _at_rest(installed: Installation) -> Sizes:
    """Once nothing grew for a second; else as it is after a while, for a test to find that it still does."""
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        before = _recorded(installed)
        time.sleep(1)
        if _recorded(installed) == before:
            break
    return _recorded(installed)


def test_nothing_lies_on_disk_but_pieces_of_the_floor_the_voice_and_the_chair(
    film: list[object], disk: dict[str, Sizes]
) -> None:
    assert disk["before"] == {}
    assert sorted(PIECE.sub(r"\1", each) for each in disk["open"]) == ["chair", "floor", "voice"]
    assert min(disk["open"].values()) > 4_000
    assert {bool(PIECE.fullmatch(each)) for sizes in disk.values() for each in sizes} == {True}
    assert disk["made"] == {}


def test_not_one_byte_is_taken_of_a_closed_part(film: list[object], disk: dict[str, Sizes]) -> None:
    closed = disk["internal"]
    assert closed.keys() == disk["open"].keys()
    assert [disk[each] for each in ("internal, later", "hidden", "hidden, later")] == [closed] * 3
    new = {name: size for name, size in disk["open again"].items() if name not in closed}
    assert sorted(PIECE.sub(r"\1", each) for each in new) == ["chair", "floor", "voice"]
    assert min(new.values()) > 4_000
    assert {name: disk["at the end"][name] for name in closed} == closed


def test_the_film_is_as_long_as_the_open_part_of_the_meeting(film: list[object]) -> None:
    state, fault, place, seconds, hash_kept, _chapters, open_for, lost = film
    assert (state, fault) == ("made", "")
    assert sha256(Path(str(place)).read_bytes()).hexdigest() == hash_kept
    assert open_for - lost - 3 <= seconds <= open_for + 3  # type: ignore[operator]


def test_who_had_the_floor_is_in_it_and_nobody_else(film: list[object]) -> None:
    """The centre while nobody had it: before the first, and after the closed part."""
    assert _seen(Path(str(film[2]))) == [0, 1, 0, 2, 0, 1]


def test_its_sound_is_in_step_with_its_picture_to_the_end(film: list[object]) -> None:
    place, seconds = Path(str(film[2])), float(film[3])  # type: ignore[arg-type]
    flashes, beeps = _flashes(place), _beeps(place)
    apart = [min((beep - flash for beep in beeps), key=abs) for flash in flashes]
    print(f"{len(flashes)} flashes, {len(beeps)} beeps in {seconds:.0f} s; sound after picture, ms:",
        [round(each * 1000) for each in apart])  # fmt: skip
    assert len(flashes) >= seconds * 0.7
    assert flashes[-1] >= seconds - 3
    assert abs(statistics.median(apart)) < 0.15
    assert max(abs(each) for each in apart[-5:]) < 0.25
    longest = max(after - before for before, after in pairwise(flashes))
    assert longest < 6, f"nothing is seen for {longest:.1f} s"


def test_it_plays_in_the_browser_with_its_items_beside(
    chromium: Browser, installed: Installation, film: list[object]
) -> None:
    assert film[5][0]["seconds"] == 0  # type: ignore[index]
    page = opened(chromium, installed, installed.world["chair"], "ghi-hinh").page
    playing = "document.querySelector('[data-film]')"
    wait_until(page, f"{playing}.readyState >= 1", 30)
    assert abs(page.evaluate(f"{playing}.duration") - float(film[3])) < 1.5  # type: ignore[arg-type]
    items = page.locator("[data-chapter]")
    assert items.count() == len(film[5]) == 2  # type: ignore[arg-type]  the internal one is not in it
    items.nth(1).focus()
    page.keyboard.press("Enter")
    wait_until(page, f"{playing}.currentTime >= {film[5][1]['seconds']}", 30)  # type: ignore[index]
    wait_until(page, "document.querySelectorAll('[data-chapter]')[1].hasAttribute('aria-current')", 30)
    wait_until(page, f"{playing}.querySelector('track').track.cues?.length === 2", 30)
    page.evaluate(
        f"{playing}.currentTime = 0; {playing}.playbackRate = 4; {playing}.muted = true; {playing}.play()"
    )
    wait_until(page, f"{playing}.ended", 120)
    assert page.evaluate(f"{playing}.error") is None


def _flashes(place: Path) -> list[float]:
    """When the middle of the picture turns white."""
    grey = _decoded("-i", place, "-vf", "crop=16:16,scale=1:1,format=gray", "-r", "25", "-f", "rawvideo")
    return [at / 25 for at in range(1, len(grey)) if grey[at] > 150 and grey[at - 1] <= 150]


def _seen(place: Path) -> list[int]:
    """Sites by their colour, one after the other, each for a second or more."""
    red_green_blue = _decoded(
        "-i", place, "-vf", "crop=16:16,scale=1:1,format=rgb24", "-r", "5", "-f", "rawvideo"
    )
    points = [red_green_blue[at : at + 3] for at in range(0, len(red_green_blue), 3)]
    sites = [point.index(max(point)) for point in points if max(point) - sorted(point)[1] > 40]
    runs = [(site, len(list(run))) for site, run in groupby(sites)]
    return [site for site, _run in groupby(site for site, length in runs if length >= 5)]


def _beeps(place: Path) -> list[float]:
    """When it begins to sound, in steps of 10 ms."""
    samples = array("h", _decoded("-i", place, "-ac", "1", "-ar", "8000", "-f", "s16le"))
    loud = [max(map(abs, samples[at : at + 80])) > 2000 for at in range(0, len(samples), 80)]
    begins = [at / 100 for at in range(1, len(loud)) if loud[at] and not loud[at - 1]]
    return [at for place, at in enumerate(begins) if place == 0 or at - begins[place - 1] > 0.3]


def _decoded(*words: object) -> bytes:
    command = ["ffmpeg", "-loglevel", "error", *map(str, words), "-"]
    return subprocess.run(command, capture_output=True, check=True).stdout
