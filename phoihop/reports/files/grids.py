"""A sheet or a table as rows of cells that still know their address and what is wrong with them."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from phoihop.reports.files import errors
from phoihop.reports.files.encodings import is_legacy_encoded
from phoihop.reports.files.numbers import is_formula_error

Place = tuple[int, int]  # row and column, from 0
Block = tuple[Place, Place]  # both corners inclusive
LONGEST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Grid:
    """`formula_errors` and `uncached` are the cells a fast reader shows as blank although they are not."""

    file: str
    sheet: str  # empty for CSV
    rows: Sequence[Sequence[object]]
    is_hidden: bool = False
    formula_errors: Mapping[Place, str] = field(default_factory=dict)
    uncached: frozenset[Place] = frozenset()
    merged: tuple[Block, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.file}: {self.sheet}" if self.sheet else self.file

    @property
    def height(self) -> int:
        return len(self.rows)

    def raw(self, row: int, column: int) -> object:
        """The value as stored; "" outside the used area."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return self.rows[row][column]

    def value(self, row: int, column: int) -> object:
        """The value of a sound cell.

        Raises: CellRefused for a formula error, a formula without a saved result, a merged cell.
        """
        place = (row, column)
        if place in self.formula_errors:
            raise errors.formula_error(self.formula_errors[place])
        if place in self.uncached:
            raise errors.formula_without_value()
        if block := self.merge_over(row, column):
            raise errors.merged_cells(reference(block))
        found = self.raw(row, column)
        if isinstance(found, str) and is_formula_error(found.strip()):
            raise errors.formula_error(found.strip())
        return found

    def key(self, row: int, column: int) -> str:
        """A text that identifies something: never corrected silently.

        Raises: CellRefused, also for decomposed Unicode (NFD).
        """
        text = as_text(self.value(row, column))
        if not unicodedata.is_normalized("NFC", text):
            raise errors.decomposed_text(text)
        return text

    def words(self, row: int, column: int, *, limit: int = LONGEST_TEXT) -> str:
        """A text people read: composed (NFC) without asking, since its meaning stays the same."""
        text = unicodedata.normalize("NFC", as_text(self.value(row, column)))
        if is_legacy_encoded(text):
            raise errors.legacy_font_text(text)
        if len(text) > limit:
            raise errors.too_long(text, limit)
        return text

    def merge_over(self, row: int, column: int) -> Block | None:
        for (top, left), (bottom, right) in self.merged:
            if top <= row <= bottom and left <= column <= right:
                return (top, left), (bottom, right)
        return None

    def texts(self) -> Iterator[str]:
        return (value for row in self.rows for value in row if isinstance(value, str) and value)


def as_text(value: object) -> str:
    """A whole number typed where a text is meant reads as its digits."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def address(row: int, column: int) -> str:
    return f"{get_column_letter(column + 1)}{row + 1}"


def reference(block: Block) -> str:
    return f"{address(*block[0])}:{address(*block[1])}"
