"""Edge nodes: engines elsewhere that are fed by this one and serve viewers near them.

PHOIHOP_MEDIA_EDGES names them: "10.0.3.5:8088=31,22 10.0.4.5:8088". After "=" the codes of the areas whose viewers an edge
serves; one without serves whoever no other is named for.
"""

from __future__ import annotations

import ipaddress
import logging
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from phoihop.conferences.media.engine import EngineFault
from phoihop.conferences.media.janus.client import JanusClient
from phoihop.conferences.media.janus.config import Door
from phoihop.conferences.media.janus.hall import Hall, Mountpoint, Place, Port, derived, mountpoints

SECONDS = 2  # for one answer of an edge
WAITED_FOR = 0.3  # seconds for the answers of all: a floor change may wait behind
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
    """An edge with its hall, when it may be asked again, and what it last said of the ports its feeds come in by."""

    def __init__(self, edge: Edge, secret: str) -> None:
        self.edge = edge
        self.mark = derived(secret, f"mark {edge.name}")[:8].hex()  # its name where browsers read it
        self.hall = Hall(JanusClient(edge_door(edge, secret), SECONDS), edge.host, secret)
        self.ports: dict[str, Mapping[str, Port]] = {}  # by conference
        self.renewed: set[Place] = set()  # of mountpoints made anew: what feeds them is to begin anew
        self._not_before = 0.0
        self._asking: dict[str, threading.Thread] = {}

    def call(self, job: Callable[[Hall], T]) -> T:
        """Raises: EngineFault, at once while it is left alone. A refusal is an answer: it is not left alone for that."""
        if time.monotonic() < self._not_before:
            raise EngineFault(_("the edge %(name)s does not answer") % {"name": self.edge.name})
        try:
            done = job(self.hall)
        except EngineFault as fault:
            if not fault.code:
                if not self._not_before:
                    log.error("The edge %s does not follow: %s", self.edge.name, fault)
                self._not_before = time.monotonic() + LEFT_ALONE
            raise
        self._not_before = 0.0
        return done

    def attempt(self, job: Callable[[Hall], T]) -> T | None:
        """None where it does not answer, or refuses: the centre and the other edges go on without it."""
        with suppress(EngineFault):
            return self.call(job)
        return None

    def begin(self, conference: str, job: Callable[[str], None]) -> threading.Thread | None:
        """Beside whatever else is done. None while it is still asked about this conference."""
        if (asking := self._asking.get(conference)) is not None and asking.is_alive():
            return None
        self._asking[conference] = threading.Thread(target=job, args=(conference,), daemon=True)
        self._asking[conference].start()
        return self._asking[conference]

    def look(self, conference: str) -> None:
        """Where the conference comes in there; what it said before stands while it does not answer."""
        there = self.attempt(lambda hall: _viewers(hall, conference))
        if there is None:
            return
        if there.is_new:
            self.renewed |= {port.place for port in there.ports.values()}
        self.ports[conference] = there.ports

    def close(self, conference: str) -> None:
        self.ports.pop(conference, None)
        self.attempt(lambda hall: _close(hall, conference))


class Edges:
    def __init__(self, edges: Sequence[Edge]) -> None:
        self._halls = [EdgeHall(edge, settings.MEDIA_EDGE_SECRET) for edge in edges]

    def __iter__(self) -> Iterator[EdgeHall]:
        return iter(self._halls)

    def look(self, conference: str) -> None:
        """All at once, and not waited for: what a slow one says counts the next time."""
        self._beside(conference, EdgeHall.look)

    def close(self, conference: str) -> None:
        self._beside(conference, EdgeHall.close)

    def ports(self, conference: str) -> list[Mapping[str, Port]]:
        """Of every edge that ever said where the conference comes in."""
        return [each.ports[conference] for each in self._halls if conference in each.ports]

    def is_unknown(self, conference: str, place: Place) -> bool:
        """Whether it may be a port of an edge that has not said yet which ones it has."""
        return any(each.edge.host == place[0] and conference not in each.ports for each in self._halls)

    def renewed(self) -> set[Place]:
        return {place for each in self._halls for place in each.renewed}

    def fed_anew(self, places: Set[Place]) -> None:
        for each in self._halls:
            each.renewed -= places

    def for_viewers_of(self, areas: Sequence[str]) -> list[EdgeHall]:
        """Those to be tried, in this order: named for an area; else one that serves everybody, always the same one."""
        named = [each for each in self._halls if set(areas) & set(each.edge.areas)]
        open_to_all = [each for each in self._halls if not each.edge.areas]
        if named or not open_to_all:
            return named
        first = int.from_bytes(sha256(" ".join(areas).encode()).digest()[:4]) % len(open_to_all)
        return open_to_all[first:] + open_to_all[:first]

    def marked(self, mark: str) -> EdgeHall:
        """Raises: EngineFault where the setting no longer has it."""
        found = next((each for each in self._halls if each.mark == mark), None)
        if found is None:
            raise EngineFault(_("no edge %(name)s is set any more") % {"name": mark})
        return found

    def _beside(self, conference: str, job: Callable[[EdgeHall, str], None]) -> None:
        until = time.monotonic() + WAITED_FOR
        begun = [each.begin(conference, partial(job, each)) for each in self._halls]
        for asking in begun:
            if asking is not None:
                asking.join(max(0.0, until - time.monotonic()))


def _viewers(hall: Hall, conference: str) -> Mountpoint:
    with hall.attached() as streaming:
        return hall.mountpoint(conference, mountpoints(conference)[1], streaming)


def _close(hall: Hall, conference: str) -> None:
    with hall.attached() as streaming:
        hall.close(conference, mountpoints(conference)[1], streaming)


def edges_set() -> list[Edge]:
    """Raises: ImproperlyConfigured naming what is wrong."""
    found = [_edge(each) for each in settings.MEDIA_EDGES.split()]
    if found and len(settings.MEDIA_EDGE_SECRET) < LEAST_SECRET:
        sentence = _(
            "PHOIHOP_MEDIA_EDGES names edges, and PHOIHOP_MEDIA_EDGE_SECRET has %(length)s characters. Set the same one, of at"
            " least %(least)s, here and on every edge; openssl rand -hex 32 makes one."
        )
        raise ImproperlyConfigured(
            sentence % {"length": len(settings.MEDIA_EDGE_SECRET), "least": LEAST_SECRET}
        )
    return found


def _edge(text: str) -> Edge:
    place, _sign, areas = text.partition("=")
    host, _colon, port = place.rpartition(":")
    if not (_is_ipv4(host) and port.isascii() and port.isdigit() and 0 < int(port) <= 65_535):
        sentence = _(
            "PHOIHOP_MEDIA_EDGES has “%(value)s”; ADDRESS:PORT=AREA,AREA is meant, such as 10.0.3.5:8088=31,22: an IPv4"
            " address, a port up to 65535, and the codes of the areas it serves, which may be left out. Write one for each"
            " edge, with a space between two."
        )
        raise ImproperlyConfigured(sentence % {"value": text})
    return Edge(host, int(port), tuple(each for each in areas.split(",") if each))


def _is_ipv4(text: str) -> bool:
    with suppress(ValueError):
        return bool(ipaddress.IPv4Address(text))
    return False


def edge_door(edge: Edge, secret: str) -> Door:
    """The same at both ends, without a word between them."""
    keys = [derived(secret, f"{use} {edge.name}").hex() for use in ("api", "admin")]
    return Door(f"http://{edge.name}/janus", *keys)
