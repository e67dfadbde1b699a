"""What runs beside the pages: the applier, the writer of ledger segments, and the sealer of audit events.

Nobody has to wait for it: every reader of figures first brings the live tables up to the ledger. It only means that
readers mostly find the work done, and that what was done cannot be altered unseen for longer than a few seconds.
"""

import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Self

from django.db import DatabaseError, close_old_connections, connection

from phoihop.audit.actions import seal_events
from phoihop.core.processes import bound
from phoihop.rollup.ledger import flush_ledger
from phoihop.rollup.live import ensure_fresh

POLL_SECONDS = 0.2
SEAL_SECONDS = 2
FLUSH_SECONDS = 60
PATIENCE = 15  # seconds a server has to answer what it is answering when it is asked to end
FLUSH_LEAST = 5_000  # entries worth a segment of their own; fewer are read from the database as quickly

log = logging.getLogger(__name__)


class Applier(threading.Thread):
    """Applies acceptances within a second of their commit, seals within a few. A fault is logged and tried again."""

    def __init__(self, poll_seconds: float = POLL_SECONDS, seal_seconds: float = SEAL_SECONDS) -> None:
        super().__init__(name="applier", daemon=True)
        self.poll_seconds, self.seal_seconds = poll_seconds, seal_seconds
        self._stopping = threading.Event()

    def run(self) -> None:
        flushed_at = sealed_at = time.monotonic()
        while not self._stopping.is_set():
            try:
                close_old_connections()
                ensure_fresh()
                if time.monotonic() - sealed_at >= self.seal_seconds:
                    sealed_at = time.monotonic()
                    seal_events()
                if time.monotonic() - flushed_at > FLUSH_SECONDS:
                    flushed_at = time.monotonic()
                    flush_ledger(least=FLUSH_LEAST)
            except DatabaseError:
                log.exception(
                    "The live figures or the audit chain could not be brought up to date; trying again."
                )
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


def run_beside(command: Sequence[str]) -> int:
    """Run a server with the applier beside it until it ends; its exit code. An end asked of us is passed on, once.

    It has a process group of its own: a terminal's Ctrl-C reaches everything in ours, and a server that is told
    twice at the same moment may wait for itself for ever. One that has not ended in time is killed.
    """
    with Applier(), subprocess.Popen(bound(command), process_group=0) as server:  # noqa: S603  our own interpreter
        losing_patience = threading.Timer(PATIENCE, os.killpg, [server.pid, signal.SIGKILL])

        def pass_on(number: int, _frame: FrameType | None) -> None:
            if not losing_patience.is_alive():
                losing_patience.start()
                server.send_signal(number)

        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGINT, pass_on)
        code = server.wait()
        losing_patience.cancel()
        with suppress(ProcessLookupError):  # workers of a server that was killed: they would keep its port
            os.killpg(server.pid, signal.SIGKILL)
        return code
