"""What an acceptance stands on: a database on disk that is durable, lets readers read, and queues its writers."""

import json
import os
import subprocess
import sys
from pathlib import Path

ASKED = """
import json, sqlite3
import django
django.setup()
from django.conf import settings
from django.db import connection, transaction

def pragma(name):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]

found = {name: pragma(name) for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")}
other = sqlite3.connect(settings.DATABASES["default"]["NAME"], timeout=0, isolation_level=None)
with transaction.atomic():  # nothing written yet: only BEGIN IMMEDIATE has taken the right to write
    try:
        other.execute("BEGIN IMMEDIATE")
        found["second_writer"] = "let in"
    except sqlite3.OperationalError as refusal:
        found["second_writer"] = str(refusal)
    found["reader"] = other.execute("SELECT 1").fetchone()[0]
print(json.dumps(found))
"""


def test_a_database_on_disk_is_durable_and_queues_its_writers(tmp_path: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={
            **inherited,
            "PHOIHOP_VAR": str(tmp_path),
            "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert (tmp_path / "phoihop.sqlite3").is_file()
    assert json.loads(done.stdout) == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "busy_timeout": 30_000,
        "foreign_keys": 1,
        "second_writer": "database is locked",
        "reader": 1,
    }
