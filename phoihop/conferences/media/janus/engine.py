"""The stage in Janus: sites publish into a VideoRoom, everyone else receives Streaming mountpoints fed from it.

A mountpoint (sites, viewers) has one picture and two sounds: whoever has the floor, and the central site. Giving the floor
re-aims what feeds it, so that no browser negotiates anew; see docs/adr/0014-stage-by-janus.md.
"""

from __future__ import annotations

import hmac
import socket
import struct
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from phoihop.conferences.media.engine import EngineFault, Exchange, Participant, Stage, Watched, is_check
from phoihop.conferences.media.janus.client import STREAMING, VIDEOROOM, Handle, JanusClient

BITRATE = 600_000  # bits a second of one site's picture: what receivers were counted with
MOST_SITES = 128
AUDIO, VIDEO = "0", "1"  # order in which a site's browser offers them
NO_SUCH_ROOM, NO_SUCH_FEED, ID_TAKEN, NO_SUCH_MOUNTPOINT = 426, 428, 436, 455
NO_SUCH_SESSION = 458
KICKED_BY = 2.0  # seconds until a name that was sent out is free again
# RTCP picture loss indication (RFC 4585, 6.3.1): the publisher sends a whole picture at once.
_PLI = struct.pack("!BBHII", 0x81, 206, 2, 1, 1)
_PAYLOADS = {"video": 96, "audio": 111}


class Port(NamedTuple):
    """Of a mountpoint, where one medium of the stage comes in."""

    kind: str  # "video" or "audio"
    port: int
    rtcp_port: int = 0


@dataclass(frozen=True, slots=True)
class Feed:
    """A forwarder at work: from a site to a port of a mountpoint."""

    site: str
    stream: int
    port: int


