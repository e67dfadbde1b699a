"""Edge nodes: engines elsewhere that are fed by this one and serve viewers near them.

PHOIHOP_MEDIA_EDGES names them: "10.0.3.5:8088=31,22 10.0.4.5:8088". After "=" the codes of the areas whose viewers an edge
serves; one without serves whoever no other is named for.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.client import JanusClient
from phoihop.conferences.media.janus.config import Door
from phoihop.conferences.media.janus.hall import Hall, derived

SECONDS = 2  # for one answer of an edge: the floor must not wait for one that is gone
LEFT_ALONE = 10.0  # seconds an edge that did not answer is not asked again
LEAST_SECRET = 32  # characters
T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Edge:
    host: str
    port: int
    areas: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.host}:{self.port}"


class EdgeHall:
    """An edge with its hall, and when it may be asked again."""

    def __init__(self, edge: Edge, secret: str) -> None:
        self.edge = edge
        self.hall = Hall(JanusClient(edge_door(edge, secret), SECONDS), edge.host, secret)
        self._not_before = 0.0

    def attempt(self, job: Callable[[Hall], T]) -> T | None:
        """None where it does not answer, said once: the centre and the other edges go on without it."""
        if time.monotonic() < self._not_before:
            return None
        try:
            done = job(self.hall)
        except EngineFault as fault:
            if not self._not_before:
                log.error("The edge %s does not follow: %s", self.edge.name, fault)
            self._not_before = time.monotonic() + LEFT_ALONE
            return None
        self._not_before = 0.0
        return done


class Edges:
    def __init__(self, edges: Sequence[Edge]) -> None:
        self._halls = [EdgeHall(edge, settings.MEDIA_EDGE_SECRET) for edge in edges]

    def __iter__(self) -> Iterator[EdgeHall]:
        return iter(self._halls)

    def for_viewers_of(self, areas: Sequence[str]) -> list[EdgeHall]:
        """Those to be tried, in this order: named for an area; else one that serves everybody, always the same one."""
        named = [each for each in self._halls if set(areas) & set(each.edge.areas)]
        open_to_all = [each for each in self._halls if not each.edge.areas]
        if named or not open_to_all:
            return named
        first = int.from_bytes(sha256(" ".join(areas).encode()).digest()[:4]) % len(open_to_all)
        return open_to_all[first:] + open_to_all[:first]

    def named(self, name: str) -> Hall:
        """Raises: EngineFault where the setting no longer has it."""
        found = next((each.hall for each in self._halls if each.edge.name == name), None)
        if found is None:
            raise EngineFault(f"no edge {name} is set")
        return found


def edges_set() -> list[Edge]:
    """Raises: ImproperlyConfigured naming what is wrong."""
    found = [_edge(each) for each in settings.MEDIA_EDGES.split()]
    if found and len(settings.MEDIA_EDGE_SECRET) < LEAST_SECRET:
        raise ImproperlyConfigured(
            f"PHOIHOP_MEDIA_EDGES names edges, and PHOIHOP_MEDIA_EDGE_SECRET has {len(settings.MEDIA_EDGE_SECRET)}"
            f" characters: set the same {LEAST_SECRET} or more here and on every edge, such as openssl rand -hex 32 gives."
        )
    return found


def _edge(text: str) -> Edge:
    place, _sign, areas = text.partition("=")
    host, _colon, port = place.rpartition(":")
    try:
        ipaddress.IPv4Address(host)
        return Edge(host, int(port), tuple(each for each in areas.split(",") if each))
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"PHOIHOP_MEDIA_EDGES has “{text}”; ADDRESS:PORT=AREA,AREA is meant, such as 10.0.3.5:8088=31,22."
        ) from fault


def edge_door(edge: Edge, secret: str) -> Door:
    """The same at both ends, without a word between them."""
    keys = [derived(secret, f"{use} {edge.name}").hex() for use in ("api", "admin")]
    return Door(f"http://{edge.name}/janus", *keys)
