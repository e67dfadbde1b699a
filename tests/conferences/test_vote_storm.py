"""A rush of votes: several processes at once, and a server killed amid it. Every seat is counted exactly once."""

import http.client
import json
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.conferences.vote_world import choice_of
from tests.reports.test_storm import CSRF, ROOT, Installation, installed_on_postgresql, installed_on_sqlite

pytestmark = pytest.mark.slow

CLIENTS, KILLED_AFTER = 12, 40
WORLD = "tests.conferences.vote_world"


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Iterator[Installation]:
    with installed_on_sqlite(tmp_path) as installed:
        yield installed


@pytest.fixture
def on_postgresql(tmp_path: Path) -> Iterator[Installation]:
    with installed_on_postgresql(tmp_path) as installed:
        yield installed


def told(installed: Installation, *command: str) -> Any:
    done = installed.run(WORLD, *command)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_3300_casts_by_processes_side_by_side_count_once_on_sqlite(on_sqlite: Installation) -> None:
    cast_side_by_side(on_sqlite, seats=50)


@pytest.mark.postgresql
def test_3300_casts_by_processes_side_by_side_count_once_on_postgresql(on_postgresql: Installation) -> None:
    cast_side_by_side(on_postgresql, seats=50)


def cast_side_by_side(installed: Installation, *, seats: int) -> None:
    """Every seat is cast for by two processes, twice by each."""
    built = told(installed, "build", "66", str(seats), "secret")
    command = [sys.executable, "-m", WORLD, "cast"]
    processes = [
        subprocess.Popen([*command, str(first), "2"], cwd=ROOT, env=installed.environment)
        for first in (0, 1, 0, 1)
    ]
    assert [process.wait() for process in processes] == [0] * 4
    expect_exactly_once(installed, built, slips=True)


def test_a_killed_server_counts_every_vote_once_on_sqlite(on_sqlite: Installation) -> None:
    weather_the_rush(on_sqlite, "secret")


@pytest.mark.postgresql
def test_a_killed_server_counts_every_vote_once_on_postgresql(on_postgresql: Installation) -> None:
    weather_the_rush(on_postgresql, "named")


def weather_the_rush(installed: Installation, kind: str) -> None:
    """The whole server dies; when it is back every phone sends again, those that had their answer too."""
    built = told(installed, "build", "12", "10", kind)
    keys = {seat: uuid4().hex for seat, _session in built["seats"]}
    installed.start()
    answered = rush(installed, built, keys, killed_after=KILLED_AFTER)
    assert KILLED_AFTER <= len(answered) < len(keys)
    installed.start()
    assert rush(installed, built, keys) == set(keys)
    expect_exactly_once(installed, built, slips=kind == "secret")


def expect_exactly_once(installed: Installation, built: Any, *, slips: bool) -> None:
    number = len(built["seats"])
    expected = Counter(choice_of(seat) for seat, _session in built["seats"])
    assert told(installed, "close") == {
        "counts": dict(expected), "casts": number, "slips": number if slips else 0, "events": number,
        "audit": number, "faults": [],
    }  # fmt: skip


def rush(installed: Installation, built: Any, keys: dict[int, str], killed_after: int = 0) -> set[int]:
    """The seats that were told their vote is recorded."""
    waiting: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()
    for seat, session in built["seats"]:
        waiting.put((seat, session))
    answered: set[int] = set()

    def keep_voting() -> None:
        while not waiting.empty():
            try:
                seat, session = waiting.get_nowait()
            except queue.Empty:
                return
            if is_recorded(installed.port, built["path"], session, seat, keys[seat]):
                answered.add(seat)

    clients = [threading.Thread(target=keep_voting) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    while killed_after and len(answered) < killed_after and any(client.is_alive() for client in clients):
        time.sleep(0.005)
    if killed_after:
        installed.kill()
    for client in clients:
        client.join()
    return answered


def is_recorded(port: int, path: str, session: str, seat: int, key: str) -> bool:
    body = urlencode({"choice": choice_of(seat), "key": key, "csrfmiddlewaretoken": CSRF})
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/json",
    }
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as caller:
        try:
            caller.request("POST", path, body, headers)
            return caller.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
