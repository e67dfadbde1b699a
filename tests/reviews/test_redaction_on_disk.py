"""Redacted words are gone from the database's own files, not only from what is asked of it."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(folder: Path, *command: str) -> str:
    settings = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo", "PHOIHOP_TODAY": "2026-06-16"}
    held = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", *command],
        check=False,
        cwd=ROOT,
        env={**held, **settings, "PHOIHOP_VAR": str(folder)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_redacted_words_stand_nowhere_in_the_database_file(tmp_path: Path) -> None:
    run(tmp_path, "django", "migrate", "-v0")
    told = json.loads(run(tmp_path, "tests.reviews.redaction_on_disk"))
    assert told["before"] > 0
    assert sum(told["after"].values()) == 0
