"""What runs beside the pages: whoever reads a review built on an old figure is told within a minute."""

import logging
import threading
from typing import Self

from django.db import DatabaseError, close_old_connections, connection

from phoihop.reviews.actions.asking import compute_asked
from phoihop.reviews.actions.noting import note_changes

POLL_SECONDS = 15

log = logging.getLogger(__name__)


class Watcher(threading.Thread):
    """Apart from the applier: computing a national review again must not hold up the figures of the pages."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(name="review-watcher", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        while not self._stopping.wait(self.poll_seconds):
            try:
                close_old_connections()
                note_changes()
                compute_asked()
            except DatabaseError:
                log.exception("Frozen reviews could not be compared with the figures of now; trying again.")
        connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopping.set()
        self.join()
