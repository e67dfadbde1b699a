"""The outline of a review as its programme has it: parts, sections, one khoản per content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phoihop.reviews.compose.text import Text

_NUMBER_VI = re.compile(r"(Phần thứ [^\W\d_]+|[IVXLC]+|\d+)[.:]\s+(.+)", re.DOTALL)
_NUMBER_EN = re.compile(r"(Part \w+|[IVXLC]+|\d+)[.:]\s+(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    number: str
    title: Text
    number_en: str = ""


@dataclass(frozen=True, slots=True)
class OutlineSection:
    key: str
    parent_key: str
    title: Text
    kind: str
    contents: tuple[str, ...]
    indicators: tuple[str, ...]
    has_sections: bool


def outline_sections(outline: Mapping[str, Any]) -> list[OutlineSection]:
    """Every section in reading order, each after the one it belongs to."""
    return list(_walk(outline.get("outline", ()), ""))


def _walk(sections: Sequence[Mapping[str, Any]], parent_key: str) -> Iterator[OutlineSection]:
    for each in sections:
        below = each.get("sections") or ()
        yield OutlineSection(
            key=each["key"],
            parent_key=parent_key,
            title=Text.of(each["title"]),
            kind=each.get("kind", "text"),
            contents=tuple(str(code) for code in each.get("contents") or ()),
            indicators=tuple(each.get("indicators") or ()),
            has_sections=bool(below),
        )
        yield from _walk(below, each["key"])


def heading(title: Text) -> Heading:
    """ "II. Công tác lãnh đạo" as its number II and its title; without a number the title alone."""
    vi, en = _NUMBER_VI.fullmatch(title.vi), _NUMBER_EN.fullmatch(title.en)
    if vi is None:
        return Heading("", title)
    return Heading(vi[1], Text(vi[2], en[2] if en else title.en), en[1] if en else vi[1])


def annex_kinds(outline: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(outline.get("annexes") or ())
