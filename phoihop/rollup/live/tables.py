"""The live tables on disk: what is there, and what is written. Plain SQL: a correction touches hundreds of rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection, models

from phoihop.rollup.live.counting import PartialKey, Sums
from phoihop.rollup.models import Coverage, DutyCount, DutyKind, Partial

_PARTIAL_KEY = ("map_key", "state", "period_id", "area_id", "indicator_id")
_PARTIAL_SUMS = ("total", "own", "unallocated", "reported", "not_applicable")
_IS_KEY = " AND ".join(f"{name} = %s" for name in _PARTIAL_KEY)
_BATCH = 20_000


class CoverageKey(NamedTuple):
    map_key: str
    period_id: int
    area_id: int
    party: str
    level: str


class DutyKey(NamedTuple):
    map_key: str
    period_id: int
    area_id: int
    duty: str  # counting.duty_text


class Counts(NamedTuple):
    expected: int = 0
    submitted: int = 0
    on_time: int = 0
    accepted: int = 0
    timely: int = 0
    confirmed: int = 0


def add_counts(one: Counts, other: Counts) -> Counts:
    return Counts(*map(sum, zip(one, other, strict=True)))


def move_partials(moves: Mapping[PartialKey, Sums]) -> None:
    """Rows with nothing reported any more are taken away: a total of nothing is missing, not 0.

    What moves without one more report having given it moves a row that is there, by the unique index and unread.
    """
    moving = {key: move for key, move in moves.items() if not move.is_nothing}
    there, perhaps, fewer = {}, {}, []
    for key, move in moving.items():
        if move.reported > 0 and move.not_applicable >= 0:
            perhaps[key] = move
        else:
            there[key] = move
            if move.reported < 0:
                fewer.append(key)
    _add_to_partials(there)
    _add_partials(perhaps)
    _remove_empty_partials(fewer)


def replace_partials(periods: Collection[int], rows: Mapping[PartialKey, Sums]) -> None:
    Partial.objects.filter(period__in=periods).delete()
    values = ((*key, *_amounts(sums)) for key, sums in rows.items() if sums.reported)
    insert(Partial, (*_PARTIAL_KEY, *_PARTIAL_SUMS), values)


def replace_lists(
    periods: Collection[int],
    coverage: Mapping[CoverageKey, Counts],
    duties: Mapping[DutyKey, tuple[int, int]],
) -> None:
    Coverage.objects.filter(period__in=periods).delete()
    DutyCount.objects.filter(period__in=periods).delete()
    insert(Coverage, (*CoverageKey._fields, *Counts._fields), ((*key, *row) for key, row in coverage.items()))
    ids = duty_ids({key.duty for key in duties})
    columns = ("map_key", "period_id", "area_id", "duty_id", "total", "own")
    insert(DutyCount, columns, ((*key[:3], ids[key.duty], *row) for key, row in duties.items()))


def move_coverage(moves: Mapping[CoverageKey, Counts]) -> None:
    """Of lists that stand still: a row is there wherever a report is due."""
    sets = ", ".join(f"{name} = {name} + %s" for name in Counts._fields)
    where = " AND ".join(f"{name} = %s" for name in CoverageKey._fields)
    _many(
        f"UPDATE {_table(Coverage)} SET {sets} WHERE {where}",
        ((*counts, *key) for key, counts in moves.items()),
    )


def duty_ids(texts: Collection[str]) -> dict[str, int]:
    """Numbers for duties; a new one gets its row."""
    known = dict(DutyKind.objects.values_list("text", "pk"))
    if new := sorted(set(texts) - known.keys()):
        DutyKind.objects.bulk_create([DutyKind(text=text) for text in new])
        known = dict(DutyKind.objects.values_list("text", "pk"))
    return known


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    _many(f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES ({_marks(columns)})", rows)


def _add_to_partials(moves: Mapping[PartialKey, Sums]) -> None:
    sets = ", ".join(f"{name} = {name} + %s" for name in _PARTIAL_SUMS)
    _many(
        f"UPDATE {_table(Partial)} SET {sets} WHERE {_IS_KEY}",
        ((*_amounts(move), *key) for key, move in moves.items()),
    )


def _add_partials(moves: Mapping[PartialKey, Sums]) -> None:
    columns, table = (*_PARTIAL_KEY, *_PARTIAL_SUMS), _table(Partial)
    sets = ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in _PARTIAL_SUMS)
    _many(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        f" ON CONFLICT ({', '.join(_PARTIAL_KEY)}) DO UPDATE SET {sets}",
        ((*key, *_amounts(move)) for key, move in moves.items()),
    )


def _remove_empty_partials(keys: Iterable[PartialKey]) -> None:
    _many(f"DELETE FROM {_table(Partial)} WHERE {_IS_KEY} AND reported = 0", keys)


def _many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    waiting = list(rows)
    with connection.cursor() as cursor:
        for start in range(0, len(waiting), _BATCH):
            cursor.executemany(sql, waiting[start : start + _BATCH])


def _amounts(sums: Sums) -> tuple[int, int, int, int, int]:
    return sums.total, sums.own, sums.unallocated, sums.reported, sums.not_applicable


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _marks(columns: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(columns))
