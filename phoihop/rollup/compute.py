"""Figures computed in full from the ledger: what the live tables must equal, and what reviews freeze.

Only this module opens an engine. It reads reports due and rules (database), facts (ledger) and the dated map,
and writes nothing but a `RollupRun`, and that only in `record_run`.
"""

from collections.abc import Iterable, Iterator, Sequence

import pyarrow as pa
from django.db import transaction
from django.db.models import Count, QuerySet

from phoihop.accounts.models import User
from phoihop.areas.queries.maps import REPORTED, resolve_map
from phoihop.core import clock
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.compute_basis import EVERY_LEVEL, Basis, MapBasis
from phoihop.rollup.compute_figures import RollupTable
from phoihop.rollup.compute_inputs import taken_apart
from phoihop.rollup.compute_request import Request
from phoihop.rollup.compute_steps import (
    COVERAGE,
    DEFAULT_ENGINE,
    PARTIALS,
    SPAN,
    engine_named,
    libraries,
    sql_hash,
    steps,
)
from phoihop.rollup.enums import FigureState
from phoihop.rollup.ledger import fact_source, last_seq
from phoihop.rollup.models import RollupRun

REPORTS_A_BATCH = 40_000  # bounds the memory of a recompute of every window at every unit
PARTIAL_COLUMNS = (
    "map_key", "state", "period_id", "area_id", "indicator_id", "total", "own", "unallocated", "reported",
    "not_applicable",
)  # fmt: skip
COVERAGE_COLUMNS = (
    "map_key", "period_id", "area_id", "party", "level", "expected", "submitted", "on_time", "accepted",
    "timely", "confirmed",
)  # fmt: skip


def compute_partials(
    *,
    map_keys: Iterable[str],
    states: Iterable[str],
    periods: Iterable[ReportingPeriod] | None = None,
    engine: str = DEFAULT_ENGINE,
    upto: int | None = None,
) -> pa.Table:
    """Every row `models.Partial` must have, sorted by its columns in order.

    Shape:   PARTIAL_COLUMNS.
    Units:   ten-thousandths.
    Missing: no row where nothing was reported.
    """
    keys = [(map_key, state) for map_key in map_keys for state in states]
    parts = []
    for basis in _batches(periods, upto):
        facts = fact_source(periods=basis.periods)
        for map_key, state in keys:
            found = engine_named(engine).run(
                steps(PARTIALS),
                inputs=_by_window(basis, map_key, state),
                facts=facts,
                wanted=["climbed"],
            )["climbed"]
            parts.append(_named(found, map_key=map_key, state=state))
    return _gathered(parts, PARTIAL_COLUMNS)


def compute_coverage(
    *,
    map_keys: Iterable[str],
    periods: Iterable[ReportingPeriod] | None = None,
    engine: str = DEFAULT_ENGINE,
    upto: int | None = None,
) -> pa.Table:
    """Every row `models.Coverage` must have: COVERAGE_COLUMNS, sorted by them in order."""
    keys = list(map_keys)
    parts = []
    for basis in _batches(periods, upto):
        for map_key in keys:
            found = engine_named(engine).run(
                steps(COVERAGE),
                inputs=_by_window(basis, map_key, FigureState.RECEIVED),
                facts=fact_source(periods=()),
                wanted=["party_coverage"],
            )["party_coverage"]
            parts.append(_named(found, map_key=map_key))
    return _gathered(parts, COVERAGE_COLUMNS)


def roll_up(
    *,
    programmes: Iterable[Programme],
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    levels: Iterable[str] = EVERY_LEVEL,
    engine: str = DEFAULT_ENGINE,
    upto: int | None = None,
    dated_map: MapBasis | None = None,
) -> RollupTable:
    """What the programmes selected, for every unit of the levels, over the whole windows in a span.

    `upto` is a ledger number: the figures as they stood when it was the last (`RollupRun.ledger_seq`). Who rolls up
    several spans reads the map once and gives it as `dated_map`.
    Raises: DomainError for an unknown map or engine, or a span that holds no whole window.
    """
    request = Request.of(
        list(programmes), span, resolve_map(map_key), str(state), tuple(levels), upto, dated_map
    )
    facts = fact_source(periods=request.basis.periods)
    found = engine_named(engine).run(steps(SPAN), inputs=request.inputs(), facts=facts, wanted=["figure"])
    return RollupTable(
        span=span,
        covers=request.covers,
        map_key=request.map_key,
        state=request.state,
        engine=engine,
        ledger_seq=request.basis.upto,
        sql_hash=sql_hash(),
        figures=found["figure"],
        areas=request.basis.map.areas,
        area_codes=request.area_codes(),
        indicators=request.wanted(),
    )


@transaction.atomic
def record_run(*, rollup: RollupTable, programmes: Iterable[Programme], by: User | None = None) -> RollupRun:
    """Note what was computed, from which ledger position and with which text, so that it can be repeated."""
    run = RollupRun.objects.create(
        span_from=rollup.span.start,
        span_until=rollup.span.end,
        map_key=rollup.map_key,
        state=rollup.state,
        ledger_seq=rollup.ledger_seq,
        sql_hash=rollup.sql_hash,
        libraries=libraries(),
        engine=rollup.engine,
        at=clock.now(),
        by=by,
    )
    run.programmes.set(programmes)
    return run


def _batches(periods: Iterable[ReportingPeriod] | None, upto: int | None) -> Iterator[Basis]:
    wanted = ReportingPeriod.objects.all() if periods is None else _rows(periods)
    sized = wanted.select_related("form").annotate(size=Count("reports")).order_by("pk")
    dated_map, until = MapBasis.load(), last_seq() if upto is None else upto
    batch: list[ReportingPeriod] = []
    size = 0
    for period in sized:
        if batch and size + period.size > REPORTS_A_BATCH:
            yield Basis.load(batch, until, dated_map=dated_map)
            batch, size = [], 0
        batch.append(period)
        size += period.size
    if batch:
        yield Basis.load(batch, until, dated_map=dated_map)


def _rows(periods: Iterable[ReportingPeriod]) -> QuerySet[ReportingPeriod]:
    return ReportingPeriod.objects.filter(pk__in=[period.pk for period in periods])


def _by_window(basis: Basis, map_key: str, state: str) -> dict[str, pa.Table]:
    """Inputs with every window kept apart."""
    needed = {report.area_id for report in basis.reports}
    return {
        **basis.report_inputs(state, lambda period: period.id),
        **basis.map.tables(map_key, needed=needed),
        "taken": taken_apart({row.indicator_id for row in basis.catalogue.rows}, basis.periods),
    }


def _named(found: pa.Table, **labels: str) -> pa.Table:
    names = ["period_id" if name in {"slot_id", "term_id"} else name for name in found.column_names]
    named = found.rename_columns(names)
    for label, text in labels.items():
        named = named.append_column(label, pa.array([text] * found.num_rows, pa.string()))
    return named


def _gathered(parts: Sequence[pa.Table], columns: Sequence[str]) -> pa.Table:
    if not parts:
        return pa.table({column: [] for column in columns})
    rows = pa.concat_tables([part.select(list(columns)) for part in parts], promote_options="permissive")
    return rows.sort_by([(column, "ascending") for column in columns])
