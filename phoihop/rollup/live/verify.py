"""Whether the live tables are what a full computation from the ledger gives."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
from django.utils.translation import gettext as _

from phoihop.areas.models import Area, MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.models import Indicator
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.compute import COVERAGE_COLUMNS, PARTIAL_COLUMNS, compute_coverage, compute_partials
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live.applier import ensure_fresh
from phoihop.rollup.live.places import kept_units
from phoihop.rollup.live.windows import Listing, count_lists
from phoihop.rollup.models import Coverage, DutyCount, Partial

Rows = Mapping[tuple[Any, ...], tuple[Any, ...]]
_DUTY_COLUMNS = ("map_key", "period_id", "area_id", "duty__text", "total", "own")
_NAMED = 20  # differences named one by one in each table


def verify_live() -> Iterator[str]:
    """A sentence for every row that differs; the engine behind the other side shares no sums with the live one."""
    position = ensure_fresh()
    maps = [REPORTED, *MapEpoch.objects.values_list("key", flat=True)]
    kept = kept_units()
    partials = compute_partials(map_keys=maps, states=FigureState.values, upto=position.seq)
    full = _rows(partials, 5, kept, 3)
    yield from _compare(_("figures"), PARTIAL_COLUMNS, _live(Partial, PARTIAL_COLUMNS, 5), full)
    coverage = compute_coverage(map_keys=maps, upto=position.seq)
    full = _rows(coverage, 5, kept, 2)
    yield from _compare(_("coverage"), COVERAGE_COLUMNS, _live(Coverage, COVERAGE_COLUMNS, 5), full)
    live = _live(DutyCount, _DUTY_COLUMNS, 4)
    yield from _compare(_("duties"), _DUTY_COLUMNS, live, _duties(position.seq))


def _duties(upto: int) -> Rows:
    found: dict[tuple[Any, ...], tuple[Any, ...]] = {}
    for period in ReportingPeriod.objects.values_list("pk", flat=True):
        found |= {tuple(key): row for key, row in count_lists(Listing.load([period], upto))[1].items()}
    return found


def _live(model: type[Partial | Coverage | DutyCount], columns: tuple[str, ...], key: int) -> Rows:
    rows = model._default_manager.values_list(*columns).iterator(chunk_size=10_000)
    return {tuple(row[:key]): tuple(row[key:]) for row in rows}


def _rows(table: pa.Table, key: int, kept: frozenset[int], area: int) -> Rows:
    columns = [table[name].to_pylist() for name in table.column_names]
    rows = zip(*columns, strict=True)
    return {tuple(row[:key]): tuple(row[key:]) for row in rows if row[area] in kept}


def _compare(what: str, columns: Sequence[str], live: Rows, full: Rows) -> Iterator[str]:
    differing = [key for key in live.keys() | full.keys() if live.get(key) != full.get(key)]
    differing.sort(key=lambda key: [str(part) for part in key])
    for key in differing[:_NAMED]:
        yield _(
            "Live %(what)s of %(key)s are %(live)s; computed from the ledger they are %(full)s. "
            "Run “phoihop rebuild_live”."
        ) % {
            "what": what,
            "key": " / ".join(_name(*part) for part in zip(columns, key, strict=False)),
            "live": _said(live.get(key)),
            "full": _said(full.get(key)),
        }
    if len(differing) > _NAMED:
        values = {"more": len(differing) - _NAMED, "what": what}
        yield _("%(more)s more rows of live %(what)s differ.") % values


def _name(column: str, value: object) -> str:
    """Rows are found by people: by names and codes, not by numbers."""
    model = {"area_id": Area, "period_id": ReportingPeriod, "indicator_id": Indicator}.get(column)
    return str(model._default_manager.filter(pk=value).first() or value) if model else str(value)


def _said(row: tuple[Any, ...] | None) -> str:
    return "–" if row is None else ", ".join(str(part) for part in row)
