"""Statements that every submission needs, written in SQL once.

Django writes the SQL of a queryset anew whenever it is asked. Under a storm of submissions that took more of the
processor than the database, the checks and everything else together. What is asked stays a queryset, and what is
written stays a model: columns, conversions and constraints are theirs.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import Expression
from django.db.transaction import TransactionManagementError

T = TypeVar("T")
_PARAMETERS_AT_MOST = 900  # SQLite counts them


class Slot(Expression):
    """A place in a prepared queryset for a value of that field; never for None, which SQL does not compare."""

    def __init__(self, name: str, field: Any) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


def key_slot(name: str) -> Slot:
    """A place for the key of a row."""
    return Slot(name, models.BigAutoField())


class Prepared(Generic[T]):
    """A queryset with places for values, asked with the values by name.

    It is built when first asked and may depend on nothing else: not on the day, not on the language.
    """

    def __init__(self, build: Callable[[], models.QuerySet[Any, T]]) -> None:
        self._build = build
        self._written: dict[str, _Written] = {}

    def __call__(self, **values: Any) -> list[T]:
        here = connections[DEFAULT_DB_ALIAS]  # of this thread
        written = self._written.get(here.vendor) or self._write(here.vendor)
        if written.locks_rows and not here.in_atomic_block:
            raise TransactionManagementError("Rows are locked inside a transaction only.")
        bound = [_filled(place, values, here) for place in written.places]
        own, asked = _twin(written.compiler), _twin(written.queryset.query)
        own.connection = here
        own.as_sql = lambda *_args, **_options: (written.sql, bound)
        own.get_converters = lambda _columns: written.converters
        asked.get_compiler = lambda *_args, **_options: own
        run = type(written.queryset)(written.queryset.model, asked)
        run._iterable_class = written.queryset._iterable_class
        return list(run)

    def _write(self, vendor: str) -> "_Written":
        queryset = self._build()
        compiler = queryset.query.get_compiler(queryset.db)
        sql, places = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_rest in compiler.select])
        locks_rows = queryset.query.select_for_update
        self._written[vendor] = _Written(queryset, compiler, sql, places, converters, locks_rows)
        return self._written[vendor]


class _Written(NamedTuple):
    queryset: Any
    compiler: Any
    sql: str
    places: Sequence[Any]
    converters: dict[int, Any]
    locks_rows: bool


def _twin(thing: T) -> T:
    """`copy` without what it does to find out how: the greater part of its time."""
    found = object.__new__(type(thing))
    found.__dict__.update(thing.__dict__)
    return found


def _filled(place: Any, values: Mapping[str, Any], here: Any) -> Any:
    if not isinstance(place, Slot):
        return place
    return place.output_field.get_db_prep_value(values[place.name], here)


def insert(rows: Sequence[models.Model]) -> None:
    """`bulk_create` of new rows of one model, each of which then knows its key."""
    if not rows:
        return
    here, fields = connections[DEFAULT_DB_ALIAS], _columns(type(rows[0]))
    size = _PARAMETERS_AT_MOST // len(fields)
    for start in range(0, len(rows), size):
        some = rows[start : start + size]
        values = [value for row in some for value in _saved(row, fields, here)]
        with here.cursor() as cursor:
            cursor.execute(_insertion(type(some[0]), len(some), here.vendor), values)
            keys = cursor.fetchall()
        for row, (key,) in zip(some, keys, strict=True):
            row.pk, row._state.adding, row._state.db = key, False, here.alias


def update(rows: Sequence[models.Model], *names: str) -> None:
    """`save(update_fields=names)` of each row."""
    if not rows:
        return
    here, model = connections[DEFAULT_DB_ALIAS], type(rows[0])
    fields = tuple(cast("Any", model._meta.get_field(name)) for name in names)
    values = [[*_saved(row, fields, here), row.pk] for row in rows]
    with here.cursor() as cursor:
        cursor.executemany(_change(model, fields, here.vendor), values)


def _saved(row: models.Model, fields: Sequence[Any], here: Any) -> Iterator[Any]:
    for field in fields:
        yield field.get_db_prep_save(getattr(row, field.attname), here)


@lru_cache
def _columns(model: type[models.Model]) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not field.primary_key)


@lru_cache
def _insertion(model: type[models.Model], count: int, _vendor: str) -> str:
    table, columns, key = _names(model, _columns(model))
    row = f"({', '.join(['%s'] * len(_columns(model)))})"
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {', '.join([row] * count)} RETURNING {key}"


@lru_cache
def _change(model: type[models.Model], fields: tuple[Any, ...], _vendor: str) -> str:
    table, columns, key = _names(model, fields)
    return f"UPDATE {table} SET {', '.join(f'{column} = %s' for column in columns)} WHERE {key} = %s"


def _names(model: type[models.Model], fields: Sequence[Any]) -> tuple[str, list[str], str]:
    quote = connection.ops.quote_name
    pk = cast("Any", model._meta.pk)
    return quote(model._meta.db_table), [quote(field.column) for field in fields], quote(pk.column)
