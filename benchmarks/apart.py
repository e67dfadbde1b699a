"""Runs a benchmark in a process whose settings are the benchmarks', on a database of its own that goes afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg


def run_apart(module: str, day: str, folder: str, database: str = "") -> None:
    """The same command again, with --here; on SQLite in the folder, or beside the PostgreSQL database that was named."""
    url = f"sqlite:///{folder}/phoihop.sqlite3"
    name = f"phoihop_bench_{os.getpid()}"
    if database:
        url = urlunsplit(urlsplit(database)._replace(path=f"/{name}"))
        _execute(database, f"CREATE DATABASE {name}")
    environment = {
        **os.environ, "PHOIHOP_VAR": folder, "PHOIHOP_TODAY": day, "DATABASE_URL": url, "BENCH_DATABASE": url,
        "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }  # fmt: skip
    try:
        subprocess.run([sys.executable, "-m", module, "--here", *sys.argv[1:]], check=True, env=environment)
    finally:
        if database:
            _execute(database, f"DROP DATABASE {name} WITH (FORCE)")


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(statement)
