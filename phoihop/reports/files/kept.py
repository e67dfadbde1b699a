"""Workbooks that were uploaded, kept a day for their marked copy and for a choice between two copies.

On disk under FILES_DIR, so that any process answers the next request; named by whose they are.
"""

import json
import re
import secrets
import shutil
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from phoihop.core import storage

KEPT_FOR = 24 * 60 * 60  # seconds
MOST = 10  # of one person for one report: the oldest goes first
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)
_BYTES, _ABOUT = "workbook.xlsx", "about.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """`made`: the revision of the draft this upload became; "" while the officer has yet to choose."""

    token: str
    report: int
    user: int
    name: str
    copy: str
    at: float
    made: str = ""

    @property
    def folder(self) -> Path:
        return _folder(self.report, self.user, self.token)

    def content(self) -> bytes:
        return (self.folder / _BYTES).read_bytes()


def keep_workbook(*, report: int, user: int, name: str, content: bytes, copy: str) -> Kept:
    """Whole or not at all; what is older than a day, or more than is kept, goes at the same time."""
    forget_old()
    _forget_most(report, user)
    kept = Kept(secrets.token_urlsafe(18), report, user, name, copy, time.time())
    unfinished = _root() / f".unfinished-{kept.token}"
    unfinished.mkdir(parents=True)
    (unfinished / _BYTES).write_bytes(content)
    _write(unfinished, kept)
    unfinished.replace(kept.folder)
    return kept


def made_draft(kept: Kept, revision: str) -> Kept:
    known = replace(kept, made=revision)
    _write(kept.folder, known)
    return known


def kept_workbook(*, report: int, user: int, token: str) -> Kept | None:
    """Missing: None where it is another's, another report's, or older than a day."""
    if not _TOKEN.fullmatch(token):
        return None
    return _read(_folder(report, user, token))


def made_from_same_copy(*, report: int, user: int, copy: str, revision: str) -> bool:
    """Whether what stands now is just what this person made of this very file before: nothing typed since is lost."""
    if not copy or not revision:
        return False
    found = (_read(folder) for folder in _root().glob(f"{report}-{user}-*"))
    return any(kept is not None and (kept.copy, kept.made) == (copy, revision) for kept in found)


def forget_old() -> None:
    if _root().is_dir():
        for folder in _root().iterdir():
            if time.time() - folder.stat().st_mtime > KEPT_FOR:
                shutil.rmtree(folder, ignore_errors=True)


def _forget_most(report: int, user: int) -> None:
    folders = sorted(
        _root().glob(f"{report}-{user}-*"), key=lambda folder: folder.stat().st_mtime, reverse=True
    )
    for folder in folders[MOST - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return storage.root() / "tmp"


def _folder(report: int, user: int, token: str) -> Path:
    return _root() / f"{report}-{user}-{token}"


def _write(folder: Path, kept: Kept) -> None:
    unfinished = folder / f".{_ABOUT}"
    unfinished.write_text(json.dumps(asdict(kept)), "utf-8")
    unfinished.replace(folder / _ABOUT)


def _read(folder: Path) -> Kept | None:
    try:
        kept = Kept(**json.loads((folder / _ABOUT).read_text("utf-8")))
    except FileNotFoundError:
        return None
    return None if time.time() - kept.at > KEPT_FOR else kept
