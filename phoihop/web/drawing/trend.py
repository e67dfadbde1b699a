"""A trend with its target, its coverage under each point, and room for every label."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.web.drawing.axis import axis
from phoihop.web.drawing.plot import Box, GridLine, Placed, Point, Writer, highest, loose_paths, paths


@dataclass(frozen=True, slots=True)
class Sheet:
    """`pitch`: the least width of a window, so that its labels do not meet the next one's."""

    least_width: int
    height: int
    left: int
    right: int
    pitch: int
    top: int = 52
    bottom: int = 66
    is_split: bool = False  # a window's number above, its year below, once a year


_LETTER = 8  # the width of a letter of a value
WIDE = Sheet(least_width=880, height=340, left=72, right=24, pitch=54)
NARROW = Sheet(least_width=300, height=316, left=46, right=4, pitch=46, bottom=84, is_split=True)


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    width: float
    height: float
    box: Box
    paths: tuple[str, ...]
    loose: tuple[str, ...]  # between neighbours that do not compare
    places: tuple[Placed, ...]
    grid: tuple[GridLine, ...]
    ticks: tuple[Tick, ...]
    target_y: float | None = None

    @property
    def dots(self) -> tuple[Placed, ...]:
        return tuple(each for each in self.places if not each.point.is_gap)

    @property
    def gaps(self) -> tuple[Placed, ...]:
        return tuple(each for each in self.places if each.point.is_gap)


def trend(
    points: Sequence[Point], sheet: Sheet, *, target: Decimal | None, is_whole: bool, write: Writer
) -> Trend:
    marks = axis(highest(points, target), is_whole=is_whole)
    longest = max((len(point.text) for point in points), default=0)
    pitch = max(sheet.pitch, _LETTER * longest + 2)
    width = max(sheet.least_width, sheet.left + sheet.right + pitch * len(points))
    box = Box(
        sheet.left,
        sheet.top,
        width - sheet.left - sheet.right,
        sheet.height - sheet.top - sheet.bottom,
        marks[-1],
    )
    placed = box.place(points)
    return Trend(
        width=width,
        height=sheet.height,
        box=box,
        paths=paths(placed),
        loose=loose_paths(placed),
        places=placed,
        grid=tuple(GridLine(box.y(mark), write(mark)) for mark in marks),
        ticks=_ticks(placed, is_split=sheet.is_split),
        target_y=None if target is None else box.y(target),
    )


def _ticks(placed: Sequence[Placed], *, is_split: bool) -> tuple[Tick, ...]:
    """1/2024 as it is, or its 1 above and its 2024 below, the year written once."""
    if not is_split:
        return tuple(Tick(each.x, (each.point.window,)) for each in placed)
    ticks, last = [], ""
    for each in placed:
        part, _, year = each.point.window.rpartition("/")
        ticks.append(Tick(each.x, (part, year if year != last else "") if part else (year,)))
        last = year
    return tuple(ticks)
