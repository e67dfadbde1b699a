"""Runs the streams in this very process: one process, so that ending it ends everything it holds."""

import asyncio
import os
import resource
import signal
import socket
from collections.abc import Callable
from itertools import count

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from phoihop.conferences.streams.app import Streams

MOST = 65_535  # streams at a time; the system's limit of open files may come first


async def serve(host: str, port: int, *, is_kept: bool = False) -> None:
    """Until asked to end. is_kept: by its keeper only, or because that one is gone; not by Ctrl-C, which means the keeper."""
    allow_files()
    streams = Streams(f"{socket.gethostname()}:{port}")
    server = Server(
        streams, host, port, interface=Interfaces.ASGINL, websockets=False, backlog=4096, backpressure=MOST,
        log_level=LogLevels.error, http1_settings=HTTP1Settings(keep_alive=False),
    )  # fmt: skip
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ending.set)
    loop.add_signal_handler(signal.SIGINT, (lambda: None) if is_kept else ending.set)
    streams.start()
    serving = asyncio.create_task(server.serve())
    until = [serving, asyncio.create_task(ending.wait()), asyncio.create_task(streams.failed.wait())]
    if is_kept:
        until.append(asyncio.create_task(_until_orphaned()))
    await asyncio.wait(until, return_when=asyncio.FIRST_COMPLETED)
    await streams.stop()
    end: Callable[[], None] = server.stop
    end()
    await serving


async def _until_orphaned() -> None:
    """Nobody tells a child that its parent is gone: it has another one then."""
    keeper = os.getppid()
    for _second in count():
        await asyncio.sleep(1)
        if os.getppid() != keeper:
            return


def allow_files() -> None:
    """A connection is an open file; most systems allow 1,024 until they are asked for what they really allow."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
