from dataclasses import dataclass
from typing import Literal

from phoihop.core.tables import Table
from phoihop.reviews.pages.linked import LinkedText
from phoihop.reviews.render.plan.shapes import Head, Heading, Signature


@dataclass(frozen=True, slots=True)
class WebText:
    kind: Literal["text", "bullet", "quote", "placeholder"]
    parts: LinkedText
    source: str = ""
    language: str = ""  # where it is another than the page's


@dataclass(frozen=True, slots=True)
class WebCell:
    text: str
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class WebRow:
    kind: str
    cells: tuple[WebCell, ...]


@dataclass(frozen=True, slots=True)
class WebTable:
    key: str
    caption: str
    labels: tuple[WebCell, ...]
    rows: tuple[WebRow, ...]
    notes: tuple[str, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class WebChart:
    key: str
    caption: str
    alt: str
    notes: tuple[str, ...]
    table: Table
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class WebHeading:
    heading: Heading
    anchor: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class WebAnnex:
    anchor: str
    number: str
    title: str
    reference: str
    pieces: tuple[WebTable | WebChart, ...]
    notes: tuple[str, ...]


WebPiece = WebHeading | WebText | WebTable | WebChart


@dataclass(frozen=True, slots=True)
class ReviewPage:
    mark: str
    head: Head
    body: tuple[WebPiece, ...]
    signatures: tuple[Signature, ...]
    recipients_label: str
    recipients: tuple[str, ...]
    annexes: tuple[WebAnnex, ...]

    @property
    def headings(self) -> tuple[WebHeading, ...]:
        """The parts and sections, for the list of contents."""
        return tuple(
            piece for piece in self.body if isinstance(piece, WebHeading) and piece.heading.depth <= 2
        )
