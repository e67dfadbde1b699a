"""What the conference asks of an engine for picture and sound. Everything else works without one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_CHECK = "~"  # no site's slug begins with it


def check_name(site: str) -> str:
    """Under which a site that checks its devices sends: never a name of the stage, so nobody else sees or hears it."""
    return _CHECK + site


def is_check(name: str) -> bool:
    return name.startswith(_CHECK)


@dataclass(frozen=True, slots=True)
class Participant:
    """A site as the engine sees it."""

    site: str  # slug
    is_publishing: bool  # its picture and sound flow


@dataclass(frozen=True, slots=True)
class Stage:
    """What the database says should be seen and heard of one conference."""

    conference: str  # slug
    centre: str = ""  # slug of the central site: the chair is heard whoever has the floor
    floor: str = ""  # slug of the site that has it; empty: nobody
    muted: frozenset[str] = frozenset()  # sites that are not heard whoever has the floor
    mosaic: tuple[str, ...] = ()  # sites whose pictures the hall may see at once
    to_sites: bool = True  # False while a part of the meeting is the presidium's own
    to_viewers: bool = True  # False while a part of the meeting is closed to viewers
    is_recorded: bool = False  # what viewers are shown, and nothing else


@dataclass(frozen=True, slots=True)
class Exchange:
    """A session description (SDP) from the engine, and what its side of the connection is called there."""

    sdp: str
    peer: str


@dataclass(frozen=True, slots=True)
class Watched:
    """Pictures of several sites on one connection, without sound."""

    exchange: Exchange
    sites: Mapping[str, str]  # name of a picture in the description (mid) -> the site it is of


class Engine(Protocol):
    """Conferences and sites by their slugs. Every call may be repeated: the outbox tries again after a fault.

    Raises: EngineFault from every call that could not be done; the outbox keeps the command and its fault.
    """

    def settle(self, stage: Stage) -> None:
        """Whatever is not as the stage says is made so, rooms that are gone among it; what is right stays untouched.

        By the follower alone: whoever else settled would do so by what stood before.
        """

    def repair(self, stage: Stage) -> None:
        """As settle, and what is far away is asked as well, which may take its time."""

    def held(self) -> Sequence[str]:
        """The conferences that it has something of."""

    def close_stage(self, conference: str) -> None: ...

    def remove(self, conference: str, site: str) -> None: ...

    def participants(self, conference: str) -> Sequence[Participant]: ...

    def publish(self, conference: str, site: str, offer: str) -> Exchange:
        """A site's camera and microphone, offered by its browser; whatever it published before ends. Nobody sees or hears it
        before the stage is settled anew.
        """

    def watch(self, stage: Stage, *, as_site: bool, near: Sequence[str] = ()) -> Exchange:
        """The stage's picture and sound, offered to a browser, which answers. near: codes of the viewer's areas."""

    def watch_sites(self, stage: Stage, sites: Sequence[str]) -> Watched | None:
        """Pictures of those of them that send, offered to a browser, which answers. None: none of them sends."""

    def answer(self, peer: str, sdp: str) -> None: ...

    def keep_alive(self, peer: str) -> None: ...

    def end(self, peer: str) -> None: ...

    def recordings(self, conference: str) -> Path:
        """The folder of what was recorded of it (.mjr), which may not be there."""


class EngineFault(Exception):
    """The engine did not answer, or refused; the text is for the director's board. code: the engine's own, 0 for none."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code
