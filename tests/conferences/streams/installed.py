"""An installation on disk with `phoihop serve` in front of it, and browsers that follow its conference."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from phoihop.core import clock
from tests.migrated import migrate
from tests.processes import kill_session

ROOT = Path(__file__).parents[3]


def _real_day() -> str:
    return datetime.now(clock.VIETNAM).date().isoformat()


@dataclass
class Installation:
    folder: Path
    url: str
    program: str = "tests.conferences.streams.process_world"  # that builds the world and acts in it
    command: tuple[str, ...] = ("serve",)
    more: dict[str, str] = field(default_factory=dict)  # of the environment
    before: tuple[str, ...] = ()  # words before each of its commands
    port: int = 0
    began_on: str = field(default_factory=_real_day)  # a run may last past midnight
    server: subprocess.Popen[bytes] | None = None
    world: dict[str, Any] = field(default_factory=dict)
    _acting: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.demo",
            "PHOIHOP_TODAY": "2026-06-16",
            "PHOIHOP_TODAY_IS": self.began_on,
        }
        return {**os.environ, **own, **self.more, "PHOIHOP_VAR": str(self.folder), "DATABASE_URL": self.url}

    def build(self, viewers: int) -> None:
        migrate(self.url)
        done = subprocess.run(
            [*self.before, sys.executable, "-m", self.program, "build", str(viewers)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        self.world = json.loads(done.stdout)

    def act(self, what: str, number: int = 0) -> Any:
        """In a process of its own, as if by another worker; the answer is given once it is committed."""
        asked, told = self.prepare_acting()
        print(json.dumps([what, number]), file=asked, flush=True)
        return json.loads(told.readline())

    def prepare_acting(self) -> tuple[IO[str], IO[str]]:
        """Starts it and waits for it: its start takes seconds which are not the act's. Returns where it is asked and answers."""
        if self._acting is None:
            self._acting = subprocess.Popen(
                [*self.before, sys.executable, "-m", self.program, "act"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert self._acting.stdout is not None
            assert self._acting.stdout.readline() == "ready\n"
        assert self._acting.stdin is not None
        assert self._acting.stdout is not None
        return self._acting.stdin, self._acting.stdout

    def start(self) -> None:
        self.port = self.port or _two_free_ports()
        command = [*self.before, sys.executable, "-m", "django", *self.command, "--port", str(self.port)]
        self.server = subprocess.Popen(
            command, cwd=ROOT, env=self.environment, start_new_session=True, stdout=subprocess.DEVNULL
        )
        self.prepare_acting()
        assert until(lambda: answers(self.port) and answers(self.port + 1), 90)

    def kill(self, number: signal.Signals = signal.SIGKILL) -> None:
        """The server, its workers and the streams, at once and without a word."""
        if self.server is not None:
            kill_session(self.server.pid, number)
            self.server.wait()
            self.server = None

    def end(self) -> None:
        self.kill()
        if self._acting is not None:
            self._acting.terminate()
            self._acting.wait()

    def child(self, words: str) -> int:
        """The process of ours whose command line has these words, the nearest to the one that was started."""
        assert self.server is not None
        return child_of(self.server.pid, words)

    def processes(self) -> list[int]:
        """Whatever runs of it now."""
        assert self.server is not None
        return tree_of(self.server.pid)

    def get(self, path: str, session: str) -> tuple[int, Any]:
        headers = {"Cookie": f"sessionid={session}", "Accept": "application/json"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as caller:
            caller.request("GET", f"/hoi-nghi/{self.world['slug']}/{path}", headers=headers)
            answer = caller.getresponse()
            said = answer.read()
            is_told = answer.getheader("Content-Type", "").startswith("application/json")
            return answer.status, json.loads(said) if is_told else None


def child_of(pid: int, words: str) -> int:
    for generation in _generations(pid):
        for pid, command in generation.items():
            if words in command:
                return pid
    raise AssertionError(f"no process of ours runs “{words}”")


def tree_of(pid: int) -> list[int]:
    return [pid, *(child for generation in list(_generations(pid)) for child in generation)]


def kill_tree(pid: int) -> None:
    """At once and without a word."""
    for each in tree_of(pid):
        with suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)


def _generations(pid: int) -> Iterator[dict[int, str]]:
    """Its children, their children and so on: number -> command line."""
    found = {pid}
    while below := {pid: command for pid, parent, command in _processes() if parent in found}:
        yield below
        found = set(below)


def _processes() -> Iterator[tuple[int, int, str]]:
    """Number, parent's number, command line."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            yield int(folder.name), int((folder / "stat").read_text().rpartition(")")[2].split()[1]), command


def answers(port: int) -> bool:
    """With a page, be it that there is none: a port takes calls long before its workers are up."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as caller:
        try:
            caller.request("GET", "/")
            return caller.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False


def acted(acts: Callable[[str, int], object]) -> None:
    """The acting process: lines such as ["scene", 3] are acts, each is answered with a line of JSON."""
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps(acts(*json.loads(line))), flush=True)


def until(is_so: Callable[[], bool], seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while not (so := is_so()) and time.monotonic() < ends:
        time.sleep(0.02)
    return so


def _two_free_ports() -> int:
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            try:
                second.bind(("127.0.0.1", first.getsockname()[1] + 1))
            except (OSError, OverflowError):
                continue
            return int(first.getsockname()[1])


class Browser(threading.Thread):
    """What live.js does: a ticket, a stream, and back again from where it was when it breaks; questions meanwhile."""

    def __init__(self, installed: Installation, session: str, ticket: str = "") -> None:
        super().__init__(daemon=True)
        self.installed, self.session, self._ticket = installed, session, ticket
        self.seq: int | None = None
        self.state: dict[str, Any] = {}
        self.changes: list[int] = []  # numbers, as they came by the stream
        self.counts: dict[str, Any] = {}  # beside the log, as they came last
        self.received = b""  # every byte
        self.closed: list[str] = []  # reasons the server gave
        self.is_shut = False
        self.ended_at = 0.0
        self._leaving = threading.Event()
        self.start()

    def run(self) -> None:
        while not self._leaving.is_set() and not self.is_shut:
            try:
                self._follow(self._stream())
            except (OSError, http.client.HTTPException):
                self._leaving.wait(0.2)
            self.ended_at = time.monotonic()
            if self._ticket:
                return

    def leave(self) -> None:
        self._leaving.set()

    def _stream(self) -> str:
        slug = self.installed.world["slug"]
        if self._ticket:
            return f"http://127.0.0.1:{self.installed.port + 1}/hoi-nghi/{slug}/dong/?ve={self._ticket}"
        status, said = self.installed.get("ve/", self.session)
        self.is_shut = status in {403, 404}
        if self.is_shut:
            raise http.client.HTTPException(said and said["refusal"])
        return f"{said['stream']}?ve={said['ticket']}&sau={'' if self.seq is None else self.seq}"

    def _follow(self, address: str) -> None:
        url = urlsplit(address)
        assert url.hostname is not None
        with closing(http.client.HTTPConnection(url.hostname, url.port, timeout=40)) as caller:
            caller.request("GET", f"{url.path}?{url.query}", headers={"Accept": "text/event-stream"})
            answer = caller.getresponse()
            if answer.status != 200:
                raise http.client.HTTPException(answer.status)
            lines: dict[str, str] = {}
            for line in answer:
                self.received += line
                name, found, value = line.decode().rstrip("\n").partition(": ")
                if found:
                    lines[name] = value
                elif lines and line == b"\n":
                    self._hear(lines.get("event", ""), json.loads(lines["data"]))
                    lines = {}
                if self._leaving.is_set():
                    return

    def _hear(self, kind: str, said: Any) -> None:
        if kind == "counts":
            self.counts = said
        elif kind == "closed":
            self.closed.append(said["reason"])
        elif kind == "snapshot":
            self.state, self.seq = said["patch"], said["seq"]
        elif kind == "":
            self.state.update(said["patch"])
            self.seq = said["seq"]
            self.changes.append(said["seq"])
