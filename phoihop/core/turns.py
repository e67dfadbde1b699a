"""Taking turns at writing, where the database has one writer.

Who waits for SQLite polls, at intervals that grow to a tenth of a second: under a storm the writer's place stands
empty while everyone sleeps. Who waits here is woken when it is free, or finds that another thread, whose turn it was,
has written for it: those who wait side by side in a process share one commit, each behind a savepoint of its own. A
killed process leaves nothing behind.
"""

import fcntl
import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import Context, copy_context
from pathlib import Path
from typing import Any, TypeVar, cast

from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.utils import translation

T = TypeVar("T")
_TOGETHER_AT_MOST = 32

_in_this_process = threading.Lock()
_waiting: deque["_Waiting"] = deque()
_files: dict[str, int] = {}


def write_in_turn(job: Callable[[], T]) -> T:
    """What the job gives, once the transaction it wrote in is committed.

    It may run in another thread, with this one's language and clock. Where it raises, what it wrote is undone.
    """
    if not _has_one_writer():
        with transaction.atomic():
            return job()
    mine = _Waiting(job, copy_context())
    _waiting.append(mine)
    with _in_this_process:
        while not mine.is_over:
            _write()
    if mine.fault:
        raise mine.fault
    return cast("T", mine.answer)


@contextmanager
def writing_turn() -> Iterator[None]:
    """The same turn around a transaction of one's own, which no other shares; never inside one."""
    if not _has_one_writer():
        yield
        return
    with _in_this_process, _writers_place():
        yield


class _Waiting:
    def __init__(self, job: Callable[[], Any], context: Context) -> None:
        self.job, self.context, self.language = job, context, translation.get_language()
        self.answer: Any = None
        self.fault: BaseException | None = None
        self.is_over = False

    def run(self) -> None:
        with self, transaction.atomic():
            self.answer = self.context.run(self._do)

    def _do(self) -> Any:
        with translation.override(self.language):
            return self.job()

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, fault: BaseException | None, _trace: object) -> bool:
        """A fault is kept for the thread that waits, and hinders no other."""
        self.fault = fault
        return isinstance(fault, Exception)


def _write() -> None:
    """Nobody's work is over before the commit, and none is done where there was no commit."""
    together: list[_Waiting] = []
    try:
        with _writers_place():
            together += _those_waiting()
            _commit(together)
    except BaseException as fault:
        together = together or _those_waiting()
        for each in together:
            each.fault = each.fault or fault
        if not isinstance(fault, Exception):
            raise
    finally:
        for each in together:
            each.is_over = True


def _those_waiting() -> list[_Waiting]:
    return [_waiting.popleft() for _ in range(min(len(_waiting), _TOGETHER_AT_MOST))]


def _commit(together: list[_Waiting]) -> None:
    """Raises: whatever kept it from being committed; Django itself rolls back without a word in places."""
    committed: list[bool] = []
    with transaction.atomic():
        transaction.on_commit(lambda: committed.append(True))
        for each in together:
            each.run()
    if not committed:
        raise TransactionManagementError("The transaction was rolled back; nothing was written.")


def _has_one_writer() -> bool:
    is_on_disk = connection.vendor == "sqlite" and Path(str(connection.settings_dict["NAME"])).is_file()
    return is_on_disk and not connection.in_atomic_block


@contextmanager
def _writers_place() -> Iterator[None]:
    lock = _file(str(connection.settings_dict["NAME"]))
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
