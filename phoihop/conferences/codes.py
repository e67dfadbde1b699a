"""The codes on invitations. Derived, never stored: a letter can be printed again, a new edition ends the old code."""

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "phoihop.conferences.codes"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U: read out over the telephone
_LENGTH = 10  # 50 bits
_HEARD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def code_for(kind: str, pk: int, edition: int) -> str:
    """Such as "7K3QD-0XW9M": for a room machine or a viewing page (pk of the site), or a seat."""
    number = int.from_bytes(
        salted_hmac(_SALT, f"{kind}:{pk}:{edition}", algorithm="sha256").digest()[:8], "big"
    )
    signs = "".join(_SIGNS[(number >> (5 * place)) & 31] for place in range(_LENGTH))
    return f"{signs[:5]}-{signs[5:]}"


def is_code(typed: str, kind: str, pk: int, edition: int) -> bool:
    """However it was written down: small letters, spaces, no hyphen."""
    signs = "".join(sign for sign in typed.upper().translate(_HEARD) if sign.isalnum())[:40]
    return constant_time_compare(signs, code_for(kind, pk, edition).replace("-", ""))
