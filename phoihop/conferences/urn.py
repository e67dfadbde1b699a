"""The slips of an open secret vote as bytes: empty ones laid out, filled in at random places, taken out without order.

Pure. 0 is an empty slip; 1, 2... an option of the vote, in its order.
"""

import secrets
from collections.abc import Sequence
from uuid import UUID

EMPTY = 0
_random = secrets.SystemRandom()


def laid_out(seats: int) -> bytes:
    return bytes(seats)


def filled_in(slips: bytes, option: int) -> bytes:
    """One empty slip more is filled in, every empty one being as likely.

    Raises: ValueError where none is empty.
    """
    empty = [place for place, slip in enumerate(slips) if slip == EMPTY]
    if not empty or option == EMPTY:
        raise ValueError("no empty slip" if not empty else "an empty choice")
    filled = bytearray(slips)
    filled[_random.choice(empty)] = option
    return bytes(filled)


def taken_out(slips: bytes, keys: Sequence[str]) -> list[tuple[UUID, str]]:
    """The slips that were filled in, each under a fresh random key, in the order of the keys."""
    choices = [keys[slip - 1] for slip in slips if slip != EMPTY]
    return sorted((UUID(bytes=secrets.token_bytes(16), version=4), choice) for choice in choices)
