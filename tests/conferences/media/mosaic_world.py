"""A conference of many sites in session on disk, for a wall that shows them at once; driven as stage_world is.

python -m tests.conferences.media.mosaic_world build SITES
python -m tests.conferences.media.mosaic_world act
"""

import json
import sys
import time
from typing import Any

import django

from tests.conferences.streams.installed import acted
from tests.conferences.streams.process_world import admitted, session_of


def build(sites: int) -> dict[str, Any]:
    from tests.conferences.world import conference_world

    world = conference_world(sites=sites - 1).in_session()
    return {
        "slug": world.conference.slug,
        "chair": session_of(world.chair.user),
        "rooms": [admitted(world.grant(number)) for number in range(sites)],
    }


def act() -> None:
    from phoihop.conferences import actions
    from phoihop.conferences.models import Conference

    def acts(what: str, number: int) -> object:
        conference = Conference.objects.get()
        if what == "grant":
            return _grant(conference.sites.all()[number])
        if what == "roll_call":
            actions.open_roll_call(conference=conference, by=None)
        if what == "page":
            _show_page(conference, number)
        return conference.last_seq

    acted(acts)


def _grant(site: Any) -> str:
    """To send, as the page of the site's room is given one."""
    from phoihop.conferences.enums import GrantKind
    from phoihop.conferences.media.grants import LIFETIME, MediaGrant, Part
    from phoihop.conferences.models import Grant

    door = Grant.objects.get(site=site, kind=GrantKind.ROOM)
    return MediaGrant(
        conference=site.conference.slug,
        part=Part.PUBLISH.value,
        until=time.time() + LIFETIME,
        site=site.slug,
        door=door.pk,
        user=None,
    ).signed()


def _show_page(conference: Any, number: int) -> None:
    from phoihop.conferences.actions import show_scene
    from phoihop.conferences.enums import Scene
    from phoihop.conferences.queries.stage import pages_of_sites

    pages = pages_of_sites(conference)
    sites = [site.slug for site in pages[number - 1]]
    show_scene(conference=conference, scene=Scene.MOSAIC, by=None, page=number, pages=len(pages), sites=sites)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]))))
    else:
        act()
