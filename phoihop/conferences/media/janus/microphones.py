"""Microphones in a room: open for who is to be heard, closed for all others."""

from __future__ import annotations

from collections.abc import Mapping

from phoihop.conferences.media.engine import is_check
from phoihop.conferences.media.janus.client import Handle, JanusClient
from phoihop.conferences.media.janus.rooms import AUDIO, NO_SUCH_FEED, Rooms, Sender


class Microphones:
    def __init__(self, client: JanusClient, rooms: Rooms) -> None:
        self._client, self._rooms = client, rooms
        self._told: dict[tuple[str, str], tuple[str, bool]] = {}  # connection, and whether it is muted

    def close_all_but(
        self, heard: set[str], conference: str, senders: Mapping[str, Sender], room: Handle
    ) -> None:
        """Told once to each connection: the engine passes every such word on to all others of the room and keeps it for them
        until they end, 1.2 kB each. Who comes again is another connection, and is told anew.
        """
        before = {name: told for (where, name), told in self._told.items() if where == conference}
        for name, sender in senders.items():
            wanted = (sender.connection, name not in heard)
            if is_check(name) or not sender.is_publishing or before.get(name) == wanted:
                continue
            self._client.quietly(
                room, NO_SUCH_FEED, request="moderate", **self._rooms.keys(conference), id=name, mid=AUDIO, mute=wanted[1]
            )  # fmt: skip
            self._told[conference, name] = wanted
        for name in before.keys() - senders.keys():
            del self._told[conference, name]
