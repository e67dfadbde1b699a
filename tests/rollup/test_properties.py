"""Every rule of docs/figures.md on random small countries that reform once."""

from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.rollup.compute_steps import COVERAGE, steps
from phoihop.rollup.engines import DuckDB, SQLite
from tests.rollup.worlds import (
    COMMUNE_ONLY,
    DISTINCT,
    FLOW,
    MAPS,
    NATION,
    OLD,
    PERIODS,
    STOCK,
    ReportRow,
    Version,
    World,
    by_the_book,
    chain,
    worlds,
)

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
maps = st.sampled_from(MAPS)
ADDED = (FLOW, STOCK, COMMUNE_ONLY)


def amounts(world: World, map_key: str) -> dict[tuple[int, int, int], dict[str, int]]:
    names = ("total", "own", "unallocated", "reported", "not_applicable")
    return {key: {name: row[name] for name in names} for key, row in world.totals(map_key).items()}


@quick
@given(worlds(), maps)
def test_sums_are_those_of_the_book(world: World, map_key: str) -> None:
    assert amounts(world, map_key) == by_the_book(world, map_key)


@quick
@given(worlds(), maps)
def test_engines_agree(world: World, map_key: str) -> None:
    assert world.partials(map_key, DuckDB(threads=2)) == world.partials(map_key, SQLite())


@quick
@given(worlds(), maps)
def test_total_is_own_and_children_and_unallocated(world: World, map_key: str) -> None:
    totals = world.totals(map_key)
    children = _children(world, map_key)
    for (period, unit, indicator), row in totals.items():
        if indicator in ADDED:
            below = sum(
                totals[period, child, indicator]["total"]
                for child in children[period, unit]
                if (period, child, indicator) in totals
            )
            assert row["total"] == row["own"] + below + row["unallocated"]


@quick
@given(worlds())
def test_no_map_changes_a_national_total(world: World) -> None:
    national = [
        {key: (row["total"], row["reported"]) for key, row in world.totals(m).items() if key[1] == NATION}
        for m in MAPS
    ]
    assert national[0] == national[1] == national[2]


@quick
@given(worlds(), maps, st.randoms(use_true_random=False))
def test_order_of_acceptance_is_irrelevant(world: World, map_key: str, chance: object) -> None:
    """Of different reports: the versions of one report keep their order."""
    order = sorted({report for report, _ in world.entries})
    chance.shuffle(order)  # type: ignore[attr-defined]
    entries = tuple(entry for report in order for entry in world.entries if entry[0] == report)
    assert replace(world, entries=entries).partials(map_key) == world.partials(map_key)


@quick
@given(worlds(), maps)
def test_correction_replaces(world: World, map_key: str) -> None:
    """As if only the last version had ever been."""
    standing = set(world.standing.values())
    versions = tuple(version for version in world.versions if version.id in standing)
    alone = replace(world, versions=versions, entries=tuple((v.report_id, v.id) for v in versions))
    assert alone.partials(map_key) == world.partials(map_key)


@quick
@given(worlds(), maps)
def test_unreported_commune_changes_completeness_only(world: World, map_key: str) -> None:
    """Where it takes the place of no consolidated value."""
    commune = world.territory.units[OLD[0]]
    fewer = replace(
        world,
        reports=tuple(r for r in world.reports if r.area_id != commune.id),
        versions=tuple(replace(version, cells=_own(version)) for version in world.versions),
    )
    silent = ReportRow(999, 1, commune.id, "commune", "police", PERIODS[1].end, organisation_id=999)
    more = replace(fewer, reports=(*fewer.reports, silent))
    assert more.partials(map_key) == fewer.partials(map_key)
    assert _expected(more, map_key)[NATION] == _expected(fewer, map_key)[NATION] + 1


@quick
@given(worlds())
def test_own_and_consolidated_are_never_both_counted(world: World) -> None:
    police = replace(world, reports=tuple(r for r in world.reports if r.party == "police"))
    versions = {version.id: version for version in world.versions}
    totals = police.totals("reported")
    for report in police.reports:
        cells = versions[police.standing[report.id]].cells if report.id in police.standing else {}
        for indicator, (value, consolidated) in cells.items():
            row = totals.get((report.period_id, report.area_id, indicator))
            if consolidated and value and row:
                assert row["own"] in {0, value}
                assert row["own"] == 0 or (row["total"], row["reported"]) == (value, 1)


@quick
@given(worlds(), maps)
def test_other_parties_add_nothing(world: World, map_key: str) -> None:
    counted = replace(world, reports=tuple(r for r in world.reports if r.party == "police"))
    assert counted.partials(map_key) == world.partials(map_key)


@quick
@given(worlds(), maps)
def test_distinct_counts_stay_where_they_were_reported(world: World, map_key: str) -> None:
    versions = {version.id: version for version in world.versions}
    given_by: dict[tuple[int, int], list[int]] = defaultdict(list)
    for report in world.reports:
        cells = versions[world.standing[report.id]].cells if report.id in world.standing else {}
        given_by[report.period_id, report.area_id].append(cells.get(DISTINCT, (None, False))[0] or 0)
    for (period, unit, indicator), row in world.totals(map_key).items():
        if indicator == DISTINCT:
            assert row["total"] in given_by[period, unit]
            assert (row["own"], row["unallocated"], row["reported"]) == (row["total"], 0, 1)


@quick
@given(worlds(), maps)
def test_never_more_reported_than_expected(world: World, map_key: str) -> None:
    owed = _owed(world, map_key)
    for (period, unit, indicator), row in world.totals(map_key).items():
        assert row["reported"] <= owed[period, unit, indicator]


def _children(world: World, map_key: str) -> dict[tuple[int, int], set[int]]:
    """(period, unit) -> the units directly below it, as the reports of that window stand."""
    found: dict[tuple[int, int], set[int]] = defaultdict(set)
    for report in world.reports:
        units, _whole = chain(world, report, map_key)
        for child, parent in pairwise(units):
            found[report.period_id, parent].add(child)
    return found


def _own(version: Version) -> dict[int, tuple[int | None, bool]]:
    return {indicator: (value, False) for indicator, (value, _) in version.cells.items()}


def _coverage(world: World, map_key: str) -> dict[str, list[dict[str, int]]]:
    inputs = world.inputs(map_key)
    found = SQLite().run(steps(COVERAGE), inputs=inputs, facts=world.facts(), wanted=["coverage"])
    return {"coverage": found["coverage"].to_pylist(), "owes": inputs["owes"].to_pylist()}


def _expected(world: World, map_key: str) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for row in _coverage(world, map_key)["coverage"]:
        found[row["area_id"]] += row["expected"]
    return found


def _owed(world: World, map_key: str) -> dict[tuple[int, int, int], int]:
    rows = _coverage(world, map_key)
    found: dict[tuple[int, int, int], int] = defaultdict(int)
    for row in rows["coverage"]:
        for rule in rows["owes"]:
            if rule["duty_id"] == row["duty_id"]:
                expected = row["expected"] if rule["climbs"] else row["expected_itself"]
                found[row["slot_id"], row["area_id"], rule["indicator_id"]] += expected
    return found
