"""What tells this process that a conference has moved: one thread, one connection, however many read.

SQLite: the log's last number is asked for ten times a second. PostgreSQL: the change itself notifies in its own
transaction (actions/changing.py); the number is still asked for every two seconds, should a notice be lost.
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
from phoihop.conferences.queries.streams import dead_grants, idle_users, log_after, moved, open_counts
from phoihop.conferences.streams.hub import Hub

POLL_SECONDS = 0.1
SAFETY_SECONDS = 2.0
DOORS_SECONDS = 2.0
COUNTS_SECONDS = 1.0

log = logging.getLogger(__name__)


class Bus(threading.Thread):
    """Reads for all rooms of the hub and hands what it read to the hub's loop. A fault is logged and tried again."""

    def __init__(self, hub: Hub, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(name="bus", daemon=True)
        self._hub, self._loop = hub, loop
        self._stopping = threading.Event()
        self._due = {self._read_doors: 0.0, self._read_counts: 0.0}
        self._every = {self._read_doors: DOORS_SECONDS, self._read_counts: COUNTS_SECONDS}

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> None:
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
        connection.close()

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
        """Grants that no longer stand, whoever ended them and however; people who may no longer sign in."""
        tickets = [reader.ticket for reader in self._hub.readers()]
        grants = dead_grants({each.grant for each in tickets if each.grant})
        users = idle_users({each.user for each in tickets if each.user})
        if grants or users:
            self._tell(self._hub.close_where, lambda it: it.grant in grants or it.user in users, "ended")

    def _read_counts(self) -> None:
        rooms = {room.pk: room for room in list(self._hub.rooms.values())}
        counted = open_counts(rooms)
        for pk, room in rooms.items():
            self._tell(room.tell_counts, {"vote": counted.get(pk)})

    def _tell(self, act: Callable[..., None], *arguments: Any) -> None:
        self._loop.call_soon_threadsafe(act, *arguments)


Wait = Callable[[threading.Event], None]


@contextmanager
def _heard() -> Iterator[Wait]:
    """Gives what waits for the next change, or for the time to look anyway."""
    if connection.vendor != "postgresql":
        yield lambda stopping: _pause(stopping, POLL_SECONDS)
        return
    with psycopg.connect(**_parameters(), autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        yield lambda _stopping: _listen(listener)


def _pause(stopping: threading.Event, seconds: float) -> None:
    stopping.wait(seconds)


def _listen(listener: psycopg.Connection[Any]) -> None:
    """Until the first notice; doors and counts are due again within the second."""
    for _notice in listener.notifies(timeout=min(SAFETY_SECONDS, COUNTS_SECONDS) / 2, stop_after=1):
        return


def _parameters() -> dict[str, Any]:
    given = connection.get_connection_params()
    return {name: value for name, value in given.items() if name not in {"cursor_factory", "context"}}
