"""When a figure is far from others."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from phoihop.reports.content import SCALE

LEAST = 5  # others to compare with
SMALLEST = 5  # a difference below this, in the figure's own unit, is nothing to ask about
TIMES = 3  # where all others are the same: so many times more, or less, is far


def is_far(value: int, ordered: Sequence[int], without: int | None = None) -> bool:
    """Whether the value stands further from the median of others than their own spread explains: a score above 3.5.

    In whole numbers, and without measuring most of them.
    Units:   ten-thousandths, as content.scaled gives them; `ordered` from the least to the greatest.
    Missing: `without` is one of `ordered` that is left out, None where none is.
    Source:  the modified z-score of Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993):
             0.6745 (x - median) / MAD; where more than half are the same, (x - median) / (1.253314 mean absolute deviation).
    """
    count = len(ordered) if without is None else len(ordered) - 1
    if count < LEAST:
        return False
    at = len(ordered) if without is None else bisect_left(ordered, without)
    half, before = count // 2, (count - 1) // 2
    middle = ordered[half + (half >= at)] + ordered[before + (before >= at)]
    distance = abs(2 * value - middle)  # this and all that follows is counted twice, and stays whole
    if distance < 2 * SMALLEST * SCALE or _is_surely_usual(distance, middle, ordered):
        return False
    distances = sorted(abs(2 * other - middle) for other in [*ordered[:at], *ordered[at + 1 :]])
    if spread := distances[before] + distances[half]:
        return 2 * 6_745 * distance > 35_000 * spread
    if total := sum(distances):
        return 2 * 1_000_000 * distance * count > 7 * 1_253_314 * total
    low, high = sorted((abs(2 * value), abs(middle)))
    return high >= TIMES * low


def _is_surely_usual(distance: int, middle: int, ordered: Sequence[int]) -> bool:
    """A score above 3.5 needs half of the others within 0.6745 / 3.5 of the distance; one more may be among these."""
    near = distance * 1_928 // 10_000 + 1
    within = bisect_left(ordered, -((-middle - near) // 2)) - bisect_right(ordered, (middle - near) // 2)
    return 2 * within < len(ordered) - 1
