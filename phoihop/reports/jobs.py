"""What runs beside the pages: uploaded workbooks are kept for a day, also where nobody uploads another one."""

import logging
import threading
from typing import Self

from phoihop.reports.files.kept import forget_old

POLL_SECONDS = 15 * 60

log = logging.getLogger(__name__)


class Sweeper(threading.Thread):
    """Once when the pages are opened, then four times an hour."""

    def __init__(self, poll_seconds: float = POLL_SECONDS) -> None:
        super().__init__(name="upload-sweeper", daemon=True)
        self.poll_seconds = poll_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        while True:
            try:
                forget_old()
            except OSError:
                log.exception("Old uploads could not be removed; trying again.")
            if self._stopping.wait(self.poll_seconds):
                return

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stopping.set()
        self.join()
