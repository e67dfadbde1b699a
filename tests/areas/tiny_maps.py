"""Hand-made and random administrative maps, as plain rows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hypothesis import strategies as st

from phoihop.areas.mapping import TerritoryMap
from phoihop.areas.territory import Code, ParentLink, Succession, Unit

FIRST = date(2020, 1, 1)
SECOND = date(2025, 7, 1)
THIRD = date(2030, 1, 1)


@dataclass
class Draft:
    """A map being drawn: ids are 1, 2, 3 ...; 1 is the nation."""

    units: list[Unit] = field(default_factory=lambda: [Unit(1, "nation")])
    parents: list[ParentLink] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)

    def add(
        self, level: str, parent: int | None = 1, since: date | None = None, until: date | None = None
    ) -> int:
        unit = Unit(
            len(self.units) + 1, level, f"{level} {len(self.units) + 1}", valid_from=since, valid_until=until
        )
        self.units.append(unit)
        if parent:
            self.put(unit.id, parent, since, until)
        return unit.id

    def put(self, unit: int, parent: int, since: date | None = None, until: date | None = None) -> None:
        self.parents.append(ParentLink(unit, parent, valid_from=since, valid_until=until))

    def pass_on(self, predecessor: int, *heirs: int, on: date = SECOND) -> None:
        share = "whole" if len(heirs) == 1 else "part"
        self.successions += [Succession(predecessor, heir, on, share) for heir in heirs]

    def done(self) -> TerritoryMap:
        return TerritoryMap.of(self.units, self.parents, self.successions, self.codes)


@dataclass
class Growing:
    """A history being drawn, reform after reform."""

    births: dict[int, tuple[str, date | None]]
    deaths: dict[int, date] = field(default_factory=dict)
    placed: dict[int, list[list[Any]]] = field(default_factory=dict)  # unit -> [parent, since, until]
    successions: list[Succession] = field(default_factory=list)

    def add(self, level: str, parent: int, since: date | None) -> int:
        unit = len(self.births) + 1
        self.births[unit] = (level, since)
        self.placed[unit] = [[parent, since, None]]
        return unit

    def end(self, unit: int, on: date) -> None:
        self.deaths[unit] = on
        self.placed[unit][-1][2] = on

    def move(self, unit: int, parent: int, on: date) -> None:
        if self.placed[unit][-1][0] != parent:
            self.placed[unit][-1][2] = on
            self.placed[unit].append([parent, on, None])

    def living(self, level: str) -> list[int]:
        return [
            unit for unit, (own, _since) in self.births.items() if own == level and unit not in self.deaths
        ]

    def done(self) -> TerritoryMap:
        return TerritoryMap.of(
            [
                Unit(unit, level, f"{level} {unit}", valid_from=since, valid_until=self.deaths.get(unit))
                for unit, (level, since) in self.births.items()
            ],
            [
                ParentLink(unit, parent, valid_from=since, valid_until=until)
                for unit, places in self.placed.items()
                for parent, since, until in places
            ],
            self.successions,
        )


@st.composite
def histories(draw: st.DrawFn) -> TerritoryMap:
    """Two or three provinces with districts and communes, then one to three reforms.

    Each reform keeps, renames, merges or divides the units of a level; the first abolishes the districts.
    """
    world = Growing({1: ("nation", None)})
    for _province in range(draw(st.integers(2, 3))):
        province = world.add("province", 1, None)
        for _district in range(draw(st.integers(1, 2))):
            district = world.add("district", province, None)
            for _commune in range(draw(st.integers(1, 3))):
                world.add("commune", district, None)
    for day in [FIRST, SECOND, THIRD][: draw(st.integers(1, 3))]:
        _reform(draw, world, day)
    return world.done()


def _reform(draw: st.DrawFn, world: Growing, day: date) -> None:
    _replace(draw, world, "province", [1], day)
    provinces = world.living("province")
    _replace(draw, world, "commune", provinces, day)
    for unit in world.living("commune"):
        if world.placed[unit][-1][0] not in provinces:
            world.move(unit, draw(st.sampled_from(provinces)), day)
    for district in world.living("district"):
        world.end(district, day)


def _replace(draw: st.DrawFn, world: Growing, level: str, parents: list[int], day: date) -> None:
    """Each unit stays, or passes to one or two of a few new units."""
    olds = world.living(level)
    slots = st.lists(st.integers(0, len(olds)), max_size=2, unique=True)
    made: dict[int, int] = {}
    for old in olds:
        chosen = draw(slots)
        for slot in chosen:
            if slot not in made:
                made[slot] = world.add(level, draw(st.sampled_from(parents)), day)
            share = "whole" if len(chosen) == 1 else "part"
            world.successions.append(Succession(old, made[slot], day, share))
        if chosen:
            world.end(old, day)
