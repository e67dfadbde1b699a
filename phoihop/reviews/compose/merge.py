"""Composing again keeps what a person wrote, in its place, and marks what no longer stands on the same figures."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import rfc8785

from phoihop.reviews.compose.blocks import Block

Values = Mapping[str, str | None]  # figure key -> its value as text


def merged(
    old: Sequence[Block], made: Sequence[Block], removed: Iterable[str], values: Values
) -> list[Block]:
    """The new blocks in order, with edited ones instead of theirs and a person's own after what they followed.

    `removed`: keys of blocks that a person took out; they stay out.
    """
    taken_out = set(removed)
    edited = {block["key"]: block for block in old if is_written(block) and block.get("key")}
    result = [
        checked(edited[block["key"]], values) if block["key"] in edited else block
        for block in made
        if block["key"] not in taken_out
    ]
    placed = {block["key"] for block in result}
    before = ""
    for block in old:
        key = block.get("key", "")
        if is_written(block) and key not in placed:
            result.insert(_after(result, before), checked(block, values))
            placed.add(key)
        before = key if key in placed else before
    return result


def mark_of(blocks: Sequence[Block]) -> str:
    """Says whether a section is still the one a person has before their eyes."""
    return hashlib.sha256(rfc8785.dumps(list(blocks))).hexdigest()[:16]


def is_written(block: Block) -> bool:
    """By a person, in whole or in part."""
    return bool(block.get("is_edited"))


def seen_values(block: Block, values: Values) -> dict[str, Any]:
    """The values a person had before their eyes when they wrote the block."""
    return {key: values.get(key) for key in block.get("figures", ())}


def checked(block: Block, values: Values) -> Block:
    """With the keys whose figure has changed since the block was written, and those that are gone."""
    seen: Mapping[str, Any] = block.get("seen", {})
    changed = [key for key, value in seen.items() if key in values and values[key] != value]
    unknown = [key for key in block.get("figures", ()) if key not in values]
    bare = {name: value for name, value in block.items() if name not in {"changed", "unknown"}}
    return {**bare, **({"changed": changed} if changed else {}), **({"unknown": unknown} if unknown else {})}


def _after(blocks: Sequence[Block], key: str) -> int:
    """Where a block stands that followed the one with this key; at the start where that one is gone."""
    return next((index for index, block in enumerate(blocks, start=1) if key and block["key"] == key), 0)
