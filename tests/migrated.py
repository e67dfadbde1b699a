"""Databases on disk for installations of the tests: migrating takes seconds, so each is a copy of one that was migrated."""

import atexit
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree

ROOT = Path(__file__).parents[1]


def migrate(url: str) -> None:
    """Tables and nothing in them where `url` is of a SQLite file that is not there yet; else whoever builds migrates."""
    kind, _slashes, path = url.partition(":///")
    if kind == "sqlite" and not Path(path).exists():
        copyfile(_template(), path)


@cache
def _template() -> Path:
    """One for each process of the tests, gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="phoihop-migrated-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    file = folder / "phoihop.sqlite3"
    own = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo", "PHOIHOP_VAR": str(folder)}
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "-v0"],
        cwd=ROOT,
        env={**os.environ, **own, "DATABASE_URL": f"sqlite:///{file}"},
        check=True,
    )
    return file
