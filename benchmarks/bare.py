"""What a durable insert costs without Django: a row a transaction, by the driver, and as a WSGI application."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import dj_database_url
import psycopg

TABLE = {
    "sqlite": "CREATE TABLE IF NOT EXISTS bench_row (id INTEGER PRIMARY KEY, writer BIGINT, payload TEXT)",
    "postgresql": "CREATE TABLE IF NOT EXISTS bench_row (id BIGSERIAL PRIMARY KEY, writer BIGINT, payload JSONB)",
}
_kept = threading.local()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Reads the body, writes it as one row, says so when it is on disk. A connection a thread."""
    payload = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
    if not hasattr(_kept, "write"):
        _kept.write = writer(os.environ["BENCH_DATABASE"])
    _kept.write(payload)
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "20")])
    return [b'{"status":"written"}']


def writer(url: str) -> Callable[[str], object]:
    """One transaction a call, with the durability the product asks of the same database."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    if settings["ENGINE"].endswith("sqlite3"):
        connection = sqlite3.connect(settings["NAME"], timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

        def write(payload: str) -> None:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO bench_row (writer, payload) VALUES (1, ?)", [payload])
            connection.execute("COMMIT")

        return write
    session = psycopg.connect(url, autocommit=True)
    return lambda payload: session.execute(
        "INSERT INTO bench_row (writer, payload) VALUES (1, %s)", [payload]
    )


def written_a_second(url: str, payload: str, clients: int, seconds: float) -> float:
    """A loop around the driver in every thread."""
    counts = [0] * clients
    ready = threading.Barrier(clients + 1)

    def run(number: int) -> None:
        write = writer(url)
        ready.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            write(payload)
            counts[number] += 1

    threads = [threading.Thread(target=run, args=[number]) for number in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = time.monotonic()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.monotonic() - start)
