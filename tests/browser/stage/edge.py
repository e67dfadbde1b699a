"""An edge on the same machine: `phoihop conference edge` with a folder and ports of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conferences.media import namespace
from tests.conferences.streams.installed import ROOT

PORT = 8188
NAME = f"{namespace.ADDRESS}:{PORT}"
EDGE = {
    "PHOIHOP_MEDIA_API_PORT": str(PORT),
    "PHOIHOP_MEDIA_PORTS": "21000-21999",
    "PHOIHOP_MEDIA_FEED_PORTS": "11000-11499",
}
BOTH = {"PHOIHOP_MEDIA_INTERFACE": namespace.ADDRESS, "PHOIHOP_MEDIA_EDGE_SECRET": "0123456789abcdef" * 2}
CENTRE = {**BOTH, "PHOIHOP_MEDIA_EDGES": NAME}


@contextmanager
def standing_edge(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """It says what the centre is to be told, and nothing of it listens once it was asked to end."""
    own = {**os.environ, **BOTH, **EDGE, "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo"}
    own["PHOIHOP_VAR"] = str(folder)
    command = [sys.executable, "-m", "django", "conference", "edge", "--host", namespace.ADDRESS]
    with namespace.inside():
        started = subprocess.Popen(command, cwd=ROOT, env=own, stdout=subprocess.PIPE)
        assert started.stdout is not None
        assert f"PHOIHOP_MEDIA_EDGES={NAME}" in started.stdout.readline().decode()
        try:
            yield started
        finally:
            started.send_signal(signal.SIGTERM)
            assert started.wait(60) == 0
        assert not _listens()


def _listens() -> bool:
    with namespace.inside(), socket.socket() as caller:
        return caller.connect_ex((namespace.ADDRESS, PORT)) == 0
