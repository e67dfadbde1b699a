"""Small multiples: many small trends to be read against each other, on one scale or each on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from phoihop.web.drawing.axis import axis
from phoihop.web.drawing.plot import Box, Placed, Point, highest, loose_paths, paths

WIDTH, HEIGHT = 240, 84
_SIDE, _TOP, _BOTTOM = 10, 10, 4
GUTTER, HEAD, FOOT = 24, 44, 22  # of a sheet of many: between the charts, for a name, for the windows


@dataclass(frozen=True, slots=True)
class Small:
    width: int
    height: int
    box: Box
    paths: tuple[str, ...]
    loose: tuple[str, ...]  # between neighbours that do not compare
    places: tuple[Placed, ...]
    target_y: float | None = None

    @property
    def dots(self) -> tuple[Placed, ...]:
        return tuple(each for each in self.places if not each.point.is_gap)

    @property
    def protected(self) -> tuple[Placed, ...]:
        return tuple(each for each in self.places if each.point.mark)

    @property
    def missing(self) -> tuple[Placed, ...]:
        return tuple(each for each in self.places if each.point.is_gap and not each.point.mark)


def small(points: Sequence[Point], top: Decimal, *, target: Decimal | None = None) -> Small:
    """`top`: the value at the upper edge, the same for every chart that shares a scale."""
    box = Box(_SIDE, _TOP, WIDTH - 2 * _SIDE, HEIGHT - _TOP - _BOTTOM, top)
    placed = box.place(points)
    target_y = None if target is None or target > top else box.y(target)
    return Small(WIDTH, HEIGHT, box, paths(placed), loose_paths(placed), placed, target_y)


def scale_top(many: Sequence[Sequence[Point]], *others: Decimal | None, is_whole: bool) -> Decimal:
    """A round value that holds every point of every chart."""
    most = max((highest(points) for points in many), default=Decimal(0))
    return axis(max([most, *(each for each in others if each is not None)]), is_whole=is_whole)[-1]


@dataclass(frozen=True, slots=True)
class Cell:
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where each of many small charts stands on one sheet, row by row."""

    width: int
    height: int
    cells: tuple[Cell, ...]


def grid(count: int, columns: int, *, head: int, foot: int) -> Grid:
    """`head` and `foot`: room above and below for what the sheet says of itself."""
    across, down = WIDTH + GUTTER, HEAD + HEIGHT + FOOT + GUTTER
    used = max(1, min(columns, count))
    rows = -(-count // used)
    cells = tuple(Cell(GUTTER + at % used * across, head + at // used * down) for at in range(count))
    return Grid(max(GUTTER + used * across, 840), head + rows * down + foot, cells)
