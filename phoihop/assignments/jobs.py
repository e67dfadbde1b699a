"""What runs beside the pages: who is late is told, and what an abolished organisation left passes to its heir."""

import logging
import threading
from typing import Self

from django.db import DatabaseError, close_old_connections, connection

from phoihop.assignments.actions.escalating import tell_escalations
from phoihop.assignments.actions.passing import pass_to_only_heirs

POLL_SECONDS = 600

log = logging.getLogger(__name__)


class Follower(threading.Thread):
    """Looks when it starts and every ten minutes; a step told once is not told again."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(name="assignment-follower", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        while True:
            self._look()
            if self._stopping.wait(self.poll_seconds):
                break
        connection.close()

    def _look(self) -> None:
        try:
            close_old_connections()
            pass_to_only_heirs()
            tell_escalations()
        except DatabaseError:
            log.exception("Assignments could not be looked through; trying again.")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopping.set()
        self.join()
