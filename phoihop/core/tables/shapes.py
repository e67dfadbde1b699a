from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from phoihop.core.templatetags.vietnamese import number

Raw = Decimal | int | str | None


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    label: str
    is_number: bool = False
    sort: str = ""  # what ?sort= takes to sort by it; empty: not sortable
    sorted_by: str = ""  # "", "ascending" or "descending"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`text` as the page writes it, `value` as a download holds it: an exact number, never a formatted one."""

    text: str
    value: Raw = None
    href: str = ""
    note: str = ""  # under it, small
    tag: str = ""  # a status: the css class of its shape and colour
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: Sequence[Cell]
    kind: str = "row"  # or "total", "group"


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    count: int
    total: int
    size: int
    param: str = "page"

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.total else 0

    @property
    def last(self) -> int:
        return min(self.number * self.size, self.total)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption, what it adds up and where it comes from."""

    key: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    note: str = ""
    page: Page | None = None
    is_simulated: bool = False
    empty: str = ""
    downloads: bool = True

    def beside_picture(self) -> Self:
        """Neither sorted nor handed out where it stands: the picture's own address does both."""
        columns = [replace(column, sort="", sorted_by="") for column in self.columns]
        return replace(self, columns=columns, downloads=False)


def text_cell(text: object, href: str = "", note: str = "", tag: str = "") -> Cell:
    return Cell(str(text), str(text), href, note, tag)


def value_cell(
    value: Decimal | int | None, decimals: int | None = None, *, href: str = "", note: str = "", tag: str = ""
) -> Cell:
    """Missing: a dash, with the reason in `note`; an empty cell in a download."""
    return Cell(number(value, decimals), value, href, note, tag, is_number=True)
