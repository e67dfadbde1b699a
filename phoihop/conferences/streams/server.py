"""Runs the streams in this very process: one process, so that ending it ends everything it holds."""

import asyncio
import resource
import signal
from collections.abc import Callable

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

from phoihop.conferences.streams.app import Streams

MOST = 65_535  # streams at a time; the system's limit of open files may come first


async def serve(host: str, port: int) -> None:
    """Until asked to end (SIGTERM, SIGINT)."""
    _allow_files()
    streams = Streams()
    server = Server(
        streams, host, port, interface=Interfaces.ASGINL, websockets=False, backlog=4096, backpressure=MOST,
        log_level=LogLevels.error, http1_settings=HTTP1Settings(keep_alive=False),
    )  # fmt: skip
    ending = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ending.set)
    streams.start()
    serving = asyncio.create_task(server.serve())
    waiting = asyncio.create_task(ending.wait())
    await asyncio.wait({serving, waiting}, return_when=asyncio.FIRST_COMPLETED)
    await streams.stop()
    end: Callable[[], None] = server.stop
    end()
    await serving


def _allow_files() -> None:
    """A stream is an open file; most systems allow 1,024 until they are asked for what they really allow."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
