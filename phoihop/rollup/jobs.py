"""What runs beside the pages: the applier, the writer of ledger segments, and the sealer of audit events.

Nobody has to wait for it: every reader of figures first brings the live tables up to the ledger. It only means that
readers mostly find the work done, and that what was done cannot be altered unseen for longer than a few seconds.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType

from phoihop.audit.actions import seal_events
from phoihop.core.beside import Beside
from phoihop.core.processes import bound
from phoihop.rollup.ledger import flush_ledger
from phoihop.rollup.live import ensure_fresh

SEAL_SECONDS = 2
FLUSH_SECONDS = 60
PATIENCE = 15  # seconds a server has to answer what it is answering when it is asked to end
FLUSH_LEAST = 5_000  # entries worth a segment of their own; fewer are read from the database as quickly


class Applier(Beside):
    """Applies acceptances within a second of their commit, seals within a few."""

    title, seconds = "applier", 0.2
    trouble = "The live figures or the audit chain could not be brought up to date."

    def __init__(self, poll_seconds: float | None = None, seal_seconds: float = SEAL_SECONDS) -> None:
        super().__init__(poll_seconds)
        self.seal_seconds = seal_seconds
        self._flushed_at = self._sealed_at = time.monotonic()

    def look(self) -> None:
        ensure_fresh()
        if time.monotonic() - self._sealed_at >= self.seal_seconds:
            self._sealed_at = time.monotonic()
            seal_events()
        if time.monotonic() - self._flushed_at > FLUSH_SECONDS:
            self._flushed_at = time.monotonic()
            flush_ledger(least=FLUSH_LEAST)


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
