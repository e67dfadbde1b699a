"""Two stream processes on one database: each delivers every change once and in order; what one held, the other takes over."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.conferences.streams.installed import ROOT, Browser, Installation, answers, until
from tests.conferences.streams.test_processes import installed
from tests.processes import kill_session

__all__ = ["installed"]
pytestmark = pytest.mark.slow


class Balanced(Browser):
    """Behind a proxy with both processes: begins with one of them and goes to the other when its stream breaks."""

    def __init__(self, installed: Installation, session: str, ports: tuple[int, int]) -> None:
        self.ports, self.tries = ports, 0
        super().__init__(installed, session)

    def _stream(self) -> str:
        url = urlsplit(super()._stream())
        port = self.ports[self.tries % 2]
        self.tries += 1
        return urlunsplit(url._replace(netloc=f"127.0.0.1:{port}"))


@contextmanager
def second_process(installed: Installation) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "django", "streams", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=installed.environment, start_new_session=True)
    try:
        assert until(lambda: answers(port), 60)
        yield port, process
    finally:
        if process.poll() is None:
            kill_session(process.pid, signal.SIGKILL)
        process.wait()


def test_both_deliver_everything_and_one_takes_over_from_the_other(installed: Installation) -> None:
    world, first = installed.world, installed.port + 1
    with second_process(installed) as (second, process):
        here, there = (first, second), (second, first)
        browsers = {
            "chair here": Balanced(installed, world["chair"], here),
            "room here": Balanced(installed, world["rooms"][1], here),
            "director there": Balanced(installed, world["officials"]["director"], there),
            "room there": Balanced(installed, world["rooms"][0], there),
        }
        start = installed.act("scene", 70)
        assert until(lambda: all(each.seq == start for each in browsers.values()), 30)
        for number in range(71, 79):
            last = installed.act("scene", number)
        assert until(lambda: all(each.seq == last for each in browsers.values()), 30)
        for name, each in browsers.items():
            assert each.changes[-8:] == list(range(last - 7, last + 1)), name
        both = ["diem-1", "diem-2"]  # one's room is held by the one process, the other's by the other
        for name in ("chair here", "director there"):
            assert until(lambda name=name: browsers[name].counts.get("sites") == both, 60), name

        os.kill(process.pid, signal.SIGKILL)
        for number in range(79, 84):
            after = installed.act("scene", number)
        assert until(lambda: all(each.seq == after for each in browsers.values()), 30)
        assert {each.state["hall"]["text"] for each in browsers.values()} == {"Lời 83"}
        for name, each in browsers.items():
            assert each.changes == sorted(set(each.changes)), name  # none twice, none before another
        for name in ("chair here", "room here"):
            assert browsers[name].changes[-5:] == list(range(after - 4, after + 1)), name
        assert until(lambda: browsers["director there"].counts.get("sites") == both, 60)
        for each in browsers.values():
            each.leave()
