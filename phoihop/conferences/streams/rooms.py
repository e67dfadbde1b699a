"""One conference as its streams see it: what is shown now, what came last, who reads. No database."""

import asyncio
import time
from collections import deque
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.streams import messages
from phoihop.conferences.streams.readers import Reader
from phoihop.conferences.streams.tickets import STANDS_FOR_SITE
from phoihop.core import clock

KEPT = 200  # changes; who missed more is given the whole
BETWEEN = 0.5  # seconds between two messages to viewers

Patch = Mapping[str, Any]


class Room:
    def __init__(
        self, slug: str, pk: int, seq: int, state: Patch, recent: Iterable[tuple[int, Patch]] = ()
    ) -> None:
        """recent: the changes up to seq that are remembered, in order; patches that move nothing may be left out."""
        self.slug, self.pk, self.seq = slug, pk, seq
        self.readers: set[Reader] = set()
        self._counted: dict[Audience, bytes] = {}
        self.left_at = time.monotonic()
        self._state = dict(state)
        self._recent = deque(recent, maxlen=KEPT)
        self._from = self._recent[0][0] - 1 if self._recent else seq  # nothing after it is missing
        self._bodies: dict[tuple[Audience, int | None], str] = {}
        self._held: dict[str, Any] = {}
        self._flushed_at = 0.0
        self._flush: asyncio.TimerHandle | None = None

    def whole(self, audience: Audience) -> bytes:
        return messages.framed(self.seq, _now(), self._body(audience, None), is_whole=True)

    def since(self, seq: int | None, audience: Audience) -> bytes:
        """What a reader who knows everything up to seq has missed; the whole where that is not remembered."""
        if seq is None or not self._from <= seq <= self.seq:
            return self.whole(audience)
        body = self._body(audience, seq)
        return b"" if body == "{}" else messages.framed(self.seq, _now(), body)

    def publish(self, changes: Iterable[tuple[int, Patch]]) -> None:
        """In the order of the log; a change that came already is passed over."""
        for seq, patch in changes:
            if seq > self.seq:
                self.seq = seq
                self._bodies.clear()
                if patch:
                    self._tell(seq, patch)

    def tell_counts(self, vote: Patch | None, elsewhere: Collection[str] = ()) -> None:
        """Where they moved for an audience: how many have voted; for the presidium, which sites are connected.

        elsewhere: sites whose stream another process holds.
        """
        for audience in Audience:
            counts = shown_to(audience, {"vote": vote})
            if audience == Audience.PRESIDIUM:
                counts["sites"] = sorted({*self._sites_here(), *elsewhere})
            message = messages.beside("counts", counts)
            if message != self._counted.get(audience):
                self._counted[audience] = message
                self._offer(audience, message)

    def counted(self, audience: Audience) -> bytes:
        return self._counted.get(audience, b"")

    def _sites_here(self) -> set[str]:
        tickets = [reader.ticket for reader in self.readers]
        return {ticket.site for ticket in tickets if ticket.kind in STANDS_FOR_SITE}

    def _tell(self, seq: int, patch: Patch) -> None:
        self._state.update(patch)
        if len(self._recent) == KEPT:
            self._from = self._recent[0][0]
        self._recent.append((seq, patch))
        now = _now()
        for audience in (Audience.DELEGATES, Audience.PRESIDIUM):
            self._offer(audience, messages.change(seq, now, shown_to(audience, patch)))
        self._held.update(patch)
        if self._flush is None:
            wait = self._flushed_at + BETWEEN - time.monotonic()
            if wait <= 0:
                self._flush_held()
            else:
                self._flush = asyncio.get_running_loop().call_later(wait, self._flush_held)

    def _flush_held(self) -> None:
        self._flush, self._flushed_at = None, time.monotonic()
        shown = shown_to(Audience.VIEWERS, self._held)
        self._held = {}
        self._offer(Audience.VIEWERS, messages.change(self.seq, _now(), shown))

    def _offer(self, audience: Audience, message: bytes) -> None:
        for reader in self.readers:
            if reader.audience == audience and message:
                reader.offer(message)

    def _body(self, audience: Audience, seq: int | None) -> str:
        """Encoded once, however many ask."""
        key = (audience, seq)
        if key not in self._bodies:
            patch = self._state if seq is None else self._missed_after(seq)
            self._bodies[key] = messages.encoded(shown_to(audience, patch))
        return self._bodies[key]

    def _missed_after(self, seq: int) -> dict[str, Any]:
        missed: dict[str, Any] = {}
        for at, patch in self._recent:
            if at > seq:
                missed.update(patch)
        return missed


def _now() -> str:
    return clock.now().isoformat()
