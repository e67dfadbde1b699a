"""From any figure to the report versions behind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.enums import IndicatorKind
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.models import Report
from phoihop.rollup.enums import FigureState
from phoihop.rollup.lineage.formula import formula
from phoihop.rollup.lineage.rows import LineageRow, Part, RowMaker, Superseded
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.queries.columns import Column, Columns, columns_for
from phoihop.rollup.queries.confirmed import standing_at
from phoihop.rollup.queries.figure import Figure, FigureIndicator
from phoihop.rollup.queries.rows import MapDays, rows_of
from phoihop.rollup.queries.sources import parties_asked, reports_behind
from phoihop.rollup.queries.table import make_figures

PAGE_SIZE = 10_000

__all__ = ["PAGE_SIZE", "Lineage", "LineageRow", "Part", "Superseded", "lineage"]


@dataclass(frozen=True)
class Lineage:
    """The rows of one page; the counted values of all pages add up to the figure.

    A ratio has no rows of its own: `numerator` and `denominator` are the lineages of its parts.
    """

    figure: Figure
    indicator: FigureIndicator
    area: Area
    formula: str
    rows: tuple[LineageRow, ...] = ()
    page: int = 1
    pages: int = 1
    total_reports: int = 0
    numerator: "Lineage | None" = None
    denominator: "Lineage | None" = None

    @property
    def unallocated(self) -> tuple[LineageRow, ...]:
        """The sources of the figure's unallocated line."""
        return tuple(row for row in self.rows if row.part == Part.UNALLOCATED)

    @property
    def counted_total(self) -> Decimal:
        """Of this page."""
        return sum((row.value or Decimal(0) for row in self.rows if row.is_counted), Decimal(0))


def lineage(
    *,
    indicator: str,
    area: Area,
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    programmes: Iterable[Programme] | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
    upto: int | None = None,
) -> Lineage:
    """The figure, how it was made, and a page of the versions that gave it or stand beside it.

    upto: a ledger number; the rows are then those of the versions that stood there, the figure stays today's.
    """
    position = ensure_fresh()
    days = MapDays.of(map_key, span)
    columns = columns_for(programmes, span, [indicator])
    made = make_figures(columns, rows_of([area], days), days, str(state), position)
    request = _Request(area, days, str(state), columns, page, size, upto)
    return request.lineage(columns.every[indicator], {name: made[area.pk, name] for name in columns.every})


@dataclass(frozen=True)
class _Request:
    area: Area
    days: MapDays
    state: str
    columns: Columns
    page: int
    size: int
    upto: int | None = None

    def lineage(self, column: Column, made: dict[str, Figure]) -> Lineage:
        indicator = column.indicator
        figure = made[indicator.code]
        words = formula(figure, column)
        if indicator.is_ratio:
            parts = [
                self.lineage(self.columns.every[code], made) if code in self.columns.every else None
                for code in (indicator.numerator, indicator.denominator)
            ]
            return Lineage(figure, indicator, self.area, words, numerator=parts[0], denominator=parts[1])
        if indicator.kind == IndicatorKind.SYSTEM:
            return Lineage(figure, indicator, self.area, words)
        reports = reports_behind(self.area.pk, column.periods, self.days, climbs=column.climbs).filter(
            party__in=parties_asked(column)
        )
        standing = None if self.upto is None else standing_at(column.periods, self.state, self.upto)
        if standing is not None:
            reports = reports.filter(pk__in=standing)
        else:
            reports = reports.filter(accepted_version__isnull=False)
        if standing is None and self.state == FigureState.RECEIVED:
            reports = reports.filter(accepted_version__cells__has_key=indicator.code)
        total = reports.count()
        start = (self.page - 1) * self.size
        related = reports.select_related("area", "organisation__area").prefetch_related(
            "area__titles", "organisation__area__titles"
        )
        ordered = related.order_by("period__start", "area__name_sort", "party", "pk")
        shown: list[Report] = list(ordered[start : start + self.size])
        rows = RowMaker(column, self.area.pk, self.days, self.state, standing).rows(shown)
        pages = max(1, -(-total // self.size))
        return Lineage(figure, indicator, self.area, words, tuple(rows), self.page, pages, total)
