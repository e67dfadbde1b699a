"""Where a unit's figures stand on another administrative map. Pure: no Django.

A map is the country between two reforms; it is looked at on its last day, so that a unit or a parent that
came without a succession (and so without a map of its own) is seen as the map left it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple

from phoihop.areas.territory import NEVER, ONE_DAY, Territory

OPEN = "open"


class Epoch(NamedTuple):
    """One map: its key is "open" for the oldest and the first day (ISO) of every later one."""

    key: str
    start: date | None
    end: date | None  # exclusive

    @property
    def last_day(self) -> date:
        return (self.end or NEVER) - ONE_DAY


class Target(NamedTuple):
    """Where a unit's figures stand: whole at that unit, or `unallocated` there with candidates for the parts."""

    area_id: int
    is_whole: bool
    candidates: frozenset[int]


class NoCommonUnit(ValueError):
    """The map is not one tree."""


@dataclass(frozen=True)
class TerritoryMap(Territory):
    _reached: dict[tuple[int, str], frozenset[int]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def _epochs(self) -> dict[str, Epoch]:
        days = sorted({row.on for row in self.successions})
        starts: list[date | None] = [None, *days]
        ends: list[date | None] = [*days, None]
        return {
            epoch.key: epoch
            for epoch in (
                Epoch(start.isoformat() if start else OPEN, start, end)
                for start, end in zip(starts, ends, strict=True)
            )
        }

    def epochs(self) -> list[Epoch]:
        """Every map, oldest first; a succession begins the next."""
        return list(self._epochs.values())

    def is_on(self, area_id: int, epoch_key: str) -> bool:
        """Whether the unit is in force on the map."""
        return self.units[area_id].covers(self._epochs[epoch_key].last_day)

    def reached(self, area_id: int, epoch_key: str) -> frozenset[int]:
        """The units of the map that hold a part of the unit: itself, else its heirs (or sources), reform by reform.

        A unit without successions of its own (a district in 2025) is where the units below it are.
        """
        found = self._reached.get((area_id, epoch_key))
        if found is None:
            found = self._reached[area_id, epoch_key] = self._walk(area_id, epoch_key)
        return found

    def target(self, area_id: int, epoch_key: str) -> Target:
        """Where the unit's figures stand on a map: exactly one place for every unit and map.

        Forward, a unit stands whole where all of its territory went; backwards, where all of it came from (a
        part of one old unit lies wholly inside it). Otherwise at the smallest unit that holds every candidate.
        """
        reached = self.reached(area_id, epoch_key)
        if not reached:
            above = self.target(self._holder(area_id, epoch_key), epoch_key)
            return Target(above.area_id, is_whole=False, candidates=above.candidates)
        if len(reached) == 1:
            return Target(next(iter(reached)), is_whole=True, candidates=reached)
        return Target(self.smallest_holding(reached, epoch_key), is_whole=False, candidates=reached)

    def smallest_holding(self, units: Collection[int], epoch_key: str) -> int:
        """The lowest common ancestor, which may be one of the units, on the map's tree."""
        day = self._epochs[epoch_key].last_day
        paths = [self.path_on(unit, day)[::-1] for unit in units]
        shared: list[int] = [steps[0] for steps in zip(*paths, strict=False) if len(set(steps)) == 1]
        if not shared:
            raise NoCommonUnit(f"no unit of the map “{epoch_key}” holds all of the units {sorted(units)}")
        return shared[-1]

    def _walk(self, area_id: int, epoch_key: str) -> frozenset[int]:
        if self.is_on(area_id, epoch_key):
            return frozenset({area_id})
        if self._is_past(area_id, epoch_key):
            nexts = [row.successor for row in self.heirs.get(area_id, ())]
        else:
            nexts = [row.predecessor for row in self.sources.get(area_id, ())]
        steps = nexts or self.children_on(area_id, self._nearest_day(area_id, epoch_key))
        return frozenset().union(*(self.reached(step, epoch_key) for step in steps))

    def _is_past(self, area_id: int, epoch_key: str) -> bool:
        return self.units[area_id].end <= self._epochs[epoch_key].last_day

    def _nearest_day(self, area_id: int, epoch_key: str) -> date:
        """The day of the unit's life nearest to the map."""
        unit = self.units[area_id]
        return unit.end - ONE_DAY if self._is_past(area_id, epoch_key) else unit.first

    def _holder(self, area_id: int, epoch_key: str) -> int:
        parent = self.parent_on(area_id, self._nearest_day(area_id, epoch_key))
        if parent is None:
            raise NoCommonUnit(f"unit {area_id} has no place on the map “{epoch_key}”")
        return parent
