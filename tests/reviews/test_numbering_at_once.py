"""Numbers asked for at the same moment: one after the other, none twice, none left out, on either database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgresql import own_database
from tests.reviews.numbering_at_once import CLERKS

ROOT = Path(__file__).parents[2]


def told(folder: Path, url: str) -> dict[str, list[int]]:
    settings = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo", "PHOIHOP_TODAY": "2026-06-16"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.reviews.numbering_at_once"],
        check=False,
        cwd=ROOT,
        env={**os.environ, **settings, "PHOIHOP_VAR": str(folder), "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[int]] = json.loads(done.stdout)
    return found


def test_clerks_number_at_once_on_sqlite(tmp_path: Path) -> None:
    each = list(range(1, CLERKS + 1))
    assert told(tmp_path, f"sqlite:///{tmp_path / 'phoihop.sqlite3'}") == {"given": each, "kept": each}


@pytest.mark.postgresql
def test_clerks_number_at_once_on_postgresql(tmp_path: Path) -> None:
    each = list(range(1, CLERKS + 1))
    with own_database("numbering") as url:
        assert told(tmp_path, url) == {"given": each, "kept": each}
