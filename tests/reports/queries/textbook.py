"""The rule as the textbook writes it, measured out in full: what the product's short way is held against."""

from collections.abc import Sequence
from decimal import Decimal
from statistics import median


def modified_z(value: Decimal, others: Sequence[Decimal]) -> Decimal | None:
    """How far a value stands from the median of others, in their own spread.

    Missing: None where all the others are the same.
    Source:  Iglewicz and Hoaglin, How to Detect and Handle Outliers (1993): 0.6745 (x - median) / MAD; where more
             than half are the same, (x - median) / (1.253314 mean absolute deviation).
    """
    middle = median(others)
    distances = [abs(other - middle) for other in others]
    if spread := median(distances):
        return Decimal("0.6745") * (value - middle) / spread
    mean = sum(distances, Decimal(0)) / len(distances)
    return (value - middle) / (Decimal("1.253314") * mean) if mean else None


def is_far(value: Decimal, others: Sequence[Decimal]) -> bool:
    if len(others) < 5 or abs(value - median(others)) < 5:
        return False
    score = modified_z(value, others)
    if score is not None:
        return abs(score) > Decimal("3.5")
    low, high = sorted((abs(value), abs(median(others))))
    return high >= 3 * low
