"""Thousands of listeners in one process: each keeps what it knows as live.js does, and comes back when it is cut off."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_NUMBER = re.compile(rb"(?m)^id: (\d+)$")


@dataclass
class Listener:
    path: str
    seq: int = 0
    arrived: dict[int, float] = field(
        default_factory=dict
    )  # number of the log -> when this browser knew of it
    cuts: int = 0

    def hear(self, chunk: bytes, at: float) -> None:
        """Messages of one chunk; each brings everything up to its number."""
        for found in _NUMBER.finditer(chunk):
            seq = int(found[1])
            for missed in range(self.seq + 1, seq + 1):
                self.arrived[missed] = at
            self.seq = max(self.seq, seq)


class _Stream(asyncio.Protocol):
    def __init__(self, listener: Listener, done: asyncio.Future[None]) -> None:
        self.listener, self.done, self.rest = listener, done, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        sau = f"&sau={self.listener.seq}" if self.listener.seq else ""
        asked = f"GET {self.listener.path}{sau} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
        transport.write(asked.encode())  # type: ignore[attr-defined]

    def data_received(self, chunk: bytes) -> None:
        at = time.time()
        whole, end, self.rest = (self.rest + chunk).rpartition(b"\n\n")
        if end:
            self.listener.hear(whole, at)

    def connection_lost(self, fault: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def keep_listening(listener: Listener, port: int) -> None:
    """Until cancelled. Comes back after a moment that grows, at random: thousands do not knock at once."""
    failures = 0
    while True:
        done = asyncio.get_running_loop().create_future()
        try:
            transport, _stream = await asyncio.get_running_loop().create_connection(
                lambda done=done: _Stream(listener, done),  # type: ignore[misc]
                "127.0.0.1",
                port,
            )
            failures = 0
            try:
                await done
            finally:
                transport.abort()
        except OSError:
            failures += 1
        listener.cuts += 1
        await asyncio.sleep(min(30, 0.5 * 2 ** (failures + 1)) * random.uniform(0.5, 1.5))


async def until(is_so: Callable[[], bool], seconds: float) -> bool:
    for _look in range(int(seconds / 0.05)):
        if is_so():
            return True
        await asyncio.sleep(0.05)
    return is_so()
