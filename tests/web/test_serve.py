"""`phoihop serve` as it is started: what ends it, and that it ends."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes import kill_session

SERVER = """
import os, signal, sys, time
told = lambda number, frame: open(sys.argv[1], "a").write("asked\\n")
signal.signal(signal.SIGTERM, told)
signal.signal(signal.SIGINT, told)
print("ready", flush=True)
while not (os.path.exists(sys.argv[1]) and sys.argv[2] == "ends"):
    time.sleep(0.02)
time.sleep(0.2)
"""
BESIDE = """
import sys
import django
django.setup()
from phoihop.rollup import jobs
jobs.PATIENCE = float(sys.argv[4])
class Nothing:
    __enter__ = __exit__ = lambda self, *fault: None
jobs.Applier = Nothing
sys.exit(jobs.run_beside([sys.executable, "-c", *sys.argv[1:4]]))
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator:
    started = []

    def begin(how: str, patience: float) -> subprocess.Popen[str]:
        """patience: seconds after which it is killed."""
        command = [sys.executable, "-c", BESIDE, SERVER, str(tmp_path / "told"), how, str(patience)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        started.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process

    yield begin
    for process in started:
        kill_session(process.pid)
        process.wait()


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_end_asked_of_all_of_them_reaches_the_server_once(start, tmp_path: Path, number: int) -> None:
    """A terminal's Ctrl-C goes to the whole group; a server told twice at one moment may never end."""
    process = start("ends", 60)
    os.killpg(process.pid, number)
    assert process.wait(30) == 0
    assert (tmp_path / "told").read_text() == "asked\n"


@pytest.mark.slow
def test_a_server_that_does_not_end_is_killed(start, tmp_path: Path) -> None:
    process = start("stays", 0.5)
    os.kill(process.pid, signal.SIGTERM)
    assert process.wait(30) == -signal.SIGKILL % 256
    assert (tmp_path / "told").read_text() == "asked\n"
