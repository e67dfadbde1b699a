"""The administrative map as plain dated rows: what the mapping computes on and the checks read. No Django."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Self, TypeVar

ONE_DAY = timedelta(days=1)
K = TypeVar("K")
V = TypeVar("V")
NEVER = date.max  # an open end, as a day that can be compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """True from `valid_from` until the day before `valid_until`; None means open on that side."""

    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def first(self) -> date:
        return self.valid_from or date.min

    @property
    def end(self) -> date:
        return self.valid_until or NEVER

    def covers(self, day: date) -> bool:
        return self.first <= day < self.end

    def overlaps(self, other: Validity) -> bool:
        return self.first < other.end and other.first < self.end

    def within(self, other: Validity) -> Validity | None:
        """The days of both, if any."""
        first, end = max(self.first, other.first), min(self.end, other.end)
        if end <= first:
            return None
        return Validity(
            valid_from=None if first == date.min else first, valid_until=None if end == NEVER else end
        )

    def lies_in(self, other: Validity) -> bool:
        return other.first <= self.first and self.end <= other.end


@dataclass(frozen=True, slots=True)
class Unit(Validity):
    id: int
    level: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class ParentLink(Validity):
    unit: int
    parent: int


@dataclass(frozen=True, slots=True)
class Code(Validity):
    unit: int
    scheme: str
    code: str


@dataclass(frozen=True, slots=True)
class Succession:
    """On that day the predecessor's territory, "whole" or a "part", passed to the successor."""

    predecessor: int
    successor: int
    on: date
    share: str


@dataclass(frozen=True)
class Territory:
    units: Mapping[int, Unit]
    parents: tuple[ParentLink, ...] = ()
    successions: tuple[Succession, ...] = ()
    codes: tuple[Code, ...] = ()

    @classmethod
    def of(
        cls,
        units: Iterable[Unit],
        parents: Iterable[ParentLink] = (),
        successions: Iterable[Succession] = (),
        codes: Iterable[Code] = (),
    ) -> Self:
        return cls({unit.id: unit for unit in units}, tuple(parents), tuple(successions), tuple(codes))

    @cached_property
    def links_up(self) -> dict[int, list[ParentLink]]:
        return _grouped((link.unit, link) for link in self.parents)

    @cached_property
    def links_down(self) -> dict[int, list[ParentLink]]:
        return _grouped((link.parent, link) for link in self.parents)

    @cached_property
    def heirs(self) -> dict[int, list[Succession]]:
        return _grouped((row.predecessor, row) for row in self.successions)

    @cached_property
    def sources(self) -> dict[int, list[Succession]]:
        return _grouped((row.successor, row) for row in self.successions)

    def parent_on(self, unit: int, day: date) -> int | None:
        return next((link.parent for link in self.links_up.get(unit, ()) if link.covers(day)), None)

    def children_on(self, unit: int, day: date) -> list[int]:
        return [link.unit for link in self.links_down.get(unit, ()) if link.covers(day)]

    def path_on(self, unit: int, day: date) -> list[int]:
        """The unit itself, then every unit above it that day, the nation last."""
        path = [unit]
        while (parent := self.parent_on(path[-1], day)) is not None:
            path.append(parent)
        return path


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: defaultdict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return dict(found)


def gaps(life: Validity, covers: Iterable[Validity]) -> Iterator[Validity]:
    """The parts of a life that none of the covers holds."""
    day = life.first
    for cover in sorted(covers, key=lambda each: each.first):
        if day < cover.first < life.end:
            yield Validity(valid_from=day, valid_until=cover.first)
        day = max(day, cover.end)
    if day < life.end:
        yield Validity(valid_from=day, valid_until=life.valid_until)
