"""The stage in Janus: sites publish into a VideoRoom, everyone else receives Streaming mountpoints fed from it.

A mountpoint (sites, viewers) has one picture and two sounds: whoever has the floor, and the central site. Giving the floor
re-aims what feeds it, so that no browser negotiates anew; see docs/adr/0014-stage-by-janus.md.
"""

from __future__ import annotations

import secrets
import socket
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from phoihop.conferences.media.engine import EngineFault, Exchange, Participant, Stage, Watched, is_check
from phoihop.conferences.media.janus.client import STREAMING, VIDEOROOM, Handle, JanusClient
from phoihop.conferences.media.janus.edges import Edge, Edges
from phoihop.conferences.media.janus.hall import (
    NO_SUCH_MOUNTPOINT,
    PAYLOADS,
    SRTP_SUITE,
    Hall,
    Mountpoint,
    Port,
)

BITRATE = 600_000  # bits a second of one site's picture: what receivers were counted with
MOST_SITES = 128
AUDIO, VIDEO = "0", "1"  # order in which a site's browser offers them
NO_SUCH_ROOM, NO_SUCH_FEED, ID_TAKEN = 426, 428, 436
NO_SUCH_SESSION = 458
KICKED_BY = 2.0  # seconds until a name that was sent out is free again
# RTCP picture loss indication (RFC 4585, 6.3.1): the publisher sends a whole picture at once.
_PLI = struct.pack("!BBHII", 0x81, 206, 2, 1, 1)


@dataclass(frozen=True, slots=True)
class Feed:
    """A forwarder at work: from a site to a port of a mountpoint."""

    site: str
    stream: int
    place: tuple[str, int]  # address and port


