"""Where reports stand on every map, for as many areas as are asked."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaAncestor, AreaTarget, MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.rollup.compute_places import (
    END_DAY,
    FIRST_DAY,
    Above,
    Place,
    Target,
    places_as_reported,
    places_on_map,
)
from phoihop.rollup.errors import no_place_on_map

NAMED_AT_MOST = 5_000  # more areas than this are cheaper to read all than to name


@dataclass(frozen=True)
class Places:
    """`kept`: the units with live rows, all but communes.

    At national scale communes would make 17 million rows a map, and each is read from its own few versions
    in a millisecond; districts, provinces and the nation are what cannot be added up on a page.
    """

    on_map: Mapping[str, Mapping[int, list[Place]]]
    kept: Collection[int]

    def of(self, map_key: str, area_id: int, last_day: int) -> Place:
        for place in self.on_map[map_key].get(area_id, ()):
            if place.first_day <= last_day < place.end_day:
                return place
        raise no_place_on_map([str(area_id)], map_key)


def places_of(areas: Collection[int], map_key: str | None = None) -> Places:
    """On every map, or on one."""
    wanted = set(areas)
    targets = _targets(wanted)
    needed = wanted | {target.target_id for rows in targets.values() for target in rows}
    above = above_links(needed)
    on_map: dict[str, Mapping[int, list[Place]]] = {REPORTED: _by_area(places_as_reported(wanted, above))}
    for epoch in MapEpoch.objects.all():
        places = places_on_map(targets.get(epoch.pk, ()), above, epoch.last_day.toordinal())
        on_map[epoch.key] = _by_area(places)
    if map_key is not None:
        on_map = {map_key: on_map[map_key]}
    units = {
        unit for places in on_map.values() for runs in places.values() for run in runs for unit in run.chain
    }
    return Places(on_map, kept_units(units))


def kept_units(units: Collection[int] | None = None) -> frozenset[int]:
    areas = Area.objects.exclude(level=Level.COMMUNE)
    if units is not None and len(units) <= NAMED_AT_MOST:
        areas = areas.filter(pk__in=units)
    return frozenset(areas.values_list("pk", flat=True))


def above_links(areas: Collection[int]) -> list[Above]:
    links = AreaAncestor.objects.order_by("area_id", "depth", "pk")
    if len(areas) <= NAMED_AT_MOST:
        links = links.filter(area__in=areas)
    rows = links.values_list("area_id", "ancestor_id", "valid_from", "valid_until")
    return [
        Above(area, ancestor, start.toordinal() if start else FIRST_DAY, end.toordinal() if end else END_DAY)
        for area, ancestor, start, end in rows
    ]


def _targets(areas: Collection[int]) -> dict[int, list[Target]]:
    rows = AreaTarget.objects.order_by("area_id")
    if len(areas) <= NAMED_AT_MOST:
        rows = rows.filter(area__in=areas)
    found: dict[int, list[Target]] = defaultdict(list)
    for epoch, area, target, is_whole in rows.values_list("epoch_id", "area_id", "target_id", "is_whole"):
        found[epoch].append(Target(area, target, is_whole))
    return found


def _by_area(places: Iterable[Place]) -> dict[int, list[Place]]:
    found: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        found[place.area_id].append(place)
    return found
