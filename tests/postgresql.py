"""A PostgreSQL database of its own for a test that starts processes, gone with it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

SERVER = os.environ.get("PHOIHOP_TEST_POSTGRES") or os.environ.get("DATABASE_URL", "")


@contextmanager
def own_database(of: str) -> Iterator[str]:
    """Its URL; `of` is in its name. Empty: whoever uses it migrates."""
    name = f"phoihop_{of}_{uuid4().hex[:12]}"
    _execute(f"CREATE DATABASE {name}")
    try:
        yield urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))
    finally:
        _execute(f"DROP DATABASE {name} WITH (FORCE)")


def _execute(statement: str) -> None:
    with psycopg.connect(SERVER, autocommit=True) as session:
        session.execute(statement)
