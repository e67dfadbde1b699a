import hashlib
from pathlib import Path

import pytest
from django.test import override_settings

from phoihop.core import storage


@pytest.fixture(autouse=True)
def folder(tmp_path: Path):  # type: ignore[no-untyped-def]
    with override_settings(FILES_DIR=tmp_path):
        yield tmp_path


def test_same_bytes_are_one_file_under_their_hash(folder: Path) -> None:
    first, second = storage.keep(b"abc"), storage.keep(b"abc")

    sha256 = hashlib.sha256(b"abc").hexdigest()
    assert first == second == (sha256, f"{sha256[:2]}/{sha256}")
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [sha256]


def test_damaged_file_is_written_anew(folder: Path) -> None:
    sha256, path = storage.keep(b"abc")
    (folder / path).write_bytes(b"torn")

    storage.keep(b"abc")

    assert storage.hash_of(folder / path) == sha256


def test_failed_write_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="no space"):
        storage.keep(b"abc")
    assert not [path for path in folder.rglob("*") if path.is_file()]
