"""Prints how late, and whether, 3,300 listeners of a conference hear of its changes. See benchmarks/README.md.

python -m benchmarks.listeners                                     SQLite
python -m benchmarks.listeners --database postgres://u@host/name   PostgreSQL: beside that database, in a new one
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import quantiles

from benchmarks.apart import run_apart
from benchmarks.hall import Hall, held
from benchmarks.listening import Listener, keep_listening, until
from benchmarks.server import free_port, wait_for

DAY = "2026-06-16"
EVERY = 1.0  # seconds between two changes


@dataclass
class Figures:
    """Seconds."""

    p50: float
    p95: float
    processor: float = 0.0  # of the server, for all the changes


Told = dict[int, float]  # number of the log -> when the change was committed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", metavar="URL")
    parser.add_argument("--listeners", type=int, default=3300)
    parser.add_argument("--changes", type=int, default=30)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        asyncio.run(_measure(options))
        return
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        run_apart("benchmarks.listeners", DAY, folder, options.database)


async def _measure(options: argparse.Namespace) -> None:
    hall = await asyncio.to_thread(held, options.listeners)
    print(
        f"{options.listeners:,} listeners, of whom {hall.delegates} are told at once and the rest twice a second."
    )
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores before.", flush=True)
    own = await _with_streams(hall, options)
    bare = await _with_bare(hall, options)
    print(
        f"Of the bare worker's: p50 {own.p50 / bare.p50:.2f}, p95 {own.p95 / bare.p95:.2f}, processor"
        f" {own.processor / bare.processor:.2f} ({own.processor:.1f} s against {bare.processor:.1f} s)"
    )
    print(f"Load {os.getloadavg()[0]:.1f} after, listeners and servers together.")


async def _with_streams(hall: Hall, options: argparse.Namespace) -> Figures:
    port = free_port()
    command = [sys.executable, "-m", "django", "streams", "--port", str(port)]
    listeners = [Listener(hall.path(number)) for number in range(options.listeners)]
    async with AsyncExitStack() as held:
        process = await held.enter_async_context(_running(command, port))
        began = time.monotonic()
        await held.enter_async_context(_listening(listeners, port))
        await until(lambda: all(each.seq for each in listeners), 120)
        print(f"All connected after {time.monotonic() - began:.1f} s.", flush=True)
        used = _processor(process)
        told = await _tell(hall.change, options.changes)
        figures = await _line("The streams", told, listeners)
        figures.processor = _processor(process) - used

        process.kill()
        await held.enter_async_context(_running(command, port, is_waited_for=False))
        told = await _tell(hall.change, options.changes)
        await _line("Killed in the middle", told, listeners)
        cut = sum(1 for each in listeners if each.cuts)
        print(f"{cut:,} were cut off; what was told meanwhile counts from its commit.")
    return figures


async def _with_bare(hall: Hall, options: argparse.Namespace) -> Figures:
    port = free_port()
    numbers = count(1)

    def change() -> tuple[int, float]:
        number, at = next(numbers), time.time()
        with closing(http.client.HTTPConnection("127.0.0.1", port)) as caller:
            caller.request("POST", "/", hall.message(number))
            caller.getresponse().read()
        return number, at

    listeners = [Listener("/?") for _number in range(options.listeners)]
    command = [sys.executable, "-m", "benchmarks.bare_streams", str(port)]
    async with _running(command, port) as process, _listening(listeners, port):
        await asyncio.sleep(8)
        used = _processor(process)
        told = await _tell(change, options.changes)
        figures = await _line("A bare worker", told, listeners)
        figures.processor = _processor(process) - used
    return figures


@asynccontextmanager
async def _running(
    command: list[str], port: int, *, is_waited_for: bool = True
) -> AsyncIterator[subprocess.Popen[bytes]]:
    process = await asyncio.to_thread(subprocess.Popen, command)
    try:
        if is_waited_for:
            await asyncio.to_thread(wait_for, port, process)
        yield process
    finally:
        process.kill()
        await asyncio.to_thread(process.wait)


@asynccontextmanager
async def _listening(listeners: list[Listener], port: int) -> AsyncIterator[None]:
    """Connects them within a few seconds, and lets them go at the end."""
    tasks = []
    try:
        for number, listener in enumerate(listeners):
            tasks.append(asyncio.create_task(keep_listening(listener, port)))
            if number % 20 == 0:
                await asyncio.sleep(0.02)
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _tell(change: Callable[[], tuple[int, float]], changes: int) -> Told:
    told: Told = {}
    for _number in range(changes):
        began = time.monotonic()
        seq, at = await asyncio.to_thread(change)
        told[seq] = at
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))
    return told


def _processor(process: subprocess.Popen[bytes]) -> float:
    """Seconds of processor it has used."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _line(name: str, told: Told, listeners: list[Listener]) -> Figures:
    last = max(told)
    await until(lambda: all(each.seq >= last for each in listeners), 60)
    delays = [each.arrived[seq] - at for each in listeners for seq, at in told.items() if seq in each.arrived]
    missed = len(told) * len(listeners) - len(delays)
    cuts = quantiles(delays, n=100)
    print(
        f"{name}: {len(told)} changes, p50 {cuts[49] * 1000:.0f} ms, p95 {cuts[94] * 1000:.0f} ms,"
        f" slowest {max(delays) * 1000:.0f} ms; {missed} missed of {len(told) * len(listeners):,}",
        flush=True,
    )
    return Figures(cuts[49], cuts[94])


if __name__ == "__main__":
    main()
