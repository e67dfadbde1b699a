"""Keeps a process running beside the pages: the streams, the media engine."""

import logging
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import IO, Self

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before it is started again; longer while it keeps dying
SETTLED = 30  # seconds after which a death is the first again
PATIENCE = 5  # seconds it has to end when asked

log = logging.getLogger(__name__)


class KeptRunning(threading.Thread):
    """Starts a command again whenever it ends, until the block is left; then it is asked to end too."""

    def __init__(self, command: Sequence[str], what: str, output: IO[str] | None = None) -> None:
        """what: its name in the log, "The streams of conferences"; output: a file for what it prints."""
        super().__init__(name="kept running", daemon=True)
        self._what, self._output = what, output
        self._command = list(command)
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while (process := self._begun()) is not None:
            started = time.monotonic()
            code = process.wait()
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - started > SETTLED else min(pause * 2, LONGEST_PAUSE)
            log.error("%s ended (%s); started again in %.1f s.", self._what, code, pause)
            self._stopping.wait(pause)

    def _begun(self) -> subprocess.Popen[bytes] | None:
        with self._starting:
            if self._stopping.is_set():
                return None
            # A group of its own: Ctrl-C in a terminal is for us, who ask it to end instead of starting it again.
            self._process = subprocess.Popen(  # noqa: S603  our own interpreter and arguments
                self._command, process_group=0, stdout=self._output, stderr=self._output
            )
            return self._process

    def stop(self) -> None:
        with self._starting:
            self._stopping.set()
            process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
        self.join()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.stop()
