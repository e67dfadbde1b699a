"""A secret in whatever form it could stand in an answer: as it is, in Base64 wherever it begins there, hexadecimal, for an address."""

import base64
from collections.abc import Iterator
from html import escape
from urllib.parse import quote


def told_in(said: bytes, secrets: dict[str, bytes]) -> list[str]:
    """The names of those that stand in it."""
    return [name for name, secret in secrets.items() if any(form in said for form in forms_of(secret))]


def forms_of(secret: bytes) -> set[bytes]:
    plain = {secret, secret.hex().encode(), secret.hex().upper().encode(), *_base64(secret)}
    return plain | {form for each in plain for form in _quoted(each)}


def _base64(secret: bytes) -> Iterator[bytes]:
    """Only the signs that stand for nothing but the secret, one, two or no bytes after the beginning of a group of three."""
    for before in range(3):
        written = base64.b64encode(bytes(before) + secret)
        first, last = -(-8 * before // 6), 8 * (before + len(secret)) // 6
        yield written[first:last]
        yield written[first:last].translate(bytes.maketrans(b"+/", b"-_"))


def _quoted(form: bytes) -> Iterator[bytes]:
    text = form.decode("latin-1")
    yield quote(form, safe="").encode()
    yield quote(form).encode()
    yield escape(text).encode("latin-1")
    yield text.replace("/", "\\/").encode("latin-1")
