"""Processes that are ours to start and to end."""

import sys
from collections.abc import Sequence

# PR_SET_PDEATHSIG (prctl(2)): the system sends SIGTERM when whoever started the process is gone, however it went.
_BOUND = (
    "import ctypes, os, signal, sys; ctypes.CDLL(None).prctl(1, signal.SIGTERM);"
    " os.execvp(sys.argv[1], sys.argv[1:])"
)


def bound(command: Sequence[str]) -> list[str]:
    """The same command, ending with the process that starts it: no orphan holds its port. Linux only."""
    return [sys.executable, "-c", _BOUND, *command]
