"""The dated rows around the units: codes, superior units, titles, successions."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db import models

from phoihop.areas.actions.derived import BATCH
from phoihop.areas.actions.files import AreaFiles, Row, as_day
from phoihop.areas.models import AreaCode, AreaParent, AreaSuccession, AreaTitle

Values = tuple[Any, ...]
_DATES = ("valid_from", "valid_until")
_DELETED_AT_ONCE = 500


def load_links(files: AreaFiles, ids: Mapping[str, int]) -> Iterator[int]:
    """Make the rows of the loaded units exactly those of the files; yields, table by table, how many changed."""
    codes = [(ids[row["key"]], row["code"], *_dates(row)) for row in files.areas if row["code"]]
    yield _match(AreaCode, ("area_id", "code", *_DATES), codes, ids)
    parents = [(ids[row["key"]], ids[row["parent_key"]], *_dates(row)) for row in files.parents]
    yield _match(AreaParent, ("area_id", "parent_id", *_DATES), parents, ids)
    titles = list(_titles(files, ids))
    yield _match(AreaTitle, ("area_id", "kind", "full_name", "act", *_DATES), titles, ids)
    successions = [
        (ids[row["predecessor_key"]], ids[row["successor_key"]], as_day(row["on"]), row["share"], row["act"])
        for row in files.successions
    ]
    yield _match(AreaSuccession, ("predecessor_id", "successor_id", "on", "share", "act"), successions, ids)


def _dates(row: Row) -> tuple[date | None, date | None]:
    return as_day(row["valid_from"]), as_day(row["valid_until"])


def _titles(files: AreaFiles, ids: Mapping[str, int]) -> Iterator[Values]:
    """Every title of a unit whose kind changed, from its first one on."""
    firsts = {row["key"]: row for row in files.areas}
    for key in sorted({row["key"] for row in files.kind_changes}):
        unit = firsts[key]
        steps = [{**unit, "on": unit["valid_from"], "act": unit["established_by"]}]
        steps += sorted((row for row in files.kind_changes if row["key"] == key), key=lambda row: row["on"])
        ends = [*(step["on"] for step in steps[1:]), unit["valid_until"]]
        for step, end in zip(steps, ends, strict=True):
            yield ids[key], step["kind"], step["full_name"], step["act"], as_day(step["on"]), as_day(end)


def _match(
    model: type[models.Model], fields: tuple[str, ...], wanted: list[Values], ids: Mapping[str, int]
) -> int:
    """A changed row is replaced: nothing refers to these tables."""
    owners, rows = set(ids.values()), model._default_manager
    stored: dict[Values, int] = {
        values[1:]: values[0] for values in rows.values_list("pk", *fields) if values[1] in owners
    }
    surplus = sorted(set(stored.values()) - {stored[values] for values in wanted if values in stored})
    missing = [values for values in dict.fromkeys(wanted) if values not in stored]
    for start in range(0, len(surplus), _DELETED_AT_ONCE):
        rows.filter(pk__in=surplus[start : start + _DELETED_AT_ONCE]).delete()
    rows.bulk_create(
        [model(**dict(zip(fields, values, strict=True))) for values in missing], batch_size=BATCH
    )
    return len(surplus) + len(missing)