class JanusEngine:
    """folder: of this machine's engine; what is recorded lies under it."""

    def __init__(self, folder: Path, edges: Sequence[Edge] = ()) -> None:
        self._client = JanusClient(folder)
        self._hall, self._edges, self._folder = Hall(self._client), Edges(edges), folder
        self._muted: dict[tuple[str, str], bool] = {}  # what was last asked for, by room and site

    def settle(self, stage: Stage) -> None:
        with self._attached(VIDEOROOM) as room, self._attached(STREAMING) as streaming:
            self._settle(stage, room, streaming)

    def close_stage(self, conference: str) -> None:
        with self._attached(STREAMING) as streaming:
            for mountpoint in _mountpoints(conference):
                self._hall.close(conference, mountpoint, streaming)
        for edge in self._edges:
            edge.attempt(lambda hall: _close_at_edge(hall, conference))
        self._ask(
            VIDEOROOM, NO_SUCH_ROOM, request="destroy", room=conference, secret=self._hall.secret(conference)
        )
        self._forget(conference)

    def remove(self, conference: str, site: str) -> None:
        """Its connection ends at once; codes and grants that ended keep it from coming back."""
        self._ask(VIDEOROOM, NO_SUCH_FEED, NO_SUCH_ROOM, request="kick", **self._of(conference), id=site)
        self._muted.pop((conference, site), None)

    def participants(self, conference: str) -> Sequence[Participant]:
        with self._attached(VIDEOROOM) as room:
            present = self._present(conference, room)
        return [
            Participant(site, is_publishing, self._muted.get((conference, site), True))
            for site, is_publishing in present.items()
            if not is_check(site)
        ]

    def publish(self, stage: Stage, site: str, offer: str) -> Exchange:
        self.settle(stage)
        self.remove(stage.conference, site)
        join = {
            "request": "joinandconfigure", "ptype": "publisher", "room": stage.conference, "id": site,
            "bitrate": BITRATE,
        }  # fmt: skip
        handle = self._client.attach(VIDEOROOM)
        sdp = self._joined(handle, join, offer)
        self.settle(stage)
        return Exchange(sdp, _name(handle))

    def watch(self, stage: Stage, *, as_site: bool, near: Sequence[str] = ()) -> Exchange:
        """A viewer is sent to an edge, if one serves the area and answers; a site is served here."""
        sites, viewers = _mountpoints(stage.conference)
        for edge in [] if as_site else self._edges.for_viewers_of(near):
            if (offered := edge.attempt(lambda hall: _watched_at_edge(hall, stage.conference))) is not None:
                return Exchange(offered.sdp, f"{edge.edge.name}/{offered.peer}")
        try:
            return _watched(self._hall, sites if as_site else viewers)
        except EngineFault as fault:
            if fault.code != NO_SUCH_MOUNTPOINT:
                raise
        self.settle(stage)
        return _watched(self._hall, sites if as_site else viewers)

    def watch_sites(self, stage: Stage, sites: Sequence[str]) -> Watched | None:
        with self._attached(VIDEOROOM) as room:
            present = self._present(stage.conference, room)
        streams = [{"feed": site, "mid": VIDEO} for site in sites if present.get(site)]
        if not streams:
            return None
        handle = self._client.attach(VIDEOROOM)
        join = {
            "request": "join", "ptype": "subscriber", "room": stage.conference, "streams": streams,
        }  # fmt: skip
        try:
            said, jsep = self._client.negotiate(handle, join)
        except EngineFault:
            self._client.end(handle)
            raise
        shown = {each["mid"]: each["feed_id"] for each in said["streams"]}
        return Watched(Exchange(_sdp(jsep), _name(handle)), shown)

    def answer(self, peer: str, sdp: str) -> None:
        client, handle = self._peer(peer)
        client.negotiate(handle, {"request": "start"}, {"type": "answer", "sdp": sdp})

    def keep_alive(self, peer: str) -> None:
        client, handle = self._peer(peer)
        client.keep_alive(handle.session)

    def end(self, peer: str) -> None:
        """Gone already is as good: a browser that vanished is ended by the engine itself."""
        client, handle = self._peer(peer)
        try:
            client.end(handle)
        except EngineFault as fault:
            if fault.code != NO_SUCH_SESSION:
                raise

    def recordings(self, conference: str) -> Path:
        return self._folder / "recordings" / conference

    def _peer(self, peer: str) -> tuple[JanusClient, Handle]:
        """Where a connection ends, and by what name."""
        where, _slash, name = peer.rpartition("/")
        edge, _slash, session = where.rpartition("/")
        return (self._edges.named(edge).client if edge else self._client), Handle(int(session), int(name))

    def _settle(self, stage: Stage, room: Handle, streaming: Handle) -> None:
        self._ensure_room(stage.conference, room)
        present = self._present(stage.conference, room)
        publishing = {site for site, is_publishing in present.items() if is_publishing}
        self._mute_all_but({stage.floor, stage.centre} - stage.muted, stage.conference, publishing, room)
        shown = list(self._shown(stage, streaming))
        wanted = self._wanted(stage, publishing, shown)
        new = {
            port.place
            for mountpoint, _is_fed in shown
            if mountpoint.is_new
            for port in mountpoint.ports.values()
        }
        there = self._feeds(stage.conference, room)
        for feed in there:
            if feed.place in new or wanted.get(feed.place, ("",))[0] != feed.site:
                self._quietly(room, NO_SUCH_FEED, request="stop_rtp_forward", **self._of(stage.conference),
                    publisher_id=feed.site, stream_id=feed.stream)  # fmt: skip
        fed = {(feed.place, feed.site) for feed in there if feed.place not in new}
        lacking: dict[str, list[Port]] = {}
        for place, (site, port) in wanted.items():
            if (place, site) not in fed:
                lacking.setdefault(site, []).append(port)
        for site, ports in lacking.items():
            self._feed(stage.conference, site, ports, room)
        self._record(stage, streaming)

    def _wanted(
        self, stage: Stage, publishing: set[str], shown: Sequence[tuple[Mountpoint, bool]]
    ) -> dict[tuple[str, int], tuple[str, Port]]:
        """address and port -> the site it is to come from. Nobody has the floor: the central site is seen."""
        floor, centre = stage.floor or stage.centre, stage.centre
        sources = {"floor": floor, "voice": floor, "chair": centre if centre != floor else ""}
        silent = {medium for medium in ("voice", "chair") if sources[medium] in stage.muted}
        return {
            port.place: (sources[medium], port)
            for mountpoint, is_fed in shown
            for medium, port in mountpoint.ports.items()
            if is_fed and medium not in silent and sources[medium] in publishing
        }

    def _shown(self, stage: Stage, streaming: Handle) -> Iterator[tuple[Mountpoint, bool]]:
        """Every mountpoint, and whether it is to be fed."""
        sites, viewers = _mountpoints(stage.conference)
        yield self._hall.mountpoint(stage.conference, sites, streaming), stage.to_sites
        yield self._hall.mountpoint(stage.conference, viewers, streaming), stage.to_viewers
        for edge in self._edges:
            if (there := edge.attempt(lambda hall: _at_edge(hall, stage.conference))) is not None:
                yield there, stage.to_viewers

    def _record(self, stage: Stage, streaming: Handle) -> None:
        """What viewers see: a part that is closed to them is not taken, and the next one begins a new piece."""
        _sites, viewers = _mountpoints(stage.conference)
        is_wanted = stage.is_recorded and stage.to_viewers
        if self._hall.mountpoint(stage.conference, viewers, streaming).is_recorded != is_wanted:
            folder = self.recordings(stage.conference) if is_wanted else None
            self._hall.record(stage.conference, viewers, streaming, folder)

    def _feed(self, conference: str, site: str, ports: Sequence[Port], room: Handle) -> None:
        """All at once, and then one whole picture for all of them: a browser sends none twice within 300 ms."""
        forward = {
            "request": "rtp_forward",
            **self._of(conference),
            "publisher_id": site,
            "host": "127.0.0.1",
        }
        heard: list[int] = []
        for key in sorted({port.srtp for port in ports}):
            safe = {"srtp_suite": SRTP_SUITE, "srtp_crypto": key} if key else {}
            streams = [_stream(port) for port in ports if port.srtp == key]
            said = self._client.request(room, {**forward, "host_family": "ipv4", **safe, "streams": streams})
            heard += [each["local_rtcp_port"] for each in said["forwarders"] if "local_rtcp_port" in each]
        if heard:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
                sender.sendto(_PLI, ("127.0.0.1", heard[0]))

    def _mute_all_but(self, heard: set[str], conference: str, publishing: set[str], room: Handle) -> None:
        for site in publishing:
            is_muted = site not in heard
            if self._muted.get((conference, site)) == is_muted:
                continue
            self._quietly(room, NO_SUCH_FEED, request="moderate", **self._of(conference), id=site, mid=AUDIO,
                mute=is_muted)  # fmt: skip
            self._muted[conference, site] = is_muted
        for key in [key for key in self._muted if key[0] == conference and key[1] not in publishing]:
            del self._muted[key]

    def _ensure_room(self, conference: str, room: Handle) -> None:
        if self._client.request(room, {"request": "exists", "room": conference})["exists"]:
            return
        self._forget(conference)
        self._client.request(
            room,
            {"request": "create", **self._of(conference), "description": conference, "publishers": MOST_SITES,
             "audiocodec": "opus", "videocodec": "vp8", "bitrate": BITRATE, "notify_joining": False,
             "opus_fec": True},
        )  # fmt: skip

    def _present(self, conference: str, room: Handle) -> dict[str, bool]:
        """site -> whether it publishes."""
        try:
            said = self._client.request(room, {"request": "listparticipants", "room": conference})
        except EngineFault as fault:
            if fault.code == NO_SUCH_ROOM:
                return {}
            raise
        return {each["id"]: bool(each.get("publisher")) for each in said["participants"]}

    def _feeds(self, conference: str, room: Handle) -> list[Feed]:
        said = self._client.request(room, {"request": "listforwarders", **self._of(conference)})
        return [
            Feed(publisher["publisher_id"], each["stream_id"], (each["host"], each["port"]))
            for publisher in said["publishers"]
            for each in publisher["forwarders"]
        ]

    def _joined(self, handle: Handle, join: Mapping[str, Any], offer: str) -> str:
        """Whoever had the name before needs a moment to be gone."""
        until = time.monotonic() + KICKED_BY
        while True:
            try:
                _said, jsep = self._client.negotiate(handle, dict(join), {"type": "offer", "sdp": offer})
                return _sdp(jsep)
            except EngineFault as fault:
                if fault.code != ID_TAKEN or time.monotonic() > until:
                    self._client.end(handle)
                    raise
                time.sleep(0.05)

    def _of(self, conference: str) -> dict[str, str]:
        return {
            "room": conference,
            "secret": self._hall.secret(conference),
            "admin_key": self._client.door.admin_key,
        }

    def _forget(self, conference: str) -> None:
        self._muted = {key: is_muted for key, is_muted in self._muted.items() if key[0] != conference}

    def _ask(self, plugin: str, *harmless: int, **body: Any) -> None:
        with self._attached(plugin) as handle:
            self._quietly(handle, *harmless, **body)

    def _quietly(self, handle: Handle, *harmless: int, **body: Any) -> None:
        """What was to be ended is gone already: as good."""
        try:
            self._client.request(handle, body)
        except EngineFault as fault:
            if fault.code not in harmless:
                raise

    @contextmanager
    def _attached(self, plugin: str) -> Iterator[Handle]:
        handle = self._client.attach(plugin)
        try:
            yield handle
        finally:
            self._client.end(handle)


