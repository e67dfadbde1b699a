"""Sections of frozen reviews from below, with their figures written out as they were printed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from phoihop.reviews.compose.facts import Quoted
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import ReviewVersion
from phoihop.reviews.render.words import resolve

QUOTED_SECTIONS = ("strengths", "limits", "causes", "lessons", "directions", "proposals")
_TOLD = ("sentence", "bullet")


def quoted_from(versions: Iterable[ReviewVersion]) -> list[Quoted]:
    """What each says in its assessment and proposals."""
    return [each for version in versions for each in _quoted(version)]


def _quoted(version: ReviewVersion) -> Iterator[Quoted]:
    context = json.loads(version.context)
    source = _source(version, context)
    for section in context["sections"]:
        if section["key"] in QUOTED_SECTIONS and (said := _said(section, context["figures"])):
            yield Quoted(section["key"], said, source)


def _said(section: Mapping[str, Any], figures: Mapping[str, Any]) -> Text:
    told = [block for block in section["blocks"] if block["kind"] in _TOLD]
    return Text(
        " ".join(resolve(block["vi"], figures, "vi") for block in told),
        " ".join(resolve(block["en"], figures, "en") for block in told),
    )


def _source(version: ReviewVersion, context: Mapping[str, Any]) -> Text:
    title = Text.of(context["review"]["title"])
    number = version.number
    return title + Text(f", phiên bản {number}", f", version {number}")
