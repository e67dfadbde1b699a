"""VideoRooms, into which sites send: one a conference, made when it is first needed."""

from __future__ import annotations

from dataclasses import dataclass

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.client import VIDEOROOM, Handle
from phoihop.conferences.media.janus.hall import Hall

BITRATE = 600_000  # bits a second of one site's picture: what receivers were counted with
AUDIO, VIDEO = "0", "1"  # order in which a site's browser offers them
MOST_SITES = 128
MOST_SENDING = 2 * MOST_SITES  # a site's check is sent beside its picture
NO_SUCH_ROOM, ROOM_EXISTS, NO_SUCH_FEED = 426, 427, 428


@dataclass(frozen=True, slots=True)
class Sender:
    """Whoever is in a room. connection: another one each time it comes."""

    connection: str
    is_publishing: bool  # its media flows


class Rooms:
    def __init__(self, hall: Hall) -> None:
        self._hall, self._client = hall, hall.client

    def keys(self, conference: str) -> dict[str, str]:
        """What opens the conference's room to us."""
        return {
            "room": conference,
            "secret": self._hall.secret(conference),
            "admin_key": self._client.door.admin_key,
        }

    def held(self) -> list[str]:
        """Conferences that have a room."""
        told = self._client.ask(VIDEOROOM, {"request": "list", "admin_key": self._client.door.admin_key})
        return [str(each["room"]) for each in told["list"]]

    def ensure(self, conference: str, room: Handle) -> None:
        if self._client.request(room, {"request": "exists", "room": conference})["exists"]:
            return
        self._client.quietly(
            room, ROOM_EXISTS, request="create", **self.keys(conference), description=conference,
            publishers=MOST_SENDING, audiocodec="opus", videocodec="vp8", bitrate=BITRATE, notify_joining=False,
            opus_fec=True,
        )  # fmt: skip

    def senders(self, conference: str, room: Handle) -> dict[str, Sender]:
        try:
            said = self._client.request(room, {"request": "listparticipants", "room": conference})
        except EngineFault as fault:
            if fault.code == NO_SUCH_ROOM:
                return {}
            raise
        return {
            each["id"]: Sender(each.get("display", ""), bool(each.get("publisher")))
            for each in said["participants"]
        }

    def kick(self, conference: str, name: str) -> None:
        with self._client.attached(VIDEOROOM) as room:
            self._client.quietly(
                room, NO_SUCH_FEED, NO_SUCH_ROOM, request="kick", **self.keys(conference), id=name
            )

    def destroy(self, conference: str) -> None:
        secret = self._hall.secret(conference)
        with self._client.attached(VIDEOROOM) as room:
            self._client.quietly(room, NO_SUCH_ROOM, request="destroy", room=conference, secret=secret)
