from io import BytesIO
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.db import transaction

from phoihop.accounts.models import User
from phoihop.audit.actions import record
from phoihop.core import clock, storage
from phoihop.core.files import has_secret_name, secret_file, too_large, with_macros
from phoihop.core.text import nfc
from phoihop.reviews import errors
from phoihop.reviews.actions.guards import require_freezing
from phoihop.reviews.enums import FileKind
from phoihop.reviews.models import ReviewFile, ReviewVersion

_WORD_PART = "word/document.xml"


def add_uploaded_file(
    *, version: ReviewVersion, name: str, stream: BinaryIO, by: User | None, language: str = "vi"
) -> ReviewFile:
    """A Word-edited or signed file beside a frozen version, with its own hash; the version itself stays.

    Raises: DomainError for a file that is too large, secret by its name, or neither Word nor PDF.
    """
    require_freezing(by, version.review)
    plain = nfc(name).replace("\\", "/").rsplit("/", 1)[-1][-255:]
    if has_secret_name(plain):
        raise secret_file(plain)
    content = stream.read(settings.MAX_UPLOAD_BYTES + 1)
    if len(content) > settings.MAX_UPLOAD_BYTES:
        raise too_large(plain, len(content))
    _refuse_other_kinds(plain, content)
    sha256, path = storage.keep(content)
    return _store(version, plain, language, sha256, path, len(content), by)


def _refuse_other_kinds(name: str, content: bytes) -> None:
    """By its bytes and its extension, which must agree."""
    if content.startswith(b"%PDF-") and name.lower().endswith(".pdf"):
        return
    if not content.startswith(b"PK\x03\x04") or not name.lower().endswith(".docx"):
        raise errors.not_a_document(name)
    try:
        with ZipFile(BytesIO(content)) as archive:
            parts = [part.lower() for part in archive.namelist()]
    except BadZipFile as fault:
        raise errors.not_a_document(name) from fault
    if any(part.endswith("vbaproject.bin") for part in parts):
        raise with_macros(name)
    if _WORD_PART not in parts:
        raise errors.not_a_document(name)


@transaction.atomic
def _store(
    version: ReviewVersion, name: str, language: str, sha256: str, path: str, size: int, by: User | None
) -> ReviewFile:
    kept = ReviewFile.objects.create(
        version=version,
        kind=FileKind.UPLOADED,
        language=language,
        name=name,
        path=path,
        sha256=sha256,
        size_bytes=size,
        added_at=clock.now(),
        added_by=by,
    )
    details = {"version": version.number, "sha256": sha256}  # no name: it may have to go, the log never does
    record("add_uploaded_file", version.review, by=by, details=details)
    return kept
