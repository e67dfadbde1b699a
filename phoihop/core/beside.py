"""Work beside the pages: a thread that looks again and again for something to do."""

import logging
import threading
from typing import ClassVar, Self

from django.db import close_old_connections, connection

log = logging.getLogger(__name__)


class Beside(threading.Thread):
    """Looks when it is started and every `poll_seconds` from then on, until the block is left.

    Whatever fails is logged with what was not done, and it is tried again: a thread that ended would end without a word.
    """

    title: ClassVar[str]  # of the thread
    trouble: ClassVar[str]  # what a fault has kept from being done, a sentence
    seconds: ClassVar[float]  # between two looks, unless told otherwise
    waits_first: ClassVar[bool] = False

    def __init__(self, poll_seconds: float | None = None) -> None:
        super().__init__(name=self.title, daemon=True)
        self.poll_seconds = self.seconds if poll_seconds is None else poll_seconds
        self._stopping = threading.Event()

    def look(self) -> None:
        raise NotImplementedError

    def run(self) -> None:
        if self.waits_first:
            self._stopping.wait(self.poll_seconds)
        while not self._stopping.is_set():
            try:
                close_old_connections()
                self.look()
            except Exception:  # refused or broken: the next look must happen all the same
                log.exception("%s Trying again.", self.trouble)
            self._stopping.wait(self.poll_seconds)
        connection.close()

    def stop(self) -> None:
        self._stopping.set()
        self.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop()
