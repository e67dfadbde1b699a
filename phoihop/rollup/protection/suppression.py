"""Which parts of one sum to hide so that a small count cannot be worked out. Pure: no database.

A reader sees: a total that is shown, parts that are shown, "<5" for a hidden part of 0 to 4, and a mark for a
hidden part of 5 or more. What cannot be told apart from that stays unknown; the tests play that reader.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

THRESHOLD = 5  # counts of persons from 1 to 4 are not shown to readers who have not signed in
WIDE_ENOUGH = 2  # a hidden count should be one of at least three


class Hidden(StrEnum):
    SMALL = "small"  # shown as "<5"
    SECONDARY = "secondary"  # shown as withheld: it would tell a small one


Part = TypeVar("Part", bound=Hashable)


def is_small(value: int) -> bool:
    return 0 < value < THRESHOLD


def kind_of(value: int) -> Hidden:
    """How a hidden value is marked: "<5" is true of 0 too, and hides which of the cells held the small count."""
    return Hidden.SMALL if value < THRESHOLD else Hidden.SECONDARY


@dataclass(frozen=True)
class Branch(Generic[Part]):
    """The parts of one total.

    told: parts that must be hidden because they would tell what is below them, and the most a reader would think
    each to be (None: no limit).
    """

    parts: Mapping[Part, int]
    told: Mapping[Part, int | None] = field(default_factory=dict)

    def hide(self, total: Hidden | None) -> dict[Part, Hidden]:
        """What to hide when the total is itself shown (None) or hidden.

        Deterministic, so every page that holds the same sum hides the same parts.
        """
        hidden = {part: Hidden.SMALL for part, value in self.parts.items() if is_small(value)}
        hidden |= {part: kind_of(self.parts[part]) for part in self.told}
        if total is None:
            return self._with_complements(hidden) if hidden else {}
        is_zero = not hidden  # hidden for its neighbour's sake: its parts would tell it
        if total == Hidden.SECONDARY or is_zero:
            hidden |= self._blurring()
        return hidden

    def is_told(self) -> bool:
        """Whether a shown total would tell a hidden part whatever is hidden: 4 + 4, 1 + 5, or one alone."""
        hidden = self.hide(None)
        return bool(hidden) and not self._is_blurred(hidden, 1)

    def ceiling(self) -> int | None:
        """The most a reader would think the total to be where it is withheld; None: no limit."""
        if self._large():
            return None
        most = (THRESHOLD - 1) * (len(self.parts) - len(self.told))
        for ceiling in self.told.values():
            if ceiling is None:
                return None
            most += ceiling
        return most

    def _large(self) -> list[Part]:
        large = [part for part, value in self.parts.items() if value >= THRESHOLD and part not in self.told]
        return sorted(large, key=lambda part: (self.parts[part], str(part)))

    def _blurring(self) -> dict[Part, Hidden]:
        """With all of these shown, addition would tell the withheld total: its largest part, else every part."""
        if large := self._large():
            return {large[-1]: Hidden.SECONDARY}
        return {part: Hidden.SMALL for part in self.parts if part not in self.told}

    def _with_complements(self, hidden: dict[Part, Hidden]) -> dict[Part, Hidden]:
        """Hides more, the smallest large part first, then zeros, until each small one may be one of several."""
        zeros = sorted((part for part, value in self.parts.items() if value == 0), key=str)
        for part in (*self._large(), *zeros):
            if self._is_blurred(hidden, WIDE_ENOUGH):
                break
            hidden[part] = kind_of(self.parts[part])
        return hidden

    def _is_blurred(self, hidden: Mapping[Part, Hidden], width: int) -> bool:
        """Whether a reader who knows the sum of the hidden parts is left with a choice of that width for each."""
        known = sum(self.parts[part] for part in hidden)
        small = sum(kind == Hidden.SMALL for kind in hidden.values())
        large = [part for part, kind in hidden.items() if kind == Hidden.SECONDARY]
        ceilings = [self.told.get(part) for part in large] + [THRESHOLD - 1] * small
        slack = None if None in ceilings else sum(ceiling or 0 for ceiling in ceilings) - known
        if len(hidden) < 2 or (slack is not None and slack < width):
            return False
        least = 1 if small == 1 else 0  # a lone "<5" was not hidden for a zero
        if slack is not None:
            least = max(least, THRESHOLD - 1 - slack)
        greatest = min(THRESHOLD - 1, known - THRESHOLD * len(large))
        return not small or greatest - least >= width


def may_be_told(total: int, parts: int) -> bool:
    """Whether `is_told` is worth asking, of a sum with that many parts at most."""
    fours, fives = total % (THRESHOLD - 1) == 0, total % THRESHOLD == 1
    return THRESHOLD <= total <= THRESHOLD * parts and (fours or fives)
