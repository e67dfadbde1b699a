from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from .base import Step, used_up
from .facts import COLUMNS, FactSource

# It would sum the facts by version before the join, where nothing falls together: ten times slower.
HARMFUL = "partial_aggregate_pushdown"


@dataclass(frozen=True)
class DuckDB:
    """In memory, for one run: no file stays open, a large run spills to a temporary folder of its own."""

    memory_limit: str = "1GB"
    threads: int = 0  # 0: as many as the machine has
    temp_directory: str | None = None

    name = "duckdb"

    def run(
        self,
        steps: Sequence[Step],
        *,
        inputs: Mapping[str, pa.Table],
        facts: FactSource,
        wanted: Iterable[str],
    ) -> dict[str, pa.Table]:
        with tempfile.TemporaryDirectory(dir=self.temp_directory) as spill, duckdb.connect() as connection:
            self._configure(connection, spill)
            for name, table in inputs.items():
                connection.register(name, table)
            _show_facts(connection, facts)
            wanted = list(wanted)
            for number, step in enumerate(steps, start=1):
                connection.execute(f"CREATE TEMP TABLE {step.name} AS {step.sql}")
                for name in used_up(steps[:number], steps[number:], wanted):
                    connection.execute(f"DROP TABLE IF EXISTS {name}")
            return {name: connection.table(name).to_arrow_table() for name in wanted}

    def _configure(self, connection: duckdb.DuckDBPyConnection, spill: str) -> None:
        connection.execute("SET temp_directory = ?", [spill])
        connection.execute("SET memory_limit = ?", [self.memory_limit])
        connection.execute("SET threads = ?", [self.threads or os.cpu_count() or 1])
        connection.execute("SET preserve_insertion_order = false")
        connection.execute(f"SET disabled_optimizers = '{HARMFUL}'")


def _show_facts(connection: duckdb.DuckDBPyConnection, facts: FactSource) -> None:
    columns = ", ".join(COLUMNS)
    parts = []
    if facts.paths:
        connection.execute(
            f"CREATE TEMP VIEW flushed AS SELECT {columns} FROM read_parquet({[str(p) for p in facts.paths]})"
        )
        only = f" WHERE period_id IN ({_listed(facts.periods)})" if facts.periods else ""
        parts.append(f"SELECT {columns} FROM flushed{only}")
    if facts.tail.num_rows or not parts:
        connection.register("tail", facts.tail)
        parts.append(f"SELECT {columns} FROM tail")
    connection.execute(f"CREATE TEMP VIEW fact AS {' UNION ALL '.join(parts)}")


def _listed(periods: frozenset[int]) -> str:
    return ", ".join(str(period) for period in sorted(periods))
