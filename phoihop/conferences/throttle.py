"""Guessing at a door is slowed down by its own browser's waiting; nothing about a sender is kept.

A count for the whole door would be a way to shut sites out: whoever types wrong codes all day would hold everyone up.
It is not needed: a code is 50 bits, and a thousand guesses a second would take tens of thousands of years.
"""

from datetime import datetime, timedelta

from phoihop.core import clock

FREE = 3  # a slip of the finger costs nothing
LONGEST = timedelta(seconds=60)


def waiting_of(tries: int, last: datetime | None) -> timedelta:
    """How long a browser still waits after its wrong codes: 2, 4, 8 seconds ... one minute at most."""
    if tries <= FREE or last is None:
        return timedelta(0)
    wait = min(timedelta(seconds=2 ** min(tries - FREE, 10)), LONGEST)
    return max(timedelta(0), last + wait - clock.now())
