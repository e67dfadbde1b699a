"""Writers who wait side by side share one commit; what one does wrong is undone alone. In a process of its own, on disk."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

WRITERS = """
import fcntl, json, os, sys, threading, time
import django
django.setup()
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import translation
from phoihop.core import turns

def run(sql, values=()):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()

run("CREATE TABLE said (number INTEGER PRIMARY KEY, text TEXT)")
run("CREATE TABLE depends (number INTEGER REFERENCES said (number) DEFERRABLE INITIALLY DEFERRED)")
told, threads, languages = {}, set(), set()

def write(number):
    def job():
        threads.add(threading.get_ident())
        languages.add((number, translation.get_language()))
        run("INSERT INTO said VALUES (%s, %s)", (number, "x"))
        if number == 3:
            raise ValueError("the third is refused")
        if number in SPOILS:
            SPOIL()
        return number * 10

    with translation.override("en" if number % 2 else "vi"):
        try:
            told[number] = turns.write_in_turn(job)
        except Exception as fault:
            told[number] = type(fault).__name__
    connections.close_all()

lock = os.open(settings.DATABASES["default"]["NAME"] + "-turn", os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)  # another process is writing: everyone here comes to wait
writers = [threading.Thread(target=write, args=[number]) for number in range(6)]
for writer in writers:
    writer.start()
while len(turns._waiting) < len(writers):
    time.sleep(0.01)
fcntl.flock(lock, fcntl.LOCK_UN)
for writer in writers:
    writer.join()
print(json.dumps({
    "told": [told[number] for number in range(6)],
    "written": [number for number, in run("SELECT number FROM said ORDER BY number")],
    "threads": len(threads),
    "languages": sorted(languages),
}))
"""
ROLLED_BACK = "lambda: run('ROLLBACK')"  # as SQLite does by itself where the disk is full
FAILS_AT_THE_COMMIT = "lambda: run('INSERT INTO depends VALUES (99)')"


def six_writers(folder: Path, spoils: str = "[]", spoil: str = "None") -> dict[str, Any]:
    own = {"PHOIHOP_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo"}
    inherited = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    script = WRITERS.replace("SPOILS", spoils).replace("SPOIL()", f"({spoil})()")
    done = subprocess.run(
        [sys.executable, "-c", script], env={**inherited, **own}, capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_those_who_wait_are_written_by_one_and_a_refusal_hinders_no_other(tmp_path: Path) -> None:
    assert six_writers(tmp_path) == {
        "told": [0, 10, 20, "ValueError", 40, 50],
        "written": [0, 1, 2, 4, 5],
        "threads": 1,
        "languages": [[number, "en" if number % 2 else "vi"] for number in range(6)],
    }


def test_nobody_is_told_what_fails_at_the_commit(tmp_path: Path) -> None:
    found = six_writers(tmp_path, "[4]", FAILS_AT_THE_COMMIT)
    assert found["told"] == ["IntegrityError"] * 3 + ["ValueError"] + ["IntegrityError"] * 2
    assert found["written"] == []


def test_nobody_is_told_what_the_database_took_back(tmp_path: Path) -> None:
    found = six_writers(tmp_path, "[1]", ROLLED_BACK)
    assert [told for told in found["told"] if isinstance(told, int)] == []
    assert found["written"] == []
