"""The agenda as a reader may see it, and how the session keeps to it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ItemState, Visibility
from phoihop.conferences.models import AgendaItem, Conference, ItemDocument, RegisteredSpeech
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.tree import Node, nodes_of
from phoihop.core import clock

_SEEN = {
    Audience.VIEWERS: (Visibility.OPEN,),
    Audience.DELEGATES: (Visibility.OPEN, Visibility.INTERNAL),
    Audience.PRESIDIUM: tuple(Visibility),
}


@dataclass(frozen=True, slots=True)
class AgendaLine:
    node: Node
    documents: tuple[ItemDocument, ...]
    speeches: tuple[RegisteredSpeech, ...]

    @property
    def item(self) -> AgendaItem:
        return self.node.item

    @property
    def number(self) -> str:
        return self.node.number

    @property
    def depth(self) -> int:
        return self.node.depth

    @property
    def may_change(self) -> bool:
        return bool(self.item.state == ItemState.PLANNED)


@dataclass(frozen=True, slots=True)
class AgendaWindow:
    """What a wall has room for, around the item under discussion."""

    lines: Sequence[AgendaLine]
    before: int  # lines that are left out
    after: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Of the item under discussion against the plan."""

    item: AgendaItem
    ends_at: datetime | None  # as planned
    late_minutes: int  # beyond its planned end; 0 while in time


def progress_of(conference: Conference) -> Progress | None:
    item = conference.items.filter(state=ItemState.CURRENT).first()
    if item is None:
        return None
    start = item.planned_at or item.began_at
    ends_at = start + timedelta(minutes=item.planned_minutes) if start and item.planned_minutes else None
    late = int((clock.now() - ends_at).total_seconds() // 60) if ends_at else 0
    return Progress(item, ends_at, max(0, late))


def audience_of(by: Attendee) -> Audience:
    return audience_for(by.acts)


def audience_for(acts: Collection[Act]) -> Audience:
    if Act.SEE_PRESIDIUM_PART in acts:
        return Audience.PRESIDIUM
    return Audience.DELEGATES if Act.SEE_DELEGATES_PART in acts else Audience.VIEWERS


def visible_to_audience(audience: Audience) -> tuple[str, ...]:
    return tuple(each.value for each in _SEEN[audience])


def agenda_of(conference: Conference, audience: Audience) -> list[AgendaLine]:
    """A part of an item that is hidden is hidden with it. Four queries, however long the agenda."""
    seen = visible_to_audience(audience)
    related = ("presenter__post", "presenter__organisation")
    nodes = nodes_of(conference.items.select_related(*related), conference.starts_at)
    closed = {node.item.pk for node in nodes if node.item.visibility not in seen}
    shown = [node for node in nodes if not {node.item.pk, node.item.parent_id} & closed]
    documents = _by_item(documents_of(conference, audience))
    speeches = _by_item(
        conference.speeches.filter(item__isnull=False)
        .select_related("delegation__site")
        .order_by("order", "pk")
    )
    return [AgendaLine(node, tuple(documents[node.item.pk]), tuple(speeches[node.item.pk])) for node in shown]


def window_of(lines: Sequence[AgendaLine], most: int) -> AgendaWindow:
    """One done item stays in sight. Nothing is under discussion: the first that is not done takes its place."""
    now = (n for n, line in enumerate(lines) if line.item.state != ItemState.DONE)
    at = next(
        (n for n, line in enumerate(lines) if line.item.state == ItemState.CURRENT), next(now, len(lines))
    )
    start = max(0, min(at - 1, len(lines) - most))
    shown = lines[start : start + most]
    return AgendaWindow(shown, start, len(lines) - start - len(shown))


def documents_of(conference: Conference, audience: Audience) -> Any:
    """Of items that are shown, themselves shown, not taken off."""
    seen = visible_to_audience(audience)
    found = ItemDocument.objects.filter(
        item__conference=conference, is_removed=False, visibility__in=seen, item__visibility__in=seen
    )
    hidden_above = found.filter(item__parent__isnull=False).exclude(item__parent__visibility__in=seen)
    return found.exclude(pk__in=hidden_above.values("pk")).select_related("item")


def _by_item(things: Iterable[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for each in things:
        found[each.item_id].append(each)
    return found
