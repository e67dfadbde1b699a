"""A safe file becomes grids of cells. Everything that makes a whole file unreadable is refused here."""

import csv
import posixpath
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

import python_calamine
from django.utils.translation import gettext as _

from phoihop.core.files import (
    FileKind,
    FileRefused,
    SafeFile,
    is_secrecy_mark,
    not_a_workbook,
    secret_file,
    zip_bomb,
)
from phoihop.core.text import fold_vi
from phoihop.reports.files.encodings import decoded
from phoihop.reports.files.grids import Grid
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.sheet_xml import SheetScan, UnsafeXml, elements, scan_sheet

MAX_AREA = 6_000_000  # cells of one sheet, counted from A1 to its last cell
MAX_REPEATED_TEXT = 512 * 1024 * 1024
_SHARED = re.compile(rb"<(?:\w+:)?si[\s>]")
_DECLARATION = re.compile(r"#\s*decimal\s*=\s*(\w+)[;,\t\s]*", re.IGNORECASE)
_DELIMITERS = ",;\t"
# Two cells of digits side by side, which may be one number torn at its decimal comma.
_TORN = re.compile(r"(?m)(?:^|,)([0-9][0-9. ]*,[0-9]+)(?=,|\r?$)")


def read_grids(file: SafeFile, given: DecimalMark | None = None) -> tuple[list[Grid], DecimalMark | None]:
    """The grids of a file, and its decimal mark: declared by the file itself, or as given with it.

    A template's mark is in its meta sheet.
    Raises: FileRefused.
    """
    if file.kind is FileKind.TEXT:
        grid, mark = _read_text(file, given)
        grids = [grid]
    else:
        grids, mark = _read_workbook(file), given
    if any(is_secrecy_mark(text) for text in {text for grid in grids for text in grid.texts()}):
        raise secret_file(file.name)
    return grids, mark


def _read_workbook(file: SafeFile) -> list[Grid]:
    try:
        sheets = _sheet_parts(file)
        scans = [(name, is_hidden, scan_sheet(part)) for name, is_hidden, part in sheets]
    except UnsafeXml as fault:
        raise not_a_workbook(file.name) from fault
    _refuse_swollen(file, [scan for _name, _hidden, scan in scans])
    values = _values(file)
    return [
        Grid(
            file=file.name,
            sheet=name,
            rows=values[name],
            is_hidden=is_hidden,
            formula_errors=scan.formula_errors,
            uncached=frozenset(scan.uncached),
            merged=tuple(scan.merged),
        )
        for name, is_hidden, scan in scans
        if name in values
    ]


def _sheet_parts(file: SafeFile) -> list[tuple[str, bool, bytes]]:
    """(name, hidden, XML) of every sheet, found as a spreadsheet program finds them."""
    parts = {name.lower().replace("\\", "/"): part for name, part in file.parts.items()}
    if any(name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in part for name, part in parts.items()):
        raise UnsafeXml("document type")
    targets = {
        link["Id"]: posixpath.normpath(posixpath.join("/xl", link["Target"])).lstrip("/").lower()
        for tag, link in elements(parts.get("xl/_rels/workbook.xml.rels", b""))
        if tag == "Relationship" and "Id" in link and "Target" in link
    }
    found = []
    for tag, sheet in elements(parts["xl/workbook.xml"]):
        if tag == "sheet" and (part := parts.get(targets.get(sheet.get("id", ""), ""))) is not None:
            found.append((sheet.get("name", ""), sheet.get("state", "visible") != "visible", part))
    return found


def _refuse_swollen(file: SafeFile, scans: list[SheetScan]) -> None:
    if any(scan.height * scan.width > MAX_AREA for scan in scans):
        raise too_far_out(file.name)
    shared = next((part for name, part in file.parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    longest = max((len(text) for text in _SHARED.split(shared)[1:]), default=0)
    if longest * sum(scan.text_cells for scan in scans) > MAX_REPEATED_TEXT:
        raise zip_bomb(file.name)


def too_far_out(name: str) -> FileRefused:
    return FileRefused(
        _(
            "“%(name)s” has a sheet whose last used cell is too far out. Delete the rows and columns beyond"
            " the table, or save the table as CSV UTF-8."
        )
        % {"name": name}
    )


def _values(file: SafeFile) -> Mapping[str, Sequence[Sequence[object]]]:
    try:
        workbook = python_calamine.load_workbook(BytesIO(file.content))
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in workbook.sheet_names
        }
    except BaseException as fault:
        if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise not_a_workbook(file.name) from fault  # the reader's own panics are not Exceptions


def _read_text(file: SafeFile, given: DecimalMark | None) -> tuple[Grid, DecimalMark | None]:
    text = decoded(file.content, file.name)
    first, second, *_rest = [*text.split("\n", 2), ""]
    declared = _DECLARATION.fullmatch(first.strip().strip('"'))
    mark = _declared_mark(declared[1], file.name, given) if declared else given
    header = second if declared else first
    delimiter = max(_DELIMITERS, key=header.count)
    if delimiter == "," and mark is not DecimalMark.POINT:
        _refuse_torn_numbers(file.name, text, header, mark)
    try:
        rows: list[list[object]] = [
            list(row) for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
        ]
    except csv.Error as fault:
        raise FileRefused(
            _("“%(name)s” cannot be read as a table: %(fault)s. Save it again as CSV UTF-8.")
            % {"name": file.name, "fault": fault}
        ) from fault
    if declared:
        rows[0] = []
    return Grid(file=file.name, sheet="", rows=rows), mark


def _refuse_torn_numbers(name: str, text: str, header: str, mark: DecimalMark | None) -> None:
    """Commas between columns and inside numbers: in a wide table without a declared comma they are columns."""
    is_long = not {"indicator", "chi tieu", "ma chi tieu"}.isdisjoint(
        fold_vi(cell).strip('" ') for cell in header.split(",")
    )
    torn = _TORN.search(text)
    if torn and (is_long or mark is DecimalMark.COMMA):
        raise FileRefused(
            _("“%(name)s”, line %(line)s: “%(value)s” may be one number or two cells, as commas also separate the"
              " columns. Separate the columns by semicolons, or declare --decimal point.")
            % {"name": name, "line": text.count("\n", 0, torn.start(1)) + 1, "value": torn[1]}
        )  # fmt: skip


def _declared_mark(word: str, name: str, given: DecimalMark | None) -> DecimalMark:
    try:
        declared = DecimalMark(word.lower())
    except ValueError as fault:
        raise FileRefused(
            _(
                "The first line of “%(name)s” declares the decimal mark “%(word)s”. Write #decimal=comma for"
                " 1.234,5 or #decimal=point for 1,234.5."
            )
            % {"name": name, "word": word}
        ) from fault
    if given and given is not declared:
        raise FileRefused(
            _(
                "“%(name)s” declares the decimal mark %(declared)s itself, but %(given)s was given. Use one of them."
            )
            % {"name": name, "declared": declared.value, "given": given.value}
        )
    return declared
