"""The CSV files of an administrative map, read whole before anything is written."""

import csv
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from phoihop.areas import errors
from phoihop.areas.enums import Level, Share

Row = dict[str, str]


@dataclass(frozen=True)
class AreaFiles:
    areas: list[Row]
    parents: list[Row]
    successions: list[Row]
    kind_changes: list[Row]


def read_files(folder: Path) -> AreaFiles:
    """Raises: DomainError naming file, line, value and what is allowed."""
    areas = _rows(
        folder,
        "areas.csv",
        "key level kind name full_name code valid_from valid_until established_by abolished_by",
        unique="key",
    )
    keys = {row["key"] for row in areas}
    return AreaFiles(
        areas=_levels_known(areas),
        parents=_keys_known(
            _rows(folder, "areas_parents.csv", "key parent_key valid_from valid_until"),
            keys,
            "areas_parents.csv",
            "key parent_key",
        ),
        successions=_shares_known(
            _keys_known(
                _rows(
                    folder,
                    "successions.csv",
                    "predecessor_key successor_key on share act",
                    unique="predecessor_key successor_key on",
                ),
                keys,
                "successions.csv",
                "predecessor_key successor_key",
            )
        ),
        kind_changes=_keys_known(
            _rows(
                folder, "kind_changes.csv", "key on kind full_name act", unique="key on", is_required=False
            ),
            keys,
            "kind_changes.csv",
            "key",
        ),
    )


def as_day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _rows(folder: Path, name: str, columns: str, *, unique: str = "", is_required: bool = True) -> list[Row]:
    path = folder / name
    if not path.is_file():
        if is_required:
            raise errors.missing_file(name, str(folder))
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file, restval="")
        for column in columns.split():
            if column not in (reader.fieldnames or ()):
                raise errors.missing_column(name, column)
        rows = list(reader)
    _days_readable(rows, name)
    _refuse_twice(rows, name, unique.split())
    return rows


def _days_readable(rows: list[Row], name: str) -> None:
    for line, row in enumerate(rows, start=2):
        for column in ("valid_from", "valid_until", "on"):
            if not _is_day(row.get(column, ""), is_required=column in row and column == "on"):
                raise errors.bad_cell(_place(name, line), row[column], _("a day such as 2025-07-01"))


def _is_day(text: str, *, is_required: bool) -> bool:
    try:
        return as_day(text) is not None or not is_required
    except ValueError:
        return False


def _refuse_twice(rows: list[Row], name: str, columns: list[str]) -> None:
    seen: set[tuple[str, ...]] = set()
    for line, row in enumerate(rows, start=2):
        value = tuple(row[column] for column in columns)
        if columns and value in seen:
            raise errors.twice(_place(name, line), ", ".join(value))
        seen.add(value)


def _keys_known(rows: list[Row], keys: set[str], name: str, columns: str) -> list[Row]:
    for line, row in enumerate(rows, start=2):
        for column in columns.split():
            if row[column] not in keys:
                raise errors.bad_cell(_place(name, line), row[column], _("a key that areas.csv holds"))
    return rows


def _levels_known(rows: list[Row]) -> list[Row]:
    return _one_of(rows, "areas.csv", "level", Level.values)


def _shares_known(rows: list[Row]) -> list[Row]:
    return _one_of(rows, "successions.csv", "share", Share.values)


def _one_of(rows: list[Row], name: str, column: str, allowed: list[str]) -> list[Row]:
    for line, row in enumerate(rows, start=2):
        if row[column] not in allowed:
            raise errors.bad_cell(_place(name, line), row[column], ", ".join(allowed))
    return rows


def _place(name: str, line: int) -> str:
    return _("%(file)s, line %(line)s") % {"file": name, "line": line}
