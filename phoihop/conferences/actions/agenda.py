"""The agenda: a tree of two levels. Before the session by who prepares it, during it also by the chair.

A part is never seen by more people than its item: whatever asks who sees something asks the part alone.
"""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import Max

from phoihop.conferences import hall_errors, preparing_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.actions.guards import lay, require_not_closed, require_of, require_seen
from phoihop.conferences.actions.timing import retime
from phoihop.conferences.audiences import is_wider
from phoihop.conferences.enums import ItemState, Visibility
from phoihop.conferences.facts import ItemFacts, laid_on
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.conferences.permissions import Act, Attendee
from phoihop.conferences.queries.figures import choices, require_room
from phoihop.conferences.tree import descendants_of

_SHOWN = ("item", "agenda", "floor", "queue", "vote")  # where an item's title, time or visibility stands


def add_item(*, conference: Conference, facts: ItemFacts, by: Attendee | None, key: str = "") -> AgendaItem:
    """At the end, or at the end of the item it belongs to."""
    with changing(conference, _act(by), by, key=key) as change:
        require_not_closed(change)
        _refuse_unfit(change, facts)
        made = AgendaItem.objects.create(
            conference=change.conference,
            order=_next_order(change, facts.parent),
            is_time_fixed=facts.is_time_fixed,
            **laid_on(facts),
        )
        _tell(change, "add_item", made)
    made.refresh_from_db()
    return made


def edit_item(
    *, item: AgendaItem, facts: ItemFacts, by: Attendee | None, seen: str = "", key: str = ""
) -> AgendaItem:
    """Its parts are seen by no more people than it is from then on, those that have begun too.

    Raises: Conflict for an item that has begun: what was done is not changed.
    """
    with changing(item.conference, _act(by), by, key=key) as change:
        require_not_closed(change)
        held = _planned(item)
        require_seen(held, facts, seen)
        said = _moved(facts, held)
        _refuse_unfit(change, said, held)
        more: dict[str, object] = {"is_time_fixed": said.is_time_fixed}
        if said.parent != held.parent:
            more["order"] = _next_order(change, said.parent)
        lay(held, said, **more)
        narrowed = _narrow_parts(held)
        _tell(change, "edit_item", held)
        if any(each.state == ItemState.CURRENT for each in narrowed):
            change.command("settle")  # the part decides who sees and hears
    item.refresh_from_db()
    return item


def move_item(
    *, item: AgendaItem, before: AgendaItem | None, by: Attendee | None, key: str = ""
) -> AgendaItem:
    """To the place before one of its siblings, or behind the last of them; what is done keeps its place."""
    with changing(item.conference, _act(by), by, key=key) as change:
        require_not_closed(change)
        held = _planned(item)
        siblings = [each for each in change.conference.items.filter(parent=held.parent) if each.pk != held.pk]
        done = sum(each.state != ItemState.PLANNED for each in siblings)
        place = next(
            (at for at, each in enumerate(siblings) if before and each.pk == before.pk), len(siblings)
        )
        siblings.insert(max(place, done), held)
        for order, each in enumerate(siblings, start=1):
            each.order = order
        AgendaItem.objects.bulk_update(siblings, ["order"])
        _tell(change, "move_item", held)
    item.refresh_from_db()
    return item


def choose_figures(
    *, item: AgendaItem, keys: Sequence[str], by: Attendee | None, key: str = ""
) -> AgendaItem:
    """Which figures and charts of the review the item shows; none takes the choice back. What is shown now stays.

    Raises: DomainError for too many, or for one the review does not have; Conflict for an item that is done.
    """
    with changing(item.conference, _act(by), by, key=key) as change:
        require_not_closed(change)
        held = AgendaItem.objects.get(pk=item.pk)
        if held.state == ItemState.DONE:
            raise preparing_errors.item_has_begun(held)
        chosen = list(dict.fromkeys(keys))
        require_room(chosen)
        if unknown := sorted(set(chosen) - {each.key for each in choices(change.conference, "vi")}):
            raise hall_errors.not_in_the_review(unknown)
        held.figures = chosen
        held.save(update_fields=["figures"])
        change.tell("choose_figures", thing=held, shows=("item",), item=held.pk, keys=chosen)
    item.refresh_from_db()
    return item


def remove_item(*, item: AgendaItem, by: Attendee | None, key: str = "") -> None:
    """One nothing hangs on; its removed documents stay in the audit and on the disk."""
    with changing(item.conference, _act(by), by, key=key) as change:
        require_not_closed(change)
        held = _planned(item)
        hanging = (
            held.children.exists(),
            held.documents.filter(is_removed=False).exists(),
            held.speeches.exists(),
            held.speakers.exists(),
            held.votes.exists(),
        )
        if any(hanging):
            raise preparing_errors.item_in_use(held)
        held.documents.all().delete()
        pk = held.pk
        held.delete()
        held.pk = pk
        _tell(change, "remove_item", held)


def _act(by: Attendee | None) -> Act:
    return Act.RUN_AGENDA if by is not None and by.may(Act.RUN_AGENDA) else Act.PREPARE


def _planned(item: AgendaItem) -> AgendaItem:
    held = AgendaItem.objects.select_related("parent", "presenter").get(pk=item.pk)
    if held.state != ItemState.PLANNED:
        raise preparing_errors.item_has_begun(held)
    return held


def _next_order(change: Change, parent: AgendaItem | None) -> int:
    last = change.conference.items.filter(parent=parent).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _moved(facts: ItemFacts, held: AgendaItem) -> ItemFacts:
    """Below another item, and nothing said of who sees it: no more people than that item."""
    above = facts.parent
    if above is None or above == held.parent or facts.visibility != held.visibility:
        return facts
    above.refresh_from_db(fields=["visibility"])
    return (
        replace(facts, visibility=above.visibility) if is_wider(held.visibility, above.visibility) else facts
    )


def _narrow_parts(item: AgendaItem) -> list[AgendaItem]:
    """Those more people saw than see the item now."""
    wider = [each for each in item.children.all() if is_wider(each.visibility, item.visibility)]
    for each in wider:
        each.visibility = item.visibility
    AgendaItem.objects.bulk_update(wider, ["visibility"])
    return wider


def _refuse_unfit(change: Change, facts: ItemFacts, item: AgendaItem | None = None) -> None:
    held = change.conference
    require_of(held, facts.parent)
    require_of(held, facts.presenter)
    if facts.parent is not None and facts.parent.parent_id is not None:
        raise preparing_errors.too_deep()
    if facts.parent is not None:
        _refuse_wider(facts.parent, facts.visibility)
    if item is not None and facts.parent is not None:
        if facts.parent.pk in descendants_of(item, held.items.all()):
            raise preparing_errors.item_inside_itself(item)
        if item.children.exists():
            raise preparing_errors.too_deep()
    if facts.planned_at is not None and not held.starts_at <= facts.planned_at <= held.ends_at:
        raise preparing_errors.outside_the_day(held)


def _refuse_wider(above: AgendaItem, visibility: str) -> None:
    above.refresh_from_db(fields=["visibility"])  # a form was filled before the conference was locked
    if is_wider(visibility, above.visibility):
        allowed = [str(each.label) for each in Visibility if not is_wider(each, above.visibility)]
        raise preparing_errors.wider_than_its_item(above, allowed)


def _tell(change: Change, what: str, item: AgendaItem) -> None:
    retime(change)
    change.tell(what, thing=item, shows=_SHOWN, item=item.pk, title=item.title_vi)
