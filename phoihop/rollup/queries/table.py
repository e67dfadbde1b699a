"""Figures of many units and indicators at once; the number of queries does not grow with either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.enums import Rule as Combining
from phoihop.periods import Span, SpanCover
from phoihop.programmes.models import Programme
from phoihop.rollup.compute_figures import divide, exact
from phoihop.rollup.compute_inputs import COMMUNES_IN_FORCE, MEASURED
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.live.counting import Sums
from phoihop.rollup.models import AppliedPosition
from phoihop.rollup.queries.at_least import at_least
from phoihop.rollup.queries.columns import Column, Columns, columns_for
from phoihop.rollup.queries.figure import Figure, FigureArea, FigureTable, Key
from phoihop.rollup.queries.rows import MapDays, children_level, rows_of, rows_under
from phoihop.rollup.queries.sums import Totals, totals
from phoihop.rollup.queries.system import system_sums


def figures(
    *,
    programmes: Iterable[Programme] | None,
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    areas: Iterable[Area] | None = None,
    under: Area | None = None,
    level: str | None = None,
    indicators: Sequence[str] | None = None,
) -> FigureTable:
    """Figures of these areas, or of an area and its units of a level (the next one below, unless told).

    programmes: whose windows and indicators; None: of all. A value belongs to no programme.
    Raises: DomainError for an unknown map or indicator.
    """
    position = ensure_fresh()
    days = MapDays.of(map_key, span)
    columns = columns_for(programmes, span, indicators)
    if under is not None:
        rows = rows_under(under, level or children_level(under, days), days)
    else:
        rows = rows_of(areas or (), days)
    return build_table(columns, rows, days, str(state), position, under)


def build_table(
    columns: Columns,
    rows: tuple[FigureArea, ...],
    days: MapDays,
    state: str,
    position: AppliedPosition,
    under: Area | None = None,
) -> FigureTable:
    found = totals(columns, rows, days, state)
    found.sums.update(system_sums(columns, rows, days))
    maker = _Maker(columns, found, at_least(columns, rows, days, state), state, position)
    every = {
        (row.id, code): maker.figure(row, column) for row in rows for code, column in columns.every.items()
    }
    shown = {(row.id, column.indicator.code) for row in rows for column in columns.shown}
    return FigureTable(
        areas=rows,
        indicators=tuple(column.indicator for column in columns.shown),
        cells={key: figure for key, figure in every.items() if key in shown},
        span=columns.span,
        map_key=days.key,
        state=state,
        covers=columns.covers,
        as_of=position.at,
        ledger_seq=position.seq,
        is_simulated=position.has_simulated,
        under_id=under.pk if under else None,
        operands={key: figure for key, figure in every.items() if key not in shown},
    )


@dataclass(frozen=True)
class _Maker:
    columns: Columns
    totals: Totals
    at_least: set[Key]
    state: str
    position: AppliedPosition

    def figure(self, area: FigureArea, column: Column) -> Figure:
        if column.indicator.is_ratio:
            return self._ratio(area, column)
        key = (area.id, column.indicator.code)
        sums = self.totals.sums.get(key)
        expected = self.totals.expected.get(key, 0)
        is_known = sums is not None and _is_known(sums, column)
        return self._made(
            area,
            column,
            value=exact(sums.total) if sums and is_known else None,
            own=exact(sums.own) if sums and is_known else None,
            unallocated=exact(sums.unallocated) if sums and sums.unallocated else None,
            reported=sums.reported if sums else 0,
            expected=expected,
            is_at_least=key in self.at_least,
            why_missing="" if is_known else why_missing(area, column, sums, expected),
        )

    def _ratio(self, area: FigureArea, column: Column) -> Figure:
        """From its parts, each combined by its own rules first; reported by as many as gave both at most."""
        codes = (column.indicator.numerator, column.indicator.denominator)
        above, under = (self.totals.sums.get((area.id, code)) for code in codes)
        due_above, due_under = (self.totals.expected.get((area.id, code), 0) for code in codes)
        parts = [self._part(area, code) for code in codes]
        rate = divide(*parts, column.indicator.factor, column.indicator.decimals)
        reported = above.reported if above else 0
        if due_under:
            reported = min(reported, under.reported if under else 0)
        return self._made(
            area,
            column,
            value=rate,
            numerator=exact(parts[0]),
            denominator=exact(parts[1]),
            reported=reported,
            expected=due_above,
            why_missing="" if rate is not None else self._why_no_rate(area, column, parts),
        )

    def _part(self, area: FigureArea, code: str) -> int | None:
        column = self.columns.every.get(code)
        sums = self.totals.sums.get((area.id, code))
        return sums.total if column and sums and _is_known(sums, column) else None

    def _why_no_rate(self, area: FigureArea, column: Column, parts: list[int | None]) -> str:
        indicator = column.indicator
        for code, part in zip((indicator.numerator, indicator.denominator), parts, strict=True):
            operand = self.columns.every.get(code)
            if part is None and operand is not None:
                key = (area.id, code)
                why = why_missing(area, operand, self.totals.sums.get(key), self.totals.expected.get(key, 0))
                return _("%(code)s is missing: %(why)s") % {"code": code, "why": why}
        return _("the denominator (%(code)s) is 0") % {"code": indicator.denominator}

    def _made(self, area: FigureArea, column: Column, **parts: object) -> Figure:
        return Figure(
            indicator_code=column.indicator.code,
            area_id=area.id,
            windows=column.codes,
            left_out=left_out(column.cover),
            state=self.state,
            as_of=self.position.at,
            ledger_seq=self.position.seq,
            is_simulated=self.position.has_simulated and not _is_register(column),
            **parts,  # type: ignore[arg-type]
        )


def left_out(cover: SpanCover) -> str:
    return cover.sentence(get_language() or "vi") if cover.left_out or not cover.periods else ""


def why_missing(area: FigureArea, column: Column, sums: Sums | None, expected: int) -> str:
    """In words, the nearest reason first."""
    indicator = column.indicator
    if indicator.kind == IndicatorKind.SYSTEM and indicator.code not in {*MEASURED, COMMUNES_IN_FORCE}:
        return _("assignments are not yet kept in the system")
    if not area.is_on_map:
        return _("%(area)s is not a unit of this map") % {"area": area.name}
    if not column.cover.periods:
        return _("the span holds no whole window of this indicator")
    if indicator.over_time == Combining.NONE and not column.codes:
        return _("it is never combined over time: choose a span of one window")
    if not column.periods:
        return _("no window of the span has been opened for reports")
    if sums is not None and sums.reported and sums.reported == sums.not_applicable:
        return _("reported as not applicable")
    if not expected:
        return _not_asked(column)
    return _("none of the %(count)s reports due gave it") % {"count": expected}


def _not_asked(column: Column) -> str:
    if not column.climbs:
        return _("a distinct count is shown only for the unit that counted it")
    return _("no report is due that gives it")


def _is_known(sums: Sums, column: Column) -> bool:
    if column.indicator.kind == IndicatorKind.SYSTEM:
        return True
    return sums.reported > sums.not_applicable


def _is_register(column: Column) -> bool:
    return column.indicator.code == COMMUNES_IN_FORCE
