"""The blocks a section is made of; `key` is how a block is known again when the review is composed anew."""

from collections.abc import Sequence
from typing import Any

from phoihop.reviews.compose.text import Text
from phoihop.reviews.compose.tokens import keys_in

Block = dict[str, Any]
KINDS = ("sentence", "paragraph_break", "bullet", "table", "chart", "quote", "placeholder")


def sentence(key: str, text: Text, also: Sequence[str] = ()) -> Block:
    """`also`: figures the sentence rests on without printing them, such as a reported zero."""
    return {**_words("sentence", key, text, also), "is_edited": False}


def bullet(key: str, text: Text, also: Sequence[str] = ()) -> Block:
    return {**_words("bullet", key, text, also), "is_edited": False}


def paragraph_break(key: str) -> Block:
    return {"kind": "paragraph_break", "key": key}


def placeholder(key: str, text: Text) -> Block:
    return {"kind": "placeholder", "key": key, **text.as_json()}


def quote(key: str, text: Text, source: Text) -> Block:
    return {"kind": "quote", "key": key, **text.as_json(), "source": source.as_json()}


def chart(key: str, chart_key: str) -> Block:
    return {"kind": "chart", "key": key, "chart": chart_key}


def paragraphs(key: str, groups: Sequence[Sequence[Block]]) -> list[Block]:
    """The groups one after another, a paragraph each."""
    found: list[Block] = []
    for index, group in enumerate(group for group in groups if group):
        if index:
            found.append(paragraph_break(f"{key}/break-{group[0]['key']}"))
        found += group
    return found


def _words(kind: str, key: str, text: Text, also: Sequence[str]) -> Block:
    used = keys_in(text.vi, text.en)
    return {
        "kind": kind,
        "key": key,
        **text.as_json(),
        "figures": [*used, *(each for each in also if each not in used)],
    }
