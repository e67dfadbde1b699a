"""What the fast reader does not tell, read from a sheet's XML as a stream: formulas, errors, true size.

python-calamine shows a formula without a saved result and a formula error as blanks, and lays a sheet out from
its first to its last cell: two cells in opposite corners would fill the memory.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from phoihop.reports.files.grids import Block, Place

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class UnsafeXml(Exception):
    """The part is not plain XML: broken, of another encoding, or with a document type of its own."""


@dataclass(slots=True)
class SheetScan:
    formula_errors: dict[Place, str] = field(default_factory=dict)
    uncached: set[Place] = field(default_factory=set)
    merged: list[Block] = field(default_factory=list)
    height: int = 0
    width: int = 0
    text_cells: int = 0  # cells that repeat a shared text


def elements(part: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element of a small part with its attributes, prefixes dropped."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()

    def start(tag: str, attributes: dict[str, str]) -> None:
        found.append((_local(tag), {_local(key): value for key, value in attributes.items()}))

    parser.StartElementHandler = start
    _feed(parser, part)
    return found


def scan_sheet(part: bytes) -> SheetScan:
    scanner = _Scanner()
    _feed(scanner.parser, part)
    scanner.finish_cell()
    return scanner.scan


class _Scanner:
    """Acts on opening tags only; text is collected just inside formula and error cells."""

    def __init__(self) -> None:
        self.scan = SheetScan()
        self.parser = _parser()
        self.parser.StartElementHandler = self.start
        self.row, self.column = -1, -1
        self.kind = ""
        self.has_formula = False
        self.value = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "c":
                self.finish_cell()
                self.kind = attributes.get("t", "n")
                self._move_to_cell(attributes.get("r"))
                self.scan.text_cells += self.kind == "s"
            case "row":
                self.finish_cell()
                number = attributes.get("r", "")
                self.row = int(number) - 1 if number.isdecimal() else self.row + 1
                self.column = -1
            case "f":
                self.has_formula = True
                self._grow()
            case "v" | "is":
                self._grow()
                if self.has_formula or self.kind == "e":
                    self.parser.CharacterDataHandler = self.collect
            case "mergeCell":
                if block := _block(attributes.get("ref", "")):
                    self.scan.merged.append(block)

    def collect(self, text: str) -> None:
        self.value += text

    def finish_cell(self) -> None:
        if self.has_formula or self.kind == "e":
            place = (self.row, self.column)
            if self.kind == "e":
                self.scan.formula_errors[place] = self.value.strip() or "#N/A"
            elif (
                not self.value.strip() and self.kind != "str"
            ):  # "str": the formula's result is an empty text
                self.scan.uncached.add(place)
            self.parser.CharacterDataHandler = None
        self.kind, self.has_formula, self.value = "", False, ""

    def _move_to_cell(self, reference: str | None) -> None:
        place = _place(reference) if reference else (self.row, self.column + 1)
        if place is None:
            raise UnsafeXml(reference)
        self.row, self.column = place

    def _grow(self) -> None:
        self.scan.height = max(self.scan.height, self.row + 1)
        self.scan.width = max(self.scan.width, self.column + 1)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_declaration: object) -> None:
        raise UnsafeXml("document type")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _feed(parser: expat.XMLParserType, part: bytes) -> None:
    try:
        parser.Parse(part, True)  # noqa: FBT003  expat takes no keywords
    except (expat.ExpatError, ValueError) as fault:
        raise UnsafeXml(str(fault)) from fault


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _place(reference: str) -> Place | None:
    found = _REFERENCE.fullmatch(reference.upper())
    if not found or found[2].strip("0") == "":
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _block(reference: str) -> Block | None:
    first, _, last = reference.partition(":")
    top_left, bottom_right = _place(first), _place(last or first)
    return (top_left, bottom_right) if top_left and bottom_right else None
