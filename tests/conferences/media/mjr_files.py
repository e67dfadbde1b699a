"""What an engine writes when it records (.mjr), made by hand: as many packets as wanted, with holes where wanted."""

import json
import struct
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from phoihop.conferences.media.film.pieces import NAMED

Sent = tuple[int, int, int, bytes]  # came after so many milliseconds, RTP number, RTP stamp, payload
VOICE = b"\x78" + b"\x01" * 20  # 20 ms of Opus
BEGIN = b"\x10"  # VP8: a picture begins here
KEY, DELTA = BEGIN + b"\x10\x02\x00\x9d\x01\x2a", BEGIN + b"\x11\x02\x00"


def mjr(path: Path, opened_us: int, began_us: int, sent: Iterable[Sent]) -> Path:
    head = json.dumps({"t": "a", "c": "opus", "s": opened_us, "u": began_us}).encode()
    told = b"MJR00002" + struct.pack("!H", len(head)) + head
    for came, number, stamp, body in sent:
        rtp = struct.pack("!BBHII", 0x80, 0x80 | 111, number & 0xFFFF, stamp & 0xFFFFFFFF, 0) + body
        told += b"MEET" + struct.pack("!IH", came, len(rtp)) + rtp
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(told)
    return path


def voice(seconds: float, first: int = 0) -> list[Sent]:
    return [(20 * each, first + each, 960 * each, VOICE) for each in range(round(seconds * 50))]


def piece(folder: Path, at: datetime, seconds: float, us: int = 1_000_000_000) -> Path:
    """In which a voice is heard from the first moment on."""
    return mjr(folder / f"{at.strftime(NAMED)}-voice.mjr", us, us, voice(seconds))
