"""What the hall's screen shows: the director chooses, every screen that follows the hall goes along.

`hall["before"]`: what was chosen by hand, while the figures of an item of the agenda (`hall["item"]`) are shown.
"""

from typing import Any

from phoihop.conferences import errors, hall_errors
from phoihop.conferences.actions.changing import Change, changing
from phoihop.conferences.enums import ConferenceState, ItemState, Scene
from phoihop.conferences.models import AgendaItem, Conference
from phoihop.conferences.permissions import Act, Attendee


def show_scene(
    *, conference: Conference, scene: Scene, by: Attendee | None, key: str = "", **settings: Any
) -> Conference:
    """Also before the conference is opened; once it is closed the screens thank and say where its papers are.

    settings: of the scene, such as document and page, keys of figures, a message, the end of a countdown.
    """
    with changing(conference, Act.SHOW_HALL, by, key=key) as change:
        _show(change, {"scene": scene.value, **settings})
    return conference


def show_item_figures(*, item: AgendaItem, by: Attendee | None, key: str = "") -> Conference:
    """Those chosen for the item under discussion, of the area of whoever has the floor.

    Raises: Conflict where the item is not the one under discussion; DomainError where none were chosen for it.
    """
    with changing(item.conference, Act.SHOW_HALL, by, key=key) as change:
        held = AgendaItem.objects.get(pk=item.pk)
        if held.state != ItemState.CURRENT:
            raise hall_errors.item_not_under_discussion(held)
        if not held.figures:
            raise hall_errors.no_figures_chosen(held)
        told = {"scene": Scene.FIGURES.value, "keys": held.figures, "follow": True, "item": held.pk}
        _show(change, told, before=by_hand(change.conference.hall))
    return item.conference


def show_as_before(*, conference: Conference, by: Attendee | None, key: str = "") -> Conference:
    """Back to what was chosen by hand before the figures of an item. Raises: Conflict where none are shown."""
    with changing(conference, Act.SHOW_HALL, by, key=key) as change:
        if "item" not in change.conference.hall:
            raise hall_errors.nothing_to_go_back_to()
        _show(change, by_hand(change.conference.hall) or {"scene": Scene.SPEAKER.value})
    return conference


def by_hand(hall: dict[str, Any]) -> dict[str, Any]:
    """Of what is shown, the director's own choice."""
    return hall.get("before", {}) if "item" in hall else hall


def _show(change: Change, hall: dict[str, Any], before: dict[str, Any] | None = None) -> None:
    if change.conference.state == ConferenceState.CLOSED:
        raise errors.not_in_session(change.conference)
    change.conference.hall = hall if before is None else {**hall, "before": before}
    change.conference.save(update_fields=["hall"])
    change.tell("show_scene", shows=("hall",), **hall)
    change.command("settle")  # whom the hall may watch
