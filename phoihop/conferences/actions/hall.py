"""What the hall's screen shows: the director chooses, every screen that follows the hall goes along."""

from typing import Any

from phoihop.conferences import errors
from phoihop.conferences.actions.changing import changing
from phoihop.conferences.enums import ConferenceState, Scene
from phoihop.conferences.models import Conference
from phoihop.conferences.permissions import Act, Attendee


def show_scene(
    *, conference: Conference, scene: Scene, by: Attendee | None, key: str = "", **settings: Any
) -> Conference:
    """Also before the conference is opened; once it is closed the screens thank and say where its papers are.

    settings: of the scene, such as document and page, keys of figures, a message, the end of a countdown.
    """
    with changing(conference, Act.SHOW_HALL, by, key=key) as change:
        if change.conference.state == ConferenceState.CLOSED:
            raise errors.not_in_session(change.conference)
        change.conference.hall = {"scene": scene.value, **settings}
        change.conference.save(update_fields=["hall"])
        change.tell("show_scene", shows=("hall",), scene=scene.value, **settings)
        change.command("settle")  # whom the hall may watch
    return conference
