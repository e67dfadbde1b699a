"""Whole pictures and gapless sound out of RTP packets, each with its millisecond in the film."""

from collections.abc import Iterator
from typing import NamedTuple

from phoihop.conferences.media.film.mjr import Recording

PICTURE_RATE, SOUND_RATE = 90_000, 48_000
FRAME_MS = 20
SILENCE = b"\xf8\xff\xfe"  # 20 ms of it, stereo (RFC 6716)
_TOO_EARLY = 2 * FRAME_MS  # sound that comes this much before its place is left out: the clocks differ
# Milliseconds of one Opus frame by the upper five bits of its first byte (RFC 6716, 3.1).
_LENGTHS = (10, 20, 40, 60, 10, 20, 40, 60, 10, 20, 40, 60) + (10, 20) * 2 + (2.5, 5, 10, 20) * 4


class Block(NamedTuple):
    at_ms: float
    body: bytes
    is_key: bool = True


def pictures(source: Recording, offset_ms: float) -> Iterator[Block]:
    """From the first whole one on. One that lost a packet is left out; the decoder bears it."""
    parts: list[bytes] = []
    stamp, last, at_ms, is_whole, has_begun = None, None, 0.0, False, False
    for sent_ms, packet in source.timed(PICTURE_RATE):
        part, begins = _vp8(packet.body)
        if packet.stamp != stamp:
            parts, stamp, at_ms, is_whole = [], packet.stamp, sent_ms, begins
        elif last is not None and packet.number != last + 1:
            is_whole = False
        last = packet.number
        parts.append(part)
        if packet.is_last and is_whole and (body := b"".join(parts)):
            is_key = not body[0] & 1
            has_begun = has_begun or is_key
            if has_begun:
                yield Block(offset_ms + at_ms, body, is_key)


def sound(source: Recording | None, offset_ms: float, begin_ms: float, end_ms: float) -> Iterator[Block]:
    """From begin to end without a gap: silence where nothing came."""
    at_ms = begin_ms
    for sent_ms, packet in source.timed(SOUND_RATE) if source is not None else ():
        due = offset_ms + sent_ms
        if max(due, offset_ms) < begin_ms or due >= end_ms:
            continue  # of what was said before or after the piece
        while at_ms + FRAME_MS <= due and at_ms < end_ms:
            yield Block(at_ms, SILENCE)
            at_ms += FRAME_MS
        if at_ms - due < _TOO_EARLY and at_ms < end_ms:
            yield Block(at_ms, packet.body)
            at_ms += _length_ms(packet.body)
    while at_ms < end_ms:
        yield Block(at_ms, SILENCE)
        at_ms += FRAME_MS


def _vp8(body: bytes) -> tuple[bytes, bool]:
    """Without the payload descriptor (RFC 7741, 4.2), and whether a picture begins here."""
    place, first = 1, body[0]
    if first & 0x80 and len(body) > 1:
        more = body[1]
        place = 2
        if more & 0x80 and len(body) > place:
            place += 2 if body[place] & 0x80 else 1
        place += bool(more & 0x40)
        place += bool(more & 0x30)
    return body[place:], bool(first & 0x10) and not first & 0x07


def _length_ms(body: bytes) -> float:
    code = body[0] & 3
    frames = 1 if code == 0 else 2 if code < 3 else (body[1] & 0x3F if len(body) > 1 else 1)
    return float(_LENGTHS[body[0] >> 3] * max(1, frames))
