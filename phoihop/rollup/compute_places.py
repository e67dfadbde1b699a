"""Where reports stand on a map, as two small tables for SQL: `node` and `ancestor`. Plain rows in, no database.

A node is one chain of units above a place. On the map of each report an area has a node per run of days with
the same units above it; on the map of an epoch it has the node of its target, for all days.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NamedTuple

import pyarrow as pa

FIRST_DAY = 0
END_DAY = date.max.toordinal() + 1
ITSELF, WHOLE, UNALLOCATED = 2, 1, 0  # how a report fits the unit it stands at


class Above(NamedTuple):
    """A unit above an area on some days, as ordinals; the end is exclusive."""

    area_id: int
    ancestor_id: int
    first_day: int
    end_day: int


class Target(NamedTuple):
    area_id: int
    target_id: int
    is_whole: bool


class Place(NamedTuple):
    """Where an area's reports stand whose last day is in first_day..end_day."""

    area_id: int
    first_day: int
    end_day: int
    unit_id: int
    chain: tuple[int, ...]  # the unit itself and every unit above it
    fit: int


@dataclass
class Nodes:
    """Places as SQL reads them; where only some levels are wanted, units between them fall together."""

    shown: Collection[int]  # units of the wanted levels
    rows: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    ids: dict[tuple[int | None, tuple[int, ...]], int] = field(default_factory=dict)

    def add(self, place: Place) -> None:
        chain = tuple(unit for unit in place.chain if unit in self.shown)
        itself = place.unit_id if place.unit_id in self.shown else None
        node_id = self.ids.setdefault((itself, chain), len(self.ids))
        fit = WHOLE if itself is None else place.fit
        self.rows.append((place.area_id, place.first_day, place.end_day, node_id, fit))

    def tables(self) -> dict[str, pa.Table]:
        ancestors = [
            (node_id, unit, int(unit == itself))
            for (itself, chain), node_id in self.ids.items()
            for unit in sorted(chain)
        ]
        return {
            "node": table(self.rows, area_id=int, first_day=int, end_day=int, node_id=int, fit=int),
            "ancestor": table(ancestors, node_id=int, area_id=int, is_self=int),
        }


def places_as_reported(areas: Iterable[int], above: Iterable[Above]) -> Iterator[Place]:
    """Each area under the units above it on the last day a report covers."""
    links: dict[int, list[Above]] = defaultdict(list)
    for link in above:
        links[link.area_id].append(link)
    for area_id in areas:
        mine = links.get(area_id, [])
        cuts = sorted({FIRST_DAY, END_DAY, *(day for link in mine for day in (link.first_day, link.end_day))})
        for first, end in pairwise(cuts):
            over = (link.ancestor_id for link in mine if link.first_day <= first < link.end_day)
            yield Place(area_id, first, end, area_id, (area_id, *over), ITSELF)


def places_on_map(targets: Iterable[Target], above: Iterable[Above], day: int) -> Iterator[Place]:
    """Each area at its target, under the units above the target on the map's own day."""
    over = units_above_on(above, day)
    for area_id, target_id, is_whole in targets:
        fit = UNALLOCATED if not is_whole else ITSELF if target_id == area_id else WHOLE
        yield Place(area_id, FIRST_DAY, END_DAY, target_id, (target_id, *over.get(target_id, ())), fit)


def units_above_on(above: Iterable[Above], day: int) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for link in above:
        if link.first_day <= day < link.end_day:
            found[link.area_id].append(link.ancestor_id)
    return found


def table(rows: Iterable[tuple[object, ...]], **types: type) -> pa.Table:
    """Rows as an Arrow table: int becomes int64, str stays text."""
    kinds = {int: pa.int64(), str: pa.string()}
    columns = list(zip(*rows, strict=True)) or [()] * len(types)
    return pa.table(
        {
            name: pa.array(column, kinds[kind])
            for (name, kind), column in zip(types.items(), columns, strict=True)
        }
    )
