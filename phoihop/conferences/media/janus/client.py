"""Speaks with Janus over its HTTP interface, from this machine only; browsers never reach it.

Source: the Janus API and its VideoRoom and Streaming plugins, as of 1.1.2.
"""

from __future__ import annotations

import http.client
import json
import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.config import Door

SECONDS = 5  # for one answer
VIDEOROOM, STREAMING = "janus.plugin.videoroom", "janus.plugin.streaming"

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Handle:
    """A session of its own with one plugin attached: what belongs to one browser, or to one command of ours."""

    session: int
    number: int


class JanusClient:
    """place: the folder the engine's secrets are in, read for each call, as an engine started anew has new ones; or the door
    of an edge.
    """

    def __init__(self, place: Path | Door, seconds: float = SECONDS) -> None:
        self._place, self._seconds = place, seconds

    @property
    def door(self) -> Door:
        """Raises: EngineFault where no engine was started."""
        if isinstance(self._place, Door):
            return self._place
        if (found := Door.read(self._place)) is None:
            raise EngineFault(_("no engine was started here"))
        return found

    def attach(self, plugin: str) -> Handle:
        session = self._call("", {"janus": "create"})["data"]["id"]
        handle = self._call(f"/{session}", {"janus": "attach", "plugin": plugin})["data"]["id"]
        return Handle(session, handle)

    @contextmanager
    def attached(self, plugin: str) -> Iterator[Handle]:
        handle = self.attach(plugin)
        try:
            yield handle
        finally:
            self.end(handle)

    def ask(self, plugin: str, body: Message) -> Message:
        """One request that the plugin answers at once, on a handle of its own."""
        with self.attached(plugin) as handle:
            return self.request(handle, body)

    def request(self, handle: Handle, body: Message) -> Message:
        """Answered at once.

        Raises: EngineFault with the plugin's own words where it refuses.
        """
        said = self._call(self._path(handle), {"janus": "message", "body": body})
        return _plugin_answer(said)

    def quietly(self, handle: Handle, *harmless: int, **body: Any) -> None:
        """harmless: codes of refusals that are as good: what was to be ended is gone, what was to be made is there."""
        try:
            self.request(handle, body)
        except EngineFault as fault:
            if fault.code not in harmless:
                raise

    def negotiate(
        self, handle: Handle, body: Message, jsep: Message | None = None
    ) -> tuple[Message, Message | None]:
        """Answered by an event: what the plugin said, and its session description if it has one."""
        message: Message = {"janus": "message", "body": body}
        if jsep is not None:
            message["jsep"] = jsep
        transaction = self._call(self._path(handle), message)["transaction"]
        for _event in range(20):
            said = self._call(f"/{handle.session}?maxev=1", None)
            if said.get("transaction") == transaction and said.get("janus") == "event":
                return _plugin_answer(said), said.get("jsep")
        raise EngineFault(_("the engine did not answer"))

    def keep_alive(self, session: int) -> None:
        self._call(f"/{session}", {"janus": "keepalive"})

    def end(self, handle: Handle) -> None:
        self._call(f"/{handle.session}", {"janus": "destroy"})

    def _path(self, handle: Handle) -> str:
        return f"/{handle.session}/{handle.number}"

    def _call(self, path: str, message: Message | None) -> Message:
        door = self.door
        where = urlsplit(door.url)
        try:
            with closing(http.client.HTTPConnection(where.netloc, timeout=self._seconds)) as caller:
                if message is None:
                    caller.request("GET", f"{where.path}{path}&apisecret={door.api_secret}")
                else:
                    signed = {**message, "transaction": secrets.token_hex(8), "apisecret": door.api_secret}
                    caller.request("POST", where.path + path, json.dumps(signed))
                said: Message = json.loads(caller.getresponse().read())
        except (OSError, http.client.HTTPException, ValueError) as fault:
            raise EngineFault(_("the engine cannot be reached: %(reason)s") % {"reason": fault}) from fault
        if said.get("janus") == "error":
            sentence = _("the engine refused: %(reason)s")
            refused = said["error"]
            raise EngineFault(sentence % {"reason": refused.get("reason", "")}, refused.get("code", 0))
        return said


def _plugin_answer(said: Message) -> Message:
    told: Message = said.get("plugindata", {}).get("data", {})
    if "error" in told:
        raise EngineFault(str(told["error"]), told.get("error_code", 0))
    return told
