from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phoihop.areas.models import Area
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reviews import errors
from phoihop.reviews.compose.gathering.naming import place_on
from phoihop.reviews.compose.text import Text


@dataclass(frozen=True, slots=True)
class PlannedReview:
    """A review the programme's outline plans, for the programme's own area or for one below it."""

    slug: str
    programme: Programme
    area: Area
    kind: str
    span: Span
    title: Text


def planned_reviews(programme: Programme, area: Area | None = None) -> list[PlannedReview]:
    where = area or programme.area
    return [_planned(programme, where, each) for each in programme.outline.get("reviews", ())]


def planned_review(slug: str, area: Area | None = None) -> PlannedReview:
    """By `<programme>-<key of the plan>`; with an area below, `-<key of the area>` may follow.

    Raises: DomainError naming the reviews that are planned.
    """
    known = list(_every(area))
    for planned in known:
        if slug in {planned.slug, _slug(planned.programme, _key(planned), None)}:
            return planned
    raise errors.unknown_review(slug, [planned.slug for planned in known])


def _every(area: Area | None) -> Iterator[PlannedReview]:
    for programme in Programme.objects.select_related("area").order_by("slug"):
        yield from planned_reviews(programme, area)


def _planned(programme: Programme, area: Area, plan: Mapping[str, Any]) -> PlannedReview:
    title, span = Text.of(plan["title"]), Span.of(_day(plan["from"]), _day(plan["to"]))
    is_own = area.pk == programme.area_id
    if not is_own:
        where = place_on(area, span.last)
        title = title + Text(f" trên địa bàn {where.vi}", f" in {where.en}")
    return PlannedReview(
        slug=_slug(programme, plan["key"], None if is_own else area),
        programme=programme,
        area=area,
        kind=plan["kind"],
        span=span,
        title=title,
    )


def _slug(programme: Programme, key: str, area: Area | None) -> str:
    return f"{programme.slug}-{key}" + (f"-{area.key}" if area else "")


def _key(planned: PlannedReview) -> str:
    own = planned.slug.removeprefix(f"{planned.programme.slug}-")
    return own.removesuffix(f"-{planned.area.key}")


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
