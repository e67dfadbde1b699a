"""The least an ASGI worker can do: whoever is connected is sent what is posted. Same server, same flags, no Django.

python -m benchmarks.bare_streams PORT
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.embed import Server

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_waiting: set[asyncio.Queue[bytes]] = set()


async def application(
    scope: dict[str, Any], receive: Callable[[], Awaitable[dict[str, Any]]], send: Send
) -> None:
    if scope["method"] == "POST":
        body = (await receive())["body"]
        for each in _waiting:
            each.put_nowait(body)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b"", "more_body": False})
        return
    mine: asyncio.Queue[bytes] = asyncio.Queue()
    _waiting.add(mine)
    headers = [(b"content-type", b"text/event-stream")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})
    while True:
        await send({"type": "http.response.body", "body": await mine.get(), "more_body": True})


if __name__ == "__main__":
    server = Server(
        application, "127.0.0.1", int(sys.argv[1]), interface=Interfaces.ASGINL, websockets=False, backlog=4096,
        backpressure=65_535, log_level=LogLevels.error, http1_settings=HTTP1Settings(keep_alive=False),
    )  # fmt: skip
    asyncio.run(server.serve())
