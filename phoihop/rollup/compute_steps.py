"""The SQL texts in order, the engines by name, and what a run must note to be repeated elsewhere."""

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from phoihop.rollup.engines import DuckDB, Engine, SQLite, Step
from phoihop.rollup.errors import unknown_engine

SQL_DIR = Path(__file__).parent / "sql"
PARTIALS = ("placed", "place", "lowest", "counted", "climbed")
COVERAGE = ("placed", "place", "coverage", "party_coverage")
SPAN = ("placed", "place", "lowest", "counted", "climbed", "coverage", "span", "figure")
DEFAULT_ENGINE = "duckdb"


@cache
def all_steps() -> dict[str, Step]:
    """By name, in order: 01_placed.sql makes the table `placed`."""
    files = sorted(SQL_DIR.glob("*.sql"))
    names = [file.stem.split("_", 1)[1] for file in files]
    return {name: Step(name, file.read_text("utf-8")) for name, file in zip(names, files, strict=True)}


def steps(names: Iterable[str]) -> list[Step]:
    return [all_steps()[name] for name in names]


def sql_hash() -> str:
    """SHA-256 over every text in order."""
    digest = hashlib.sha256()
    for step in all_steps().values():
        digest.update(f"{step.name}\n{step.sql}\n".encode())
    return digest.hexdigest()


def engine_named(name: str) -> Engine:
    """Raises: DomainError for an engine there is not."""
    engines: dict[str, Engine] = {
        "duckdb": DuckDB(
            memory_limit=getattr(settings, "ROLLUP_MEMORY_LIMIT", "1GB"),
            threads=getattr(settings, "ROLLUP_THREADS", 0),
            temp_directory=getattr(settings, "ROLLUP_TEMP_DIR", None),
        ),
        "sqlite": SQLite(),
    }
    if name not in engines:
        raise unknown_engine(name, engines)
    return engines[name]


def libraries() -> dict[str, str]:
    return {name: version(name) for name in ("duckdb", "pyarrow")}
