"""Files from outside: nothing is parsed before its size, its kind and its unpacked size are known."""

import hashlib
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from phoihop.core.errors import DomainError

MEGABYTE = 1024 * 1024
MAX_PARTS = 2_000
UNPACKED_FACTOR = 10  # an honest workbook unpacks to about ten times its size
BOMB_RATIO = 200
BOMB_FLOOR = 5 * MEGABYTE  # small parts of repeated cells pack very well and harm nobody
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CHUNK = 256 * 1024
_NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf", b"<!DOCTYPE", b"<html", b"<?xml")
_MARK = re.compile(r"(?:(?:độ|mức độ) mật\s*:?\s*)?(?:tối |tuyệt )?mật")


class FileRefused(DomainError):
    """The file as a whole is not taken; the sentence says why and how to save it instead."""


class FileKind(StrEnum):
    WORKBOOK = "xlsx"
    TEXT = "csv"


@dataclass(frozen=True, slots=True)
class SafeFile:
    """A file whose bytes may be parsed. `parts` holds a workbook's unpacked parts, by name."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str
    parts: Mapping[str, bytes]


def open_safely(path: Path) -> SafeFile:
    """The file's bytes, once its name, size, kind and unpacked size are all acceptable.

    Raises: FileRefused with a sentence.
    """
    name = unicodedata.normalize("NFC", path.name)
    if has_secret_name(name):
        raise secret_file(name)
    return safe_file(name, _read_bounded(path, name))


def safe_file(name: str, content: bytes) -> SafeFile:
    """The same for bytes at hand, such as an upload's.

    Raises: FileRefused with a sentence.
    """
    name = unicodedata.normalize("NFC", name)
    if has_secret_name(name):
        raise secret_file(name)
    if len(content) > settings.MAX_UPLOAD_BYTES:
        raise too_large(name, len(content))
    if not content.strip():
        raise FileRefused(_("“%(name)s” is empty. Save it again with its figures.") % {"name": name})
    kind = _kind_of(content, name)
    _refuse_extension(name, kind)
    parts = unpack(content, name) if kind is FileKind.WORKBOOK else {}
    return SafeFile(name, kind, content, hashlib.sha256(content).hexdigest(), parts)


def _read_bounded(path: Path, name: str) -> bytes:
    limit = settings.MAX_UPLOAD_BYTES
    if not path.is_file():
        raise FileRefused(_("There is no file “%(name)s”. Check the path.") % {"name": path})
    if (size := path.stat().st_size) > limit:
        raise too_large(name, size)
    with path.open("rb") as source:
        return source.read(limit + 1)


def _kind_of(content: bytes, name: str) -> FileKind:
    if content.startswith(b"PK\x03\x04"):
        return FileKind.WORKBOOK
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise FileRefused(
                _("“%(name)s” is protected by a password. Remove the password and save it again.")
                % {"name": name}
            )
        raise not_a_workbook(name)
    if content.lstrip()[:16].startswith(_NOT_TABLES):
        raise not_a_workbook(name)
    return FileKind.TEXT


def _refuse_extension(name: str, kind: FileKind) -> None:
    extension = Path(name).suffix.lower()
    if extension == ".xlsm":
        raise with_macros(name)
    allowed = {FileKind.WORKBOOK: {".xlsx"}, FileKind.TEXT: {".csv", ".txt", ".tsv"}}[kind]
    if extension not in allowed:
        raise not_a_workbook(name)


def unpack(content: bytes, name: str) -> dict[str, bytes]:
    """Every part of a workbook, unpacked under a hard cap whatever its directory claims."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as fault:
        raise not_a_workbook(name) from fault
    _refuse_directory(entries, name)
    return {entry.filename: _unpacked(content, entry, name) for entry in entries}


def _refuse_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename.lower() for entry in entries]
    if any(part.endswith("vbaproject.bin") for part in names):
        raise with_macros(name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused(
            _("“%(name)s” is protected by a password. Remove the password and save it again.")
            % {"name": name}
        )
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise not_a_workbook(name)
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > BOMB_FLOOR and entry.file_size > BOMB_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if swollen or len(entries) > MAX_PARTS or total > UNPACKED_FACTOR * settings.MAX_UPLOAD_BYTES:
        raise zip_bomb(name)


def _unpacked(content: bytes, entry: zipfile.ZipInfo, name: str) -> bytes:
    """One part, read from the raw bytes: a lying directory must not reach a reader that trusts it."""
    start = entry.header_offset
    if content[start : start + 4] != b"PK\x03\x04":
        raise not_a_workbook(name)
    skip = int.from_bytes(content[start + 26 : start + 28], "little")
    skip += int.from_bytes(content[start + 28 : start + 30], "little")
    packed = content[start + 30 + skip : start + 30 + skip + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        part = packed
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        part = _inflated(packed, entry.file_size, name)
    else:
        raise not_a_workbook(name)
    if len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
        raise not_a_workbook(name)
    return part


def _inflated(packed: bytes, claimed: int, name: str) -> bytes:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        part = stream.decompress(packed, claimed + 1)
    except zlib.error as fault:
        raise not_a_workbook(name) from fault
    if len(part) > claimed:
        raise zip_bomb(name)
    return part


def is_secrecy_mark(text: str) -> bool:
    """Whether a cell holds a State secrecy mark on its own: MẬT, TỐI MẬT, TUYỆT MẬT, "Độ mật: Mật".

    Source: Law on protection of State secrets (2018), the three degrees of secrecy.
    """
    if len(text) > 60:
        return False
    plain = unicodedata.normalize("NFC", text).casefold()
    return bool(_MARK.fullmatch(" ".join(re.sub(r"[\[\](){}<>*_.“”\"'-]", " ", plain).split())))


def has_secret_name(name: str) -> bool:
    """A file name with the word MẬT; "bảo mật" and "bí mật" are words of their own."""
    words = re.split(r"[\W_]+", unicodedata.normalize("NFC", name).casefold())
    return any(
        word == "mật" and before not in {"bảo", "bí"}
        for before, word in zip(["", *words], words, strict=False)
    )


def too_large(name: str, size: int) -> FileRefused:
    return FileRefused(
        _("“%(name)s” has %(size)s MB; a file may have at most %(limit)s MB. Split it by unit or period.")
        % {"name": name, "size": -(-size // MEGABYTE), "limit": settings.MAX_UPLOAD_BYTES // MEGABYTE}
    )


def zip_bomb(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s” unpacks to far more than a workbook holds, so it was not opened. Save a new workbook.")
        % {"name": name}
    )


def not_a_workbook(name: str) -> FileRefused:
    return FileRefused(
        _(
            "“%(name)s” is not a workbook or a table of text that can be read. Open it in its own program and"
            " save it as Excel workbook (.xlsx) or CSV UTF-8 (.csv)."
        )
        % {"name": name}
    )


def with_macros(name: str) -> FileRefused:
    return FileRefused(
        _("“%(name)s” carries macros. Save it as an Excel workbook without macros (.xlsx).") % {"name": name}
    )


def secret_file(name: str) -> FileRefused:
    return FileRefused(
        _(
            "“%(name)s” carries a State secrecy mark. This system is not for State secrets: nothing of it was"
            " kept. Hand it over by the channel for classified documents."
        )
        % {"name": name}
    )
