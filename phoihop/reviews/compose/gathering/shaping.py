"""One rolled-up row as a figure of the review, with all that must be said beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.http import urlencode

from phoihop.areas.models import Area
from phoihop.indicators.enums import Rule
from phoihop.periods import Span, SpanCover
from phoihop.reviews.compose.figures import Figure
from phoihop.reviews.compose.gathering.at_least import AtLeast
from phoihop.reviews.compose.gathering.catalogue import Definition
from phoihop.reviews.compose.gathering.question import Question
from phoihop.reviews.compose.text import NOTHING
from phoihop.rollup.compute_figures import RollupRow, attainment

if TYPE_CHECKING:
    from phoihop.reviews.compose.gathering.rolled import Rolled

FIGURE_PAGE = "/so-lieu/"  # kept in frozen documents, so it does not move with the address book


def figure_of(
    found: Rolled,
    definition: Definition,
    key: str,
    area: Area,
    row: RollupRow | None,
    at_least: AtLeast,
    part: SpanCover | None = None,
) -> Figure:
    """`part`: the windows it is of, where it is not of the whole term."""
    info = definition.info
    cover = part or found.term.covers[info.window]
    last = cover.periods[-1].last if cover.periods else found.question.span.last
    count = len(cover.periods)
    expected = row.expected if row else 0
    has_tasks = None if found.question.tasks_at is None else row is not None and row.denominator is not None
    missing = definition.why_missing(level=area.level, windows=count, expected=expected, has_tasks=has_tasks)
    is_own = key == info.code
    return Figure(
        key=key,
        indicator=info.code,
        kind=info.kind,
        window=info.window,
        block=info.block,
        area_id=area.pk,
        windows=_windows_taken(definition, count),
        name=info.name,
        unit=info.unit,
        part_unit=definition.part_unit,
        decimals=info.decimals,
        as_of=last,
        value=row.value if row else None,
        numerator=row.numerator if row else None,
        denominator=row.denominator if row else None,
        reported=row.reported if row else 0,
        expected=expected,
        unallocated=(_unallocated(found, row) if is_own else row.unallocated or None) if row else None,
        own=_own(found, definition, row) if is_own else None,
        is_at_least=at_least.holds(area.pk, info.code),
        why_missing=missing if row is None or row.value is None else None,
        target=row.target if row and is_own else None,
        attainment_percent=attainment(row) if row and is_own else None,
        direction=definition.direction,
        definition=definition.definition if is_own else NOTHING,
        source=definition.source if is_own else "",
        lineage=lineage(found.question, info.code, area, cover.span),
    )


def _windows_taken(definition: Definition, windows: int) -> int:
    return min(windows, 1) if definition.over_time == Rule.LAST else windows


def _own(found: Rolled, definition: Definition, row: RollupRow | None) -> Decimal | None:
    """What of an added total stands neither at a unit below nor unallocated: the area's own organisations'."""
    is_added = definition.over_units == Rule.ADD
    if row is None or row.value is None or not is_added or not found.units:
        return None
    below = (found.rows.get((unit.pk, row.indicator)) for unit in found.units)
    held = sum((each.value for each in below if each and each.value is not None), Decimal(0))
    return (row.value - held - (_unallocated(found, row) or 0)) or None


def _unallocated(found: Rolled, row: RollupRow) -> Decimal | None:
    """At the area, or at a level between it and the units shown: of a province, what stands at a district."""
    if row.area_id != found.question.area.pk:
        return row.unallocated or None
    between = (found.rows.get((area_id, row.indicator)) for area_id in found.between)
    inside = (each.unallocated for each in between if each and each.unallocated)
    return sum(inside, row.unallocated or Decimal(0)) or None


def lineage(question: Question, code: str, area: Area, span: Span) -> str:
    """Where the reports behind a figure are listed; both days are inclusive there."""
    named = [("programme", programme.slug) for programme in question.programmes]
    days = [("from", span.start.isoformat()), ("to", span.last.isoformat())]
    which = [
        ("indicator", code),
        ("area", area.key),
        *days,
        ("map", question.map_key),
        ("state", question.state),
    ]
    return f"{FIGURE_PAGE}?{urlencode([*named, *which])}"
