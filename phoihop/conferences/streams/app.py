"""The ASGI application of the streams: /hoi-nghi/<slug>/dong/?ve=<ticket>[&sau=<seq>]. Nothing else is served here."""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

from django.db import DatabaseError, connection

from phoihop.conferences.queries.streams import shown_now
from phoihop.conferences.streams import messages
from phoihop.conferences.streams.bus import Bus
from phoihop.conferences.streams.connections import ConnectionWriter
from phoihop.conferences.streams.hub import Hub
from phoihop.conferences.streams.readers import Reader
from phoihop.conferences.streams.rooms import KEPT, Room
from phoihop.conferences.streams.tickets import Ticket, TicketRefused, read_ticket

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_ADDRESS = re.compile(r"^/hoi-nghi/(?P<slug>[-\w]+)/dong/$", re.ASCII)


class Streams:
    """Call it as an ASGI application between `start` and `stop`."""

    def __init__(self, name: str = "") -> None:
        """name: of this process, where several read one database."""
        self.hub = Hub()
        self.connections = ConnectionWriter(name)
        self._loading = asyncio.Lock()
        self._ticking: asyncio.Task[None] | None = None
        self._bus: Bus | None = None
        self._is_stopping = False
        self.failed = (
            asyncio.Event()
        )  # something it cannot do without has ended: a process begun anew is better

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._bus = Bus(self.hub, loop, self.failed.set, self.connections.mark)
        self._bus.start()
        self.connections.start()
        self._ticking = loop.create_task(self._tick())
        self._ticking.add_done_callback(lambda _done: self.failed.set())

    async def stop(self) -> None:
        """Every reader is told to come back, and every connection is written closed."""
        self._is_stopping = True
        if self._ticking is not None:
            self._ticking.cancel()
        self.hub.close_where(lambda _ticket: True, "stopping")
        await asyncio.sleep(0.2)  # for the last words
        await asyncio.to_thread(self._join)

    def _join(self) -> None:
        if self._bus is not None:
            self._bus.stop()
        self.connections.stop()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        asked = _ADDRESS.match(scope["path"])
        if asked is None or scope["method"] != "GET":
            await _answer(send, 404)
            return
        headers = {
            name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]
        }
        given = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            ticket = read_ticket(given.get("ve", [""])[-1], asked["slug"])
        except TicketRefused:
            await _answer(send, 403)
            return
        if headers.get("origin", ticket.origin) != ticket.origin:
            await _answer(send, 403)
            return
        if not self.hub.has_place_for(ticket):
            await _answer(send, 429, ticket.origin)
            return
        room = None if self._is_stopping else await self._room(asked["slug"])
        if room is None:
            await _answer(send, 503, ticket.origin)
            return
        after = _number(headers.get("last-event-id") or given.get("sau", [""])[-1])
        await self._stream(ticket, room, after, receive, send)

    async def _stream(
        self, ticket: Ticket, room: Room, after: int | None, receive: Receive, send: Send
    ) -> None:
        reader = self.hub.enter(ticket, room, after)
        key = self.connections.opened(ticket)
        leaving = asyncio.ensure_future(_left(receive))
        leaving.add_done_callback(lambda _done: reader.end("left"))
        try:
            await send(_head(200, ticket.origin, "text/event-stream; charset=utf-8"))
            while piece := await reader.take():
                await _send_piece(reader, send, piece)
            if reader.ended_for != "left":
                last = messages.beside("closed", {"reason": reader.ended_for})
                await send({"type": "http.response.body", "body": last, "more_body": False})
        except asyncio.CancelledError:
            if not reader.ended_for:
                raise
        finally:
            leaving.cancel()
            self.hub.leave(reader)
            self.connections.closed(key)

    async def _room(self, slug: str) -> Room | None:
        """Read from the database once for all its readers, and again when it had been empty for a while."""
        async with self._loading:
            if slug not in self.hub.rooms:
                try:
                    found = await asyncio.to_thread(_loaded, slug)
                except DatabaseError:
                    return None
                if found is None:
                    return None
                self.hub.rooms[slug] = found
        return self.hub.rooms[slug]

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(1)
            self.hub.tick()


async def _send_piece(reader: Reader, send: Send, piece: bytes) -> None:
    reader.is_being_sent_to()
    await send({"type": "http.response.body", "body": piece, "more_body": True})
    reader.was_sent_to()


async def _left(receive: Receive) -> None:
    with suppress(asyncio.CancelledError):
        while (await receive())["type"] != "http.disconnect":
            pass


async def _answer(send: Send, status: int, origin: str = "") -> None:
    await send(_head(status, origin, "text/plain"))
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def _head(status: int, origin: str, kind: str) -> dict[str, Any]:
    headers = [
        (b"content-type", kind.encode()),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),  # nginx passes every event on at once
        (b"x-content-type-options", b"nosniff"),
        (b"vary", b"origin"),
    ]
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode()))
    return {"type": "http.response.start", "status": status, "headers": headers}


def _loaded(slug: str) -> Room | None:
    try:
        found = shown_now(slug, KEPT)
        return Room(slug, *found) if found is not None else None
    finally:
        connection.close()


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
