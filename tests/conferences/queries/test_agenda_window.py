"""What a wall shows of a long agenda."""

import pytest

from phoihop.conferences.audiences import Audience
from phoihop.conferences.enums import ItemKind, ItemState
from phoihop.conferences.models import AgendaItem
from phoihop.conferences.queries.agenda import agenda_of, window_of
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld


@pytest.mark.parametrize(
    ("current", "before", "first", "after"),
    [(None, 0, 1, 12), (1, 0, 1, 12), (9, 7, 8, 5), (20, 12, 13, 0)],
)
def test_the_item_under_discussion_is_in_sight_with_the_one_before_it(
    world: ConferenceWorld, current: int | None, before: int, first: int, after: int
) -> None:
    """Twenty items, eight lines."""
    for number in range(5, 21):
        AgendaItem.objects.create(
            conference=world.conference, kind=ItemKind.REPORT, title_vi=f"Nội dung {number}", order=number
        )
    if current:
        items = world.conference.items
        began = clock.now()
        items.filter(order__lt=current).update(state=ItemState.DONE, began_at=began, ended_at=began)
        items.filter(order=current).update(state=ItemState.CURRENT, began_at=began)
    found = window_of(agenda_of(world.conference, Audience.VIEWERS), 8)
    assert (found.before, found.lines[0].number, found.after) == (before, str(first), after)
    assert [line.item.order for line in found.lines] == list(range(first, first + 8))


def test_a_short_agenda_is_shown_whole(world: ConferenceWorld) -> None:
    now = clock.now()
    world.conference.items.update(state=ItemState.DONE, began_at=now, ended_at=now)
    found = window_of(agenda_of(world.conference, Audience.VIEWERS), 8)
    assert (found.before, len(found.lines), found.after) == (0, 4, 0)
