"""What the conference asks of an engine for picture and sound. Everything else works without one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Participant:
    """A site as the engine sees it."""

    site: str  # slug
    is_publishing: bool
    is_muted: bool


class Engine(Protocol):
    """Named by conference and site slugs. Every call may be repeated: the outbox tries again after a fault.

    Raises: EngineFault from every call that could not be done; the outbox keeps the command and its fault.
    """

    def open_stage(self, conference: str) -> None: ...

    def close_stage(self, conference: str) -> None: ...

    def give_floor(self, conference: str, site: str) -> None:
        """The site is heard and is the stage picture; every other site but the chair's is muted."""

    def clear_floor(self, conference: str, site: str) -> None: ...

    def remove(self, conference: str, site: str) -> None: ...

    def participants(self, conference: str) -> Sequence[Participant]: ...


class EngineFault(Exception):
    """The engine did not answer, or refused; the text is for the director's board."""
