"""Five classes of equal count, light to dark: for every kind of colour vision, and no judgement in it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

STEPS = 5
NOTHING = 0  # the class of a missing value


@dataclass(frozen=True, slots=True)
class Step:
    index: int
    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """`starts`: the least value of each class after the first."""

    starts: tuple[Decimal, ...]
    steps: tuple[Step, ...]

    def class_of(self, value: Decimal | None) -> int:
        """1 to 5; 0 for a missing value, which is never drawn as a small one."""
        if value is None or not self.steps:
            return NOTHING
        return self.steps[bisect_right(self.starts, value)].index


def scale_of(values: Sequence[Decimal | None]) -> Scale:
    """Equal values always share a class, so a class may be missing where many are equal."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Scale((), ())
    starts = sorted({known[len(known) * step // STEPS] for step in range(1, STEPS)} - {known[0]})
    groups = _groups(known, starts)
    spread = (
        [1]
        if len(groups) == 1
        else [1 + round(4 * place / (len(groups) - 1)) for place in range(len(groups))]
    )
    steps = tuple(Step(index, group[0], group[-1]) for index, group in zip(spread, groups, strict=True))
    return Scale(tuple(starts), steps)


def _groups(known: Sequence[Decimal], starts: Sequence[Decimal]) -> list[list[Decimal]]:
    groups: list[list[Decimal]] = [[] for _ in range(len(starts) + 1)]
    for value in known:
        groups[bisect_right(starts, value)].append(value)
    return groups
