"""Writes pictures and sounds as Matroska, as they are; ffmpeg reads it. Source: RFC 9559, RFC 8794."""

import struct
from collections.abc import Iterable
from typing import BinaryIO

from phoihop.conferences.media.film.tracks import Block

_CLUSTER_MS = 5_000  # a block's time is 16 bits within its cluster
_UNKNOWN = b"\x01\xff\xff\xff\xff\xff\xff\xff"
_OPUS_HEAD = b"OpusHead" + struct.pack("<BBHIhB", 1, 2, 0, 48_000, 0, 0)


def write(target: BinaryIO, sounds: int, blocks: Iterable[tuple[int, Block]]) -> None:
    """blocks: (track, block) in the order of time; track 1 is the picture, sounds follow."""
    target.write(_head() + b"\x18\x53\x80\x67" + _UNKNOWN)
    target.write(_element(0x1549A966, _element(0x2AD7B1, _whole(1_000_000))))  # times in milliseconds
    target.write(_element(0x1654AE6B, b"".join([_picture(), *(_sound(each + 2) for each in range(sounds))])))
    began, held = 0, bytearray()
    for track, block in blocks:
        at_ms = max(0, round(block.at_ms))
        if not held or at_ms - began >= _CLUSTER_MS:
            _cluster(target, began, held)
            began, held = at_ms, bytearray()
        time = struct.pack("!hB", at_ms - began, 0x80 if block.is_key else 0)
        held += _element(0xA3, bytes([0x80 | track]) + time + block.body)
    _cluster(target, began, held)


def _cluster(target: BinaryIO, began: int, held: bytearray) -> None:
    if held:
        target.write(_element(0x1F43B675, _element(0xE7, _whole(began)) + bytes(held)))


def _head() -> bytes:
    parts = [
        (0x4286, _whole(1)), (0x42F7, _whole(1)), (0x42F2, _whole(4)), (0x42F3, _whole(8)),
        (0x4282, b"matroska"), (0x4287, _whole(4)), (0x4285, _whole(2)),
    ]  # fmt: skip
    return _element(0x1A45DFA3, b"".join(_element(number, body) for number, body in parts))


def _picture() -> bytes:
    size = _element(0xB0, _whole(640)) + _element(0xBA, _whole(360))
    return _track(1, 1, b"V_VP8", _element(0xE0, size))


def _sound(number: int) -> bytes:
    told = _element(0xB5, struct.pack("!d", 48_000.0)) + _element(0x9F, _whole(2))
    return _track(number, 2, b"A_OPUS", _element(0x63A2, _OPUS_HEAD) + _element(0xE1, told))


def _track(number: int, kind: int, codec: bytes, more: bytes) -> bytes:
    told = [(0xD7, _whole(number)), (0x73C5, _whole(number)), (0x83, _whole(kind)), (0x86, codec)]
    return _element(0xAE, b"".join(_element(each, body) for each, body in told) + more)


def _element(number: int, body: bytes) -> bytes:
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return name + (len(body) | 1 << 56).to_bytes(8, "big") + body


def _whole(number: int) -> bytes:
    return number.to_bytes(max(1, (number.bit_length() + 7) // 8), "big")
