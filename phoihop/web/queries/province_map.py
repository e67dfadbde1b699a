"""One indicator over the provinces of a map, as tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.areas.queries import Tile, epoch_on, island_tiles, tiles
from phoihop.areas.queries.maps import REPORTED
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import localname, number
from phoihop.rollup.protection import mark
from phoihop.rollup.queries import Figure, FigureIndicator, FigureTable
from phoihop.web.drawing.scale import Scale, scale_of
from phoihop.web.drawing.tiles import DrawnTile, TileMap, fitted, place
from phoihop.web.forms.asked import Asked
from phoihop.web.naming import compact


@dataclass(frozen=True, slots=True)
class ProvinceMap:
    indicator: FigureIndicator
    drawn: TileMap
    scale: Scale
    missing: int


def province_map(asked: Asked, table: FigureTable, code: str) -> ProvinceMap | None:
    """None where no grid is drawn for the provinces of the map."""
    drawn_map = _map_drawn(asked)
    grid = tiles(drawn_map)
    indicator = table.indicator(code)
    figures = {row.key: table.get(row.id, code) for row in table.areas if row.level == Level.PROVINCE}
    if not grid:
        return None
    scale = scale_of([figure.value for figure in figures.values()])
    islands = island_tiles(drawn_map)
    first = (min(tile.column for tile in grid), min(tile.row for tile in grid))
    names = _names([*grid, *islands])
    drawn = [
        _province(tile, first, asked, indicator, figures.get(tile.key), scale, names.get(tile.key, ""))
        for tile in grid
    ]
    drawn += [_island(tile, first, names) for tile in islands]
    return ProvinceMap(
        indicator, fitted(drawn), scale, sum(tile.step == 0 and not tile.is_island for tile in drawn)
    )


def _map_drawn(asked: Asked) -> str:
    """As reported, units stand on the map of the span's last day."""
    if asked.map_key != REPORTED:
        return asked.map_key
    return epoch_on(min(asked.span.last, clock.today())).key


def _province(
    tile: Tile,
    first: tuple[int, int],
    asked: Asked,
    indicator: FigureIndicator,
    figure: Figure | None,
    scale: Scale,
    name: str,
) -> DrawnTile:
    x, y = place(tile.column, tile.row, *first)
    value = figure.value if figure else None
    return DrawnTile(
        x=x,
        y=y,
        key=tile.key,
        letters=tile.label,
        value=mark(figure) if figure and figure.hidden else compact(value, indicator.decimals),
        name=f"{name}: {_said(figure, indicator)}",
        href=asked.figure_url(indicator.code, tile.key),
        step=scale.class_of(value),
    )


def _said(figure: Figure | None, indicator: FigureIndicator) -> str:
    if figure is None:
        return _("not on this map")
    if figure.value is None:
        return _("missing: %(why)s") % {"why": figure.why_missing}
    said = f"{number(figure.value, indicator.decimals)} {localname(indicator, 'unit')}"
    if figure.coverage:
        given, due = figure.coverage
        said += ", " + _("%(reported)s of %(expected)s reports") % {
            "reported": number(given),
            "expected": number(due),
        }
    return _("at least %(figure)s") % {"figure": said} if figure.is_at_least else said


def _island(tile: Tile, first: tuple[int, int], names: Mapping[str, str]) -> DrawnTile:
    """Part of a province: drawn where it lies, counted in the province."""
    x, y = place(tile.column, tile.row, *first)
    return DrawnTile(
        x=x,
        y=y,
        key=tile.key,
        letters=tile.label,
        value="",
        name=_("%(name)s, counted in %(province)s")
        % {"name": tile.label, "province": names.get(tile.province_key, "")},
        href=reverse("web:area", args=[tile.key]),
        step=0,
        is_island=True,
    )


def _names(drawn: Sequence[Tile]) -> dict[str, str]:
    keys = {tile.key for tile in drawn} | {tile.province_key for tile in drawn}
    return dict(Area.objects.filter(key__in=keys).values_list("key", "full_name"))
