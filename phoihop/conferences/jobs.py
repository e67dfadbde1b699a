"""What runs beside the pages: the media engine follows the log, films are made of what was recorded."""

import logging
import threading
import time
from typing import Self

from django.db import DatabaseError, close_old_connections, connection

from phoihop.conferences.filming import delete_what_is_due, make_films
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.engine import Engine
from phoihop.conferences.media.outbox import reconcile, run_outbox

POLL_SECONDS = 0.2
RECONCILE_SECONDS = 5
FILM_SECONDS = 10
DAILY_SECONDS = 3600  # whether a day has passed

log = logging.getLogger(__name__)


class MediaFollower(threading.Thread):
    """Idle where there is no engine."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(name="media-follower", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()
        self._faults: list[str] = []

    def run(self) -> None:
        chosen, due = engine(), 0.0
        while chosen is not None and not self._stopping.wait(self.poll_seconds):
            try:
                close_old_connections()
                run_outbox(chosen)
                if time.monotonic() >= due:
                    self._reconcile(chosen)
                    due = time.monotonic() + RECONCILE_SECONDS
            except DatabaseError:
                log.exception("The media engine could not be told what changed; trying again.")
        connection.close()

    def _reconcile(self, chosen: Engine) -> None:
        """Said once, not every five seconds."""
        faults = reconcile(chosen)
        for fault in faults:
            if fault not in self._faults:
                log.error("The media engine does not follow: %s", fault)
        self._faults = faults

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopping.set()
        self.join()


class FilmMaker(threading.Thread):
    """Apart from the follower: a film of an afternoon takes its time, and the floor does not wait."""

    def __init__(self, poll_seconds: float = FILM_SECONDS) -> None:
        super().__init__(name="film-maker", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        chosen, due = engine(), 0.0
        while not self._stopping.wait(self.poll_seconds):
            try:
                close_old_connections()
                if chosen is not None:
                    make_films(chosen)
                if time.monotonic() >= due:
                    delete_what_is_due()
                    due = time.monotonic() + DAILY_SECONDS
            except DatabaseError:
                log.exception("Recordings could not be made into films or deleted; trying again.")
        connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        """A film that is being made is left, and made anew at the next start."""
        self._stopping.set()
