"""Chance that never changes: every draw is a hash of the seed and of what is drawn."""

import hashlib

SEED = "11/3/2019"


def chance(*parts: object) -> float:
    """A number in [0, 1) fixed by its parts, the same on every machine."""
    text = "|".join(map(str, (SEED, *parts)))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big") / 2**64


def around(centre: float, spread: float, *parts: object) -> float:
    """Centre, moved by at most `spread` of itself."""
    return centre * (1 + spread * (2 * chance(*parts) - 1))


def whole(expected: float, *parts: object) -> int:
    """A whole number whose mean is `expected`: 0.4 is sometimes 1, mostly 0."""
    return int(expected + chance("whole", *parts))
