"""The live tables on disk: what is there, and what is written. Plain SQL: a correction touches hundreds of rows."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import connection, models

from phoihop.rollup.live.counting import PartialKey, Sums
from phoihop.rollup.models import Coverage, DutyCount, DutyKind, Partial

_PARTIAL_KEY = ("map_key", "state", "period_id", "area_id", "indicator_id")
_PARTIAL_SUMS = ("total", "own", "unallocated", "reported", "not_applicable")
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


def move_partials(moves: Mapping[PartialKey, Sums]) -> None:
    """Rows with nothing reported any more are taken away: a total of nothing is missing, not 0."""
    moves = {key: move for key, move in moves.items() if not move.is_nothing}
    if not moves:
        return
    standing = _standing_partials(moves)
    after = {key: standing.get(key, Sums()).moved_by(move) for key, move in moves.items()}
    _upsert_partials({key: sums for key, sums in after.items() if sums.reported})
    _remove_partials(key for key, sums in after.items() if not sums.reported and key in standing)


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


def duty_ids(texts: Collection[str]) -> dict[str, int]:
    """Numbers for duties; a new one gets its row."""
    known = dict(DutyKind.objects.values_list("text", "pk"))
    if new := sorted(set(texts) - known.keys()):
        DutyKind.objects.bulk_create([DutyKind(text=text) for text in new])
        known = dict(DutyKind.objects.values_list("text", "pk"))
    return known


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    _many(f"INSERT INTO {_table(model)} ({', '.join(columns)}) VALUES ({_marks(columns)})", rows)


def _standing_partials(keys: Collection[PartialKey]) -> dict[PartialKey, Sums]:
    touched = Partial.objects.filter(
        area__in={key.area_id for key in keys},
        period__in={key.period_id for key in keys},
        indicator__in={key.indicator_id for key in keys},
    )
    rows = touched.values_list(*_PARTIAL_KEY, *_PARTIAL_SUMS)
    return {PartialKey(*row[:5]): Sums(*row[5:]) for row in rows.iterator(chunk_size=_BATCH)}


def _upsert_partials(rows: Mapping[PartialKey, Sums]) -> None:
    columns = (*_PARTIAL_KEY, *_PARTIAL_SUMS)
    sets = ", ".join(f"{name} = excluded.{name}" for name in _PARTIAL_SUMS)
    _many(
        f"INSERT INTO {_table(Partial)} ({', '.join(columns)}) VALUES ({_marks(columns)})"
        f" ON CONFLICT ({', '.join(_PARTIAL_KEY)}) DO UPDATE SET {sets}",
        ((*key, *_amounts(sums)) for key, sums in rows.items()),
    )


def _remove_partials(keys: Iterable[PartialKey]) -> None:
    where = " AND ".join(f"{name} = %s" for name in _PARTIAL_KEY)
    _many(f"DELETE FROM {_table(Partial)} WHERE {where}", keys)


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
