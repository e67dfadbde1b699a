"""Live rows reckoned in memory, by the rules of `facts` and the places of `compute_places`."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import F, Q

from phoihop.areas.enums import Level
from phoihop.indicators.models import Indicator, IndicatorVersion
from phoihop.reports.models import Report, ReportVersion
from phoihop.rollup.compute_places import ITSELF, UNALLOCATED, Place
from phoihop.rollup.compute_rules import PeriodRow, ReportRow, climbs
from phoihop.rollup.facts import Below, Duty, Fact, Rule, explode, is_counted
from phoihop.rollup.live.places import Places

BelowByArea = Mapping[tuple[int, int], frozenset[Below]]


class PartialKey(NamedTuple):
    map_key: str
    state: str
    period_id: int
    area_id: int
    indicator_id: int


@dataclass(slots=True)
class Sums:
    """The amounts of one live row, or what they move by."""

    total: int = 0
    own: int = 0
    unallocated: int = 0
    reported: int = 0
    not_applicable: int = 0

    def add(self, value: int | None, place: Place, unit: int, sign: int) -> None:
        amount = sign * (value or 0)
        self.total += amount
        if unit == place.unit_id:
            if place.fit == UNALLOCATED:
                self.unallocated += amount
            else:
                self.own += amount
        self.reported += sign
        self.not_applicable += sign * (value is None)

    def moved_by(self, other: "Sums") -> "Sums":
        return Sums(
            self.total + other.total,
            self.own + other.own,
            self.unallocated + other.unallocated,
            self.reported + other.reported,
            self.not_applicable + other.not_applicable,
        )

    @property
    def is_nothing(self) -> bool:
        amounts = (self.total, self.own, self.unallocated, self.reported, self.not_applicable)
        return not any(amounts)


@dataclass
class Rulebook:
    """The rules in force on the first day of a window, by indicator."""

    _catalogue: tuple[tuple[Rule, date, date], ...]
    codes: Mapping[str, int]
    _days: dict[date, dict[int, Rule]] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "Rulebook":
        rows = IndicatorVersion.objects.order_by("pk").values_list(
            "valid_from",
            "valid_until",
            "over_units",
            "indicator_id",
            "kind",
            "levels",
            "counting_party",
            "asked_of",
        )
        return cls(
            tuple(
                (
                    Rule(indicator, kind, frozenset(levels), counting, asked, climbs(over_units)),
                    start or date.min,
                    end or date.max,
                )
                for start, end, over_units, indicator, kind, levels, counting, asked in rows
            ),
            dict(Indicator.objects.values_list("code", "pk")),
        )

    def on(self, day: date) -> Mapping[int, Rule]:
        if day not in self._days:
            self._days[day] = {
                rule.indicator_id: rule for rule, start, end in self._catalogue if start <= day < end
            }
        return self._days[day]


@dataclass
class Counter:
    """Adds versions, or takes them away, at every unit they count in."""

    rulebook: Rulebook
    periods: Mapping[int, PeriodRow]
    places: Places
    below: BelowByArea
    partials: dict[PartialKey, Sums] = field(default_factory=lambda: defaultdict(Sums))

    def move(self, report: ReportRow, facts: Iterable[Fact], *, state: str, sign: int) -> None:
        rules = self.rulebook.on(self.periods[report.period_id].start)
        duty = self.duty_of(report)
        counted = [
            (fact, rule)
            for fact in facts
            if (rule := rules.get(fact.indicator_id))
            and is_counted(rule, duty, consolidated=fact.consolidated)
        ]
        for map_key in self.places.on_map if counted else ():
            place = self.places.of(map_key, report.area_id, last_day(report))
            for unit in place.chain:
                if unit in self.places.kept:
                    self._move_unit(unit, place, map_key, report, counted, state, sign)

    def _move_unit(
        self,
        unit: int,
        place: Place,
        map_key: str,
        report: ReportRow,
        counted: Iterable[tuple[Fact, Rule]],
        state: str,
        sign: int,
    ) -> None:
        stands_itself = unit == place.unit_id and place.fit == ITSELF
        for fact, rule in counted:
            if rule.climbs or stands_itself:
                key = PartialKey(map_key, state, report.period_id, unit, fact.indicator_id)
                self.partials[key].add(fact.value, place, unit, sign)

    def duty_of(self, report: ReportRow) -> Duty:
        return duty_of(report, self.periods[report.period_id], self.below)


def duty_of(report: ReportRow, period: PeriodRow, below: BelowByArea) -> Duty:
    return Duty(
        report.party,
        report.level,
        covers_last_day=report.covers_until == period.end,
        below=below.get((report.period_id, report.area_id), frozenset()),
    )


def duty_text(duty: Duty) -> str:
    """Canonical: the same duty always gives the same text."""
    below = sorted([kind.party, kind.level, int(kind.covers_last_day)] for kind in duty.below)
    return json.dumps([duty.party, duty.level, int(duty.covers_last_day), below])


def duty_from(text: str) -> Duty:
    party, level, covers_last_day, below = json.loads(text)
    kinds = frozenset(Below(kind[0], kind[1], bool(kind[2])) for kind in below)
    return Duty(party, level, covers_last_day=bool(covers_last_day), below=kinds)


def last_day(report: ReportRow) -> int:
    return report.covers_until.toordinal() - 1


def facts_of(versions: Collection[int], codes: Mapping[str, int]) -> dict[int, list[Fact]]:
    rows = ReportVersion.objects.filter(pk__in=versions).values_list("pk", "cells", "consolidated")
    return {pk: explode(pk, cells, consolidated, codes) for pk, cells, consolidated in rows}


def reports_below_areas(periods: Collection[int], areas: Collection[int]) -> BelowByArea:
    """(period, area) -> the kinds of report due under the area, asked of the database for a few areas."""
    links = "area__ancestor_links__"
    rows = (
        Report.objects.expected()
        .filter(period__in=periods)
        .filter(
            Q(**{f"{links}valid_from__isnull": True}) | Q(**{f"{links}valid_from__lt": F("covers_until")}),
            Q(**{f"{links}valid_until__isnull": True}) | Q(**{f"{links}valid_until__gte": F("covers_until")}),
            **{f"{links}ancestor__in": areas},
        )
        .values_list("period_id", f"{links}ancestor_id", "party", "level", "covers_until", "period__end")
        .distinct()
    )
    found: dict[tuple[int, int], set[Below]] = defaultdict(set)
    for period, area, party, level, until, end in rows:
        found[period, area].add(Below(party, level, until == end))
    return {key: frozenset(kinds) for key, kinds in found.items()}


def with_units_below(reports: Iterable[ReportRow]) -> set[int]:
    return {report.area_id for report in reports if report.level != Level.COMMUNE}
