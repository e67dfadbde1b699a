"""Keeps a process running beside the pages: the streams, the media engine."""

import logging
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import IO, Self

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0  # seconds before it is started again; longer while it keeps dying
SETTLED = 30  # seconds after which a death is the first again
PATIENCE = 5  # seconds it has to end when asked
ASKED_EVERY, SILENT = 5, 30  # seconds: whether it answers; how long one that does not is waited for

log = logging.getLogger(__name__)


class KeptRunning(threading.Thread):
    """Starts a command again whenever it ends, until the block is left; then it is asked to end too."""

    def __init__(
        self,
        command: Sequence[str],
        what: str,
        output: IO[str] | None = None,
        answers: Callable[[], bool] | None = None,
    ) -> None:
        """what: its name in the log, "The streams of conferences"; output: a file for what it prints; answers: whether it is
        well: one that runs and says nothing for long is ended, and started again.
        """
        super().__init__(name="kept running", daemon=True)
        self._what, self._output, self._answers = what, output, answers
        self._command = list(command)
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._starting = threading.Lock()

    def run(self) -> None:
        pause = FIRST_PAUSE
        while (process := self._begun()) is not None:
            started = time.monotonic()
            code = self._ended(process)
            if self._stopping.is_set():
                return
            pause = FIRST_PAUSE if time.monotonic() - started > SETTLED else min(pause * 2, LONGEST_PAUSE)
            log.error("%s ended (%s); started again in %.1f s.", self._what, code, pause)
            self._stopping.wait(pause)

    def _ended(self, process: "subprocess.Popen[bytes]") -> int:
        """Its exit code, once it has one."""
        heard = time.monotonic()
        while True:
            with suppress(subprocess.TimeoutExpired):
                return process.wait(ASKED_EVERY if self._answers else None)
            if self._answers is None or self._answers():
                heard = time.monotonic()
            elif time.monotonic() - heard > SILENT:
                log.error("%s has not answered for %d s; it is ended.", self._what, SILENT)
                process.kill()

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
