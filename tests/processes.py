"""Processes of the installed product, as the machine sees them."""

import os
import signal
from contextlib import suppress
from pathlib import Path


def kill_session(leader: int, number: signal.Signals = signal.SIGKILL) -> None:
    """Whatever was started under `leader` (a process of `start_new_session`), whichever group it has put itself in."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            session = (folder / "stat").read_text().rpartition(")")[2].split()[3]
            if int(session) == leader:
                os.kill(int(folder.name), number)
