"""A country as large as the real one, and its ledger: the same numbers from every machine.

10,599 communes in 705 districts of 63 provinces, of which 300 change district half-way; on the map after the
reform 3,321 communes in 34 provinces, 471 old communes being split. 97 of 100 communes report each month, one
report in 20 is corrected once; 60 indicators.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa

from phoihop.rollup.compute_places import (
    END_DAY,
    FIRST_DAY,
    Above,
    Place,
    Target,
    places_as_reported,
    places_on_map,
)
from phoihop.rollup.ledger_segments import ENTRY_SCHEMA, FACT_SCHEMA, write_segment

INDICATORS = 60
STOCKS = range(50, 60)  # of a span, the last window counts
MONTHS = {"4m": 6, "38m": 60}
NATION, PROVINCES, DISTRICTS, COMMUNES = 1, 63, 705, 10_599
NEW_PROVINCES, NEW_COMMUNES, SPLIT = 34, 3_321, 471
MOVING = 300
PROVINCE, DISTRICT, COMMUNE, NEW_PROVINCE, NEW_COMMUNE = 100, 1_000, 10_000, 30_000, 40_000  # first ids
MAPS = ("reported", "old", "new")


def levels() -> dict[int, str]:
    """Every unit of both maps."""
    return (
        {NATION: "nation"}
        | dict.fromkeys(range(PROVINCE, PROVINCE + PROVINCES), "province")
        | dict.fromkeys(range(DISTRICT, DISTRICT + DISTRICTS), "district")
        | dict.fromkeys(range(COMMUNE, COMMUNE + COMMUNES), "commune")
        | dict.fromkeys(range(NEW_PROVINCE, NEW_PROVINCE + NEW_PROVINCES), "province")
        | dict.fromkeys(range(NEW_COMMUNE, NEW_COMMUNE + NEW_COMMUNES), "commune")
    )


def last_day(month: int) -> int:
    year, next_month = divmod(month + 1, 12)
    return date(2019 + year, next_month + 1, 1).toordinal() - 1


def places(name: str, months: int) -> Iterator[Place]:
    communes = range(COMMUNE, COMMUNE + COMMUNES)
    above = list(_above(half_way=last_day(months // 2)))
    if name == "reported":
        return places_as_reported(communes, above)
    if name == "old":
        return places_on_map((Target(area, area, is_whole=True) for area in communes), above, FIRST_DAY)
    return places_on_map((_target(area - COMMUNE) for area in communes), above, FIRST_DAY)


def _above(half_way: int) -> Iterator[Above]:
    for commune in range(COMMUNES):
        district = commune * DISTRICTS // COMMUNES
        runs = [(district, FIRST_DAY, END_DAY)]
        if commune % (COMMUNES // MOVING) == 0:
            runs = [(district, FIRST_DAY, half_way), ((district + 7) % DISTRICTS, half_way, END_DAY)]
        for parent, first, end in runs:
            province = parent * PROVINCES // DISTRICTS
            yield Above(COMMUNE + commune, DISTRICT + parent, first, end)
            yield Above(COMMUNE + commune, PROVINCE + province, first, end)
            yield Above(COMMUNE + commune, NATION, first, end)
    for commune in range(NEW_COMMUNES):
        yield Above(NEW_COMMUNE + commune, NEW_PROVINCE + _new_province(commune), FIRST_DAY, END_DAY)
        yield Above(NEW_COMMUNE + commune, NATION, FIRST_DAY, END_DAY)
    for province in range(NEW_PROVINCES):
        yield Above(NEW_PROVINCE + province, NATION, FIRST_DAY, END_DAY)


def _target(commune: int) -> Target:
    heir = commune * NEW_COMMUNES // COMMUNES
    if commune % (COMMUNES // SPLIT) == 0:
        return Target(COMMUNE + commune, NEW_PROVINCE + _new_province(heir), is_whole=False)
    return Target(COMMUNE + commune, NEW_COMMUNE + heir, is_whole=True)


def _new_province(commune: int) -> int:
    return commune * NEW_PROVINCES // NEW_COMMUNES


def write_ledger(root: Path, months: int, since: int = 0) -> int:
    """Segments of a year each, by the product's own writer; the number of facts. The entries before are counted."""
    connection = duckdb.connect()
    connection.execute(_ENTRIES, {"communes": COMMUNES, "months": months, "first": COMMUNE})
    facts = 0
    for first in range(since, months, 12):
        inside = {"first": first, "last": min(first + 12, months) - 1}
        table = connection.sql(_FACTS, params={**inside, "indicators": INDICATORS}).to_arrow_table()
        entries = _padded(connection.sql(_YEAR, params=inside).to_arrow_table())
        seqs = entries["seq"]
        name = f"{seqs[0].as_py():012d}-{seqs[-1].as_py():012d}"
        write_segment(root, name, facts=table.cast(FACT_SCHEMA), entries=entries)
        facts += table.num_rows
    return facts


def _padded(entries: pa.Table) -> pa.Table:
    """With the columns the benchmark does not look at."""
    columns = [
        entries[name].cast(kind) if name in entries.column_names else pa.nulls(entries.num_rows, kind)
        for name, kind in zip(ENTRY_SCHEMA.names, ENTRY_SCHEMA.types, strict=True)
    ]
    return pa.Table.from_arrays(columns, schema=ENTRY_SCHEMA)


_ENTRIES = """
CREATE TABLE entry AS
SELECT row_number() OVER (ORDER BY month, number, commune) AS seq, commune + $first AS area_id, *
FROM (
    SELECT month, commune, 1 AS number
    FROM range($communes) c(commune), range($months) m(month)
    WHERE hash(commune * 7919 + month) % 100 < 97
    UNION ALL
    SELECT month, commune, 2
    FROM range($communes) c(commune), range($months) m(month)
    WHERE hash(commune * 7919 + month) % 100 < 97 AND hash(commune * 104729 + month) % 20 = 0
)
"""
_FACTS = """
SELECT month AS period_id, i AS indicator_id, seq AS version_id,
       CAST(hash(seq * 61 + i) % 200 AS BIGINT) * 10000 AS value, 0 AS consolidated
FROM entry, range($indicators) x(i)
WHERE month BETWEEN $first AND $last
ORDER BY 2, 1, 3
"""
_YEAR = """
SELECT seq, month * 100000 + commune AS report_id, seq AS version_id, number, month AS period_id, area_id
FROM entry WHERE month BETWEEN $first AND $last ORDER BY seq
"""
