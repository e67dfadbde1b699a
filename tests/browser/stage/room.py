"""A page of the conference in a browser that sends and receives: what it shows, what its site reads."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Error, Page, Response

from tests.browser.conftest import let_go, wait_until
from tests.conferences.streams.installed import Installation

MEDIA_FLAGS = [
    "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--allow-loopback-in-peer-connection",
    "--disable-features=WebRtcHideLocalIpsWithMdns", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
# What tells the sites' pictures apart: the shape, which an encoder keeps when it has to send fewer points.
SHAPES = {0: (320, 240), 1: (320, 180), 2: (240, 240), 3: (180, 320)}
# What a site reads of itself.
EVERYWHERE = "mọi nơi đều nhìn và nghe thấy điểm cầu này"
NOWHERE = "chưa nơi nào nhìn, nghe thấy"


@dataclass
class Room:
    page: Page
    problems: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    streamed: list[str] = field(default_factory=list)  # messages of streams and sockets, from `listen` on

    def send(self, number: int) -> None:
        self.page.click("[data-send]")
        is_sent = "Boolean(document.querySelector('[data-own-picture]').srcObject)"
        wait_until(self.page, f"{is_sent} || !document.querySelector('[data-take-over]').hidden", 60)
        if not self.page.evaluate(is_sent):  # the page before this one is not quite gone
            self.page.click("[data-take-over]")
            wait_until(self.page, is_sent, 60)
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

    def hear(self, answer: Response) -> None:
        """A stream is left out: it has no end to be read to."""
        if not answer.headers.get("content-type", "").startswith("text/event-stream"):
            self.answers.append(answer)

    def listen(self) -> None:
        """To the page's streams and sockets, opened anew: an answer that has no end is not among `answers`."""
        inside = self.page.context.new_cdp_session(self.page)
        inside.on("Network.eventSourceMessageReceived", lambda said: self.streamed.append(said["data"]))
        inside.on(
            "Network.webSocketFrameReceived",
            lambda said: self.streamed.append(said["response"]["payloadData"]),
        )
        inside.send("Network.enable")
        self.page.reload()

    def bodies(self) -> Iterator[tuple[Response, bytes]]:
        """Of the answers that are still to be had: a redirection has none."""
        for answer in self.answers:
            with suppress(Error):
                yield answer, answer.body()

    def says(self, words: str) -> None:
        wait_until(self.page, f"document.querySelector('[data-own-said]').textContent.includes('{words}')")

    def microphone(self) -> bool:
        sound = "document.querySelector('[data-own-picture]').srcObject.getAudioTracks()[0].enabled"
        return bool(self.page.evaluate(sound))

    def count(self, name: str) -> int:
        return int(self.page.evaluate(f"window.counted{name} ?? 0"))

    def begin_to_watch(self) -> None:
        """How long the picture stands still from now on, at most."""
        self.page.evaluate(
            """() => {
              const picture = document.querySelector("[data-picture]");
              const watch = (window.stood = { longest: 0, last: performance.now() });
              const seen = () => {
                watch.longest = Math.max(watch.longest, performance.now() - watch.last);
                watch.last = performance.now();
                if (window.stood === watch) picture.requestVideoFrameCallback(seen);
              };
              picture.requestVideoFrameCallback(seen);
            }"""
        )

    def longest_stand(self) -> float:
        return float(self.page.evaluate("Math.max(stood.longest, performance.now() - stood.last)"))

    def is_shown(self) -> None:
        wait_until(self.page, "document.querySelector('[data-no-picture]').hidden", 60)

    def stands_still(self) -> None:
        wait_until(self.page, "!document.querySelector('[data-no-picture]').hidden")

    def comes_back(self, number: int) -> None:
        self.sees(number, 60)
        self.is_shown()

    def leave(self) -> None:
        let_go(self.page.context)


COUNTING = """
const Real = window.RTCPeerConnection;
window.countedRTCPeerConnection = 0;
window.RTCPeerConnection = class extends Real {
  constructor(...given) {
    super(...given);
    window.countedRTCPeerConnection += 1;
    (window.connectionsMade ??= []).push(this);
  }
};
"""


def opened(chromium: Browser, installed: Installation, session: str, path: str, script: str = "") -> Room:
    address = f"http://127.0.0.1:{installed.port}"
    context = chromium.new_context(base_url=address, locale="vi-VN", permissions=["camera", "microphone"])
    context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    context.add_init_script(COUNTING + script)
    room = Room(context.new_page())
    room.page.on("response", room.hear)
    room.page.on("pageerror", lambda error: room.problems.append(str(error)))
    room.page.on("console", lambda said: room.problems.append(said.text) if said.type == "error" else None)
    room.page.goto(f"/hoi-nghi/{installed.world['slug']}/{path}/")
    return room
