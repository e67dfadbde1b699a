from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from phoihop.accounts.models import User
from phoihop.areas import errors
from phoihop.areas.actions.derived import BATCH, rebuild_derived
from phoihop.areas.actions.files import AreaFiles, Row, as_day, read_files
from phoihop.areas.actions.links import load_links
from phoihop.areas.checks import check_areas
from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaTarget, MapEpoch
from phoihop.areas.permissions import require_changing_map
from phoihop.audit import actions as audit

DATA_FOLDER = Path(__file__).resolve().parents[1] / "data"
STEPS = 8
_FIELDS = (
    "level",
    "kind",
    "name",
    "full_name",
    "valid_from",
    "valid_until",
    "established_by",
    "abolished_by",
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and what it changed."""

    units: int
    successions: int
    maps: int
    added: int
    changed: int
    links_changed: int  # codes, parents, titles and successions written or removed


@transaction.atomic
def load_areas(
    *, folder: Path = DATA_FOLDER, by: User | None = None, on_step: Callable[[], None] = lambda: None
) -> Loaded:
    """Load a folder of CSV files; the same folder loaded again changes nothing, a changed row replaces its own.

    Raises: DomainError when a file cannot be read or the map would not hold together; nothing is then kept.
    """
    require_changing_map(by)
    files = read_files(folder)
    on_step()
    areas, added, changed = _load_units(files)
    on_step()
    links_changed = 0
    for changed_rows in load_links(files, {key: area.pk for key, area in areas.items()}):
        links_changed += changed_rows
        on_step()
    if broken := check_areas():
        raise errors.broken_map(broken)
    on_step()
    if added or changed or links_changed or not AreaTarget.objects.exists():
        rebuild_derived()
    on_step()
    loaded = Loaded(
        len(areas), len(files.successions), MapEpoch.objects.count(), added, changed, links_changed
    )
    if added or changed or links_changed:
        _record(loaded, by)
    return loaded


def _record(loaded: Loaded, by: User | None) -> None:
    nation = Area.objects.get(level=Level.NATION)
    counts = {name: getattr(loaded, name) for name in ("units", "added", "changed", "links_changed")}
    audit.record("load_areas", nation, by=by, details=counts)


def _load_units(files: AreaFiles) -> tuple[dict[str, Area], int, int]:
    """Every loaded unit by its key, and how many were added and changed."""
    last_titles = {row["key"]: row for row in sorted(files.kind_changes, key=lambda row: row["on"])}
    stored = {area.key: area for area in Area.objects.all()}
    added: list[Area] = []
    changed: list[Area] = []
    for row in files.areas:
        values = _values({**row, **_title_of(last_titles.get(row["key"]))})
        area = stored.get(row["key"])
        if area is None:
            added.append(Area(key=row["key"], **values))
        elif any(getattr(area, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(area, name, value)
            changed.append(area)
    for area in (*added, *changed):
        area.fill_search_columns()
    Area.objects.bulk_create(added, batch_size=BATCH)
    Area.objects.bulk_update(changed, [*_FIELDS, "name_fold", "name_sort"], batch_size=500)
    stored.update((area.key, area) for area in added)
    return {row["key"]: stored[row["key"]] for row in files.areas}, len(added), len(changed)


def _values(row: Row) -> dict[str, Any]:
    days = {name: as_day(row[name]) for name in ("valid_from", "valid_until")}
    return {name: row[name] for name in _FIELDS if name not in days} | days


def _title_of(change: Row | None) -> Row:
    return {"kind": change["kind"], "full_name": change["full_name"]} if change else {}
