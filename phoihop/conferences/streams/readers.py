"""One open stream, and what waits to be sent on it."""

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING

from phoihop.conferences.audiences import Audience
from phoihop.conferences.streams.messages import BEATS_EVERY
from phoihop.conferences.streams.tickets import Ticket

if TYPE_CHECKING:
    from phoihop.conferences.streams.rooms import Room

MOST_WAITING = 32  # messages; a reader slower than that is given the whole instead


class Reader:
    """Belongs to the event loop; nothing here waits for anybody but `take`."""

    def __init__(self, ticket: Ticket, room: "Room") -> None:
        self.ticket, self.room = ticket, room
        self.audience = Audience(ticket.audience)
        self.task = asyncio.current_task()
        self.turn = sum(ticket.key.encode()) % BEATS_EVERY  # which second of the beats is its own
        self.ended_for = ""  # why, once it is over
        self._sending_since: float | None = None
        self._waiting: deque[bytes] = deque()
        self._is_behind = False
        self._wake = asyncio.Event()

    def offer(self, message: bytes) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._waiting.clear()
            self._is_behind = True
        if not self._is_behind:
            self._waiting.append(message)
        self._wake.set()

    def end(self, reason: str) -> None:
        if not self.ended_for:
            self.ended_for = reason
            self._wake.set()

    async def take(self) -> bytes:
        """Everything that waits, as one piece; empty once the stream is over."""
        await self._wake.wait()
        self._wake.clear()
        if self.ended_for:
            self._wake.set()
            return b""
        if self._is_behind:
            self._is_behind = False
            return self.room.whole(self.audience)
        waiting = b"".join(self._waiting)
        self._waiting.clear()
        return waiting

    def is_being_sent_to(self) -> None:
        self._sending_since = time.monotonic()

    def was_sent_to(self) -> None:
        self._sending_since = None

    def is_stuck(self, seconds: float) -> bool:
        """Nobody takes what is being sent."""
        return self._sending_since is not None and time.monotonic() - self._sending_since > seconds
