"""The figures a review speaks of, as the composer sees them: exact, dated, with their coverage."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from phoihop.reviews.compose.text import NOTHING, Text
from phoihop.reviews.render.words import singular


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number of a review under the key its sentences use.

    Missing: `value` None, and `why_missing` says why; a reported zero is Decimal(0).
    """

    key: str
    indicator: str
    kind: str  # indicators.IndicatorKind
    window: str  # indicators.WindowKind
    name: Text
    unit: Text
    as_of: date
    windows: int = 1  # how many it takes together
    area_id: int | None = None
    block: str = ""
    decimals: int = 0
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    part_unit: Text = NOTHING  # of numerator and denominator
    reported: int = 0
    expected: int = 0
    is_at_least: bool = False
    own: Decimal | None = None  # of the area's own organisations
    unallocated: Decimal | None = None
    why_missing: Text | None = None
    previous: Decimal | None = None
    previous_label: Text | None = None
    change_percent: Decimal | None = None
    target: Decimal | None = None
    attainment_percent: Decimal | None = None
    direction: str = "none"  # "up" or "down" only for the desks' own duties
    definition: Text = NOTHING
    source: str = ""
    lineage: str = ""

    @property
    def is_partial(self) -> bool:
        return 0 < self.reported < self.expected

    @property
    def has_comparison(self) -> bool:
        return self.previous_label is not None

    def numbers(self) -> dict[str, Any]:
        """What `verify` holds to the last digit."""
        return {
            "value": exact(self.value),
            "numerator": exact(self.numerator),
            "denominator": exact(self.denominator),
            "reported": self.reported,
            "expected": self.expected,
            "is_at_least": self.is_at_least,
            "unallocated": exact(self.unallocated),
            "previous": None
            if self.previous_label is None
            else {"value": exact(self.previous), "label": self.previous_label.as_json()},
            "change_percent": exact(self.change_percent),
            "target": exact(self.target),
            "attainment_percent": exact(self.attainment_percent),
        }

    def as_json(self) -> dict[str, Any]:
        """The shape of docs/review-context.md."""
        return {
            "indicator": self.indicator,
            "area_id": self.area_id,
            "name": self.name.as_json(),
            "unit": self.unit.as_json(),
            "decimals": self.decimals,
            "why_missing": self.why_missing.as_json() if self.why_missing else None,
            "definition": self.definition.as_json() if self.definition else None,
            "source": self.source,
            "as_of": self.as_of.isoformat(),
            "lineage": self.lineage,
            **self.numbers(),
        }


def exact(value: Decimal | None) -> str | None:
    """A decimal as text, without exponent or idle zeros: the same number is always the same text."""
    if value is None:
        return None
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def own(code: str) -> str:
    return code


def of_unit(code: str, area_id: int) -> str:
    return f"{code}@{area_id}"


def in_window(code: str, period_code: str) -> str:
    return f"{code}:{period_code}"


def mean_of(code: str, per: str) -> str:
    return f"{code}/{per}"


def part_of(key: str, part: str) -> str:
    """`previous`, `target`, `numerator` or `denominator` of a figure, as a figure of its own."""
    return f"{key}#{part}"


PARTS = ("previous", "target", "numerator", "denominator", "own", "unallocated", "reported", "expected")
REPORTS = Text("báo cáo", "reports")
_UNIT_OF_PART = {"reported": REPORTS, "expected": REPORTS}
_OPERANDS = ("numerator", "denominator")


@dataclass(slots=True)
class Figures:
    """Every figure of a review, by key. Those derived from others are made when first asked for."""

    by_key: dict[str, Figure] = field(default_factory=dict)

    def add(self, figure: Figure) -> None:
        self.by_key[figure.key] = figure

    def get(self, key: str) -> Figure | None:
        return self.by_key.get(key)

    def known(self, key: str) -> Figure | None:
        """Only where it has a value."""
        figure = self.by_key.get(key)
        return figure if figure and figure.value is not None else None

    def ensure(self, key: str) -> Figure | None:
        """The figure of a key, derived now where it can be: previous, target, parts, means."""
        if key not in self.by_key:
            base, mark, part = key.rpartition("#")
            if mark and part in PARTS and self.ensure(base):
                self.part(base, part)
            elif "/" in key and not mark:
                self.mean(*key.split("/", 1))
        return self.by_key.get(key)

    def part(self, key: str, part: str) -> str | None:
        """The key under which a part of a figure can be written in a sentence; None where it has none."""
        figure = self.by_key[key]
        value = getattr(figure, part)
        if value is None:
            return None
        derived = part_of(key, part)
        unit = _UNIT_OF_PART.get(part) or (figure.part_unit if part in _OPERANDS else figure.unit)
        self.by_key.setdefault(derived, _derived(figure, derived, Decimal(value), unit))
        return derived

    def mean(self, code: str, per: str) -> str | None:
        """Units: of `code` for each of `per`, half up, whole from 20 on."""
        top, bottom = self.known(code), self.known(per)
        if top is None or bottom is None or not bottom.value or top.value is None:
            return None
        derived = mean_of(code, per)
        mean = top.value / bottom.value
        decimals = 0 if mean >= 20 else 1
        unit = Text(f"{top.unit.vi}/{bottom.unit.vi}", f"{top.unit.en} a {singular(bottom.unit.en)}")
        figure = _derived(top, derived, half_up(mean, decimals), unit)
        self.by_key.setdefault(derived, _with_parts(figure, top, bottom, decimals))
        return derived

    def as_json(self) -> dict[str, dict[str, Any]]:
        return {key: figure.as_json() for key, figure in sorted(self.by_key.items())}


def half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _decimals_in(value: Decimal) -> int:
    """A part is written as it is: 100 %, 9.312 cases."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _derived(figure: Figure, key: str, value: Decimal, unit: Text) -> Figure:
    return Figure(
        key=key, indicator=figure.indicator, kind=figure.kind, window=figure.window, name=figure.name,
        unit=unit, as_of=figure.as_of, windows=figure.windows, area_id=figure.area_id, block=figure.block,
        decimals=min(figure.decimals, _decimals_in(value)), value=value, reported=figure.reported,
        expected=figure.expected, source=figure.source, lineage=figure.lineage,
    )  # fmt: skip


def _with_parts(figure: Figure, top: Figure, bottom: Figure, decimals: int) -> Figure:
    return replace(
        figure,
        numerator=top.value,
        denominator=bottom.value,
        decimals=decimals,
        name=Text(f"{top.name.vi} bình quân", f"{top.name.en}, mean"),
    )


def numbers_of(figures: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Of figures in the context: what `Figure.numbers` gives for them."""
    names = (
        "value", "numerator", "denominator", "reported", "expected", "is_at_least", "unallocated",
        "previous", "change_percent", "target", "attainment_percent",
    )  # fmt: skip
    return {key: {name: figure.get(name) for name in names} for key, figure in figures.items()}
