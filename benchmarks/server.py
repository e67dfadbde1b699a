"""The real server as a process of its own, and a smaller one with the same flags; clients that keep asking it."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice

from phoihop.web.management.commands.serve import ROOM

WARM_UP = 48  # answers before the clock starts
CSRF = "b" * 32  # the same in the cookie and in the header, as Django's own pages send it


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[int]:
    """`phoihop serve`, with the applier beside it; gives its port."""
    port = free_port()
    command = [sys.executable, "-m", "django", "serve", "--port", str(port)]
    with _running(command, environment, port):
        yield port


@contextmanager
def served_bare(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """Any WSGI application under granian with the flags of `phoihop serve`."""
    port = free_port()
    flags = f"--interface wsgi --no-ws --log-level warning --workers 2 {ROOM}"
    command = [sys.executable, "-m", "granian", *flags.split(), "--port", str(port), application]
    with _running(command, environment, port):
        yield port


@contextmanager
def _running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[None]:
    """Ends with everything it started."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        wait_for(port, process)
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + 120
    while time.monotonic() < ends and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start; what it said stands above.")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def request(path: str, session: str, body: str) -> bytes:
    """A POST as the form's script sends it."""
    content = body.encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Cookie: sessionid={session}; csrftoken={CSRF}\r\nX-CSRFToken: {CSRF}\r\n"
        f"Content-Length: {len(content)}\r\n\r\n"
    )
    return head.encode() + content


def repeated(asked: bytes) -> Iterator[bytes]:
    return iter(lambda: asked, b"")


def answered_a_second(port: int, requests: Iterator[bytes], clients: int, seconds: float) -> float:
    """Each client sends the next request when it has its answer; every answer must be 2xx."""
    asyncio.run(_all(port, islice(requests, WARM_UP), 8, float("inf")))
    start = time.monotonic()
    done, end = asyncio.run(_all(port, requests, clients, start + seconds))
    return done / (end - start)


async def _all(port: int, requests: Iterator[bytes], clients: int, until: float) -> tuple[int, float]:
    asking = [_ask(port, requests, until) for _ in range(clients)]
    done = await asyncio.gather(*asking)
    return sum(done), time.monotonic()


async def _ask(port: int, requests: Iterator[bytes], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    done = 0
    for asked in requests:
        writer.write(asked)
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answer = await reader.readexactly(length)
        if not head.startswith(b"HTTP/1.1 2"):
            raise RuntimeError(f"The server refused: {head.decode()}{answer.decode()[:600]}")
        done += 1
        if time.monotonic() > until:
            break
    writer.close()
    return done
