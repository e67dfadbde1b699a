"""The server killed amid a storm of submissions: what it acknowledged is there, and nothing is there twice."""

import http.client
import json
import os
import queue
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.migrated import migrate
from tests.postgresql import own_database
from tests.processes import kill_session

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
REPORTS, CLIENTS, KILLED_AFTER = 80, 12, 30
CSRF = "c" * 32
ONCE = {"versions": 1, "of_any_state": 1, "events": 1, "receipts": 1}


@dataclass
class Installation:
    """A database on disk and the server in front of it, as processes."""

    folder: Path
    url: str
    port: int = 0
    server: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        migrate(self.url)

    @property
    def environment(self) -> dict[str, str]:
        own = {"DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo", "PHOIHOP_TODAY": "2026-06-16"}
        return {**os.environ, **own, "PHOIHOP_VAR": str(self.folder), "DATABASE_URL": self.url}

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command],
            check=False,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )

    def told(self, *command: str) -> Any:
        done = self.run("tests.reports.storm_world", *command)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def start(self) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = found.getsockname()[1]
        command = [sys.executable, "-m", "django", "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        until = time.monotonic() + 60
        while not self._answers() and time.monotonic() < until and self.server.poll() is None:
            time.sleep(0.1)

    def _answers(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as caller:
            try:
                caller.request("GET", "/manifest.webmanifest")
                return caller.getresponse().status == 200
            except OSError:
                return False

    def kill(self) -> None:
        """The server, its workers and the applier, at once and without a word."""
        if self.server is not None:
            kill_session(self.server.pid)
            self.server.wait()
            self.server = None


@dataclass
class Device:
    """One officer's phone, with one report waiting on it under one key."""

    report: int
    session: str
    number: int
    key: str = field(default_factory=lambda: str(uuid4()))

    def send(self, port: int) -> dict[str, Any] | None:
        """What the server said; None where it said nothing."""
        sent = {
            "key": self.key,
            "cells": {"B01": "4", "B02": str(400 + self.number)},
            "narrative": {"results": f"Báo cáo số {self.number}"},
            "base": "",
            "submit": True,
        }
        headers = {"Cookie": f"sessionid={self.session}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as caller:
            try:
                caller.request("POST", f"/bao-cao/{self.report}/gui/", json.dumps(sent), headers)
                answer = caller.getresponse()
                return {"http": answer.status, **json.loads(answer.read())}
            except (OSError, http.client.HTTPException):
                return None


@contextmanager
def installed_on_sqlite(folder: Path) -> Iterator[Installation]:
    made = Installation(folder, f"sqlite:///{folder / 'phoihop.sqlite3'}")
    try:
        yield made
    finally:
        made.kill()


@contextmanager
def installed_on_postgresql(folder: Path) -> Iterator[Installation]:
    with own_database("storm") as url:
        made = Installation(folder, url)
        try:
            yield made
        finally:
            made.kill()


def test_a_killed_server_keeps_what_it_acknowledged_on_sqlite(tmp_path: Path) -> None:
    with installed_on_sqlite(tmp_path) as installed:
        weather_the_storm(installed)


@pytest.mark.postgresql
def test_a_killed_server_keeps_what_it_acknowledged_on_postgresql(tmp_path: Path) -> None:
    with installed_on_postgresql(tmp_path) as installed:
        weather_the_storm(installed)


def weather_the_storm(installed: Installation) -> None:
    rows = installed.told("build", str(REPORTS))
    devices = [Device(number=number, **row) for number, row in enumerate(rows)]
    installed.start()
    acknowledged = storm(installed, devices)
    assert {answer["status"] for answer in acknowledged.values()} == {"submitted"}
    assert KILLED_AFTER <= len(acknowledged) < REPORTS
    assert kept(installed, acknowledged) == dict.fromkeys(acknowledged, ONCE)

    installed.start()
    again = send_everything_twice(installed, devices)
    for report, answer in acknowledged.items():
        assert again[report] == [answer, answer]
    for first, second in again.values():
        assert first == second
        assert (first["http"], first["status"], first["version"]) == (200, "submitted", 1)
    every = {str(device.report) for device in devices}
    assert installed.told("look") == dict.fromkeys(every, ONCE)
    installed.kill()
    check = installed.run("django", "check")
    assert check.returncode == 0, check.stdout + check.stderr


def storm(installed: Installation, devices: list[Device]) -> dict[str, Any]:
    """Every client sends one report after another, until the server is gone; the answers that arrived."""
    waiting: queue.SimpleQueue[Device] = queue.SimpleQueue()
    for device in devices:
        waiting.put(device)
    acknowledged: dict[str, Any] = {}

    def keep_sending() -> None:
        while True:
            try:
                device = waiting.get_nowait()
            except queue.Empty:
                return
            answer = device.send(installed.port)
            if answer is None:
                return
            acknowledged[str(device.report)] = answer

    clients = [threading.Thread(target=keep_sending) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    while len(acknowledged) < KILLED_AFTER and any(client.is_alive() for client in clients):
        time.sleep(0.005)
    installed.kill()
    for client in clients:
        client.join()
    return acknowledged


def kept(installed: Installation, acknowledged: dict[str, Any]) -> dict[str, Any]:
    """Before anybody sends anything again."""
    return {report: each for report, each in installed.told("look").items() if report in acknowledged}


def send_everything_twice(installed: Installation, devices: list[Device]) -> dict[str, list[Any]]:
    """Two devices at a time under the same key: an impatient retry runs beside the first."""
    answers: dict[str, list[Any]] = {str(device.report): [] for device in devices}
    waiting: queue.SimpleQueue[Device] = queue.SimpleQueue()
    for device in devices:
        waiting.put(device)
        waiting.put(device)

    def keep_sending() -> None:
        while True:
            try:
                device = waiting.get_nowait()
            except queue.Empty:
                return
            answers[str(device.report)].append(device.send(installed.port))

    clients = [threading.Thread(target=keep_sending) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    return answers
