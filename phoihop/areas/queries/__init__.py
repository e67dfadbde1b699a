from .maps import current_epoch, epoch_on, resolve_map
from .territory import read_territory
from .tiles import Tile, island_tiles, tiles
from .units import area_by_code, children_of, heirs_of, path_of, paths_of, search_areas, sources_of

__all__ = [
    "Tile",
    "area_by_code",
    "children_of",
    "current_epoch",
    "epoch_on",
    "heirs_of",
    "island_tiles",
    "path_of",
    "paths_of",
    "read_territory",
    "resolve_map",
    "search_areas",
    "sources_of",
    "tiles",
]
