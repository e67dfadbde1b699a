"""Files kept by the SHA-256 of their bytes: the same bytes are one file, and a file never changes."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import connection


def root() -> Path:
    return Path(settings.FILES_DIR)


def keep(content: bytes) -> tuple[str, str]:
    """The SHA-256 and the path under FILES_DIR, once the bytes are safely on disk.

    Written beside its place, flushed and renamed: a crash leaves the whole file or none.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path = f"{sha256[:2]}/{sha256}"
    place = root() / path
    if place.is_file() and hash_of(place) == sha256:
        return sha256, path
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=place.parent, prefix=".unfinished-")
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(unfinished).replace(place)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
    _flush_folder(place.parent)
    return sha256, path


def keep_file(source: Path) -> tuple[str, str, int]:
    """As keep(), of a file too large to be held in memory, which is moved; its size too."""
    sha256, size = hash_of(source), source.stat().st_size
    path = f"{sha256[:2]}/{sha256}"
    place = root() / path
    place.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as written:
        os.fsync(written.fileno())
    source.replace(place)
    _flush_folder(place.parent)
    return sha256, path, size


def place_of(path: str) -> Path:
    return root() / path


def hash_of(place: Path) -> str:
    digest = hashlib.sha256()
    with place.open("rb") as source:
        while chunk := source.read(256 * 1024):
            digest.update(chunk)
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    """The rename itself reaches the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def forget(path: str) -> None:
    """Only for what was redacted: the file goes and nothing else lies under its name."""
    place_of(path).unlink(missing_ok=True)


def forget_unused(path: str) -> None:
    """After a redaction, unless something else of the system is the same file."""
    kinds = [
        model for model in apps.get_models() if {"path", "sha256"} <= {f.name for f in model._meta.fields}
    ]
    if not any(model._default_manager.filter(path=path).exists() for model in kinds):
        forget(path)


def empty_journal() -> None:
    """After a redaction: SQLite's journal still holds the pages as they were until it is written back and cut.

    On PostgreSQL nothing can be done here: freed rows, its log and its archives keep the words until they go.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
