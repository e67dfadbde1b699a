"""Streaming mountpoints of one engine, this machine's or an edge's: where the stage comes in, and what is recorded of it."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.film.pieces import MEDIA, NAMED
from phoihop.conferences.media.janus.client import STREAMING, Handle, JanusClient
from phoihop.core import clock

NO_SUCH_MOUNTPOINT, CANNOT_CREATE = 455, 456
PAYLOADS = {"video": 96, "audio": 111}
SRTP_SUITE = 80  # AES_CM_128_HMAC_SHA1_80 (RFC 3711)

Place = tuple[str, int]  # address and port where a feed comes in


def mountpoints(conference: str) -> tuple[str, str]:
    """For the sites, and for those who watch."""
    return f"{conference}/sites", f"{conference}/viewers"


@dataclass(frozen=True, slots=True)
class Port:
    """Of a mountpoint, where one medium of the stage comes in. srtp: the key it is encrypted with on the way there."""

    kind: str  # "video" or "audio"
    port: int
    rtcp_port: int = 0
    host: str = "127.0.0.1"
    srtp: str = ""

    @property
    def place(self) -> Place:
        return self.host, self.port


@dataclass(frozen=True, slots=True)
class Mountpoint:
    ports: Mapping[str, Port]  # "floor", "voice" and "chair"
    is_recorded: bool
    is_new: bool = False  # made just now: what feeds its ports belonged to one that is gone


class Hall:
    """host: the address of the engine that feeds reach; link: what keys of an edge are derived from."""

    def __init__(self, client: JanusClient, host: str = "127.0.0.1", link: str = "") -> None:
        self.client, self._host, self._link = client, host, link

    def mountpoint(self, conference: str, name: str, streaming: Handle) -> Mountpoint:
        """It is made where there is none."""
        is_new = False
        try:
            told = self._told(conference, name, streaming)
        except EngineFault as fault:
            if fault.code != NO_SUCH_MOUNTPOINT:
                raise
            is_new = self._create(conference, name, streaming)
            told = self._told(conference, name, streaming)
        srtp = self._srtp(name)
        ports = {
            each["mid"]: Port(each["type"], each["port"], each.get("rtcpport", 0), self._host, srtp)
            for each in told
        }
        return Mountpoint(ports, any("recording" in each for each in told), is_new)

    def record(self, conference: str, name: str, streaming: Handle, folder: Path | None) -> None:
        """From now on into a new piece in `folder`, or, without one, no longer.

        Raises: EngineFault, also where the folder cannot be made.
        """
        body: dict[str, Any] = {"request": "recording", "id": name, "secret": self.secret(conference)}
        if folder is None:
            self.client.request(
                streaming, {**body, "action": "stop", "media": [{"mid": each} for each in MEDIA]}
            )
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            sentence = _("the recording cannot be written: %(reason)s")
            raise EngineFault(sentence % {"reason": fault.strerror}) from fault
        piece = clock.now().strftime(NAMED)
        media = [{"mid": each, "filename": str(folder / f"{piece}-{each}")} for each in MEDIA]
        self.client.request(streaming, {**body, "action": "start", "media": media})

    def close(self, conference: str, name: str, streaming: Handle) -> None:
        self.client.quietly(
            streaming, NO_SUCH_MOUNTPOINT, request="destroy", id=name, secret=self.secret(conference)
        )

    def secret(self, conference: str) -> str:
        """Of a conference's room and mountpoints: no process has to keep it, none of them knows another's."""
        return hmac.new(self.client.door.admin_key.encode(), conference.encode(), sha256).hexdigest()

    def attached(self) -> AbstractContextManager[Handle]:
        return self.client.attached(STREAMING)

    def _create(self, conference: str, name: str, streaming: Handle) -> bool:
        """False where another process was quicker."""
        try:
            self.client.request(streaming, self._made(conference, name))
        except EngineFault as fault:
            if fault.code != CANNOT_CREATE:
                raise
            return False
        return True

    def _told(self, conference: str, name: str, streaming: Handle) -> list[dict[str, Any]]:
        asked = {"request": "info", "id": name, "secret": self.secret(conference)}
        media: list[dict[str, Any]] = self.client.request(streaming, asked)["info"]["media"]
        return media

    def _made(self, conference: str, name: str) -> dict[str, Any]:
        """Ports are the engine's choice; only this machine, or the network of the edges, reaches them."""
        srtp = self._srtp(name)
        safe = {"srtpsuite": SRTP_SUITE, "srtpcrypto": srtp} if srtp else {}
        both = {"port": 0, "iface": self._host}
        audio = {"type": "audio", "pt": PAYLOADS["audio"], "codec": "opus", **both}
        video = {"type": "video", "pt": PAYLOADS["video"], "codec": "vp8", "rtcpport": 0, **both}
        return {
            "request": "create", "type": "rtp", "id": name, "secret": self.secret(conference),
            "admin_key": self.client.door.admin_key, **safe,
            "media": [{**video, "mid": "floor"}, {**audio, "mid": "voice"}, {**audio, "mid": "chair"}],
        }  # fmt: skip

    def _srtp(self, name: str) -> str:
        """Key and salt of one mountpoint's feeds, 30 bytes in Base64 (RFC 4568, 6.1)."""
        if not self._link:
            return ""
        return base64.b64encode(derived(self._link, f"srtp {name}")[:30]).decode()


def derived(secret: str, use: str) -> bytes:
    """The same at both ends of a link, without a word between them."""
    return hmac.new(secret.encode(), f"phoihop edge: {use}".encode(), sha256).digest()
