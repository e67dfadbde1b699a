"""What a letter is written from: one conference, one site."""

from collections.abc import Sequence
from dataclasses import dataclass

from phoihop.conferences.models import Conference, Delegation, Organiser, Site
from phoihop.conferences.tree import Node


@dataclass(frozen=True, slots=True)
class Letter:
    """The same for every site."""

    conference: Conference
    organisers: Sequence[Organiser]
    agenda: Sequence[Node]  # what delegates may see
    programmes: Sequence[str]  # their numbers or titles
    origin: str  # of the addresses: "https://phoihop.example"


@dataclass(frozen=True, slots=True)
class LetterSite:
    site: Site
    delegations: Sequence[Delegation]
    address: str  # of the door
    room_code: str
    viewing_code: str
