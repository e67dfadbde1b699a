"""Small random countries that reform once, with reports; and the rules of docs/figures.md, told naively."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import pyarrow as pa
from hypothesis import strategies as st

from phoihop.areas.actions.derived import ancestor_links
from phoihop.areas.mapping import TerritoryMap
from phoihop.areas.territory import ParentLink, Succession, Unit
from phoihop.rollup.compute_inputs import report_table, taken_apart
from phoihop.rollup.compute_places import Nodes, Target, places_as_reported, places_on_map
from phoihop.rollup.compute_rows import above_row
from phoihop.rollup.compute_rules import Catalogue, CatalogueRow, Duties, PeriodRow, ReportRow, reports_below
from phoihop.rollup.compute_steps import PARTIALS, steps
from phoihop.rollup.engines import Engine, FactSource, SQLite
from phoihop.rollup.facts import Rule
from phoihop.rollup.ledger_segments import FACT_SCHEMA

REFORM = date(2025, 7, 1)
NATION, PROVINCES, MERGED = 1, (2, 3), 4
OLD, NEW = range(10, 16), range(20, 24)
MAPS = ("reported", "open", "2025-07-01")
PERIODS = {
    1: PeriodRow(1, 1, "half", "ADM-2025-H1", date(2024, 12, 15), date(2025, 6, 15)),
    2: PeriodRow(2, 1, "half", "ADM-2025-H2", date(2025, 6, 15), date(2025, 12, 15)),
}
EVERYWHERE = frozenset({"commune", "province", "nation"})
POLICE = dict.fromkeys(EVERYWHERE, "police")
ASKED = dict.fromkeys(EVERYWHERE, ("police", "front"))
FLOW, STOCK, DISTINCT, COMMUNE_ONLY = 1, 2, 3, 4
RULES = {
    FLOW: Rule(FLOW, "flow", EVERYWHERE, POLICE, ASKED),
    STOCK: Rule(STOCK, "stock", EVERYWHERE, POLICE, ASKED),
    DISTINCT: Rule(DISTINCT, "distinct", EVERYWHERE, POLICE, ASKED, climbs=False),
    COMMUNE_ONLY: Rule(COMMUNE_ONLY, "flow", frozenset({"commune"}), POLICE, {"commune": ("police",)}),
}
CATALOGUE = Catalogue(
    tuple(CatalogueRow(key, f"I{key}", rule, "half", "add") for key, rule in RULES.items()),
    {1: frozenset(RULES)},
)


@dataclass(frozen=True)
class Version:
    """Cells: indicator -> (ten-thousandths, or None for not applicable; whether consolidated)."""

    id: int
    report_id: int
    cells: Mapping[int, tuple[int | None, bool]]


@dataclass(frozen=True)
class World:
    territory: TerritoryMap
    reports: tuple[ReportRow, ...]
    versions: tuple[Version, ...]
    entries: tuple[tuple[int, int | None], ...] = field(default=())  # (report, version) in ledger order

    @property
    def standing(self) -> dict[int, int]:
        last = dict(self.entries)
        return {report: version for report, version in last.items() if version is not None}

    def without(self, *report_ids: int) -> "World":
        return replace(self, reports=tuple(each for each in self.reports if each.id not in report_ids))

    def partials(self, map_key: str, engine: Engine | None = None) -> list[dict[str, int]]:
        found = (engine or SQLite()).run(
            steps(PARTIALS), inputs=self.inputs(map_key), facts=self.facts(), wanted=["climbed"]
        )["climbed"]
        keys = [("term_id", "ascending"), ("area_id", "ascending"), ("indicator_id", "ascending")]
        return [{name: int(value) for name, value in row.items()} for row in found.sort_by(keys).to_pylist()]

    def totals(self, map_key: str) -> dict[tuple[int, int, int], dict[str, int]]:
        return {(row["term_id"], row["area_id"], row["indicator_id"]): row for row in self.partials(map_key)}

    def inputs(self, map_key: str) -> dict[str, pa.Table]:
        duties = Duties(CATALOGUE, PERIODS, reports_below(self.reports, PERIODS, self.above()))
        report = report_table(
            self.reports,
            duties,
            {1: 1, 2: 2},
            accepted=self.standing,
            standing=self.standing,
            confirmed={},
        )
        nodes = Nodes(set(self.territory.units))
        for place in self.places(map_key):
            nodes.add(place)
        return {"report": report, **duties.tables(), **nodes.tables(), "taken": taken_apart(RULES, PERIODS)}

    def above(self) -> list:
        return [
            above_row(unit, over, days.valid_from, days.valid_until)
            for unit, over, _depth, days in ancestor_links(self.territory)
        ]

    def places(self, map_key: str) -> Iterator:
        if map_key == "reported":
            return places_as_reported(self.territory.units, self.above())
        targets = ((unit, self.territory.target(unit, map_key)) for unit in self.territory.units)
        day = next(epoch.last_day for epoch in self.territory.epochs() if epoch.key == map_key)
        return places_on_map(
            (Target(unit, found.area_id, found.is_whole) for unit, found in targets),
            self.above(),
            day.toordinal(),
        )

    def facts(self) -> FactSource:
        period = {report.id: report.period_id for report in self.reports}
        rows = [
            (period.get(version.report_id, 0), indicator, version.id, value, int(consolidated))
            for version in self.versions
            for indicator, (value, consolidated) in version.cells.items()
        ]
        columns = list(zip(*rows, strict=True)) or [()] * len(FACT_SCHEMA)
        arrays = [pa.array(c, t) for c, t in zip(columns, FACT_SCHEMA.types, strict=True)]
        return FactSource((), pa.Table.from_arrays(arrays, schema=FACT_SCHEMA))


def by_the_book(world: World, map_key: str) -> dict[tuple[int, int, int], dict[str, int]]:
    """(period, unit, indicator) -> amounts, from docs/figures.md, one report at a time."""
    versions = {version.id: version for version in world.versions}
    rows: dict[tuple[int, int, int], dict[str, int]] = defaultdict(
        lambda: dict.fromkeys(("total", "own", "unallocated", "reported", "not_applicable"), 0)
    )
    for report in world.reports:
        if report.id not in world.standing:
            continue
        units, whole = chain(world, report, map_key)
        for indicator, (value, consolidated) in versions[world.standing[report.id]].cells.items():
            if not counts(world, report, indicator, consolidated=consolidated):
                continue
            for unit in units:
                if indicator == DISTINCT and not (unit == report.area_id and whole):
                    continue
                row = rows[report.period_id, unit, indicator]
                row["total"] += value or 0
                row["reported"] += 1
                row["not_applicable"] += value is None
                if unit == units[0]:
                    row["own" if whole else "unallocated"] += value or 0
    return dict(rows)


def counts(world: World, report: ReportRow, indicator: int, *, consolidated: bool) -> bool:
    rule, period = RULES[indicator], PERIODS[report.period_id]
    if report.party != "police":
        return False
    if indicator == STOCK and report.covers_until != period.end:
        return False
    if not consolidated:
        return report.level in rule.levels
    return not any(
        other.period_id == report.period_id
        and other.party == "police"
        and report.area_id in chain(world, other, "reported")[0][1:]
        and (indicator != STOCK or other.covers_until == period.end)
        for other in world.reports
    )


def chain(world: World, report: ReportRow, map_key: str) -> tuple[list[int], bool]:
    if map_key == "reported":
        return world.territory.path_on(report.area_id, _last_day(report)), True
    target = world.territory.target(report.area_id, map_key)
    day = next(epoch.last_day for epoch in world.territory.epochs() if epoch.key == map_key)
    return world.territory.path_on(target.area_id, day), target.is_whole


def _last_day(report: ReportRow) -> date:
    return date.fromordinal(report.covers_until.toordinal() - 1)


@st.composite
def territories(draw: st.DrawFn) -> TerritoryMap:
    """Communes of two provinces merge, split or go on; the provinces go on or merge into one."""
    merges = draw(st.booleans())
    provinces = [Unit(p, "province", valid_until=REFORM if merges else None) for p in PROVINCES]
    units = [Unit(NATION, "nation"), *provinces]
    links = [ParentLink(p.id, NATION, valid_until=p.valid_until) for p in provinces]
    successions = []
    if merges:
        units.append(Unit(MERGED, "province", valid_from=REFORM))
        links.append(ParentLink(MERGED, NATION, valid_from=REFORM))
        successions += [Succession(p, MERGED, REFORM, "whole") for p in PROVINCES]
    after = (MERGED,) if merges else PROVINCES
    heirs = st.sets(st.sampled_from(NEW), max_size=2)
    heirs_of = {OLD[0]: draw(st.sets(st.sampled_from(NEW), min_size=1, max_size=2))}
    heirs_of |= {old: draw(heirs) for old in OLD[1 : draw(st.integers(1, 6))]}
    for old, parts in heirs_of.items():
        province = draw(st.sampled_from(PROVINCES))
        units.append(Unit(old, "commune", valid_until=REFORM if parts else None))
        if parts or not merges:
            links.append(ParentLink(old, province, valid_until=REFORM if parts else None))
        else:
            links.append(ParentLink(old, province, valid_until=REFORM))
            links.append(ParentLink(old, MERGED, valid_from=REFORM))
        share = "whole" if len(parts) == 1 else "part"
        successions += [Succession(old, heir, REFORM, share) for heir in sorted(parts)]
    for new in sorted(set().union(*heirs_of.values())):
        units.append(Unit(new, "commune", valid_from=REFORM))
        links.append(ParentLink(new, draw(st.sampled_from(after)), valid_from=REFORM))
    return TerritoryMap.of(units, links, successions)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    territory = draw(territories())
    reports = tuple(_reports(draw, territory))
    versions: list[Version] = []
    for report in reports:
        for _ in range(draw(st.integers(0, 2))):
            versions.append(Version(len(versions) + 1, report.id, draw(_cells(report))))
    entries: list[tuple[int, int | None]] = [(each.report_id, each.id) for each in versions]
    if versions and draw(st.booleans()):
        entries.append((draw(st.sampled_from(versions)).report_id, None))
    return World(territory, reports, tuple(versions), tuple(entries))


def _reports(draw: st.DrawFn, territory: TerritoryMap) -> Iterator[ReportRow]:
    number = 0
    for period in PERIODS.values():
        for unit in territory.units.values():
            start, end = max(unit.first, period.start), min(unit.end, period.end)
            for party in draw(st.sampled_from([(), ("police",), ("police",), ("police", "front")])):
                if start < end:
                    number += 1
                    yield ReportRow(
                        number, period.id, unit.id, unit.level, party, end, organisation_id=number
                    )


@st.composite
def _cells(draw: st.DrawFn, report: ReportRow) -> dict[int, tuple[int | None, bool]]:
    amounts = st.one_of(st.none(), st.integers(-30_000, 30_000))
    scopes = st.just(False) if report.level == "commune" else st.booleans()
    entered = [key for key in RULES if key != COMMUNE_ONLY or report.level == "commune"]
    cells = draw(st.dictionaries(st.sampled_from(entered), st.tuples(amounts, scopes), max_size=4))
    if report.level != "commune" and draw(st.booleans()):
        cells[COMMUNE_ONLY] = (draw(amounts), True)
    return cells
