"""Figures of a roll-up as a file others can read: the same bytes for the same figures."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
import pyarrow.parquet as pq

from phoihop.core.spreadsheets import csv_safe
from phoihop.rollup.compute_figures import RollupRow, RollupTable
from phoihop.rollup.errors import unknown_choice

AMOUNT = pa.decimal128(24, 4)
SCHEMA = pa.schema(
    [
        ("map", pa.string()),  # as it was asked for: as_reported, or the day whose map it is
        ("level", pa.string()),
        ("area_id", pa.string()),  # the area's own key: an official code is not an identity
        ("area_code", pa.string()),
        ("indicator", pa.string()),
        ("from", pa.date32()),
        ("to", pa.date32()),  # the last day
        ("value", AMOUNT),
        ("numerator", AMOUNT),
        ("denominator", AMOUNT),
        ("reported", pa.int64()),
        ("expected", pa.int64()),
        ("unallocated", AMOUNT),
        ("state", pa.string()),
    ]
)
Cells = tuple[object, ...]


def check_kind(path: Path) -> None:
    """Raises: DomainError for a kind of file that is not written."""
    if path.suffix.lower() not in _writers():
        raise unknown_choice("--out", path.name, (f"FILE{suffix}" for suffix in _writers()))


def write_rollup(rollup: RollupTable, path: Path, *, map_name: str) -> int:
    """The number of rows written, by the kind of file the name asks for."""
    check_kind(path)
    write = _writers()[path.suffix.lower()]
    rows = [_cells(row, map_name) for row in rollup]
    replace_file(path, lambda unfinished: write(rows, unfinished))
    return len(rows)


def _writers() -> dict[str, Callable[[Iterable[Cells], Path], None]]:
    return {".csv": _write_csv, ".json": _write_json, ".parquet": _write_parquet}


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """A reader of the path finds the file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex[:8]}")
    try:
        write(unfinished)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _cells(row: RollupRow, map_name: str) -> Cells:
    return (
        map_name, row.level, row.area_key, row.area_code, row.indicator, row.start, row.last, row.value,
        row.numerator, row.denominator, row.reported, row.expected, row.unallocated, row.state,
    )  # fmt: skip


def _write_csv(rows: Iterable[Cells], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SCHEMA.names)
        writer.writerows(_texts(row) for row in rows)


def _write_json(rows: Iterable[Cells], path: Path) -> None:
    """Amounts are texts, exact; counts are numbers; missing is null."""
    listed = [dict(zip(SCHEMA.names, map(_plain, row), strict=True)) for row in rows]
    path.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _write_parquet(rows: Iterable[Cells], path: Path) -> None:
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    arrays = [pa.array(column, kind) for column, kind in zip(columns, SCHEMA.types, strict=True)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=SCHEMA), path, compression="zstd")


def _texts(row: Cells) -> Iterator[str]:
    """An amount below zero is a number; a text that begins like one stays a text."""
    return ("" if cell is None else str(_plain(csv_safe(cell))) for cell in row)


def _plain(cell: object) -> object:
    if isinstance(cell, Decimal):
        return format(cell, "f")
    return cell if cell is None or isinstance(cell, int) else str(cell)