def _mountpoints(conference: str) -> tuple[str, str]:
    """For the sites, and for those who watch."""
    return f"{conference}/sites", f"{conference}/viewers"


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


def _watched(hall: Hall, mountpoint: str) -> Exchange:
    handle = hall.attach()
    try:
        _said, jsep = hall.client.negotiate(handle, {"request": "watch", "id": mountpoint})
        return Exchange(_sdp(jsep), _name(handle))
    except EngineFault:
        with suppress(EngineFault):
            hall.client.end(handle)
        raise


def _watched_at_edge(hall: Hall, conference: str) -> Exchange | None:
    """None where it was started anew just now, and waits for the reconciler."""
    try:
        return _watched(hall, _mountpoints(conference)[1])
    except EngineFault as fault:
        if fault.code == NO_SUCH_MOUNTPOINT:
            return None
        raise


def _at_edge(hall: Hall, conference: str) -> Mountpoint:
    streaming = hall.attach()
    try:
        return hall.mountpoint(conference, _mountpoints(conference)[1], streaming)
    finally:
        hall.client.end(streaming)


def _close_at_edge(hall: Hall, conference: str) -> bool:
    streaming = hall.attach()
    try:
        hall.close(conference, _mountpoints(conference)[1], streaming)
    finally:
        hall.client.end(streaming)
    return True


def _sdp(jsep: Mapping[str, Any] | None) -> str:
    if jsep is None:
        raise EngineFault("the engine sent no session description")
    return str(jsep["sdp"])


def _name(handle: Handle) -> str:
    return f"{handle.session}/{handle.number}"
