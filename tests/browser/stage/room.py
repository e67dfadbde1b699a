"""A page of the conference in a browser that sends and receives: what it shows and plays, what its site reads."""

import time
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
# And their voices: the pitch, Hz.
PITCHES = {0: 400, 1: 900, 2: 1500, 3: 2100}
TONE = """
const realDevices = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const taken = await realDevices(wanted);
  if (!wanted.audio) return taken;
  const sounds = new AudioContext();
  const tone = new OscillatorNode(sounds, { frequency: window.pitch });
  const out = sounds.createMediaStreamDestination();
  tone.connect(new GainNode(sounds, { gain: 0.3 })).connect(out);
  tone.start();
  for (const microphone of taken.getAudioTracks()) microphone.stop();
  return new MediaStream([...taken.getVideoTracks(), ...out.stream.getAudioTracks()]);
};
"""
# Which of the pitches this page plays: what comes in by an element that is not muted.
_HEARD = """async (pitches) => {
  const sounds = (window.listening ??= new AudioContext());
  const ears = [];
  for (const name of ["voice", "chair"]) {
    const place = document.querySelector(`[data-${name}]`);
    if (!place.srcObject || place.muted) continue;
    const ear = new AnalyserNode(sounds, { fftSize: 8192, smoothingTimeConstant: 0 });
    sounds.createMediaStreamSource(place.srcObject).connect(ear);
    ears.push(ear);
  }
  await new Promise((later) => setTimeout(later, 600));
  const found = [];
  for (const ear of ears) {
    const loud = new Float32Array(ear.frequencyBinCount);
    ear.getFloatFrequencyData(loud);
    const at = (pitch) => Math.max(...[-1, 0, 1].map((by) => loud[Math.round((pitch * 8192) / sounds.sampleRate) + by]));
    found.push(...Object.keys(pitches).filter((site) => at(pitches[site]) > -50));
    ear.disconnect();
  }
  return found.map(Number);
}"""
# What a site reads of itself.
EVERYWHERE = "mọi nơi đều nhìn và nghe thấy điểm cầu này"
NOWHERE = "chưa nơi nào nhìn, nghe thấy"

# A page that keeps what it was shown, and says no goodbye.
DEAF = """(() => {
  RTCPeerConnection.prototype.close = () => {};
  const real = fetch;
  window.fetch = (to, ...more) => String(to).includes('/thoi/') ? Promise.reject() : real(to, ...more);
})()"""


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

    def heard(self) -> set[int]:
        """Sites whose voice this page plays now, by what has really come in."""
        return set(self.page.evaluate(_HEARD, {str(site): pitch for site, pitch in PITCHES.items()}))

    def hears(self, *sites: int, seconds: float = 30) -> None:
        """These and nobody else."""
        ends = time.monotonic() + seconds
        while (heard := self.heard()) != set(sites):
            assert time.monotonic() < ends, f"heard are {heard}, not {set(sites)}"

    def sound(self) -> float:
        """Seconds of the voice of who has the floor that came in, without what was filled in for lost packets."""
        return float(
            self.page.evaluate(
                """async () => {
                  let seconds = 0;
                  for (const each of (await connectionsMade.at(-1).getStats()).values()) {
                    if (each.type !== "inbound-rtp" || each.mid !== "voice") continue;
                    const filled = (each.concealedSamples ?? 0) / (each.totalSamplesReceived || 1);
                    seconds += each.totalSamplesDuration * (1 - filled);
                  }
                  return seconds;
                }"""
            )
        )

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


def voice_of(number: int) -> str:
    """Of a site's page: a script that gives it a pitch of its own."""
    return f"window.pitch = {PITCHES[number]};{TONE}"


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
