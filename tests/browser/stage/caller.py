"""Whoever asks for addresses of a conference without a page: by a session, and by what a page's script would send along."""

import http.client
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, reverse

from phoihop.conferences.urls import urlpatterns
from phoihop.conferences.views.console import PANELS
from phoihop.conferences.views.screens import PARTS
from tests.conferences.streams.installed import Installation

TOKEN = "0" * 32  # a cookie and a header that say the same: what a page's own script sends
# What an address may ask for besides the conference's name; numbers are those of a database just made.
TAKEN: dict[str, tuple[Any, ...]] = {
    "site": ("diem-1",), "pk": (1, 2), "number": (1,), "delegation": (1,), "kind": ("csv", "pdf"),
    "extension": ("pdf", "docx"), "key": ("opening",), "name": (*PANELS, *PARTS),
    "what": ("mo",),
}  # fmt: skip


@dataclass
class Caller:
    """Keeps every answer it was given: where from, and all of its bytes."""

    installed: Installation
    who: str
    session: str
    heard: list[tuple[str, bytes]] = field(default_factory=list)
    answered: dict[str, set[int]] = field(default_factory=dict)  # by address

    def get(self, address: str) -> int:
        return self._ask("GET", address, b"", {})[0]

    def post(self, address: str, **said: str) -> tuple[int, Any]:
        form = {"Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": TOKEN}
        return self._ask("POST", address, urlencode(said).encode(), form)

    def show(self, grant: str, address: str, said: dict[str, Any]) -> tuple[int, Any]:
        """Under a grant, as stage-line.js does."""
        shown = {"Content-Type": "application/json", "Authorization": f"Bearer {grant}"}
        return self._ask("POST", address, json.dumps(said).encode(), shown)

    def _ask(self, how: str, address: str, body: bytes, more: dict[str, str]) -> tuple[int, Any]:
        own = {"Cookie": f"sessionid={self.session}; csrftoken={TOKEN}", "Accept": "*/*", **more}
        with closing(http.client.HTTPConnection("127.0.0.1", self.installed.port, timeout=60)) as caller:
            caller.request(how, address, body or None, own)
            answer = caller.getresponse()
            said = answer.read()
        self.answered.setdefault(address, set()).add(answer.status)
        self.heard.append((f"{self.who}: {how} {address}", str(answer.getheaders()).encode() + said))
        is_told = answer.getheader("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(said) if is_told else None


def addresses_of(slug: str) -> Iterator[tuple[str, str]]:
    """(name, address) of everything below the conference; an address that takes a number has more than one."""
    for name, taken in _named(urlpatterns):
        for chosen in product(*(TAKEN.get(each, (slug,)) for each in taken)):
            yield name, reverse(f"conferences:{name}", kwargs=dict(zip(taken, chosen, strict=True)))


def _named(patterns: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    for each in patterns:
        taken = (*above, *each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            yield from _named(each.url_patterns, taken)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name, taken
