"""Figures inside sentences as links: marks of the private-use area go through the document's own plan untouched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

Context = Mapping[str, Any]
_TOKEN = re.compile(r"\[\[([^\[\]|\s]+)(?:\|(?:value|change|coverage))?\]\]")
_OPEN, _BETWEEN, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARKED = re.compile(f"{_OPEN}([^{_BETWEEN}]*){_BETWEEN}([^{_CLOSE}]*){_CLOSE}")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of text; with an address where it is a figure."""

    text: str
    href: str = ""
    name: str = ""  # of the figure, for the one who hears the link


LinkedText = tuple[Part, ...]


def linked_context(context: Context) -> dict[str, Any]:
    """The context with every figure of its sentences marked; nothing else is touched."""
    return {**context, "sections": [_section(section) for section in context["sections"]]}


def pinned(figures: Mapping[str, Mapping[str, Any]], slug: str, version: int) -> dict[str, Mapping[str, Any]]:
    """Addresses that carry the frozen version, so that the page of a figure first says what the review says."""
    return {
        key: {**figure, "lineage": f"{figure['lineage']}&{_pin(key, figures, slug, version)}"}
        if figure.get("lineage")
        else figure
        for key, figure in figures.items()
    }


def _pin(key: str, figures: Mapping[str, Any], slug: str, version: int) -> str:
    """A part of a figure, or a mean of it, leads to the figure itself."""
    whole = re.split("[#/]", key)[0]
    return urlencode([("review", slug), ("version", version), ("figure", whole if whole in figures else key)])


def parts_of(text: str, figures: Mapping[str, Mapping[str, Any]], lang: str) -> LinkedText:
    parts: list[Part] = []
    at = 0
    for match in _MARKED.finditer(text):
        if before := text[at : match.start()]:
            parts.append(Part(before))
        figure = figures.get(match[1], {})
        name = figure.get("name") or {}
        parts.append(Part(match[2], str(figure.get("lineage") or ""), name.get(lang) or name.get("vi") or ""))
        at = match.end()
    if rest := text[at:]:
        parts.append(Part(rest))
    return tuple(parts)


def _section(section: Mapping[str, Any]) -> dict[str, Any]:
    return {**section, "blocks": [_block(block) for block in section["blocks"]]}


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    marked = {lang: _marked(block[lang]) for lang in ("vi", "en") if isinstance(block.get(lang), str)}
    return {**block, **marked}


def _marked(text: str) -> str:
    return _TOKEN.sub(lambda match: f"{_OPEN}{match[1]}{_BETWEEN}{match[0]}{_CLOSE}", text)
