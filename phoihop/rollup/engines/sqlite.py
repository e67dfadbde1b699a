from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from .base import Step
from .facts import COLUMNS, FactSource


class SQLite:
    """The same text on another engine: the test that it is portable, and a second opinion on small ledgers."""

    name = "sqlite"

    def run(
        self,
        steps: Sequence[Step],
        *,
        inputs: Mapping[str, pa.Table],
        facts: FactSource,
        wanted: Iterable[str],
    ) -> dict[str, pa.Table]:
        with closing(sqlite3.connect(":memory:")) as connection:
            for name, table in {**inputs, "fact": _read(facts)}.items():
                _load(connection, name, table)
            for step in steps:
                connection.execute(f"CREATE TEMP TABLE {step.name} AS {step.sql}")
            return {name: _fetch(connection, name) for name in wanted}


def _read(facts: FactSource) -> pa.Table:
    parts = [pq.read_table(path, columns=list(COLUMNS)) for path in facts.paths]
    table = pa.concat_tables([facts.tail.select(COLUMNS), *parts])
    if facts.periods is None:
        return table
    return table.filter(pc.is_in(table["period_id"], pa.array(sorted(facts.periods), pa.int32())))


def _load(connection: sqlite3.Connection, name: str, table: pa.Table) -> None:
    connection.execute(f"CREATE TEMP TABLE {name} ({', '.join(table.column_names)})")
    marks = ", ".join("?" * table.num_columns)
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)


def _fetch(connection: sqlite3.Connection, name: str) -> pa.Table:
    cursor = connection.execute(f"SELECT * FROM {name}")
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return pa.table({key: pa.array(column) for key, column in zip(names, columns, strict=True)})
