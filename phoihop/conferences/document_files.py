"""What is kept of a file attached to an item: its bytes, the pictures of its pages, and no State secret."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

import docx
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from phoihop.conferences import preparing_errors
from phoihop.conferences.pdf_pages import MOST_PAGES, CannotDraw, TooManyPages, drawn_pages
from phoihop.core.files import is_secrecy_mark, secret_file
from phoihop.core.uploads import DOCX, JPEG, PDF, PNG, XLSX, Upload, taken

_ROWS = 5_000  # of a sheet that are looked through


@dataclass(frozen=True, slots=True)
class DocumentFile:
    upload: Upload
    pages: tuple[bytes, ...]  # pictures; none for Word and Excel files, which the screens do not show


def document_file(name: str, content: bytes) -> DocumentFile:
    """Raises: FileRefused with a sentence: of no kind that is kept, too large, secret, with pages that cannot be drawn."""
    upload = taken(name, content)
    if upload.media_type in {JPEG, PNG}:
        return DocumentFile(upload, (upload.content,))
    if upload.media_type != PDF:
        _refuse_secret(upload, _lines(upload))
        return DocumentFile(upload, ())
    try:
        pages = drawn_pages(upload.content)
    except TooManyPages as fault:
        raise preparing_errors.too_many_pages(upload.name, fault.count, MOST_PAGES) from fault
    except CannotDraw as fault:
        raise preparing_errors.unreadable_pdf(upload.name) from fault
    _refuse_secret(upload, (line for page in pages for line in page.text.splitlines()))
    return DocumentFile(upload, tuple(page.png for page in pages))


def _refuse_secret(upload: Upload, lines: Iterable[str]) -> None:
    if any(is_secrecy_mark(line.strip()) for line in lines):
        raise secret_file(upload.name)


def _lines(upload: Upload) -> Iterator[str]:
    """Texts that stand alone: paragraphs, cells, headers."""
    readers = {DOCX: _of_word, XLSX: _of_workbook}
    try:
        yield from readers[upload.media_type](upload.content)
    except (BadZipFile, InvalidFileException, KeyError, ValueError) as fault:
        raise preparing_errors.unreadable_file(upload.name) from fault


def _of_word(content: bytes) -> Iterator[str]:
    document = docx.Document(BytesIO(content))
    holders = [
        document,
        *(part for section in document.sections for part in (section.header, section.footer)),
    ]
    for holder in holders:
        yield from (paragraph.text for paragraph in holder.paragraphs)
        for table in holder.tables:
            yield from (cell.text for row in table.rows for cell in row.cells)


def _of_workbook(content: bytes) -> Iterator[str]:
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=_ROWS, values_only=True):
            yield from (value for value in row if isinstance(value, str))
