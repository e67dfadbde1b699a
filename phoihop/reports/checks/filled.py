"""A report as filled in: all that the checks read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from phoihop.core.errors import DomainError
from phoihop.core.templatetags.vietnamese import number
from phoihop.reports.content import NOT_APPLICABLE, scaled, unscaled
from phoihop.reports.queries.cells import FormCell
from phoihop.reports.queries.values import Given


@dataclass(frozen=True)
class Filled:
    level: str
    asked: Mapping[str, FormCell]  # the cells of this form for this level and party
    cells: Mapping[str, str]
    consolidated: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()  # every indicator code in force on the window's first day
    is_whole_window: bool = True
    has_units_below: bool = False
    communes_below: int | None = (
        None  # in force on the last day covered; None: a commune, or nothing to compare
    )
    year_before: Given | None = None
    window_before: Given | None = None
    handed_in: Given | None = None  # the version of this report handed in last
    movements: Mapping[str, int] = field(default_factory=dict)  # code -> sum over the windows inside this one

    @cached_property
    def values(self) -> dict[str, int]:
        """Readable figures of asked cells, in ten-thousandths."""
        return figures({code: text for code, text in self.cells.items() if code in self.asked})

    @cached_property
    def values_a_year_before(self) -> dict[str, int]:
        return figures(self.year_before.cells) if self.year_before else {}

    def scope_of(self, code: str) -> bool:
        """Whether the value is consolidated; two values compare only within one scope."""
        return code in self.consolidated

    def pair(self, code: str, other: str) -> tuple[int, int] | None:
        """Both values, where both were given in the same scope."""
        if code in self.values and other in self.values and self.scope_of(code) == self.scope_of(other):
            return self.values[code], self.values[other]
        return None

    def label(self, code: str) -> str:
        return self.asked[code].label if code in self.asked else code


def figures(cells: Mapping[str, str]) -> dict[str, int]:
    return dict(_readable(cells.items()))


def _readable(cells: Iterable[tuple[str, str]]) -> Iterable[tuple[str, int]]:
    for code, text in cells:
        if text != NOT_APPLICABLE:
            try:
                yield code, scaled(text)
            except DomainError:
                continue


def shown(value: int) -> str:
    """As the page's language writes numbers."""
    return number(unscaled(value))
