"""Everything a review is composed from, computed once: nothing here asks a database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from phoihop.reviews.compose.figures import Figures
from phoihop.reviews.compose.scope import Scope
from phoihop.reviews.compose.tasks import NO_TASKS, Tasks
from phoihop.reviews.compose.text import NOTHING, Text


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """An indicator as the review prints it: by the definition in force in the span's last window."""

    code: str
    block: str
    name: Text
    unit: Text
    kind: str
    window: str
    decimals: int
    is_part: bool = False  # only an operand of ratios


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit directly below the area, on the review's map."""

    id: int
    name: Text


@dataclass(frozen=True, slots=True)
class NotReported:
    area: Text
    organisation: Text
    windows: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reports due in the windows taken: accepted, due, accepted but late, and not accepted."""

    reported: int
    expected: int
    late: int
    missing: int


@dataclass(frozen=True, slots=True)
class Narrative:
    """What a report said in words."""

    part: str  # results, shortcomings, causes, proposals
    text: str
    source: Text


@dataclass(frozen=True, slots=True)
class Quoted:
    """A section of a frozen review from below, its figures written out."""

    section_key: str
    text: Text
    source: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    figures: Figures
    scope: Scope
    indicators: Sequence[IndicatorInfo]
    blocks: Mapping[str, Text]  # code of a block of the catalogue -> its name
    of_content: Mapping[str, Sequence[str]]  # content -> indicators; "" for the programme as a whole
    units: Sequence[Unit] = ()
    level: str = ""  # of the area
    unit_level: str = ""
    coverage: Coverage = Coverage(0, 0, 0, 0)
    not_reported: Sequence[NotReported] = ()
    narratives: Sequence[Narrative] = ()
    quoted: Sequence[Quoted] = ()
    tasks: Tasks = NO_TASKS
    previous_label: Text | None = None
    map_label: Text = NOTHING
    state: str = "confirmed"
    is_simulated: bool = False
    as_of: date = date.min
    ledger_seq: int = 0
    sql_hash: str = ""
    libraries: Mapping[str, Any] = field(default_factory=dict)

    def info(self, code: str) -> IndicatorInfo | None:
        return next((each for each in self.indicators if each.code == code), None)

    def selected(self, codes: Sequence[str]) -> list[IndicatorInfo]:
        """Of these codes, in this order, those the programmes select."""
        return [info for code in codes if (info := self.info(code))]
