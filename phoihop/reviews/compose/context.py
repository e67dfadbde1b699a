"""The frozen context (docs/review-context.md): one canonical JSON document that every rendering draws from."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import rfc8785

from phoihop.reviews.compose.document import document
from phoihop.reviews.compose.figures import numbers_of
from phoihop.reviews.compose.gathering.question import reviewed_programmes
from phoihop.reviews.compose.outline import heading
from phoihop.reviews.compose.text import Text
from phoihop.reviews.models import Review, Section
from phoihop.rollup.enums import FigureState

FORMAT = "phoihop-review/1"
ONE_DAY = timedelta(days=1)
# What a block keeps once frozen; the rest serves only whoever edits the draft.
_KEPT = ("kind", "vi", "en", "figures", "is_edited", "table", "chart", "title", "source")
STATE_LABELS = {
    FigureState.CONFIRMED: Text("đã xác nhận", "confirmed"),
    FigureState.RECEIVED: Text("đã tiếp nhận, chưa xác nhận", "received, not yet confirmed"),
}


def build_context(
    review: Review, *, frozen_at: datetime | None = None, warnings: Sequence[Text] = ()
) -> dict[str, Any]:
    """Of a composed review. Without an instant it is a draft's, as a preview shows it."""
    composed = review.composed
    programmes = reviewed_programmes(review)
    return {
        "format": FORMAT,
        "review": _review(review, programmes, composed),
        "document": document(review, programmes),
        "provenance": {
            **composed["provenance"],
            "frozen_at": _instant(frozen_at) if frozen_at else None,
            "figures_hash": figures_hash(composed["figures"]),
            "question": composed["question"],
            "warnings": [warning.as_json() for warning in warnings],
        },
        "figures": composed["figures"],
        "sections": _sections(review.sections.order_by("order", "pk")),
        "tables": composed["tables"],
        "charts": composed["charts"],
        "annexes": composed["annexes"],
        "not_reported": composed["not_reported"],
    }


def canonical(context: Mapping[str, Any]) -> bytes:
    """RFC 8785: the same context is the same bytes everywhere."""
    return rfc8785.dumps(dict(context))


def context_hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def figures_hash(figures: Mapping[str, Mapping[str, Any]]) -> str:
    """Over the numbers alone: names and definitions may be written better, a number may not."""
    return hashlib.sha256(rfc8785.dumps(numbers_of(figures))).hexdigest()


def _review(review: Review, programmes: Sequence[Any], composed: Mapping[str, Any]) -> dict[str, Any]:
    area = review.area
    return {
        "slug": review.slug,
        "kind": review.kind,
        "title": Text(review.title_vi, review.title_en).as_json(),
        "is_simulated": review.is_simulated,
        "programmes": [
            {"slug": each.slug, "number": each.number, "title": Text(each.title_vi, each.title_en).as_json()}
            for each in programmes
        ],
        "area": {
            "id": area.pk,
            "key": area.key,
            "name": area.name,
            "full_name": area.full_name_on(review.span_until - ONE_DAY),
            "level": area.level,
        },
        "span": {"from": review.span_from.isoformat(), "until": review.span_until.isoformat()},
        "windows": composed["windows"],
        "map": composed["map"],
        "state": review.state,
        "state_label": STATE_LABELS[FigureState(review.state)].as_json(),
        "comparison": composed["comparison"],
    }


def _sections(sections: Any) -> list[dict[str, Any]]:
    held: list[Section] = list(sections)
    parents = {section.key: section.parent_key for section in held}
    return [_section(section, parents) for section in held]


def _section(section: Section, parents: Mapping[str, str]) -> dict[str, Any]:
    named = heading(Text(section.title_vi, section.title_en))
    depth = 1
    above = section.parent_key
    while above:
        depth, above = depth + 1, parents.get(above, "")
    return {
        "key": section.key,
        "number": named.number,
        "depth": depth,
        "title": named.title.as_json(),
        "blocks": [{name: block[name] for name in _KEPT if name in block} for block in section.blocks],
    }


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
