"""Figures of many units and indicators at once; the number of queries does not grow with either."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.rollup.compute_figures import divide, exact
from phoihop.rollup.compute_inputs import COMMUNES_IN_FORCE
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.models import AppliedPosition
from phoihop.rollup.queries.at_least import at_least
from phoihop.rollup.queries.columns import Column, Columns, columns_for
from phoihop.rollup.queries.figure import Figure, FigureArea, FigureTable, Key
from phoihop.rollup.queries.missing import is_known, why_missing
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
    every = make_figures(columns, rows, days, state, position)
    shown = {(row.id, column.name) for row in rows for column in columns.shown}
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


def make_figures(
    columns: Columns, rows: tuple[FigureArea, ...], days: MapDays, state: str, position: AppliedPosition
) -> dict[Key, Figure]:
    """By unit and name of the column, operands of ratios too."""
    found = totals(columns, rows, days, state)
    found.sums.update(system_sums(columns, rows, days))
    maker = _Maker(columns, found, at_least(columns, rows, days, state), state, position)
    return {
        (row.id, name): maker.figure(row, column) for row in rows for name, column in columns.every.items()
    }


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
        key = (area.id, column.name)
        sums = self.totals.sums.get(key)
        expected = self.totals.expected.get(key, 0)
        has_value = sums is not None and is_known(sums, column)
        return self._made(
            area,
            column,
            value=exact(sums.total) if sums and has_value else None,
            own=exact(sums.own) if sums and has_value else None,
            unallocated=exact(sums.unallocated) if sums and sums.unallocated else None,
            reported=sums.reported if sums else 0,
            expected=expected,
            is_at_least=key in self.at_least,
            why_missing="" if has_value else why_missing(area, column, sums, expected),
        )

    def _ratio(self, area: FigureArea, column: Column) -> Figure:
        """From its parts, each combined by its own rules first; reported by as many as gave both at most."""
        names = (column.named(column.indicator.numerator), column.named(column.indicator.denominator))
        above, under = (self.totals.sums.get((area.id, name)) for name in names)
        due_above, due_under = (self.totals.expected.get((area.id, name), 0) for name in names)
        parts = (self._part(area, names[0]), self._part(area, names[1]))
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

    def _part(self, area: FigureArea, name: str) -> int | None:
        column = self.columns.every.get(name)
        sums = self.totals.sums.get((area.id, name))
        return sums.total if column and sums and is_known(sums, column) else None

    def _why_no_rate(self, area: FigureArea, column: Column, parts: tuple[int | None, int | None]) -> str:
        indicator = column.indicator
        for code, part in zip((indicator.numerator, indicator.denominator), parts, strict=True):
            operand = self.columns.every.get(column.named(code))
            if part is None and operand is not None:
                key = (area.id, operand.name)
                why = why_missing(area, operand, self.totals.sums.get(key), self.totals.expected.get(key, 0))
                return _("%(code)s is missing: %(why)s") % {"code": code, "why": why}
        return _("the denominator (%(code)s) is 0") % {"code": indicator.denominator}

    def _made(self, area: FigureArea, column: Column, **parts: object) -> Figure:
        return Figure(
            indicator_code=column.indicator.code,
            area_id=area.id,
            windows=column.codes,
            left_out=column.left_out,
            state=self.state,
            as_of=self.position.at,
            ledger_seq=self.position.seq,
            is_simulated=self.position.has_simulated and column.indicator.code != COMMUNES_IN_FORCE,
            **parts,  # type: ignore[arg-type]
        )
