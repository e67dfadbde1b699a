"""A section as lines a person writes, and back: each block a line, known again by what stood there before.

A plain line is a sentence, an empty one ends the paragraph; "- " begins a point, "> " a quotation (its source after
"||"), [ ] holds what is still to be written, {bảng: ...} and {biểu đồ: ...} keep a table or a chart in its place.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from phoihop.core.text import nfc

Block = dict[str, Any]
_PIECES = {"table": "bảng", "chart": "biểu đồ"}
_PIECE = re.compile(r"\{(bảng|biểu đồ): *([^{}]+)\}")
_SOURCE = " || "


def lines_of(blocks: Sequence[Block], lang: str) -> str:
    """Vietnamese with everything in its place; English only the words, in the same order."""
    shown = blocks if lang == "vi" else [block for block in blocks if block.get("en")]
    return "\n".join(_line(block, lang) for block in shown)


def blocks_from(before: Sequence[Block], vi: str, en: str) -> list[Block]:
    """What a person left of the blocks and added to them, as `edit_section` takes it."""
    english = [block for block in before if block.get("en")]
    worded = _matched(english, _lines(en, keep_empty=False), "en")
    told = {english[index]["key"]: text for index, text in worded if index is not None}
    added = iter([text for index, text in worded if index is None])
    found = []
    for index, line in _matched(before, _lines(vi, keep_empty=True), "vi"):
        old = before[index] if index is not None else None
        block = old if old and _line(old, "vi") == line else _block(line, old)
        if "vi" in block:
            text = told.get(old["key"], "") if old else next(added, "")
            block = {**block, **_english(block, old, text)}
        found.append(block)
    return found


def _english(block: Block, old: Block | None, line: str) -> Block:
    """The words of the English line; the quotation's English source beside its own."""
    if old is not None and _line(old, "en") == line and old.get("en"):
        return {"en": old["en"], **({"source": old["source"]} if block is old and "source" in old else {})}
    read = _block(line, None) if line else {}
    said: Block = {"en": read.get("vi", "")}
    if "source" in block and read.get("source"):
        said["source"] = {**block["source"], "en": read["source"]["vi"]}
    return said


def _line(block: Block, lang: str) -> str:
    kind, text = block["kind"], str(block.get(lang) or "")
    if kind == "paragraph_break":
        return ""
    if kind in _PIECES:
        return f"{{{_PIECES[kind]}: {block[kind]}}}"
    if kind == "bullet":
        return f"- {text}"
    if kind == "placeholder":
        return f"[{text}]"
    if kind == "quote":
        source = str((block.get("source") or {}).get(lang) or "")
        return f"> {text}{_SOURCE}{source}" if source else f"> {text}"
    return text


def _block(line: str, old: Block | None) -> Block:
    key = {"key": old["key"]} if old else {}
    if not line:
        return {"kind": "paragraph_break", **key}
    if piece := _PIECE.fullmatch(line):
        kind = next(kind for kind, word in _PIECES.items() if word == piece[1])
        return {"kind": kind, kind: piece[2].strip(), **key}
    if line.startswith("- "):
        return {"kind": "bullet", "vi": line[2:].strip(), **key}
    if line.startswith("> "):
        text, _, source = line[2:].partition(_SOURCE.strip())
        return {"kind": "quote", "vi": text.strip(), "source": {"vi": source.strip(), "en": ""}, **key}
    if line.startswith("[") and line.endswith("]") and not line.startswith("[["):
        return {"kind": "placeholder", "vi": line[1:-1].strip(), **key}
    return {"kind": "sentence", "vi": line, **key}


def _lines(text: str, *, keep_empty: bool) -> list[str]:
    lines = [" ".join(line.split()) for line in nfc(text).strip().splitlines()]
    return [line for index, line in enumerate(lines) if line or (keep_empty and lines[index - 1])]


def _matched(before: Sequence[Block], lines: Sequence[str], lang: str) -> list[tuple[int | None, str]]:
    """Each line with the block it stands for; None where it is new."""
    return list(_matches([_line(block, lang) for block in before], lines))


def _matches(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int | None, str]]:
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for offset, line in enumerate(new[start:end]):
            stands = tag == "equal" or (tag == "replace" and first + offset < last)
            yield (first + offset if stands else None), line
