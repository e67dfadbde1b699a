"""A trend as a line: a missing window is a gap, never a zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

CHART_WIDTH, CHART_HEIGHT = 640, 240
_LEFT, _BOTTOM, _TOP, _RIGHT = 64, 28, 12, 32
_GRID = 4


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    width: int
    height: int
    paths: tuple[str, ...]  # one for each run without a gap
    dots: tuple[Dot, ...]
    grid: tuple[GridLine, ...] = ()
    ticks: tuple[tuple[float, str], ...] = ()
    left: int = 0


Point = tuple[str, Decimal | None]


def chart(points: Sequence[Point]) -> Line:
    top = _nice(_top(points))
    box = _Box(_LEFT, _TOP, CHART_WIDTH - _LEFT - _RIGHT, CHART_HEIGHT - _TOP - _BOTTOM, top)
    runs = box.runs(points)
    grid = tuple(GridLine(box.y(top * step / _GRID), top * step / _GRID) for step in range(_GRID + 1))
    every = max(1, -(-len(points) // 6))
    ticks = tuple((box.x(at, len(points)), label) for at, (label, _) in enumerate(points) if at % every == 0)
    return Line(
        CHART_WIDTH,
        CHART_HEIGHT,
        tuple(map(_path, runs)),
        tuple(dot for run in runs for dot in run),
        grid,
        ticks,
        _LEFT,
    )


@dataclass(frozen=True, slots=True)
class _Box:
    left: int
    top_edge: int
    width: int
    height: int
    most: Decimal

    def x(self, at: int, count: int) -> float:
        return round(self.left + (self.width * at / (count - 1) if count > 1 else self.width / 2), 1)

    def y(self, value: Decimal) -> float:
        share = float(value / self.most) if self.most else 0.0
        return round(self.top_edge + self.height * (1 - share), 1)

    def runs(self, points: Sequence[Point]) -> list[list[Dot]]:
        found: list[list[Dot]] = [[]]
        for at, (label, value) in enumerate(points):
            if value is None:
                found.append([])
            else:
                found[-1].append(Dot(self.x(at, len(points)), self.y(value), label, value))
        return [run for run in found if run]


def _path(run: Sequence[Dot]) -> str:
    return "M" + "L".join(f"{dot.x} {dot.y}" for dot in run)


def _top(points: Sequence[Point]) -> Decimal:
    return max((value for _, value in points if value is not None), default=Decimal(0))


def _nice(top: Decimal) -> Decimal:
    """The least of 1, 2, 4, 5, 10 times a power of ten that holds every value."""
    if top <= 0:
        return Decimal(1)
    power = Decimal(10) ** (top.adjusted())
    return next(power * step for step in (1, 2, 4, 5, 10) if power * step >= top)
