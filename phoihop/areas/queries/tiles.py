"""The tile-grid map of provinces: one equal tile each, near its true neighbours."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, MapEpoch
from phoihop.areas.queries.maps import REPORTED, current_epoch

_FOLDER = Path(__file__).resolve().parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Tile:
    """Area `key` at a column and row of the grid; `province_key` is the province itself, or that of an island."""

    key: str
    column: int
    row: int
    label: str
    province_key: str


def tiles(map_key: str) -> tuple[Tile, ...]:
    """The provinces of a map; none when no grid has been drawn for them."""
    return _drawn("tiles.csv").get(_layout(map_key), ())


def island_tiles(map_key: str) -> tuple[Tile, ...]:
    """The archipelagos (Hoàng Sa, Trường Sa), drawn beside the provinces they belong to."""
    return _drawn("tiles_islands.csv").get(_layout(map_key), ())


def _layout(map_key: str) -> str:
    """The grid whose tiles are exactly the provinces in force on the map."""
    epoch = current_epoch() if map_key == REPORTED else MapEpoch.objects.get(key=map_key)
    provinces = set(Area.objects.at_level(Level.PROVINCE).as_of(epoch.last_day).values_list("key", flat=True))
    layouts = _drawn("tiles.csv").items()
    return next((name for name, drawn in layouts if {tile.key for tile in drawn} == provinces), "")


@cache
def _drawn(name: str) -> dict[str, tuple[Tile, ...]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {layout: tuple(_tile(row) for row in rows if row["map"] == layout) for layout in _layouts(rows)}


def _layouts(rows: list[dict[str, str]]) -> list[str]:
    return sorted({row["map"] for row in rows})


def _tile(row: dict[str, str]) -> Tile:
    label = row.get("abbr") or row["label"]
    return Tile(row["key"], int(row["column"]), int(row["row"]), label, row.get("province_key") or row["key"])
