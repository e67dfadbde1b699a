"""What tells this process that a conference has moved: one thread, one connection, however many read.

SQLite: forty times a second it is asked whether anything was committed at all, which costs next to nothing; the logs
are looked at when it was. PostgreSQL: the change itself notifies in its own transaction (actions/changing.py). The logs
are looked at twice a second anyway, should a notice be lost.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import DatabaseError, close_old_connections, connection

from phoihop.conferences.actions.changing import CHANNEL
from phoihop.conferences.enums import Duty
from phoihop.conferences.queries.streams import (
    Held,
    dead_grants,
    idle_users,
    log_after,
    lost_duties,
    moved,
    open_counts,
    sites_elsewhere,
)
from phoihop.conferences.streams.hub import Hub
from phoihop.conferences.streams.tickets import Ticket

POLL_SECONDS = 0.025
ANYWAY_SECONDS = 0.5
DOORS_SECONDS = 2.0
COUNTS_SECONDS = 1.0

log = logging.getLogger(__name__)


class Bus(threading.Thread):
    """Reads for all rooms of the hub and hands what it read to the hub's loop. A fault of the database is tried again."""

    def __init__(
        self, hub: Hub, loop: asyncio.AbstractEventLoop, on_death: Callable[[], object], mark: str = ""
    ) -> None:
        """on_death: called in the loop should the thread end without being asked to. mark: of this process's connections."""
        super().__init__(name="bus", daemon=True)
        self._mark = mark
        self._hub, self._loop, self._on_death = hub, loop, on_death
        self._stopping = threading.Event()
        self._due = {self._read_doors: 0.0, self._read_counts: 0.0}
        self._every = {self._read_doors: DOORS_SECONDS, self._read_counts: COUNTS_SECONDS}

    def stop(self) -> None:
        self._stopping.set()
        self.join()

    def run(self) -> None:
        try:
            self._keep_reading()
        finally:
            connection.close()
            if not self._stopping.is_set():
                self._tell(self._on_death)

    def _keep_reading(self) -> None:
        while not self._stopping.is_set():
            try:
                with _heard() as wait:
                    while not self._stopping.is_set():
                        self._round()
                        wait(self._stopping)
            except (DatabaseError, psycopg.Error):
                log.exception("The log of the conferences could not be read; trying again.")
                close_old_connections()
                self._stopping.wait(1)

    def _round(self) -> None:
        self._read_log()
        for read in self._due:
            if time.monotonic() >= self._due[read]:
                self._due[read] = time.monotonic() + self._every[read]
                read()

    def _read_log(self) -> None:
        rooms = {room.pk: room for room in list(self._hub.rooms.values())}
        for pk in moved({pk: room.seq for pk, room in rooms.items()}):
            self._tell(self._hub.publish, rooms[pk], log_after(pk, rooms[pk].seq))

    def _read_doors(self) -> None:
        """Grants and duties that no longer stand, whoever ended them and however; people who may no longer sign in."""
        tickets = [reader.ticket for reader in self._hub.readers()]
        grants = dead_grants({each.grant for each in tickets if each.grant})
        users = idle_users({each.user for each in tickets if each.user})
        lost = lost_duties({held for each in tickets if (held := _held(each))})
        if grants or users or lost:
            self._tell(
                self._hub.close_where,
                lambda it: it.grant in grants or it.user in users or _held(it) in lost,
                "ended",
            )

    def _read_counts(self) -> None:
        rooms = {room.pk: room for room in list(self._hub.rooms.values())}
        counted, elsewhere = open_counts(rooms), sites_elsewhere(rooms, self._mark)
        for pk, room in rooms.items():
            self._tell(room.tell_counts, counted.get(pk), elsewhere.get(pk, ()))

    def _tell(self, act: Callable[..., object], *arguments: Any) -> None:
        self._loop.call_soon_threadsafe(act, *arguments)


def _held(ticket: Ticket) -> Held | None:
    """None: nobody signed in stands behind it."""
    if ticket.user is None:
        return None
    headed = ticket.site if ticket.kind == Duty.HEAD else ""
    return Held(ticket.conference, ticket.user, ticket.grant, ticket.audience, headed)


Wait = Callable[[threading.Event], None]


@contextmanager
def _heard() -> Iterator[Wait]:
    """Gives what waits for the next change, or for the time to look anyway."""
    if connection.vendor != "postgresql":
        yield _UntilCommitted()
        return
    with psycopg.connect(**_parameters(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        yield lambda _stopping: _until_notified(listener)


class _UntilCommitted:
    """SQLite counts the commits of other connections. What is committed while the logs are read is seen next."""

    def __init__(self) -> None:
        self._seen = _commits()

    def __call__(self, stopping: threading.Event) -> None:
        for _look in range(round(ANYWAY_SECONDS / POLL_SECONDS)):
            now = _commits()
            if now != self._seen or stopping.wait(POLL_SECONDS):
                self._seen = now
                return


def _commits() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute("PRAGMA data_version").fetchone()[0])


def _until_notified(listener: psycopg.Connection[Any]) -> None:
    for _notice in listener.notifies(timeout=ANYWAY_SECONDS, stop_after=1):
        return


def _parameters() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
