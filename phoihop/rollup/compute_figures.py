"""The figures of a span, and what is reckoned from them at the very end: exact, in Decimal, half up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

import pyarrow as pa

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.indicators.enums import Rule as Combining
from phoihop.periods import Span, SpanCover
from phoihop.reports.content import unscaled
from phoihop.rollup.compute_rows import AreaRow
from phoihop.rollup.compute_rules import CatalogueRow

ENOUGH_DIGITS = 60  # no quotient of two sums comes so near a half that rounding twice could change it


@dataclass(frozen=True, slots=True)
class RollupRow:
    """One indicator of one unit over the windows taken.

    Missing: `value` is None where nothing was reported under the unit, or a rate has no denominator.
    """

    map_key: str
    level: str
    area_id: int
    area_key: str
    area_code: str
    indicator: str
    start: date
    last: date  # inclusive
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    reported: int
    expected: int
    unallocated: Decimal | None
    state: str
    target: Decimal | None


@dataclass(frozen=True)
class RollupTable:
    """Iterate for rows: from the nation down, by code of the unit, in the catalogue's order."""

    span: Span
    covers: Mapping[str, SpanCover]  # kind of window -> what the span takes of it and leaves out
    map_key: str
    state: str
    engine: str
    ledger_seq: int
    sql_hash: str
    figures: pa.Table  # integers as SQL left them
    areas: Mapping[int, AreaRow]
    area_codes: Mapping[int, str]
    indicators: Mapping[int, CatalogueRow]  # those asked for, in order

    def __iter__(self) -> Iterator[RollupRow]:
        order = {indicator: place for place, indicator in enumerate(self.indicators)}
        rows = (row for row in self.figures.to_pylist() if row["indicator_id"] in order)
        for row in sorted(rows, key=lambda row: (*self._place(row["area_id"]), order[row["indicator_id"]])):
            yield self._row(row)

    def by_area(self) -> dict[tuple[int, str], RollupRow]:
        """(area id, indicator code) -> row."""
        return {(row.area_id, row.indicator): row for row in self}

    def _place(self, area_id: int) -> tuple[int, str, str]:
        area = self.areas[area_id]
        return LEVEL_ORDER[Level(area.level)], self.area_codes.get(area_id, ""), area.key

    def _row(self, row: Mapping[str, int | None]) -> RollupRow:
        area = self.areas[row["area_id"] or 0]
        indicator = self.indicators[row["indicator_id"] or 0]
        start, last = days_taken(indicator, self.covers[indicator.window])
        rate = divide(row["numerator"], row["denominator"], indicator.factor, indicator.decimals)
        return RollupRow(
            self.map_key, area.level, area.id, area.key, self.area_codes.get(area.id, ""), indicator.code,
            start, last,
            value=rate if indicator.numerator_id else exact(row["total"]),
            numerator=exact(row["numerator"]),
            denominator=exact(row["denominator"]),
            reported=row["reported"] or 0,
            expected=row["expected"] or 0,
            unallocated=exact(row["unallocated"]),
            state=self.state,
            target=exact(row["target"]),
        )  # fmt: skip


def days_taken(indicator: CatalogueRow, cover: SpanCover) -> tuple[date, date]:
    """First and last day the figure speaks of: of the windows taken, or of the last where only it counts."""
    first = cover.periods[-1 if indicator.over_time == Combining.LAST else 0]
    return first.start, cover.periods[-1].last


def exact(value: int | None) -> Decimal | None:
    return None if value is None else unscaled(value)


def divide(
    numerator: Decimal | int | None, denominator: Decimal | int | None, factor: int, decimals: int
) -> Decimal | None:
    """Missing: a part missing, or a denominator of 0."""
    if numerator is None or not denominator:
        return None
    with localcontext(prec=ENOUGH_DIGITS):
        quotient = Decimal(numerator * factor) / Decimal(denominator)
        return quotient.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def percent(part: Decimal | int | None, whole: Decimal | int | None) -> Decimal | None:
    """Two decimals, half up. Missing: a part missing, or nothing to divide by."""
    if part is None or not whole:
        return None
    with localcontext(prec=ENOUGH_DIGITS):
        return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def completeness(row: RollupRow) -> Decimal | None:
    """Share of the reports due that gave the indicator, in percent; never above 100."""
    return percent(row.reported, row.expected)


def timeliness(on_time: int, expected: int) -> Decimal | None:
    """Share of the reports due (not of those submitted) that were first submitted by their deadline, in percent."""
    return percent(on_time, expected)


def attainment(row: RollupRow) -> Decimal | None:
    """The value in percent of what the programme set out to reach. Missing: no value, or no target."""
    return percent(row.value, row.target)


def change(now: RollupRow, before: RollupRow | None) -> Decimal | None:
    """Change against an earlier term in percent of the earlier value. Missing: a value missing, or 0 before."""
    if before is None or now.value is None or before.value is None:
        return None
    return percent(now.value - before.value, abs(before.value))
