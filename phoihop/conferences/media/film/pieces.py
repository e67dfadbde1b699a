"""Pieces of a recording: the engine was stopped, killed, or a part of the meeting was closed between two of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from phoihop.conferences.media.film.mjr import Recording, recording

NAMED = "%Y%m%dT%H%M%S%fZ"  # the moment a piece was begun, by the system's own clock
MEDIA = ("floor", "voice", "chair")
_LEAST = timedelta(milliseconds=100)  # what is shorter is no piece

Span = tuple[datetime, datetime]  # from, until


@dataclass(frozen=True, slots=True)
class Piece:
    began_at: datetime
    began_us: int  # the same moment by the engine's clock
    seconds: float
    media: Mapping[str, Recording] = field(default_factory=dict)

    @property
    def ended_at(self) -> datetime:
        return self.began_at + timedelta(seconds=self.seconds)


def pieces_in(folder: Path) -> list[Piece]:
    """Of a conference's folder, in the order of time; those in which nothing came are left out."""
    names = sorted({each.stem.rpartition("-")[0] for each in folder.glob("*.mjr")})
    return [piece for name in names if (piece := _piece(folder, name)) is not None]


def began(path: Path) -> datetime:
    """When the piece was begun that a file (.mjr) belongs to."""
    return datetime.strptime(path.stem.rpartition("-")[0], NAMED).replace(tzinfo=UTC)


def within(pieces: Sequence[Piece], spans: Sequence[Span]) -> list[Piece]:
    """Only what lies in one of the spans: the engine hears of a change a moment after it was made, and stops late."""
    return [cut for piece in pieces for cut in _cut(piece, spans)]


def _cut(piece: Piece, spans: Sequence[Span]) -> Iterator[Piece]:
    for since, until in spans:
        begin, end = max(piece.began_at, since), min(piece.ended_at, until)
        if end - begin < _LEAST:
            continue
        later_us = (begin - piece.began_at) // timedelta(microseconds=1)
        yield replace(
            piece,
            began_at=begin,
            began_us=piece.began_us + later_us,
            seconds=(end - begin).total_seconds(),
        )


def _piece(folder: Path, name: str) -> Piece | None:
    paths = {medium: folder / f"{name}-{medium}.mjr" for medium in MEDIA}
    media = {
        medium: found
        for medium, path in paths.items()
        if path.is_file() and (found := recording(path)) is not None
    }
    if not media:
        return None
    asked_at = began(next(iter(media.values())).path)
    opened_us = min(each.opened_us for each in media.values())
    began_us = min(each.began_us for each in media.values())
    ended_us = max(each.began_us + _length_ms(each) * 1000 for each in media.values())
    began_at = asked_at + timedelta(microseconds=began_us - opened_us)
    return Piece(began_at, began_us, (ended_us - began_us) / 1e6, media)


def _length_ms(source: Recording) -> float:
    last = 0.0
    for packet in source.packets():
        last = packet.came_ms
    return last
