"""Taking turns at writing, where the database has one writer.

Who waits for SQLite polls, at intervals that grow to a tenth of a second: under a storm the writer's place stands
empty while everyone sleeps. Who waits here is woken when it is free. A killed process leaves nothing behind.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

_in_this_process = threading.Lock()
_files: dict[str, int] = {}


@contextmanager
def writing_turn() -> Iterator[None]:
    """Around a transaction, never inside one."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or connection.in_atomic_block or not Path(name).is_file():
        yield
        return
    with _in_this_process:
        lock = _file(name)
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)


def _file(name: str) -> int:
    key = f"{os.getpid()}:{name}"  # a process that was forked opens its own
    if key not in _files:
        _files[key] = os.open(f"{name}-turn", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return _files[key]
