"""Points of a trend on a sheet. A missing window is a gap: no line crosses it, and it is never drawn at zero."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Point:
    """One window. `value` None: not reported, or protected where `mark` says so; neither is drawn at a height."""

    window: str  # short, for the axis
    value: Decimal | None
    text: str = ""  # the value as short as a chart holds
    said: str = ""  # the whole sentence: window, value, coverage
    mark: str = ""  # in the place of a protected value: "<5"
    reported: str = ""
    expected: str = ""
    is_partial: bool = False  # not every report due gave it
    is_unlike: bool = (
        False  # clearly more or fewer units gave it than the point before: the two do not compare
    )

    @property
    def is_gap(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Placed:
    """A point with its place; one without a value stands on the base as a sign, not as a dot."""

    x: float
    y: float
    point: Point


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    """Where values lie on the sheet: `most` at the top edge, 0 at the bottom."""

    left: float
    top: float
    width: float
    height: float
    most: Decimal

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, at: int, count: int) -> float:
        """In the middle of its window's share of the width."""
        return round(self.left + self.width * (at + 0.5) / max(count, 1), 1)

    def y(self, value: Decimal) -> float:
        share = float(value / self.most) if self.most else 0.0
        return round(self.top + self.height * (1 - share), 1)

    def place(self, points: Sequence[Point]) -> tuple[Placed, ...]:
        return tuple(
            Placed(
                self.x(at, len(points)), self.bottom if point.value is None else self.y(point.value), point
            )
            for at, point in enumerate(points)
        )


def paths(placed: Sequence[Placed]) -> tuple[str, ...]:
    """A path for each run of two or more windows without a gap, all of them comparable."""
    runs: list[list[Placed]] = [[]]
    for each in placed:
        if each.point.is_gap:
            runs.append([])
        elif each.point.is_unlike:
            runs.append([each])
        else:
            runs[-1].append(each)
    return tuple(_path(run) for run in runs if len(run) > 1)


def loose_paths(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Between two neighbours that do not compare: drawn as such."""
    return tuple(
        _path(pair)
        for pair in pairwise(placed)
        if pair[1].point.is_unlike and not any(each.point.is_gap for each in pair)
    )


def _path(run: Sequence[Placed]) -> str:
    return "M" + "L".join(f"{each.x:g} {each.y:g}" for each in run)


def highest(points: Sequence[Point], *others: Decimal | None) -> Decimal:
    """The greatest of the values drawn, and of what must fit beside them."""
    values = [point.value for point in points] + list(others)
    return max((value for value in values if value is not None), default=Decimal(0))


Writer = Callable[[Decimal], str]
