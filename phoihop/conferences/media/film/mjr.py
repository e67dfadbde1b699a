"""Reads Janus's recordings: a header, then RTP packets, each with the moment it came. One cut off by a crash ends early.

Source: janus record.c, as of 1.1.2 ("MJR00002"; a packet is "MEET", milliseconds since the first, length, RTP).
"""

import json
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

_MAGIC, _FRAME = b"MJR00002", b"MEET"
_REORDERED = 64  # packets that may overtake one another


class Packet(NamedTuple):
    came_ms: float  # since `Recording.began_us`
    number: int  # counts on where the 16 bits of RTP begin anew
    stamp: int  # of its medium's clock; counts on likewise
    is_last: bool  # RTP's marker: of a picture
    body: bytes


@dataclass(frozen=True, slots=True)
class Recording:
    path: Path
    opened_us: int  # when the engine was asked, by the machine's clock
    began_us: int  # the first packet

    def packets(self) -> Iterator[Packet]:
        """In the order they were sent."""
        waiting: list[tuple[int, int, Packet]] = []
        for place, packet in enumerate(_unwrapped(self.path)):
            heappush(waiting, (packet.number, place, packet))
            if len(waiting) > _REORDERED:
                yield heappop(waiting)[2]
        while waiting:
            yield heappop(waiting)[2]

    def timed(self, rate: int) -> Iterator[tuple[float, Packet]]:
        """Milliseconds since began_us at which each was sent.

        RTP's own clock, laid on the moments packets came, second by second: at a floor change the engine continues one
        source's clock with another's, some milliseconds off each time, and these would add up.
        """
        ahead = self._ahead(rate)
        for packet in self.packets():
            second = int(packet.came_ms // 1000)
            beside = [ahead[near] for near in (second - 1, second, second + 1) if near in ahead]
            yield packet.stamp * 1000 / rate - max(beside), packet

    def _ahead(self, rate: int) -> dict[int, float]:
        """By the second: how far RTP's clock is ahead of the packet that travelled quickest."""
        found: dict[int, float] = defaultdict(lambda: float("-inf"))
        for packet in _unwrapped(self.path):
            second = int(packet.came_ms // 1000)
            found[second] = max(found[second], packet.stamp * 1000 / rate - packet.came_ms)
        return dict(found)


def recording(path: Path) -> Recording | None:
    """None where nothing came: no header was written."""
    with path.open("rb") as source:
        head = _header(source)
    if head is None or "u" not in head:
        return None
    return Recording(path, int(head["s"]), int(head["u"]))


def _header(source: BinaryIO) -> dict[str, Any] | None:
    if source.read(len(_MAGIC)) != _MAGIC:
        return None
    length = source.read(2)
    try:
        told = json.loads(source.read(struct.unpack("!H", length)[0]))
    except (struct.error, ValueError):
        return None
    return dict(told)


def _unwrapped(path: Path) -> Iterator[Packet]:
    number = stamp = None
    for came_ms, rtp in _frames(path):
        if len(rtp) < 12:
            continue
        flags, kind, low, low_stamp = struct.unpack_from("!BBHI", rtp)
        number = low if number is None else number + _step(low - number, 16)
        stamp = low_stamp if stamp is None else stamp + _step(low_stamp - stamp, 32)
        if (body := _body(flags, rtp)) is not None:
            yield Packet(came_ms, number, stamp, bool(kind & 0x80), body)


def _frames(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as source:
        if _header(source) is None:
            return
        while len(head := source.read(10)) == 10 and head.startswith(_FRAME):
            came_ms, length = struct.unpack_from("!IH", head, 4)
            rtp = source.read(length)
            if len(rtp) < length:
                return
            yield came_ms, rtp


def _step(difference: int, bits: int) -> int:
    """The nearest way round."""
    half = 1 << (bits - 1)
    return (difference + half) % (1 << bits) - half


def _body(flags: int, rtp: bytes) -> bytes | None:
    """Source: RFC 3550, 5.1: contributors, an extension, padding."""
    start, end = 12 + 4 * (flags & 0x0F), len(rtp)
    if flags & 0x10:
        if len(rtp) < start + 4:
            return None
        start += 4 + 4 * struct.unpack_from("!H", rtp, start + 2)[0]
    if flags & 0x20:
        end -= rtp[-1]
    return rtp[start:end] if start < end else None
