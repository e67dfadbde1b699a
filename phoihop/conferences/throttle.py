"""Guessing at a door is slowed down for everyone at that door, so that nothing about a sender is kept.

A wrong code costs the browser that typed it a little waiting, kept in its own session; and each door takes only so
many wrong codes a minute, counted by door and minute alone.
"""

from collections import Counter
from datetime import datetime, timedelta
from threading import Lock

from phoihop.core import clock

MOST_A_MINUTE = 60  # wrong codes at one door: 50 bits are not guessed at this pace in the age of the earth
FREE = 3  # a slip of the finger costs nothing
LONGEST = timedelta(seconds=60)

_lock = Lock()
_wrong: Counter[tuple[int, int]] = Counter()  # (door, minute)


def waiting_of(tries: int, last: datetime | None) -> timedelta:
    """How long a browser waits after its wrong codes: 2, 4, 8 seconds ... one minute at most."""
    if tries <= FREE or last is None:
        return timedelta(0)
    wait = min(timedelta(seconds=2 ** (tries - FREE)), LONGEST)
    return max(timedelta(0), last + wait - clock.now())


def is_crowded(door: int) -> bool:
    """This process has seen too many wrong codes at the door in this minute."""
    return _wrong[door, _minute()] >= MOST_A_MINUTE


def note_wrong(door: int) -> None:
    now = _minute()
    with _lock:
        for old in [key for key in _wrong if key[1] != now]:
            del _wrong[old]
        _wrong[door, now] += 1


def _minute() -> int:
    return int(clock.now().timestamp() // 60)
