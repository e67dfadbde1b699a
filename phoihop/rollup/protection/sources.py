"""Which as-reported cells a cell of any map adds up from."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from phoihop.areas.models import AreaTarget
from phoihop.rollup.queries.rows import MapDays


@dataclass(frozen=True)
class Sources:
    """By unit of the table: areas standing wholly there, and areas unallocated there."""

    whole: Mapping[int, Collection[int]]
    parts: Mapping[int, Collection[int]] = field(default_factory=dict)

    @property
    def areas(self) -> set[int]:
        found = {area for areas in self.whole.values() for area in areas}
        return found | {area for areas in self.parts.values() for area in areas}


def sources_of(units: Collection[int], days: MapDays) -> Sources:
    if days.epoch_id is None:
        return Sources({unit: (unit,) for unit in units})
    whole: dict[int, list[int]] = defaultdict(list)
    parts: dict[int, list[int]] = defaultdict(list)
    targets = AreaTarget.objects.filter(epoch=days.epoch_id, target__in=units)
    for area, target, is_whole in targets.values_list("area_id", "target_id", "is_whole"):
        (whole if is_whole else parts)[target].append(area)
    return Sources(whole, parts)
