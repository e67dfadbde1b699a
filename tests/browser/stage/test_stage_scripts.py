"""The stage's scripts alone in a real browser: the server's answers and the conference's state are the test's own."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCRIPTS = Path(__file__).resolve().parents[3] / "phoihop/web/static/web/js/conference"
SITE = "https://phoihop.test"  # a browser lends a camera to no other
MOSAIC = """<video data-tile="diem-1"></video><script>
  window.made = [];
  const Real = RTCPeerConnection;
  window.RTCPeerConnection = class extends Real { constructor(...all) { super(...all); made.push(this); } };
</script><script type="module">
  import { showSites } from "/live/stage-mosaic.js";
  showSites({ grants: "/quyen/", sites: "/diem-cau/", answer: "/tra-loi/", alive: "/con/", end: "/thoi/", csrf: "x" });
</script>"""
OWN = """<section data-stage data-site="%(site)s" data-centre="diem-0"></section><p data-recording hidden></p>
<video data-own-picture></video>
<p data-own-recorded data-none="none" data-on="both" data-picture="picture" data-voice="voice" data-idle="idle" data-off="off"></p>
<script type="module" src="/live/recording.js"></script>"""
ADDRESSES = """{ grants: "/quyen/", publish: "/gui/", alive: "/con/", end: "/thoi/", csrf: "x" }"""
SENDING = f"""<canvas></canvas><script type="module">
  import {{ Sender }} from "/live/stage-send.js";
  const picture = document.querySelector("canvas");
  picture.getContext("2d");
  const sound = new AudioContext().createMediaStreamDestination().stream.getAudioTracks();
  const taken = () => new MediaStream([...picture.captureStream().getVideoTracks(), ...sound.map((each) => each.clone())]);
  navigator.mediaDevices.getUserMedia = async () => taken();
  new Sender({ADDRESSES}, () => {{}}).start({{ takesOver: true }});
</script>"""
HOLDING = f"""<script type="module">
  import {{ Line }} from "/live/stage-line.js";
  const line = (window.line = new Line({ADDRESSES}, "publish"));
  addEventListener("pagehide", () => line.end());
  await line.granted();
  line.keep("p");
  window.isKept = true;
