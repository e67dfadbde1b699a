"""A line that loses packets and delays them: a relay between one browser and the engine, as no netem is everywhere."""

import random
import socket
import threading
import time
from heapq import heappop, heappush
from typing import Self

from tests.conferences.media import namespace

# The page hears of the relay alone, and tells the engine of no address of its own: nothing goes round it.
THROUGH = r"""
const engine = RTCPeerConnection.prototype.setRemoteDescription;
RTCPeerConnection.prototype.setRemoteDescription = async function (told) {
  if (this.getSenders().some((each) => each.track)) {
    const [, port] = (/candidate:\S+ 1 udp \d+ \S+ (\d+)/.exec(told.sdp));
    window.engineAt = Number(port);
    told = { type: told.type, sdp: told.sdp.replaceAll(` ${port} typ host`, ` ${window.relayAt} typ host`) };
  }
  return engine.call(this, told);
};
const own = Object.getOwnPropertyDescriptor(Real.prototype, "localDescription"); // see COUNTING
Object.defineProperty(RTCPeerConnection.prototype, "localDescription", {
  get() {
    const found = own.get.call(this);
    if (!found || !this.getSenders().some((each) => each.track)) return found;
    return { type: found.type, sdp: found.sdp.replace(/a=candidate:.*\r\n/g, "") };
  },
});
"""


class BadLine(threading.Thread):
    """loss: of 1, each way; seconds: each way. `port` is where the browser sends; made within the namespace.

    engine_port: set once the page knows it; what comes before is lost and not counted.
    """

    def __init__(self, loss: float, seconds: float, seed: int = 1) -> None:
        super().__init__(daemon=True)
        self.engine_port = 0
        self._loss, self._seconds, self._chance = loss, seconds, random.Random(seed)  # noqa: S311  no secret
        self._near, self._far = _socket(), _socket()
        self._browser: tuple[str, int] | None = None
        self._waiting: list[tuple[float, int, socket.socket, tuple[str, int], bytes]] = []
        self._leaving = threading.Event()
        self.port = int(self._near.getsockname()[1])
        self.passed = self.lost = 0

    def run(self) -> None:
        while not self._leaving.is_set():
            for source in (self._near, self._far):
                self._take(source)
            while self._waiting and self._waiting[0][0] <= time.monotonic():
                _due, _number, by, whom, packet = heappop(self._waiting)
                by.sendto(packet, whom)
            time.sleep(0.001)

    def _take(self, source: socket.socket) -> None:
        while True:
            try:
                packet, who = source.recvfrom(2048)
            except BlockingIOError:
                return
            if source is self._near:
                self._browser = who
            engine = (namespace.ADDRESS, self.engine_port) if self.engine_port else None
            whom = engine if source is self._near else self._browser
            if whom is None:
                continue
            self.passed += 1
            if self._chance.random() < self._loss:
                self.lost += 1
                continue
            by = self._far if source is self._near else self._near
            heappush(self._waiting, (time.monotonic() + self._seconds, self.passed, by, whom, packet))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._leaving.set()
        self.join()
        self._near.close()
        self._far.close()


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind((namespace.ADDRESS, 0))
    made.setblocking(False)
    return made
