"""All rooms and readers of this process. Lives in one event loop and never meets the database."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from phoihop.conferences.streams import messages
from phoihop.conferences.streams.readers import Reader
from phoihop.conferences.streams.rooms import Patch, Room
from phoihop.conferences.streams.tickets import Ticket
from phoihop.core import clock

STUCK_AFTER = 30  # seconds of nobody taking what is sent
GRACE = 2  # seconds a closed stream has to say goodbye
MOST_OF_ONE = 20  # streams of one user or grant at a time
EMPTY_FOR = 60  # seconds a room without readers is kept


class Hub:
    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}
        self._readers: dict[str, Reader] = {}  # by the key of the ticket
        self._held: Counter[tuple[int | None, int | None]] = Counter()  # streams of one user or grant
        self._turn = 0

    def has_place_for(self, ticket: Ticket) -> bool:
        """A browser needs one stream; a code that was passed on must not take the places of all others."""
        return self._held[ticket.grant, ticket.user] < MOST_OF_ONE

    def enter(self, ticket: Ticket, room: Room, after: int | None) -> Reader:
        """after: the last change the browser knows of; None where it knows nothing."""
        if (earlier := self._readers.get(ticket.key)) is not None:
            self.close(earlier, "displaced")
        reader = Reader(ticket, room)
        self._readers[ticket.key] = reader
        self._held[ticket.grant, ticket.user] += 1
        room.readers.add(reader)
        reader.offer(room.since(after, reader.audience) + room.counted(reader.audience))
        reader.offer(messages.beat(clock.now().isoformat()))
        return reader

    def leave(self, reader: Reader) -> None:
        if reader not in reader.room.readers:
            return
        reader.room.readers.remove(reader)
        reader.room.left_at = time.monotonic()
        who = (reader.ticket.grant, reader.ticket.user)
        self._held[who] -= 1
        if not self._held[who]:
            del self._held[who]
        if self._readers.get(reader.ticket.key) is reader:
            del self._readers[reader.ticket.key]

    def close(self, reader: Reader, reason: str) -> None:
        """Said at once; where nobody listens, the stream is cut after a moment."""
        reader.end(reason)
        self.leave(reader)
        if reader.task is not None:
            asyncio.get_running_loop().call_later(GRACE, reader.task.cancel)

    def close_where(self, is_over: Callable[[Ticket], bool], reason: str) -> None:
        for reader in self.readers():
            if is_over(reader.ticket):
                self.close(reader, reason)

    def publish(self, room: Room, rows: Iterable[tuple[int, str, dict[str, Any], Patch]]) -> None:
        """Rows of the log: (seq, type, payload, patch). A site that is taken out hears of nothing more."""
        for seq, what, payload, patch in rows:
            if what == "remove_site" and seq > room.seq:
                self._shut(room, payload["site"], set(payload["grants"]))
            room.publish([(seq, patch)])

    def _shut(self, room: Room, site: str, grants: set[int]) -> None:
        for reader in list(room.readers):
            if reader.ticket.site == site or reader.ticket.grant in grants:
                self.close(reader, "removed")

    def tick(self) -> None:
        """Once a second: a share of the readers hears the beat; tickets run out; who is stuck is let go."""
        self._turn += 1
        beat = messages.beat(clock.now().isoformat())
        for reader in self.readers():
            if reader.ticket.until <= time.time():
                self.close(reader, "expired")
            elif reader.is_stuck(STUCK_AFTER):
                self.close(reader, "stuck")
            elif reader.turn == self._turn % messages.BEATS_EVERY:
                reader.offer(beat)
        for room in list(self.rooms.values()):
            if not room.readers and time.monotonic() - room.left_at > EMPTY_FOR:
                del self.rooms[room.slug]

    def readers(self) -> list[Reader]:
        return list(self._readers.values())