</script>"""
Answer = tuple[int, Any]


class Server:
    """Answers for one page; remembers what it was asked, and when."""

    def __init__(self, page: Page, body: str, state: dict[str, Any]) -> None:
        self.page, self.body, self.state = page, body, state
        self.asked: list[tuple[str, float]] = []
        self.said: list[tuple[str, str]] = []
        self.answers: dict[str, Callable[[], Answer]] = {}
        page.route(f"{SITE}/**", self._answer)

    def open(self) -> None:
        self.page.goto(f"{SITE}/")

    def times(self, path: str) -> list[float]:
        return [at for asked, at in self.asked if asked == path]

    def wait_for(self, path: str, count: int) -> None:
        until = time.monotonic() + 60
        while len(self.times(path)) < count:
            assert time.monotonic() < until, self.asked
            self.page.wait_for_timeout(50)

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path == "/":
            route.fulfill(body=f"<!doctype html><meta charset=utf-8>{self.body}", content_type="text/html")
        elif path == "/live/live.js":
            told = f"export const state = () => ({json.dumps(self.state)});"
            route.fulfill(body=told, content_type="text/javascript")
        elif path.startswith("/live/"):
            text = (SCRIPTS / path.removeprefix("/live/")).read_text("utf-8")
            route.fulfill(body=text, content_type="text/javascript")
        else:
            self.said.append((path, route.request.post_data or ""))
            self.asked.append((path, time.monotonic()))
            status, told = self.answers.get(path, lambda: (204, None))()
            body = "" if told is None else json.dumps(told)
            route.fulfill(status=status, body=body, content_type="application/json")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def hall(page: Page) -> Server:
    made = Server(page, MOSAIC, {"hall": {"scene": "mosaic", "sites": ["diem-1"]}})
    made.answers["/quyen/"] = _granted
    return made


def test_a_hall_that_is_shut_out_asks_no_more(hall: Server) -> None:
    hall.answers["/diem-cau/"] = lambda: (403, {"refusal": "no"})
    hall.open()
    hall.wait_for("/diem-cau/", 1)
    hall.page.wait_for_timeout(5_000)  # longer than between two looks
    assert len(hall.times("/diem-cau/")) == 1


def test_a_hall_asks_a_silent_engine_less_and_less_often(hall: Server) -> None:
    hall.answers["/diem-cau/"] = lambda: (503, {"refusal": "silent"})
    hall.open()
    hall.wait_for("/diem-cau/", 4)
    _first, _second, third, fourth = hall.times("/diem-cau/")[:4]
    assert fourth - third > 2


def test_a_connection_that_comes_to_nothing_is_ended_on_both_sides(hall: Server) -> None:
    hall.answers["/diem-cau/"] = lambda: (201, {"sdp": "v=0 no offer", "peer": "p", "sites": {}})
    hall.open()
    hall.wait_for("/diem-cau/", 2)
    hall.wait_for("/thoi/", 1)
    wait_until(hall.page, "made.filter((each) => each.connectionState !== 'closed').length === 0")


def test_a_device_takes_over_once_and_not_again_when_it_comes_back(page: Page) -> None:
    server = Server(page, SENDING, {})
    server.answers["/quyen/"] = _granted
    server.answers["/gui/"] = lambda: (201, {"sdp": "v=0 no answer", "peer": "p"})  # it is lost at once
    server.open()
    server.wait_for("/gui/", 3)
    told = [json.loads(text)["take_over"] for path, text in server.said if path == "/gui/"]
    assert told[:3] == [True, False, False]


def test_a_take_over_that_came_to_nothing_is_asked_again(page: Page) -> None:
    server = Server(page, SENDING, {})
    server.answers["/quyen/"] = _granted
    server.answers["/gui/"] = lambda: (503, {"refusal": "silent"})
    server.open()
    server.wait_for("/gui/", 2)
    assert [json.loads(text)["take_over"] for path, text in server.said if path == "/gui/"][:2] == [
        True,
        True,
    ]


@pytest.fixture
def held(page: Page) -> Server:
    """A connection that stands; the page's clock is the test's, and stands still but for it."""
    page.clock.install(time=0)
    page.clock.pause_at(60)
    server = Server(page, HOLDING, {})
    server.answers["/quyen/"] = _granted
    server.open()
    wait_until(page, "window.isKept === true", 20)
    return server


@pytest.mark.parametrize("seconds", [1, 61, 109])
def test_a_page_that_goes_away_ends_its_connection_by_the_grant_at_hand(held: Server, seconds: int) -> None:
    held.page.clock.fast_forward(seconds * 1000)
    before = len(held.times("/quyen/"))
    held.page.evaluate("dispatchEvent(new Event('pagehide'))")
    held.wait_for("/thoi/", 1)
    assert len(held.times("/quyen/")) == before


def test_a_page_keeps_a_grant_at_hand_with_two_exchanges_in_two_minutes(held: Server) -> None:
    for _each in range(60):
        held.page.clock.run_for(10_000)
        wait_until(held.page, "line.grant.until > Date.now()", 20)
    assert 4 <= len(held.times("/con/")) <= 6
    assert len(held.asked) <= 12


def _granted() -> Answer:
    return 200, {"grant": "g", "lives": 120, "ice": [], "spread": 0}


@pytest.mark.parametrize(
    ("site", "floor", "muted", "word"),
    [
        ("diem-1", "diem-1", [], "both"),
        ("diem-1", "diem-1", ["diem-1"], "picture"),
        ("diem-1", "diem-2", [], "off"),
        ("diem-0", "diem-1", [], "voice"),
        ("diem-0", "diem-1", ["diem-0"], "off"),
        ("diem-0", "", [], "both"),
        ("diem-0", "", ["diem-0"], "picture"),
    ],
)
def test_a_site_reads_what_of_it_is_recorded(
    page: Page, site: str, floor: str, muted: list[str], word: str
) -> None:
    state = {
        "conference": {"is_recording": True},
        "item": {"visibility": "open"},
        "floor": {"site": floor} if floor else None,
        "muted": {"sites": dict.fromkeys(muted, "chair")},
    }
    Server(page, OWN % {"site": site}, state).open()
    wait_until(page, f"document.querySelector('[data-own-recorded]').textContent === '{word}'", 20)


@pytest.mark.parametrize(
    ("site", "words", "is_heard", "recorded"),
    [("diem-1", ["heard"], True, "both"), ("diem-0", [], False, "off")],
)
def test_a_page_goes_by_the_central_site_of_now_and_not_of_when_it_was_opened(
    page: Page, site: str, words: list[str], is_heard: bool, recorded: str
) -> None:
    told = {"state": "open", "is_recording": True, "centre": "diem-1"}
    exposed = """<script type="module">
      import { exposure } from "/live/stage-exposure.js";
      const { site, centre } = document.querySelector("[data-stage]").dataset;
      window.told = exposure(site, centre);
    </script>"""
    Server(page, OWN % {"site": site} + exposed, {"conference": told}).open()
    wait_until(page, "Boolean(window.told)", 20)
    assert page.evaluate("[told.words, told.isHeard]") == [words, is_heard]
    wait_until(page, f"document.querySelector('[data-own-recorded]').textContent === '{recorded}'", 20)
