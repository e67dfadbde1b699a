"""Prints how 3,300 seats vote within a minute, a worker of the server being killed amid it. See benchmarks/README.md.

python -m benchmarks.votes                                     SQLite
python -m benchmarks.votes --database postgres://u@host/name   PostgreSQL: beside that database, in a new one
python -m benchmarks.votes --within 0                          every phone at once
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from benchmarks import server

DAY = "2026-06-16"
SITES, SEATS = 66, 50
# As vote-form.js has it: seconds a phone waits for an answer, and before it sends again.
PATIENCE, FIRST_WAIT, LONGEST_WAIT = 20.0, 1.0, 15.0


@dataclass
class Hall:
    """The phones of every seat, and what they were told."""

    port: int
    path: str
    seats: list[tuple[int, str]]
    within: float
    waits: list[float] = field(default_factory=list)  # from the press to the answer
    again: int = 0
    half: asyncio.Event = field(default_factory=asyncio.Event)
    started: float = 0.0

    async def vote(self) -> None:
        """Each phone presses at a moment of its own. A worker is killed when half of them have their answer."""
        self.started = time.monotonic()
        pressed = random.Random(1)
        phones = [self._phone(seat, session, pressed.uniform(0, self.within)) for seat, session in self.seats]
        await asyncio.gather(self._killer(), *phones)

    async def _killer(self) -> None:
        await self.half.wait()
        killed = worker_of(self.port)
        os.kill(killed, signal.SIGKILL)
        took = time.monotonic() - self.started
        print(f"Worker killed (kill -9) after {len(self.waits):,} votes, {took:.1f} s.", flush=True)

    async def _phone(self, seat: int, session: str, moment: float) -> None:
        await asyncio.sleep(moment)
        body = urlencode({"key": uuid4().hex, "choice": choice_of(seat), "csrfmiddlewaretoken": server.CSRF})
        asked = _request(self.path, session, body)
        pressed, wait = time.monotonic(), FIRST_WAIT
        while True:
            try:
                answer = await asyncio.wait_for(self._ask(asked), PATIENCE)
            except (OSError, asyncio.IncompleteReadError, TimeoutError):
                answer = b""
            if answer.startswith(b"HTTP/1.1 200"):
                self.waits.append(time.monotonic() - pressed)
                if len(self.waits) * 2 >= len(self.seats):
                    self.half.set()
                return
            if answer.startswith(b"HTTP/1.1 4"):
                raise RuntimeError(answer.decode()[-600:])
            self.again += 1
            await asyncio.sleep(wait * random.uniform(0.5, 1.5))
            wait = min(2 * wait, LONGEST_WAIT)

    async def _ask(self, asked: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(asked)
            return await reader.readuntil(b"}")
        finally:
            writer.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", metavar="URL")
    parser.add_argument(
        "--within", type=float, default=45, metavar="SECONDS", help="phones press within them"
    )
    parser.add_argument("--kind", default="secret", choices=["secret", "named"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        name, url = f"phoihop_votes_{os.getpid()}", f"sqlite:///{folder}/phoihop.sqlite3"
        if options.database:
            url = urlunsplit(urlsplit(options.database)._replace(path=f"/{name}"))
            _execute(options.database, f"CREATE DATABASE {name}")
        os.environ |= {
            "PHOIHOP_VAR": folder, "PHOIHOP_TODAY": DAY, "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
        }  # fmt: skip
        try:
            measure(options.within, options.kind)
        finally:
            if options.database:
                _execute(options.database, f"DROP DATABASE {name} WITH (FORCE)")


def measure(within: float, kind: str) -> None:
    built = _told("build", str(SITES), str(SEATS), kind)
    seats = [(seat, session) for seat, session in built["seats"]]
    expected = Counter(choice_of(seat) for seat, _session in seats)
    print(f"{len(seats):,} seats, a {kind} vote; phones press within {within:.0f} s.", flush=True)
    with server.served({}) as port:
        hall, before = Hall(port, built["path"], seats, within), processor_of(port)
        asyncio.run(hall.vote())
        took, spent = time.monotonic() - hall.started, processor_of(port) - before
    closed = _told("close")
    waits = sorted(hall.waits)
    p50, p95 = statistics.median(waits), waits[int(len(waits) * 0.95)]
    print(
        f"{len(waits):,} phones had their answer after {took:.1f} s: {len(waits) / took:.0f} votes a second; from press"
        f" to answer p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms, longest {waits[-1] * 1000:.0f} ms;"
        f" sent again {hall.again} times; {spent * 1000 / len(waits):.1f} ms of the server's processor a vote."
    )
    is_exact = closed["counts"] == dict(expected) and not closed["faults"]
    is_once = closed["casts"] == closed["events"] == closed["audit"] == len(seats)
    print(
        f"Counted {closed['counts']}, seats that voted {closed['casts']:,}, slips {closed['slips']:,}:"
        f" {'each exactly once' if is_exact and is_once else 'WRONG'}."
    )
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, phones and server together.")


def choice_of(seat: int) -> str:
    return ("yes", "no", "abstain")[seat * 7 % 5 % 3]


def worker_of(port: int) -> int:
    return _server(port)[1][0]


def processor_of(port: int) -> float:
    """Seconds the server has used so far, with its workers, those that were killed too."""
    main, workers = _server(port)
    ticks = sum(map(int, _fields(main)[13:17])) + sum(sum(map(int, _fields(each)[13:15])) for each in workers)
    return ticks / os.sysconf("SC_CLK_TCK")


def _server(port: int) -> tuple[int, list[int]]:
    """The process that answers at this port, and its workers."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            said = (folder / "cmdline").read_text().split("\0")
            children = (folder / "task" / folder.name / "children").read_text().split()
        except OSError:
            continue
        if "granian" in said and str(port) in said and children:
            return int(folder.name), [int(each) for each in children if _is_worker(each)]
    raise RuntimeError("No server was found.")


def _is_worker(pid: str) -> bool:
    return "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()


def _fields(pid: int) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text()
    return ["", "", *text[text.rindex(")") + 2 :].split()]


def _request(path: str, session: str, body: str) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        f"Cookie: sessionid={session}; csrftoken={server.CSRF}\r\n\r\n"
    )
    return (head + body).encode()


def _told(*command: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.conferences.vote_world", *command],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def _execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(statement)


if __name__ == "__main__":
    main()
