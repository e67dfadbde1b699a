"""A document in one language, every text final: what Word and the PDF both draw, so that they cannot differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from phoihop.reviews.render.labels import Language


@dataclass(frozen=True, slots=True)
class Issuer:
    parent: str
    name: str
    number: str  # the whole line, "Số: 05/BC-BCĐ"; empty where the parties share one number


@dataclass(frozen=True, slots=True)
class Head:
    issuers: tuple[Issuer, ...]
    nation: str
    motto: str
    shared_number: str
    place_and_date: str
    type: str
    abstract: str
    addressed_to_label: str
    addressed_to: tuple[str, ...]
    legal_bases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signature:
    lines: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Heading:
    depth: int  # 1 phần, 2 mục, 3 khoản, 4 điểm
    level: int  # the same without gaps, for bookmarks
    number: str
    title: str
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: Literal["text", "bullet", "quote", "placeholder"]
    text: str
    source: str = ""
    language: Language | None = None  # where it is another than the document's


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    align: Literal["left", "center", "right"]
    width_mm: float


@dataclass(frozen=True, slots=True)
class Row:
    kind: Literal["row", "total", "group"]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    size_pt: float
    landscape: bool
    notes: tuple[str, ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Chart:
    caption: str
    alt: str
    notes: tuple[str, ...]
    source: Mapping[str, Any] = field(repr=False)
    kind: Literal["chart"] = "chart"


@dataclass(frozen=True, slots=True)
class Annex:
    number: str  # "Phụ lục I"
    title: str
    reference: str
    pieces: tuple[Table | Chart, ...]
    notes: tuple[str, ...]


Piece = Heading | Paragraph | Table | Chart


@dataclass(frozen=True, slots=True)
class Plan:
    language: Language
    title: str
    author: str
    subject: str
    created: datetime
    mark: str
    head: Head
    body: tuple[Piece, ...]
    signatures: tuple[Signature, ...]
    recipients_label: str
    recipients: tuple[str, ...]
    annexes: tuple[Annex, ...]
