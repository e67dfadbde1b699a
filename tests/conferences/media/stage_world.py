"""A conference in session on disk, for a server with its media engine; see process_world for how it is driven.

python -m tests.conferences.media.stage_world build VIEWERS
python -m tests.conferences.media.stage_world act
"""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import django

from tests.conferences.streams.installed import acted
from tests.conferences.streams.process_world import admitted, session_of


def build(viewers: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from phoihop.conferences.enums import GrantKind
    from tests.conferences.world import conference_world

    world = conference_world(sites=3).in_session()
    return {
        "slug": world.conference.slug,
        "chair": session_of(world.chair.user),
        "rooms": [admitted(world.grant(number)) for number in range(4)],
        "seat": admitted(
            world.grant(1, GrantKind.SEAT, world.sites[1].delegations.get().seats.get(number=1))
        ),
        "viewers": [admitted(world.grant(3, GrantKind.VIEW)) for _ in range(viewers)],  # of a site that stays
    }


def act() -> None:
    from phoihop.conferences.models import Conference

    conference = Conference.objects.get()

    def acts(what: str, number: int) -> object:
        answer = _acts(conference)[what](number)
        conference.refresh_from_db()
        return answer if isinstance(answer, list | str) else conference.last_seq

    acted(acts)


def _acts(conference: Any) -> dict[str, Callable[[int], object]]:
    from phoihop.conferences import actions
    from phoihop.conferences.enums import Scene, SpeakerKind, Visibility
    from phoihop.conferences.models import MediaCommand
    from phoihop.core.errors import Conflict

    sites, items = list(conference.sites.all()), list(conference.items.all())

    def floor(number: int) -> None:
        speaker = actions.ask_to_speak(site=sites[number], kind=SpeakerKind.POINT_OF_ORDER, by=None)
        actions.give_floor(speaker=speaker, by=None)

    def ask(number: int) -> str:
        """Only asks: who gives the floor is the console's business."""
        speaker = actions.ask_to_speak(site=sites[number], kind=SpeakerKind.POINT_OF_ORDER, by=None)
        return str(speaker.pk)

    def take_back() -> None:
        with suppress(Conflict):  # nobody had it
            actions.take_floor_back(conference=conference, by=None)

    def closed(number: int, visibility: str) -> None:
        conference.items.filter(pk=items[number].pk).update(visibility=visibility)
        actions.begin_item(item=items[number], by=None)

    return {
        "ask": ask,
        "floor": floor,
        "take_back": lambda _number: take_back(),
        "message": lambda _number: actions.show_scene(
            conference=conference, scene=Scene.MESSAGE, by=None, text="Hội nghị nghỉ giải lao 15 phút"
        ),
        "begin": lambda number: actions.begin_item(item=items[number], by=None),
        "internal": lambda number: closed(number, Visibility.INTERNAL),
        "hidden": lambda number: closed(number, Visibility.HIDDEN),
        "remove": lambda number: actions.remove_site(site=sites[number], by=None),
        "record": lambda _number: actions.start_recording(conference=conference, by=None),
        "stop_recording": lambda _number: actions.stop_recording(conference=conference, by=None),
        "film": lambda _number: _film(conference),
        "close_vote": lambda _number: actions.close_vote(vote=conference.votes.get(state="open"), by=None),
        "close": lambda _number: actions.close_conference(conference=conference, by=None),
        "commands": lambda _number: [
            [each.name, each.state, each.fault] for each in MediaCommand.objects.order_by("pk")
        ],
    }


def _film(conference: Any) -> list[Any]:
    """[state, fault, where it lies, seconds, hash, chapters], or nothing yet."""
    from phoihop.conferences.models import Recording
    from phoihop.core import storage

    held = Recording.objects.filter(conference=conference).first()
    if held is None:
        return []
    return [
        held.state,
        held.fault,
        str(storage.place_of(held.path)),
        held.seconds,
        held.sha256,
        held.chapters,
    ]


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]))))
    else:
        act()
