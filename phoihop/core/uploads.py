"""Files people attach: taken by what they are, not by what they are called; pictures lose their metadata."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from phoihop.core.errors import DomainError
from phoihop.core.files import (
    BOMB_FLOOR,
    BOMB_RATIO,
    MAX_PARTS,
    MEGABYTE,
    FileRefused,
    has_secret_name,
    secret_file,
    with_macros,
    zip_bomb,
)

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OFFICE}wordprocessingml.document", f"{_OFFICE}spreadsheetml.sheet"
EXTENSIONS = {PDF: {".pdf"}, JPEG: {".jpg", ".jpeg"}, PNG: {".png"}, DOCX: {".docx"}, XLSX: {".xlsx"}}
_SIGNS = {PDF: b"%PDF-", JPEG: b"\xff\xd8\xff", PNG: b"\x89PNG\r\n\x1a\n"}
_BODY = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
MAX_PIXELS = 60_000_000
LONGEST_SIDE = 2_400  # pixels: a photograph of a page stays readable
_NAME = 150


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    media_type: str
    content: bytes


def taken(name: str, content: bytes) -> Upload:
    """The file as it is kept.

    Raises: FileRefused with a sentence: too large, of no kind that is kept, named as another kind, secret.
    """
    shown = clean_name(name)
    if has_secret_name(shown):
        raise secret_file(shown)
    if len(content) > settings.MAX_ATTACHMENT_BYTES:
        raise _too_large(shown, len(content))
    if not content:
        raise FileRefused(_("“%(name)s” is empty. Choose the file again.") % {"name": shown})
    kind = _kind(content, shown)
    if PurePath(shown).suffix.lower() not in EXTENSIONS[kind]:
        raise _named_otherwise(shown, kind)
    made: dict[str, Callable[[bytes, str], bytes]] = {JPEG: _jpeg, PNG: _png, DOCX: _office, XLSX: _office}
    kept = made[kind](content, shown) if kind in made else content
    return Upload(shown, kind, kept)


def clean_name(name: str) -> str:
    """Its last part, composed, without control characters, at a length every disk keeps."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip(" .") or "file"
    path = PurePath(printable)
    return path.stem[: _NAME - len(path.suffix)] + path.suffix if len(printable) > _NAME else printable


def _kind(content: bytes, name: str) -> str:
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content, name)
    for kind, start in _SIGNS.items():  # a picture is moreover drawn again
        if content.startswith(start):
            return kind
    raise _no_kind(name)


def _office_kind(content: bytes, name: str) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {entry.filename for entry in archive.infolist()}
    except (BadZipFile, NotImplementedError, ValueError) as fault:
        raise _no_kind(name) from fault
    for kind, body in _BODY.items():
        if body in names:
            return kind
    raise _no_kind(name)


def _office(content: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise with_macros(name)
    swollen = any(
        entry.file_size > BOMB_FLOOR and entry.file_size > BOMB_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if swollen or len(entries) > MAX_PARTS:
        raise zip_bomb(name)
    return content


def _jpeg(content: bytes, name: str) -> bytes:
    return _redrawn(content, name, "JPEG", quality=85, optimize=True)


def _png(content: bytes, name: str) -> bytes:
    return _redrawn(content, name, "PNG", optimize=True)


def _redrawn(content: bytes, name: str, kind: str, **options: object) -> bytes:
    """The picture alone: turned as its camera meant it, without place, time, owner or hidden tail."""
    try:
        with Image.open(BytesIO(content), formats=[kind]) as opened:
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_many_pixels(name, opened.width, opened.height)
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            mode = "RGB" if kind == "JPEG" else "RGBA" if "A" in upright.getbands() else "RGB"
            bare = Image.new(mode, upright.size)
            bare.paste(upright.convert(mode))
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError, ValueError) as fault:
        raise _no_kind(name) from fault
    out = BytesIO()
    bare.save(out, kind, **options)
    return out.getvalue()


def _too_large(name: str, size: int) -> DomainError:
    return FileRefused(
        _(
            "“%(name)s” has %(size)s MB; an attachment may have at most %(limit)s MB. "
            "Attach a smaller copy, or only the pages that matter."
        )
        % {
            "name": name,
            "size": -(-size // MEGABYTE),
            "limit": settings.MAX_ATTACHMENT_BYTES // MEGABYTE,
        }
    )


def _too_many_pixels(name: str, width: int, height: int) -> DomainError:
    return FileRefused(
        _("“%(name)s” is %(width)s x %(height)s pixels, more than is opened here. Attach a smaller picture.")
        % {"name": name, "width": width, "height": height}
    )


def _no_kind(name: str) -> DomainError:
    return FileRefused(
        _(
            "“%(name)s” is, by its content, not a file that can be attached. "
            "Attach a PDF, a Word or Excel file (.docx, .xlsx) or a picture (JPEG, PNG)."
        )
        % {"name": name}
    )


def _named_otherwise(name: str, kind: str) -> DomainError:
    return FileRefused(
        _("“%(name)s” is by its content a file of another kind (%(right)s). Give it its right name.")
        % {"name": name, "right": " ".join(sorted(EXTENSIONS[kind]))}
    )
