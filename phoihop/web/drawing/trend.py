"""A trend with its target, its coverage under each point, and room for every label."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.web.drawing.axis import axis
from phoihop.web.drawing.plot import Box, GridLine, Placed, Point, Writer, highest, paths


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


WIDE = Sheet(least_width=880, height=340, left=72, right=24, pitch=54)
NARROW = Sheet(least_width=300, height=300, left=46, right=4, pitch=46)


@dataclass(frozen=True, slots=True)
class Trend:
    width: float
    height: float
    box: Box
    paths: tuple[str, ...]
    places: tuple[Placed, ...]
    grid: tuple[GridLine, ...]
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
    width = max(sheet.least_width, sheet.left + sheet.right + sheet.pitch * len(points))
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
        places=placed,
        grid=tuple(GridLine(box.y(mark), write(mark)) for mark in marks),
        target_y=None if target is None else box.y(target),
    )
