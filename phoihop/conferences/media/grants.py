"""What a browser shows to send or to receive pictures: signed, short-lived, for one conference and one part in it."""

import base64
import hmac
import time
from dataclasses import astuple, dataclass
from enum import StrEnum
from hashlib import sha1
from typing import Any

from django.conf import settings
from django.core import signing

LIFETIME = 120  # seconds: long enough to begin; what has begun goes on without it
TURN_LIFETIME = 6 * 3600  # a conference may last an afternoon
_SALT = "phoihop.conferences.media.grants"


class Part(StrEnum):
    PUBLISH = "publish"  # a site's camera and microphone; receiving too
    RECEIVE = "receive"
    MOSAIC = "mosaic"  # pictures of several sites at once: a hall's screen only; receiving too


@dataclass(frozen=True, slots=True)
class MediaGrant:
    conference: str  # slug
    part: str
    until: float  # Unix time by the machine's own clock, whatever day a demonstration shows
    site: str = ""  # slug; empty: not a site's
    door: int | None = None  # pk of the grant a code opened, asked again when this one is shown
    user: int | None = None

    def signed(self) -> str:
        return signing.dumps(astuple(self), salt=_SALT)


class MediaGrantRefused(Exception):
    """Altered, expired, or of another conference; which of them is nobody's business."""


def read_media_grant(text: str, conference: str) -> MediaGrant:
    """Raises: MediaGrantRefused."""
    try:
        grant = MediaGrant(*signing.loads(text, salt=_SALT))
    except (signing.BadSignature, TypeError, ValueError) as fault:
        raise MediaGrantRefused from fault
    if grant.conference != conference or grant.until <= time.time() or grant.part not in set(Part):
        raise MediaGrantRefused
    return grant


def ice_servers(name: str) -> list[dict[str, Any]]:
    """As RTCPeerConnection takes them. `name` tells a relay's log which site it was, never who.

    Source: draft-uberti-behave-turn-rest-00: the user name ends at a moment, the password is its HMAC.
    """
    found: list[dict[str, Any]] = []
    if settings.MEDIA_STUN:
        found.append({"urls": [f"stun:{settings.MEDIA_STUN}"]})
    if settings.MEDIA_TURN and settings.MEDIA_TURN_SECRET:
        username = f"{int(time.time()) + TURN_LIFETIME}:{name}"
        digest = hmac.new(settings.MEDIA_TURN_SECRET.encode(), username.encode(), sha1).digest()
        found.append(
            {
                "urls": list(settings.MEDIA_TURN),
                "username": username,
                "credential": base64.b64encode(digest).decode(),
            }
        )
    return found
