"""What a reader of figures gets: a value that never stands alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from phoihop.indicators.enums import REPORTING_DUTIES, IndicatorKind
from phoihop.periods import Span, SpanCover
from phoihop.rollup.enums import FigureState


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator of one unit over one span, with all that must be shown beside it.

    Units:   `value` exact, unrounded for sums; a ratio is divided once, half up to the indicator's decimals.
    Missing: `value` is None and `why_missing` says why; never 0. value = own + the children's + unallocated.
    """

    indicator_code: str
    area_id: int
    value: Decimal | None
    numerator: Decimal | None = None  # of a ratio, already combined over the span
    denominator: Decimal | None = None
    own: Decimal | None = None  # the unit's own organisations' part
    unallocated: Decimal | None = None  # stands here and at no unit below; None: nothing does
    reported: int = 0  # counting reports that gave it
    expected: int = 0  # counting reports that owe it
    is_at_least: bool = False  # a part of it stands unallocated at a unit above
    windows: tuple[str, ...] = ()  # codes of the windows the span took
    left_out: str = ""  # a sentence where the span left days out
    state: str = FigureState.RECEIVED
    as_of: datetime | None = None  # when the last ledger entry it includes was accepted
    ledger_seq: int = 0
    is_simulated: bool = False
    why_missing: str = ""
    hidden: str = ""  # "" shown, "small" ("<5") or "secondary"; set by protection.protect

    @property
    def is_missing(self) -> bool:
        return self.value is None and not self.hidden

    @property
    def coverage(self) -> tuple[int, int] | None:
        """Reports that gave it, of those that owe it; of a reporting duty the reports it counts. None: nobody owes it."""
        if self.expected:
            return self.reported, self.expected
        is_duty = self.indicator_code in REPORTING_DUTIES
        if is_duty and self.numerator is not None and self.denominator is not None:
            return int(self.numerator), int(self.denominator)
        return None

    @property
    def coverage_percent(self) -> Decimal | None:
        """Missing: None where nothing was expected; never above 100."""
        return Decimal(100 * self.reported) / self.expected if self.expected else None


@dataclass(frozen=True, slots=True)
class FigureArea:
    """A row of a table."""

    id: int
    key: str
    name: str  # full name
    level: str
    parent_id: int | None = None  # on the table's map
    is_on_map: bool = True  # a unit of another map has no figures of its own on this one


@dataclass(frozen=True, slots=True)
class FigureIndicator:
    """A column of a table: the definition in force in the last window of the span."""

    id: int
    code: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    kind: str
    window: str
    decimals: int
    direction: str
    persons: str
    over_time: str
    over_units: str
    factor: int = 1
    numerator: str = ""  # codes of a ratio's operands
    denominator: str = ""

    @property
    def is_ratio(self) -> bool:
        return bool(self.numerator)

    @property
    def is_system(self) -> bool:
        return self.kind == IndicatorKind.SYSTEM


Key = tuple[int, str]


@dataclass(frozen=True)
class FigureTable:
    """Figures of units (rows) and indicators (columns) over one span, on one map.

    Shape: `get(area, code)` always answers. With `under`, the first row is that area itself.
    """

    areas: tuple[FigureArea, ...]
    indicators: tuple[FigureIndicator, ...]
    cells: Mapping[Key, Figure]
    span: Span
    map_key: str
    state: str
    covers: Mapping[str, SpanCover]  # by window kind: what the span took and left out
    as_of: datetime | None = None
    ledger_seq: int = 0
    is_simulated: bool = False
    under_id: int | None = None
    is_protected: bool = False
    operands: Mapping[Key, Figure] = field(default_factory=dict, repr=False)  # of ratios not in the table

    def get(self, area: int, code: str) -> Figure:
        return self.cells[area, code]

    def row(self, area: int) -> tuple[Figure, ...]:
        return tuple(self.cells[area, indicator.code] for indicator in self.indicators)

    def column(self, code: str) -> tuple[Figure, ...]:
        return tuple(self.cells[area.id, code] for area in self.areas)

    def indicator(self, code: str) -> FigureIndicator:
        return next(each for each in self.indicators if each.code == code)

    def __iter__(self) -> Iterator[Figure]:
        """Row by row, as a download writes them."""
        for area in self.areas:
            yield from self.row(area.id)


def percent(part: int, whole: int, decimals: int = 2) -> Decimal | None:
    """Half up; None where nothing was due."""
    return rounded(Decimal(100 * part) / whole, decimals) if whole else None


def rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
