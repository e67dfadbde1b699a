"""The agenda as one audience sees it, and how it keeps to its plan."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ItemState, Visibility
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.core import clock

SEEN_BY: dict[Audience, tuple[Visibility, ...]] = {
    Audience.VIEWERS: (Visibility.OPEN,),
    Audience.DELEGATES: (Visibility.OPEN, Visibility.INTERNAL),
    Audience.PRESIDIUM: tuple(Visibility),
}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    item: AgendaItem
    number: str  # "2.1", counted over every item, whoever sees it
    depth: int

    @property
    def began_late_minutes(self) -> int | None:
        """Missing: not begun, or begun without a planned time. Negative: early."""
        if self.item.began_at is None or self.item.planned_at is None:
            return None
        return _minutes(self.item.began_at - self.item.planned_at)


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the item under discussion against the plan."""

    item: AgendaItem
    ends_at: datetime | None  # as planned
    late_minutes: int  # beyond its planned end; 0 while in time


def agenda_of(conference: Conference, audience: Audience) -> list[AgendaLine]:
    below: dict[int | None, list[AgendaItem]] = defaultdict(list)
    items = conference.items.prefetch_related("documents").select_related("presenter__post")
    for item in items.order_by("order", "pk"):
        below[item.parent_id].append(item)
    return [line for line in _lines(below, None, "", 0) if line.item.visibility in SEEN_BY[audience]]


def progress_of(conference: Conference) -> Progress | None:
    item = conference.items.filter(state=ItemState.CURRENT).first()
    if item is None:
        return None
    start = item.planned_at or item.began_at
    ends_at = start + timedelta(minutes=item.planned_minutes) if start and item.planned_minutes else None
    return Progress(item, ends_at, max(0, _minutes(clock.now() - ends_at)) if ends_at else 0)


def _lines(
    below: dict[int | None, list[AgendaItem]], parent: int | None, prefix: str, depth: int
) -> Iterator[AgendaLine]:
    for number, item in enumerate(below[parent], start=1):
        written = f"{prefix}{number}"
        yield AgendaLine(item, written, depth)
        yield from _lines(below, item.pk, f"{written}.", depth + 1)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
