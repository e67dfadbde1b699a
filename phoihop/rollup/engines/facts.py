from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

COLUMNS = ("period_id", "indicator_id", "version_id", "value", "consolidated")


@dataclass(frozen=True)
class FactSource:
    """The facts of the ledger: immutable Parquet files, and rows that are in none of them yet."""

    paths: tuple[Path, ...]
    tail: pa.Table
    periods: frozenset[int] | None = None  # no others are read; None: all
