"""The agenda as a tree: its order on a page, and the times that follow from order and minutes. Nothing here writes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from phoihop.conferences.models import AgendaItem


@dataclass(frozen=True, slots=True)
class Node:
    item: AgendaItem
    number: str  # "2.1", counted over every item, whoever sees it
    depth: int  # 0 at the top
    begins_at: datetime
    ends_at: datetime
    is_first: bool  # among its siblings
    is_last: bool


def nodes_of(items: Iterable[AgendaItem], starts_at: datetime) -> list[Node]:
    """Parents before their children, each with its planned time; a fixed time moves what follows."""
    children: defaultdict[int | None, list[AgendaItem]] = defaultdict(list)
    for item in sorted(items, key=lambda each: (each.order, each.pk)):
        children[item.parent_id].append(item)
    return list(_walk(children, None, "", 0, starts_at))


def descendants_of(item: AgendaItem, items: Iterable[AgendaItem]) -> set[int]:
    """The item itself and all below it: none of them may hold it."""
    found, everyone = {item.pk}, list(items)
    while added := {each.pk for each in everyone if each.parent_id in found} - found:
        found |= added
    return found


def _walk(
    children: dict[int | None, list[AgendaItem]], parent: int | None, prefix: str, depth: int, clock: datetime
) -> Iterator[Node]:
    siblings = children.get(parent, [])
    for place, item in enumerate(siblings):
        begins = item.planned_at if item.is_time_fixed and item.planned_at else clock
        number = f"{prefix}{place + 1}"
        below = list(_walk(children, item.pk, f"{number}.", depth + 1, begins))
        own = begins + timedelta(minutes=item.planned_minutes)
        ends = max([own, *(node.ends_at for node in below)])
        yield Node(item, number, depth, begins, ends, place == 0, place == len(siblings) - 1)
        yield from below
        clock = ends
