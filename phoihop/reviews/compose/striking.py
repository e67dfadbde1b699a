"""Words taken out of what a review says, in its text and in its lists of tasks and proposals; figures and charts are not looked at."""

from collections.abc import Mapping, Sequence
from typing import Any

from phoihop.core.text import struck
from phoihop.reviews.compose.phrases import NUMBERS_TYPED
from phoihop.reviews.compose.tokens import typed_numbers

TYPED = {"proposal", "answer", "task"}  # columns of a table that repeat what people typed
TAKEN_OUT = {"vi": "[đã gỡ bỏ]", "en": "[taken out]"}


def struck_context(context: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Where words went, the numbers among them go also from the list of numbers typed by hand."""
    sections = [
        {**section, "blocks": struck_blocks(section["blocks"], words)} for section in context["sections"]
    ]
    tables = struck_tables(context["tables"], words)
    if sections == context["sections"] and tables == context["tables"]:
        return dict(context)
    provenance = context["provenance"]
    warnings = [_warning(each, words) for each in provenance["warnings"]]
    left = {"sections": sections, "tables": tables, "provenance": {**provenance, "warnings": warnings}}
    return {**context, **left}


def struck_blocks(blocks: Sequence[Mapping[str, Any]], words: str) -> list[dict[str, Any]]:
    return [_block(block, words) for block in blocks]


def struck_tables(tables: Mapping[str, Any], words: str) -> dict[str, Any]:
    return {key: _table(table, words) for key, table in tables.items()}


def _table(table: Mapping[str, Any], words: str) -> dict[str, Any]:
    """Names of units and values stay."""
    return {**table, "rows": [{**row, "cells": _cells(row["cells"], words)} for row in table["rows"]]}


def _cells(cells: Mapping[str, Any], words: str) -> dict[str, Any]:
    typed = {key: cells[key] for key in TYPED & cells.keys() if cells[key]}
    return {**cells, **{key: {**cell, **_texts(cell, words)} for key, cell in typed.items()}}


def _block(block: Mapping[str, Any], words: str) -> dict[str, Any]:
    left = {**block, **_texts(block, words), **_source(block, words)}
    if left == block or "unbound" not in block:
        return left
    gone = set(typed_numbers(words))
    return {**left, "unbound": [number for number in block["unbound"] if number not in gone]}


def _texts(texts: Mapping[str, Any], words: str) -> dict[str, str]:
    return {lang: struck(texts[lang], words, mark) for lang, mark in TAKEN_OUT.items() if lang in texts}


def _source(block: Mapping[str, Any], words: str) -> dict[str, Any]:
    return {"source": _texts(block["source"], words)} if block.get("source") else {}


def _warning(warning: Mapping[str, str], words: str) -> dict[str, str]:
    gone = set(typed_numbers(words))
    return {lang: _without_numbers(text, lang, gone) for lang, text in warning.items()}


def _without_numbers(text: str, lang: str, gone: set[str]) -> str:
    lead = getattr(NUMBERS_TYPED, lang).partition("{numbers}")[0]
    if not text.startswith(lead):
        return text
    numbers = text.removeprefix(lead).removesuffix(".").split(", ")
    left = [TAKEN_OUT[lang] if number in gone else number for number in numbers]
    return f"{lead}{', '.join(dict.fromkeys(left))}."
