"""Prints what making a film of a recorded conference costs: seconds of work a minute of film, memory, and three hours of it.

python -m benchmarks.film                 two lengths, so that growth is seen
python -m benchmarks.film --minutes 180   a whole conference
"""

from __future__ import annotations

import argparse
import json
import resource
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from phoihop.conferences.media.film import making
from phoihop.conferences.media.film.pieces import NAMED, pieces_in

BEGAN = datetime(2026, 6, 16, 2, tzinfo=UTC)
LOOP = 60  # seconds that are encoded once and then repeated; each begins with a whole picture
RATE, CHUNK = 25, 1_150  # pictures a second; bytes of one in a packet, as a browser sends them
SOUND_BYTES = 80  # of 20 ms at 32 kbit/s
CONFERENCE = 180  # minutes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--minutes", type=int, nargs="+", default=[2, 10])
    parser.add_argument("--here", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(_made(options.here, options.minutes[0])))
        return
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        pictures, sounds = _source(Path(folder))
        for minutes in options.minutes:
            place = Path(folder) / str(minutes)
            _record(place, minutes, pictures, sounds)
            _print(minutes, _apart(place, minutes), _bare(Path(folder), minutes))


def _apart(folder: Path, minutes: int) -> dict[str, Any]:
    """In a process of its own, whose memory is the making's alone."""
    command = [sys.executable, "-m", "benchmarks.film", "--here", str(folder), "--minutes", str(minutes)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def _made(folder: Path, minutes: int) -> dict[str, Any]:
    making._POLITE = ()  # beside other work the clock would tell of that
    spent = dict[str, float]()
    for name in ("write", "_hear", "_see", "_join"):
        setattr(making, name, _timed(name, getattr(making, name), spent))
    began = time.monotonic()
    pieces = pieces_in(folder)
    spent["pieces"] = time.monotonic() - began
    made = making.make_film(pieces, [making.Mark(0, "Khai mạc")], folder / "film.webm")
    assert abs(made.seconds - 60 * minutes) < 1
    own, below = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "clock": time.monotonic() - began,
        "processor": sum(each.ru_utime + each.ru_stime for each in (own, below)),
        "own_mb": own.ru_maxrss / 1024,
        "ffmpeg_mb": below.ru_maxrss / 1024,
        "recorded_mb": sum(each.stat().st_size for each in folder.glob("*.mjr")) / 1e6,
        "film_mb": made.path.stat().st_size / 1e6,
        "steps": spent,
    }


def _timed(name: str, step: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    def run(*given: Any) -> Any:
        began = time.monotonic()
        try:
            return step(*given)
        finally:
            spent[name.strip("_")] = time.monotonic() - began

    return run


def _bare(folder: Path, minutes: int) -> float:
    """Seconds that ffmpeg alone takes to decode the same pictures, without scaling or encoding: what cannot be less."""
    began = time.monotonic()
    turns = minutes * 60 // LOOP - 1
    _ffmpeg(
        "-loglevel",
        "fatal",
        "-threads",
        1,
        "-stream_loop",
        turns,
        "-i",
        folder / "seen.ivf",
        "-f",
        "null",
        "-",
    )
    return time.monotonic() - began


def _print(minutes: int, told: dict[str, Any], bare: float) -> None:
    steps = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in told["steps"].items())
    print(
        f"{minutes} minutes, {told['recorded_mb']:.0f} MB recorded, a film of {told['film_mb']:.0f} MB: {steps}"
    )
    print(f"  {told['clock'] / minutes:.2f} s by the clock and {told['processor'] / minutes:.2f} s of processor a minute"
          f" of film; {told['clock'] / 60 / minutes:.3f} of its length, {told['clock'] / bare:.1f} times bare decoding")  # fmt: skip
    clock, processor = (told[each] / minutes * CONFERENCE / 60 for each in ("clock", "processor"))
    print(f"  three hours at that rate: {clock:.0f} minutes by the clock, {processor:.0f} of processor;"
          f" memory {told['own_mb']:.0f} MB, of ffmpeg {told['ffmpeg_mb']:.0f} MB")  # fmt: skip


def _source(folder: Path) -> tuple[list[bytes], list[bytes]]:
    """A minute of 640x360 with a camera's grain, and of sound; as their encoders hand them out."""
    seen, heard = folder / "seen.ivf", folder / "heard.opus"
    _ffmpeg(
        "-f", "lavfi", "-i", f"testsrc2=size=640x360:rate={RATE},noise=alls=6:allf=t", "-t", LOOP, "-c:v", "libvpx",
        "-deadline", "realtime", "-cpu-used", 8, "-b:v", "600k", "-g", LOOP * RATE, "-threads", 1, seen,
    )  # fmt: skip
    _ffmpeg(
        "-f", "lavfi", "-i", "sine=frequency=300:beep_factor=4:sample_rate=48000", "-t", LOOP, "-map", "0:a", "-ac", 2,
        "-c:a", "libopus", "-b:a", "32k", "-vbr", "off", "-frame_duration", 20, "-f", "data", heard,
    )  # fmt: skip
    sound = heard.read_bytes()
    return list(_frames(seen.read_bytes())), [
        sound[at : at + SOUND_BYTES] for at in range(0, LOOP * 50 * SOUND_BYTES, SOUND_BYTES)
    ]


def _ffmpeg(*words: object) -> None:
    subprocess.run(["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *map(str, words)], check=True)


def _frames(ivf: bytes) -> Iterator[bytes]:
    """Source: libvpx's IVF: a header of 32 bytes, then length, time and picture."""
    at = 32
    while at < len(ivf):
        length = struct.unpack_from("<I", ivf, at)[0]
        yield ivf[at + 12 : at + 12 + length]
        at += 12 + length


def _record(folder: Path, minutes: int, pictures: list[bytes], sounds: list[bytes]) -> None:
    """As the engine writes it: one piece, the voice and the chair at once."""
    folder.mkdir()
    turns = minutes * 60 // LOOP
    for medium, parts in (("floor", pictures), ("voice", sounds), ("chair", sounds)):
        with (folder / f"{BEGAN.strftime(NAMED)}-{medium}.mjr").open("wb") as held:
            head = json.dumps({"s": 1_000_000_000, "u": 1_000_000_000}).encode()
            held.write(b"MJR00002" + struct.pack("!H", len(head)) + head)
            _write(held, parts, turns, is_picture=medium == "floor")


def _write(held: BinaryIO, parts: list[bytes], turns: int, *, is_picture: bool) -> None:
    milliseconds, ticks = (1_000 // RATE, 90_000 // RATE) if is_picture else (20, 960)
    number = 0
    for place in range(turns * len(parts)):
        part = parts[place % len(parts)]
        chunks = [part[at : at + CHUNK] for at in range(0, len(part), CHUNK)]
        for order, chunk in enumerate(chunks):
            begins = (b"\x10" if order == 0 else b"\x00") if is_picture else b""
            last = 0x80 if order == len(chunks) - 1 else 0
            rtp = struct.pack("!BBHII", 0x80, last | 96, number & 0xFFFF, place * ticks & 0xFFFFFFFF, 0)
            body = rtp + begins + chunk
            held.write(b"MEET" + struct.pack("!IH", place * milliseconds, len(body)) + body)
            number += 1


if __name__ == "__main__":
    main()
