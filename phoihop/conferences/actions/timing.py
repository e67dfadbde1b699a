from phoihop.conferences.actions.changing import Change
from phoihop.conferences.enums import ItemState
from phoihop.conferences.models import AgendaItem
from phoihop.conferences.tree import nodes_of


def retime(change: Change) -> None:
    """Inside another change: planned times follow from order and minutes; what has begun keeps its own."""
    nodes = nodes_of(change.conference.items.all(), change.conference.starts_at)
    moved = []
    for node in nodes:
        if node.item.state == ItemState.PLANNED and node.item.planned_at != node.begins_at:
            node.item.planned_at = node.begins_at
            moved.append(node.item)
    AgendaItem.objects.bulk_update(moved, ["planned_at"])
    change.show_agenda_anew()
