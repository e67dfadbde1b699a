"""What a browser is sent for a page: the page, and everything that it leads to."""

import gzip
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin

LIMIT_BYTES = 150_000
Fetch = Callable[[str], tuple[bytes, str]]  # of a path: the body as it was sent, its Content-Encoding

_IN_PAGE = [
    r'<link rel="(?:icon|manifest|stylesheet)" href="([^"]+)"',
    r'<script[^>]* src="([^"]+)"',
    r'<img[^>]* src="([^"]+)"',
]
_IN_STYLE = [r'url\("?([^")]+)"?\)']
_IN_SCRIPT = [r'(?:from|import)\s*\(?"(\.[^"]+)"']


class Sent(NamedTuple):
    sent: int
    whole: int
    encoding: str


def loaded(path: str, fetch: Fetch) -> dict[str, Sent]:
    """Styles, their fonts, scripts, the modules these import, the icon: each once, by its path."""
    waiting, found = [path], dict[str, Sent]()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        sent, encoding = fetch(name)
        body = gzip.decompress(sent) if encoding == "gzip" else sent
        found[name] = Sent(len(sent), len(body), encoding)
        if not name.endswith((".woff2", ".svg")):
            waiting += _named(name, body.decode())
    return found


def total(sizes: Mapping[str, Sent]) -> int:
    return sum(each.sent for each in sizes.values())


def _named(name: str, text: str) -> list[str]:
    patterns = {".css": _IN_STYLE, ".js": _IN_SCRIPT}.get(Path(name).suffix, _IN_PAGE)
    return [urljoin(name, found) for pattern in patterns for found in re.findall(pattern, text)]
