"""A segment on disk: a folder of two Parquet files that appears whole or not at all, and never changes."""

import os
import shutil
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

FACTS = "facts.parquet"
ENTRIES = "entries.parquet"
_UNFINISHED = ".unfinished-"

FACT_SCHEMA = pa.schema(
    [
        ("period_id", pa.int32()),
        ("indicator_id", pa.int32()),
        ("version_id", pa.int64()),
        ("value", pa.int64()),  # ten-thousandths; null: not applicable
        ("consolidated", pa.int8()),
    ]
)
ENTRY_SCHEMA = pa.schema(
    [
        ("seq", pa.int64()),
        ("report_id", pa.int64()),
        ("version_id", pa.int64()),  # null: the report left the list
        ("content_hash", pa.string()),
        ("number", pa.int16()),
        ("simulated", pa.bool_()),
        ("accepted_at", pa.timestamp("us")),  # UTC
        ("period_id", pa.int32()),
        ("form", pa.string()),
        ("period_start", pa.date32()),
        ("period_end", pa.date32()),  # exclusive, as covers_until
        ("area_id", pa.int32()),
        ("organisation_id", pa.int32()),
        ("party", pa.string()),
        ("level", pa.string()),
        ("covers_from", pa.date32()),
        ("covers_until", pa.date32()),
    ]
)


def write_segment(root: Path, name: str, *, facts: pa.Table, entries: pa.Table) -> str:
    """Its path under the root. A folder is renamed into place only when both files are on the disk."""
    root.mkdir(parents=True, exist_ok=True)
    path = f"{name}-{uuid4().hex[:8]}"  # a rebuilt segment stands beside the one it replaces
    unfinished = root / f"{_UNFINISHED}{path}"
    unfinished.mkdir()
    for file, table in ((FACTS, facts), (ENTRIES, entries)):
        _write(unfinished / file, table)
    _sync(unfinished)
    unfinished.rename(root / path)
    _sync(root)
    return path


def is_whole(root: Path, path: str) -> bool:
    return (root / path / FACTS).is_file() and (root / path / ENTRIES).is_file()


def remove_orphans(root: Path, listed: set[str]) -> list[str]:
    """Folders a crash left behind between the two stores: the manifest does not list them."""
    found = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    orphans = [name for name in found if name not in listed]
    for name in orphans:
        shutil.rmtree(root / name)
    return orphans


def _write(path: Path, table: pa.Table) -> None:
    pq.write_table(table, path, compression="zstd", row_group_size=122_880)
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
