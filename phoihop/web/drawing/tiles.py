"""The tile grid: one equal tile a province, since areas of land are not areas of work."""

from collections.abc import Sequence
from dataclasses import dataclass

SIZE = 62
GAP = 3


@dataclass(frozen=True, slots=True)
class DrawnTile:
    x: int
    y: int
    key: str
    letters: str
    value: str  # as short as a tile holds
    name: str  # what a screen reader says: the unit, its value, its coverage
    href: str
    step: int  # of the scale; 0: missing
    is_island: bool = False


@dataclass(frozen=True, slots=True)
class TileMap:
    tiles: tuple[DrawnTile, ...]
    width: int
    height: int
    size: int = SIZE


def place(column: int, row: int, first_column: int, first_row: int) -> tuple[int, int]:
    pitch = SIZE + GAP
    return (column - first_column) * pitch, (row - first_row) * pitch


def fitted(tiles: Sequence[DrawnTile]) -> TileMap:
    if not tiles:
        return TileMap((), 0, 0)
    width = max(tile.x for tile in tiles) + SIZE
    height = max(tile.y for tile in tiles) + SIZE
    return TileMap(tuple(tiles), width, height)
