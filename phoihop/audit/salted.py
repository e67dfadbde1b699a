"""Hashes of words that may one day have to go: the chain carries the hash, the salt goes with the words. ADR 0011."""

import hashlib
import secrets
from collections.abc import Iterable, Sequence

from phoihop.core.canonical import canonical


def new_salt() -> str:
    return secrets.token_hex(16)


def digest(salt: str, text: str) -> str:
    return hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest()


def digest_of_all(rows: Iterable[Sequence[str]]) -> str:
    """Over where each text stands and its digest: it can be recomputed after any redaction."""
    return hashlib.sha256(canonical(sorted(list(row) for row in rows))).hexdigest()