class JanusEngine:
    def __init__(self, folder: Path) -> None:
        self._client = JanusClient(folder)
        self._muted: dict[tuple[str, str], bool] = {}  # what was last asked for, by room and site

    def settle(self, stage: Stage) -> None:
        with self._attached(VIDEOROOM) as room, self._attached(STREAMING) as streaming:
            self._settle(stage, room, streaming)

    def close_stage(self, conference: str) -> None:
        for mountpoint in _mountpoints(conference):
            self._ask(
                STREAMING,
                NO_SUCH_MOUNTPOINT,
                request="destroy",
                id=mountpoint,
                secret=self._secret(conference),
            )
        self._ask(
            VIDEOROOM, NO_SUCH_ROOM, request="destroy", room=conference, secret=self._secret(conference)
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

    def watch(self, stage: Stage, *, as_site: bool) -> Exchange:
        sites, viewers = _mountpoints(stage.conference)
        handle = self._client.attach(STREAMING)
        body = {"request": "watch", "id": sites if as_site else viewers}
        try:
            _said, jsep = self._client.negotiate(handle, body)
        except EngineFault as fault:
            if fault.code != NO_SUCH_MOUNTPOINT:
                raise
            self.settle(stage)
            _said, jsep = self._client.negotiate(handle, body)
        return Exchange(_sdp(jsep), _name(handle))

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
        self._client.negotiate(_handle(peer), {"request": "start"}, {"type": "answer", "sdp": sdp})

    def keep_alive(self, peer: str) -> None:
        self._client.keep_alive(_handle(peer).session)

    def end(self, peer: str) -> None:
        """Gone already is as good: a browser that vanished is ended by the engine itself."""
        try:
            self._client.end(_handle(peer))
        except EngineFault as fault:
            if fault.code != NO_SUCH_SESSION:
                raise

    def _settle(self, stage: Stage, room: Handle, streaming: Handle) -> None:
        self._ensure_room(stage.conference, room)
        present = self._present(stage.conference, room)
        publishing = {site for site, is_publishing in present.items() if is_publishing}
        self._mute_all_but({stage.floor, stage.centre} - stage.muted, stage.conference, publishing, room)
        wanted = self._wanted(stage, publishing, streaming)
        there = self._feeds(stage.conference, room)
        for feed in there:
            if wanted.get(feed.port, ("",))[0] != feed.site:
                self._quietly(room, NO_SUCH_FEED, request="stop_rtp_forward", **self._of(stage.conference),
                    publisher_id=feed.site, stream_id=feed.stream)  # fmt: skip
        fed = {(feed.port, feed.site) for feed in there}
        lacking: dict[str, list[Port]] = {}
        for port, (site, medium) in wanted.items():
            if (port, site) not in fed:
                lacking.setdefault(site, []).append(medium)
        for site, ports in lacking.items():
            self._feed(stage.conference, site, ports, room)

    def _wanted(self, stage: Stage, publishing: set[str], streaming: Handle) -> dict[int, tuple[str, Port]]:
        """port -> the site it is to come from. Nobody has the floor: the central site is seen."""
        floor, centre = stage.floor or stage.centre, stage.centre
        sources = {"floor": floor, "voice": floor, "chair": centre if centre != floor else ""}
        silent = {medium for medium in ("voice", "chair") if sources[medium] in stage.muted}
        found = {}
        shown = zip(_mountpoints(stage.conference), (stage.to_sites, stage.to_viewers), strict=True)
        for mountpoint, is_fed in shown:
            for medium, port in self._ports(stage.conference, mountpoint, streaming).items():
                if is_fed and medium not in silent and sources[medium] in publishing:
                    found[port.port] = sources[medium], port
        return found

    def _feed(self, conference: str, site: str, ports: Sequence[Port], room: Handle) -> None:
        """All at once, and then one whole picture for all of them: a browser sends none twice within 300 ms."""
        streams: list[dict[str, Any]] = []
        for port in ports:
            medium = VIDEO if port.kind == "video" else AUDIO
            stream: dict[str, Any] = {"mid": medium, "port": port.port, "pt": _PAYLOADS[port.kind]}
            streams.append(stream | ({"rtcp_port": port.rtcp_port} if port.rtcp_port else {}))
        said = self._client.request(
            room,
            {"request": "rtp_forward", **self._of(conference), "publisher_id": site, "host": "127.0.0.1",
             "host_family": "ipv4", "streams": streams},
        )  # fmt: skip
        heard = [each["local_rtcp_port"] for each in said["forwarders"] if "local_rtcp_port" in each]
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
            Feed(publisher["publisher_id"], each["stream_id"], each["port"])
            for publisher in said["publishers"]
            for each in publisher["forwarders"]
        ]

    def _ports(self, conference: str, mountpoint: str, streaming: Handle) -> Mapping[str, Port]:
        """ "floor", "voice" and "chair" -> where they come in. The mountpoint is made where there is none."""
        secret = self._secret(conference)
        try:
            told = self._client.request(streaming, {"request": "info", "id": mountpoint, "secret": secret})[
                "info"
            ]
        except EngineFault as fault:
            if fault.code != NO_SUCH_MOUNTPOINT:
                raise
            self._client.request(streaming, _mountpoint(mountpoint, secret, self._client.door.admin_key))
            told = self._client.request(streaming, {"request": "info", "id": mountpoint, "secret": secret})[
                "info"
            ]
        return {
            each["mid"]: Port(each["type"], each["port"], each.get("rtcp_port", each.get("rtcpport", 0)))
            for each in told["media"]
        }

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
            "secret": self._secret(conference),
            "admin_key": self._client.door.admin_key,
        }

    def _secret(self, conference: str) -> str:
        """Of a conference's room and mountpoints: no process has to keep it, none of them knows another's."""
        return hmac.new(self._client.door.admin_key.encode(), conference.encode(), sha256).hexdigest()

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


def _mountpoint(name: str, secret: str, admin_key: str) -> dict[str, Any]:
    """Ports are the engine's choice, and only this machine reaches them."""
    audio = {"type": "audio", "port": 0, "pt": _PAYLOADS["audio"], "codec": "opus", "host": "127.0.0.1"}
    video = {
        "type": "video",
        "port": 0,
        "rtcpport": 0,
        "pt": _PAYLOADS["video"],
        "codec": "vp8",
        "host": "127.0.0.1",
    }
    return {
        "request": "create", "type": "rtp", "id": name, "secret": secret, "admin_key": admin_key,
        "media": [{**video, "mid": "floor"}, {**audio, "mid": "voice"}, {**audio, "mid": "chair"}],
    }  # fmt: skip


def _sdp(jsep: Mapping[str, Any] | None) -> str:
    if jsep is None:
        raise EngineFault("the engine sent no session description")
    return str(jsep["sdp"])


def _name(handle: Handle) -> str:
    return f"{handle.session}/{handle.number}"


def _handle(peer: str) -> Handle:
    session, number = peer.split("/")
    return Handle(int(session), int(number))
