"""A room of a real Janus, filled and read without a browser."""

from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path

from phoihop.conferences.media.engine import EngineFault, Stage
from phoihop.conferences.media.janus.client import VIDEOROOM, JanusClient
from phoihop.conferences.media.janus.engine import JanusEngine
from phoihop.conferences.media.janus.feeds import Feed
from phoihop.conferences.media.janus.hall import Hall
from phoihop.conferences.media.janus.rooms import Rooms
from tests.conferences.streams.installed import until

ROOM = "hoi-nghi-thu"
_STREAMS = [
    {"type": "audio", "mindex": 0, "mid": "0", "codec": "opus"},
    {"type": "video", "mindex": 1, "mid": "1", "codec": "vp8"},
]
_times = count()


class Readings:
    """What is so in the engine, whoever made it so."""

    def __init__(self, folder: Path) -> None:
        self.client = JanusClient(folder)
        self.hall = Hall(self.client)
        self.rooms = Rooms(self.hall)
        self.keys = self.rooms.keys(ROOM)

    def comes(self, *sites: str) -> None:
        """Through the door for publishers without a browser: one that has only described itself does not send yet."""
        for site in sites:
            assert until(partial(self._comes, site), 30)
        assert self._sends(*sites)

    def _comes(self, site: str) -> bool:
        """Janus takes its time to forget who was there before, and may take the one that comes along with it."""
        self.ask(request="remove_remote_publisher", id=site)
        self.ask(
            request="add_remote_publisher", id=site, display=f"{site} {next(_times)}", iface="127.0.0.1",
            streams=_STREAMS,
        )  # fmt: skip
        return until(partial(self._sends, site), 3)

    def ask(self, **body: object) -> None:
        """What is not there to be ended is as good."""
        with suppress(EngineFault):
            self.client.ask(VIDEOROOM, {**self.keys, **body})

    def _sends(self, *sites: str) -> bool:
        with self.client.attached(VIDEOROOM) as room:
            there = self.rooms.senders(ROOM, room)
        return all(site in there and there[site].is_publishing for site in sites)

    def unmuted(self) -> list[str]:
        join = {"request": "join", "ptype": "publisher", "room": ROOM, "id": f"~reading {next(_times)}"}
        with self.client.attached(VIDEOROOM) as room:
            said, _jsep = self.client.negotiate(room, join)
        return sorted(
            each["id"]
            for each in said["publishers"]
            if not any(stream.get("moderated") for stream in each["streams"])
        )

    def feeds(self, engine: JanusEngine) -> list[Feed]:
        with self.client.attached(VIDEOROOM) as room:
            return engine._feeds.there(ROOM, room)

    def fed(self, engine: JanusEngine, hall: str = "sites") -> list[tuple[str, str]]:
        """(site, medium) of every forwarder to one of our mountpoints."""
        with self.hall.attached() as streaming:
            ports = self.hall.mountpoint(ROOM, f"{ROOM}/{hall}", streaming).ports
        media = {port.place: name for name, port in ports.items()}
        return sorted((feed.site, media[feed.place]) for feed in self.feeds(engine) if feed.place in media)

    def is_recorded(self) -> bool:
        with self.hall.attached() as streaming:
            return self.hall.mountpoint(ROOM, f"{ROOM}/viewers", streaming).is_recorded


def sending(folder: Path, engine: JanusEngine, stage: Stage, *sites: str) -> Readings:
    engine.settle(stage)
    readings = Readings(folder)
    readings.comes(*sites)
    engine.settle(stage)
    return readings
