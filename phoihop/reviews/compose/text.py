"""Texts in both languages at once: a review is composed in Vietnamese and English together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Self

from phoihop.periods import format_day

_MARKED_PLURAL = re.compile(r"\((e?s)\)")


@dataclass(frozen=True, slots=True)
class Text:
    vi: str
    en: str

    def __bool__(self) -> bool:
        return bool(self.vi or self.en)

    def __add__(self, other: "Text") -> "Text":
        return Text(self.vi + other.vi, self.en + other.en)

    def filled(self, **parts: "Text | str") -> "Text":
        """The texts with {names} replaced; a plain string goes into both."""
        vi = {name: part.vi if isinstance(part, Text) else part for name, part in parts.items()}
        en = {name: part.en if isinstance(part, Text) else part for name, part in parts.items()}
        return Text(self.vi.format_map(vi), self.en.format_map(en))

    def as_json(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en}

    @classmethod
    def of(cls, value: "dict[str, str] | str") -> Self:
        return (
            cls(value, value) if isinstance(value, str) else cls(value["vi"], value.get("en") or value["vi"])
        )


NOTHING = Text("", "")


def listed(parts: Sequence[Text], *, heavy: bool = False) -> Text:
    """a, b và c; where parts have commas of their own, a; b; c."""
    if heavy:
        return Text("; ".join(part.vi for part in parts), "; ".join(part.en for part in parts))
    return Text(_and([part.vi for part in parts], "và"), _and([part.en for part in parts], "and"))


def _and(parts: list[str], conjunction: str) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {conjunction} {parts[-1]}"


def joined(parts: Iterable[Text], separator: str = "") -> Text:
    kept = [part for part in parts if part]
    return Text(separator.join(part.vi for part in kept), separator.join(part.en for part in kept))


def day_text(day: date) -> Text:
    return Text(format_day(day), format_day(day))


def counted(text: Text, value: Decimal | int | None) -> Text:
    """English “session(s)” beside its number; Vietnamese nouns have one form."""
    return Text(text.vi, _MARKED_PLURAL.sub("" if value == 1 else r"\1", text.en))


def small(text: Text) -> Text:
    """With a small first letter, as in the middle of a sentence; a word all in capitals keeps them."""
    return Text(_small(text.vi), _small(text.en))


def _small(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def capital(text: Text) -> Text:
    return Text(text.vi[:1].upper() + text.vi[1:], text.en[:1].upper() + text.en[1:])
