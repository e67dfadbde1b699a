"""Sections of frozen reviews from below, with their figures written out as they were printed."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from phoihop.reviews.compose.facts import Quoted
from phoihop.reviews.compose.text import Text
from phoihop.reviews.compose.tokens import keys_in
from phoihop.reviews.models import Review, ReviewVersion
from phoihop.reviews.render.words import resolve

QUOTED_SECTIONS = ("strengths", "limits", "causes", "lessons", "directions", "proposals")
_TOLD = ("sentence", "bullet")


def quoted_versions(review: Review) -> list[ReviewVersion]:
    """Each as it was chosen, or the version of the same review that was published after it."""
    return [later_of(version) or version for version in review.quotes.order_by("pk")]


def later_of(version: ReviewVersion) -> ReviewVersion | None:
    """What has been published since; a version only frozen is not quoted before its issuers approve it."""
    siblings = ReviewVersion.objects.filter(review=version.review_id, published_at__isnull=False)
    found: ReviewVersion | None = siblings.filter(number__gt=version.number).order_by("-number").first()
    return found


def quoted_keys(context: Mapping[str, Any]) -> set[str]:
    """The figures a review above writes out when it quotes this one."""
    return {
        key
        for section in context["sections"]
        if section["key"] in QUOTED_SECTIONS
        for block in section["blocks"]
        if block["kind"] in _TOLD
        for key in keys_in(block["vi"], block["en"])
    }


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
