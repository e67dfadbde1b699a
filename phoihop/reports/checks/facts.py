"""What rules may name of a report and of its cells; the same names stand in the page's facts.

Missing: a fact that is not known is missing, never 0 and never "no".
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from phoihop.indicators.enums import IndicatorKind, Rule
from phoihop.reports.checks.expressions import MISSING, NA, Getter, Kind, state
from phoihop.reports.checks.expressions.states import exact
from phoihop.reports.checks.filled import Filled
from phoihop.reports.content import FIGURE, NOT_APPLICABLE
from phoihop.reports.enums import Scope
from phoihop.reports.queries.cells import FormCell


@dataclass(frozen=True, slots=True)
class Standing:
    """What stays the same from one report to the next: the cell as the form and the catalogue have it."""

    code: str
    level: str
    is_asked: bool = True
    is_percent: bool = False
    is_yes_or_no: bool = False
    may_be_own: bool = False
    may_be_consolidated: bool = False
    decimals_allowed: str | None = None
    low: str | None = None
    high: str | None = None


STANDING = {
    "is_asked": Kind.YES_NO,
    "is_percent": Kind.YES_NO,
    "is_yes_or_no": Kind.YES_NO,  # a distinct count that adds over units: each unit says 1 or 0 of itself
    "may_be_own": Kind.YES_NO,
    "may_be_consolidated": Kind.YES_NO,
    "decimals_allowed": Kind.NUMBER,
    "low": Kind.NUMBER,  # what is plausible for one unit of this level
    "high": Kind.NUMBER,
}


def standing_of(cell: FormCell, level: str) -> Standing:
    known: dict[str, Standing] = vars(cell).setdefault("_standing", {})
    if level not in known:
        known[level] = _standing(cell, level)
    return known[level]


def _standing(cell: FormCell, level: str) -> Standing:
    version = cell.version
    low, high = (_text(bound) for bound in version.plausible.get(level) or (None, None))
    return Standing(
        code=cell.code,
        level=str(level),
        is_percent=version.unit_vi == "%",
        is_yes_or_no=version.kind == IndicatorKind.DISTINCT and version.over_units == Rule.ADD,
        may_be_own=Scope.OWN in cell.scopes_allowed,
        may_be_consolidated=Scope.CONSOLIDATED in cell.scopes_allowed,
        decimals_allowed=str(version.decimals),
        low=low,
        high=high,
    )


def _text(bound: object) -> str | None:
    return None if bound is None else format(Decimal(str(bound)), "f")


class Reading:
    """One report as rules read it."""

    def __init__(self, filled: Filled) -> None:
        self.filled = filled
        asked = filled.asked
        self.states = {code: state(text) for code, text in filled.cells.items() if code in asked}

    @cached_property
    def year_before(self) -> dict[str, Any]:
        before = self.filled.year_before
        return {code: state(text) for code, text in before.cells.items()} if before else {}

    @cached_property
    def window_before(self) -> dict[str, Any]:
        before = self.filled.window_before
        return {code: state(text) for code, text in before.cells.items()} if before else {}

    @cached_property
    def year_before_is_whole_window(self) -> bool:
        before = self.filled.year_before
        return before is not None and before.is_whole_window

    def movement(self, code: str) -> Any:
        moved = self.filled.movements.get(code)
        return MISSING if moved is None else exact(moved)

    def moved(self, code: str) -> Any:
        own = self.states.get(code, MISSING)
        return self.movement(code) if own is MISSING or own is NA else own

    def text(self, code: str) -> str:
        written = self.filled.cells.get(code, "")
        return written if len(written) <= 40 else f"{written[:40]}…"

    def fault(self, code: str) -> str:
        """Why the text of a cell is no figure; empty where it is one, or does not apply."""
        if self.states.get(code, MISSING) is not MISSING:
            return ""
        text = self.filled.cells.get(code, NOT_APPLICABLE)
        if text == NOT_APPLICABLE or state(text) is not MISSING:
            return ""
        match = FIGURE.fullmatch(text)
        if match is None:
            return "not_a_number"
        return "too_many_decimals" if len(match[3] or "") > 4 else "too_large"

    def standing(self, code: str) -> Standing:
        cell = self.filled.asked.get(code)
        level = self.filled.level
        return standing_of(cell, level) if cell else Standing(code, str(level), is_asked=False)


REPORT: dict[str, tuple[Kind, Getter]] = {
    "level": (Kind.TEXT, lambda reading: str(reading.filled.level)),
    "is_whole_window": (Kind.YES_NO, lambda reading: reading.filled.is_whole_window),
    "has_units_below": (Kind.YES_NO, lambda reading: reading.filled.has_units_below),
    "communes_below": (Kind.NUMBER, lambda reading: _or_missing(reading.filled.communes_below)),
    "year_before_is_whole_window": (Kind.YES_NO, lambda reading: reading.year_before_is_whole_window),
}


def _or_missing(count: int | None) -> Any:
    return MISSING if count is None else count


def _of_given(which: str) -> Callable[[str], Getter]:
    def consolidated(code: str) -> Getter:
        def get(reading: Reading) -> bool:
            given = getattr(reading.filled, which)
            return given is not None and code in given.consolidated

        return get

    return consolidated


# Of one cell: code -> what reads the fact.
CELL: dict[str, tuple[Kind, Callable[[str], Getter]]] = {
    "value": (Kind.NUMBER, lambda code: lambda reading: reading.states.get(code, MISSING)),
    "is_consolidated": (Kind.YES_NO, lambda code: lambda reading: code in reading.filled.consolidated),
    "year_before": (Kind.NUMBER, lambda code: lambda reading: reading.year_before.get(code, MISSING)),
    "year_before_is_consolidated": (Kind.YES_NO, _of_given("year_before")),
    "window_before": (Kind.NUMBER, lambda code: lambda reading: reading.window_before.get(code, MISSING)),
    "window_before_is_consolidated": (Kind.YES_NO, _of_given("window_before")),
    # The sum over shorter windows inside this one, where they cover all its days.
    "movement": (Kind.NUMBER, lambda code: lambda reading: reading.movement(code)),
    "moved": (Kind.NUMBER, lambda code: lambda reading: reading.moved(code)),  # the value, else the movement
    "label": (Kind.TEXT, lambda code: lambda reading: reading.filled.label(code)),
    "code": (Kind.TEXT, lambda code: lambda _reading: code),
    "text": (Kind.TEXT, lambda code: lambda reading: reading.text(code)),
    "fault": (Kind.TEXT, lambda code: lambda reading: reading.fault(code)),
}

# Of a written cell that need not be asked, only what is written.
WRITTEN = {"is_consolidated", "label", "code", "text", "fault"}
