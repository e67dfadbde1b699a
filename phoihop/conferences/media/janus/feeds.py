"""Forwarders: what leads from a site in the room to a mountpoint, ours or an edge's. Giving the floor re-aims them."""

from __future__ import annotations

import secrets
import socket
import struct
import threading
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from phoihop.conferences.media.engine import Stage
from phoihop.conferences.media.janus.client import Handle, JanusClient
from phoihop.conferences.media.janus.hall import PAYLOADS, SRTP_SUITE, Place, Port
from phoihop.conferences.media.janus.rooms import AUDIO, NO_SUCH_FEED, VIDEO, Rooms

# RTCP picture loss indication (RFC 4585, 6.3.1): the publisher sends a whole picture at once.
_PLI = struct.pack("!BBHII", 0x81, 206, 2, 1, 1)
ASKED_AGAIN = 0.4  # seconds


@dataclass(frozen=True, slots=True)
class Feed:
    """A forwarder at work: from a site to a port of a mountpoint."""

    site: str
    stream: int
    place: Place
    rtcp_port: int = 0  # of this machine's engine, where a whole picture is asked for


@dataclass(frozen=True, slots=True)
class Source:
    """The site that one port is to be fed from."""

    site: str
    port: Port


def sources(stage: Stage, publishing: Set[str], ports: Mapping[str, Port]) -> dict[Place, Source]:
    """For the ports of one mountpoint. Nobody has the floor: the central site is seen."""
    floor, centre = stage.floor or stage.centre, stage.centre
    sites = {"floor": floor, "voice": floor, "chair": centre if centre != floor else ""}
    silent = {medium for medium in ("voice", "chair") if sites[medium] in stage.muted}
    return {
        port.place: Source(sites[medium], port)
        for medium, port in ports.items()
        if medium not in silent and sites[medium] in publishing
    }


class Feeds:
    def __init__(self, client: JanusClient, rooms: Rooms) -> None:
        self._client, self._rooms = client, rooms

    def there(self, conference: str, room: Handle) -> list[Feed]:
        said = self._client.request(room, {"request": "listforwarders", **self._rooms.keys(conference)})
        return [
            Feed(
                publisher["publisher_id"], each["stream_id"], (each["host"], each["port"]),
                each.get("local_rtcp_port", 0),
            )
            for publisher in said["publishers"]
            for each in publisher["forwarders"]
        ]  # fmt: skip

    def aim(
        self,
        conference: str,
        wanted: Mapping[Place, Source],
        room: Handle,
        *,
        renewed: Set[Place] = frozenset(),
        recorded_anew: Place | None = None,
        is_left: Callable[[Feed], bool] = lambda _feed: False,
    ) -> None:
        """What is wrong, or there twice, is stopped, and then what is lacking begins.

        renewed: ports whose mountpoint was made anew: what feeds them belonged to the one before. recorded_anew: where a
        new piece has begun, which shows nothing before a whole picture. is_left: of a feed to a place nobody knows,
        whether it goes on.
        """
        fed: set[Place] = set()
        for feed in self.there(conference, room):
            source = wanted.get(feed.place)
            if source is None and is_left(feed):
                continue
            if source is not None and source.site == feed.site and feed.place not in renewed | fed:
                fed.add(feed.place)
                if feed.rtcp_port and feed.place == recorded_anew:
                    _ask_whole_picture(feed.rtcp_port)
            else:
                self._stop(conference, feed, room)
        lacking: dict[str, list[Port]] = {}
        for source in (source for place, source in wanted.items() if place not in fed):
            lacking.setdefault(source.site, []).append(source.port)
        for site, ports in lacking.items():
            self._begin(conference, site, ports, room)

    def _stop(self, conference: str, feed: Feed, room: Handle) -> None:
        self._client.quietly(
            room, NO_SUCH_FEED, request="stop_rtp_forward", **self._rooms.keys(conference),
            publisher_id=feed.site, stream_id=feed.stream,
        )  # fmt: skip

    def _begin(self, conference: str, site: str, ports: Sequence[Port], room: Handle) -> None:
        """All at once, and then one whole picture for all of them: a browser sends none twice within 300 ms."""
        forward = {
            "request": "rtp_forward", **self._rooms.keys(conference), "publisher_id": site, "host": "127.0.0.1",
            "host_family": "ipv4",
        }  # fmt: skip
        heard: list[int] = []
        for key in sorted({port.srtp for port in ports}):
            safe = {"srtp_suite": SRTP_SUITE, "srtp_crypto": key} if key else {}
            streams = [_stream(port) for port in ports if port.srtp == key]
            said = self._client.request(room, {**forward, **safe, "streams": streams})
            heard += [each["local_rtcp_port"] for each in said["forwarders"] if "local_rtcp_port" in each]
        if heard:
            _ask_whole_picture(heard[0])


def _ask_whole_picture(rtcp_port: int) -> None:
    """Twice: a browser leaves out whoever asks within 300 ms of another, and a line may lose what was asked."""
    _send_pli(rtcp_port)
    again = threading.Timer(ASKED_AGAIN, _send_pli, [rtcp_port])
    again.daemon = True
    again.start()


def _send_pli(rtcp_port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(_PLI, ("127.0.0.1", rtcp_port))


def _stream(port: Port) -> dict[str, Any]:
    """A new number for each encrypted feed: both ends then begin to count at the same place (RFC 3711, 3.3.1)."""
    told = {
        "mid": VIDEO if port.kind == "video" else AUDIO,
        "host": port.host,
        "port": port.port,
        "pt": PAYLOADS[port.kind],
    }
    if port.rtcp_port:
        told["rtcp_port"] = port.rtcp_port
    if port.srtp:
        told["ssrc"] = secrets.randbits(31) + 1
    return told
