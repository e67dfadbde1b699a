"""Connections of browsers with an engine: a site's that sends, and those that receive. Nothing is aimed or recorded here."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import EngineFault, Exchange, Watched
from phoihop.conferences.media.janus.client import STREAMING, VIDEOROOM, Handle, JanusClient
from phoihop.conferences.media.janus.hall import NO_SUCH_MOUNTPOINT, Hall, mountpoints
from phoihop.conferences.media.janus.rooms import BITRATE, VIDEO

ID_TAKEN = 436
KICKED_BY = 2.0  # seconds until a name that was sent out is free again


def sent(client: JanusClient, conference: str, name: str, offer: str) -> Exchange:
    """Whoever had the name before was sent out, and needs a moment to be gone."""
    join = {
        "request": "joinandconfigure", "ptype": "publisher", "room": conference, "id": name,
        "display": secrets.token_hex(6), "bitrate": BITRATE,
    }  # fmt: skip
    handle, until = client.attach(VIDEOROOM), time.monotonic() + KICKED_BY
    while True:
        try:
            _said, jsep = client.negotiate(handle, join, {"type": "offer", "sdp": offer})
            return Exchange(_sdp(jsep), _name(handle))
        except EngineFault as fault:
            if fault.code != ID_TAKEN or time.monotonic() > until:
                client.end(handle)
                raise
            time.sleep(0.05)


def watched(hall: Hall, mountpoint: str) -> Exchange:
    handle = hall.client.attach(STREAMING)
    try:
        _said, jsep = hall.client.negotiate(handle, {"request": "watch", "id": mountpoint})
        return Exchange(_sdp(jsep), _name(handle))
    except EngineFault:
        with suppress(EngineFault):
            hall.client.end(handle)
        raise


def watched_here(hall: Hall, conference: str, mountpoint: str) -> Exchange:
    """It is made where there is none yet; the next settling feeds it."""
    try:
        return watched(hall, mountpoint)
    except EngineFault as fault:
        if fault.code != NO_SUCH_MOUNTPOINT:
            raise
    with hall.attached() as streaming:
        hall.mountpoint(conference, mountpoint, streaming)
    return watched(hall, mountpoint)


def watched_at_edge(hall: Hall, conference: str) -> Exchange | None:
    """None where it was started anew just now, and waits for the reconciler."""
    try:
        return watched(hall, mountpoints(conference)[1])
    except EngineFault as fault:
        if fault.code == NO_SUCH_MOUNTPOINT:
            return None
        raise


def watched_sites(client: JanusClient, conference: str, sites: Sequence[str]) -> Watched:
    """Pictures alone, of sites that send."""
    join = {
        "request": "join", "ptype": "subscriber", "room": conference,
        "streams": [{"feed": site, "mid": VIDEO} for site in sites],
    }  # fmt: skip
    handle = client.attach(VIDEOROOM)
    try:
        said, jsep = client.negotiate(handle, join)
    except EngineFault:
        client.end(handle)
        raise
    shown = {each["mid"]: each["feed_id"] for each in said["streams"]}
    return Watched(Exchange(_sdp(jsep), _name(handle)), shown)


def _sdp(jsep: Mapping[str, Any] | None) -> str:
    if jsep is None:
        raise EngineFault(_("the engine sent no session description"))
    return str(jsep["sdp"])


def _name(handle: Handle) -> str:
    return f"{handle.session}/{handle.number}"
