"""The bytes of an event stream. Pure."""

import json
from collections.abc import Mapping
from typing import Any

BEATS_EVERY = 15  # seconds


def encoded(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def change(seq: int, now: str, patch: Mapping[str, Any], *, is_whole: bool = False) -> bytes:
    """What moved since the message before; or, as `event: snapshot`, everything."""
    return framed(seq, now, encoded(patch), is_whole=is_whole)


def framed(seq: int, now: str, patch: str, *, is_whole: bool = False) -> bytes:
    """The same of a patch that is encoded already."""
    kind = "event: snapshot\n" if is_whole else ""
    return f'id: {seq}\n{kind}data: {{"seq":{seq},"now":"{now}","patch":{patch}}}\n\n'.encode()


def beside(kind: str, values: Mapping[str, Any]) -> bytes:
    """Not of the log: it carries no id, and is not told again after a gap."""
    return f"event: {kind}\ndata: {encoded(values)}\n\n".encode()


def beat(now: str) -> bytes:
    """A comment for what stands between; an event, since scripts are not shown comments, with the time."""
    return b":\n" + beside("beat", {"now": now})
