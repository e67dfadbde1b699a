"""One film out of its pieces: VP8 and Opus in WebM, one size, both sounds mixed, chapters in the file."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from heapq import merge
from pathlib import Path

from django.utils.translation import gettext as _

from phoihop.conferences.media.film.matroska import write
from phoihop.conferences.media.film.pieces import Piece
from phoihop.conferences.media.film.tracks import Block, pictures, sound

WIDTH, HEIGHT, RATE = 960, 540, 25
_SOUNDS = ("voice", "chair")
# Slow enough to leave the machine to conferences, quick enough for an afternoon to be done by the evening.
_POLITE = ("nice", "-n", "15")


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter: from when in the film, and its title."""

    seconds: float
    title: str


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    seconds: float


class FilmFault(Exception):
    """No film came of it; the text says why."""


def is_there() -> bool:
    return shutil.which("ffmpeg") is not None and shutil.which("ffprobe") is not None


def make_film(pieces: Sequence[Piece], marks: Sequence[Mark], target: Path) -> Made:
    """Written beside its place and moved there whole.

    Raises: FilmFault.
    """
    if not pieces:
        raise FilmFault(_("nothing was recorded"))
    if not is_there():
        raise FilmFault(_("ffmpeg is not installed"))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target) as folder:
        taken, seen, heard, film = (
            folder / name for name in ("all.mkv", "seen.webm", "heard.webm", "film.webm")
        )
        with taken.open("wb") as held:
            write(held, len(_SOUNDS), _blocks(pieces))
        seconds = sum(piece.seconds for piece in pieces)
        has_picture = any("floor" in piece.media for piece in pieces)
        _hear(taken, heard, seconds)
        if has_picture:
            _see(taken, seen, seconds)
        (folder / "chapters").write_text(_chapters(marks, seconds), encoding="utf-8")
        _join([seen, heard] if has_picture else [heard], folder / "chapters", film)
        film.replace(target)
    return Made(target, seconds)


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A folder that goes afterwards; what a making that was killed left in it goes first."""
    folder = target.with_suffix(".unfinished")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def starts(pieces: Sequence[Piece]) -> Iterator[tuple[float, Piece]]:
    """Where in the film each begins, in seconds."""
    passed = 0.0
    for piece in pieces:
        yield passed, piece
        passed += piece.seconds


def _blocks(pieces: Sequence[Piece]) -> Iterator[tuple[int, Block]]:
    for passed, piece in starts(pieces):
        begin, end = passed * 1000, (passed + piece.seconds) * 1000
        tracks = []
        if (picture := piece.media.get("floor")) is not None:
            offset = begin + (picture.began_us - piece.began_us) / 1000
            blocks = _shown(offset, pictures(picture, 0), begin, end)
            tracks.append(_of_track(1, blocks))
        for number, medium in enumerate(_SOUNDS, start=2):
            source = piece.media.get(medium)
            offset = begin + ((source.began_us - piece.began_us) / 1000 if source is not None else 0)
            tracks.append(_of_track(number, sound(source, offset, begin, end)))
        yield from merge(*tracks, key=lambda each: each[1].at_ms)


def _shown(offset_ms: float, blocks: Iterator[Block], begin_ms: float, end_ms: float) -> Iterator[Block]:
    """Never earlier than the one before; from a whole one on, and none from outside of the piece."""
    last, has_begun = offset_ms, False
    for block in blocks:
        last = max(last, offset_ms + block.at_ms)
        has_begun = has_begun or (block.is_key and last >= begin_ms)
        if has_begun and last < end_ms:
            yield block._replace(at_ms=last)


def _of_track(number: int, blocks: Iterator[Block]) -> Iterator[tuple[int, Block]]:
    return ((number, block) for block in blocks)


def _see(taken: Path, seen: Path, seconds: float) -> None:
    """One size with bars around, a whole picture every four seconds to jump to; the last one stands where none came.

    One thread: libvpx's wait for one another by spinning, which on a busy machine takes eight times the processor.
    """
    fit = f"scale={WIDTH}:{HEIGHT}:force_original_aspect_ratio=decrease"
    frame = f"{fit},pad={WIDTH}:{HEIGHT}:-1:-1,setsar=1,format=yuv420p"
    _run(
        "-i", taken, "-map", "0:v:0", "-vf", frame, "-vsync", "cfr", "-r", RATE, "-t", seconds,
        "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", 8, "-b:v", "700k", "-g", 4 * RATE,
        "-threads", 1, seen,
    )  # fmt: skip


def _hear(taken: Path, heard: Path, seconds: float) -> None:
    mixed = "[0:a:0][0:a:1]amix=inputs=2:normalize=0:duration=longest,alimiter=limit=0.95:level=0[a]"
    _run(
        "-i", taken, "-filter_complex", mixed, "-map", "[a]", "-t", seconds,
        "-c:a", "libopus", "-b:a", "64k", "-ac", 2, heard,
    )  # fmt: skip


def _join(parts: Sequence[Path], chapters: Path, film: Path) -> None:
    inputs = [word for each in parts for word in ("-i", each)]
    maps = [word for number in range(len(parts)) for word in ("-map", number)]
    _run(
        *inputs, "-f", "ffmetadata", "-i", chapters, *maps, "-map_chapters", len(parts), "-c", "copy",
        "-fflags", "+bitexact", "-cues_to_front", 1, film,
    )  # fmt: skip


def _chapters(marks: Sequence[Mark], seconds: float) -> str:
    """Source: ffmpeg's "ffmetadata" format."""
    ends = [mark.seconds for mark in marks[1:]] + [seconds]
    lines = [";FFMETADATA1"]
    for mark, end in zip(marks, ends, strict=True):
        title = "".join(f"\\{each}" if each in "=;#\\\n" else each for each in mark.title)
        lines += [
            "[CHAPTER]",
            "TIMEBASE=1/1000",
            f"START={int(mark.seconds * 1000)}",
            f"END={int(end * 1000)}",
        ]
        lines.append(f"title={title}")
    return "\n".join(lines) + "\n"


def _run(*words: object) -> None:
    command = [*_POLITE, "ffmpeg", "-nostdin", "-loglevel", "error", "-y", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if done.returncode != 0:
        ended = _("ffmpeg ended with %(code)s") % {"code": done.returncode}
        raise FilmFault(done.stderr.strip()[-300:] or ended)
