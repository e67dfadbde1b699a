"""What runs beside the pages: the media engine follows the log."""

import logging
import threading
from typing import Self

from django.db import DatabaseError, close_old_connections, connection

from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.outbox import run_outbox

POLL_SECONDS = 0.2

log = logging.getLogger(__name__)


class MediaFollower(threading.Thread):
    """Idle where there is no engine."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(name="media-follower", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        chosen = engine()
        while chosen is not None and not self._stopping.wait(self.poll_seconds):
            try:
                close_old_connections()
                run_outbox(chosen)
            except DatabaseError:
                log.exception("The media engine could not be told what changed; trying again.")
        connection.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopping.set()
        self.join()
