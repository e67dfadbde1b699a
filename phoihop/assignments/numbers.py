"""The number of a document as its register gave it ("05-TB", "05/TB-BCA"): read, and the one that follows. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from phoihop.core.text import nfc

_PARTS = re.compile(r"(\D*)(\d+)(.*)")
_NUMBER_WORD = re.compile(r"^s[ốo]\b[\s:.]*")


@dataclass(frozen=True, slots=True)
class Number:
    before: str
    ordinal: int
    after: str

    @classmethod
    def read(cls, text: str) -> Self | None:
        """None: there is no digit in it."""
        tidy = re.sub(r"\s*([-/])\s*", r"\1", " ".join(nfc(text).split()))
        found = _PARTS.fullmatch(tidy)
        return cls(found[1], int(found[2]), found[3]) if found else None

    def __str__(self) -> str:
        """Source: Decree 30/2020, annex I: below 10, a 0 stands before it."""
        return f"{self.before}{self.ordinal:02d}{self.after}"

    @property
    def series(self) -> tuple[str, str]:
        """Numbers run on by themselves for each kind of document and signing body, however its parts are joined."""
        before, after = (each.casefold().replace("/", "-") for each in (self.before, self.after))
        return _NUMBER_WORD.sub("", before), after

    def is_same(self, other: "Number") -> bool:
        return (self.series, self.ordinal) == (other.series, other.ordinal)

    def next_free(self, given: Iterable["Number"]) -> "Number":
        """The one after the last of its series."""
        ordinals = [each.ordinal for each in given if each.series == self.series]
        return replace(self, ordinal=max(ordinals, default=0) + 1)
