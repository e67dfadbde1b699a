"""Numbers of acts that were given out but are not seen yet: writers side by side commit out of order.

On SQLite one writer runs at a time and there are none. An act rolled back leaves a gap that is never filled;
it is forgotten once it lies WIDE numbers back.
"""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Q

Gap = Sequence[int]  # first and last number

WIDE = 10_000


def writers_side_by_side() -> bool:
    return connection.features.has_select_for_update


def within(gaps: Collection[Gap]) -> Q:
    found = Q(pk__in=[])
    for first, last in gaps:
        found |= Q(pk__range=(first, last))
    return found


def gaps_between(looked_at: Collection[Gap], seen: Collection[int]) -> list[list[int]]:
    """What is left of the ranges looked at without the numbers seen."""
    if not writers_side_by_side():
        return []
    numbers, found = sorted(seen), []
    for first, last in looked_at:
        start = first
        for number in (each for each in numbers if first <= each <= last):
            if number > start:
                found.append([start, number - 1])
            start = number + 1
        if start <= last:
            found.append([start, last])
    return found


def recent(gaps: Collection[Gap], now: int) -> list[Gap]:
    return [gap for gap in gaps if gap[1] > now - WIDE]
