"""A conference on disk for processes of its own: built, then changed by acts that come line by line.

python -m tests.conferences.streams.process_world build VIEWERS  sessions of the chair, two rooms and the viewers; JSON
python -m tests.conferences.streams.process_world act            reads lines such as ["scene", 3]; answers each with a line of JSON
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from tests.conferences.streams.installed import acted


def build(viewers: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from phoihop.conferences.enums import GrantKind
    from tests.conferences.world import conference_world

    world = conference_world().in_session()
    return {
        "slug": world.conference.slug,
        "chair": session_of(world.chair.user),
        "officials": {duty.value: session_of(user) for duty, user in world.officials.items()},
        "rooms": [admitted(world.grant(number)) for number in (1, 2)],
        "viewers": [admitted(world.grant(1, GrantKind.VIEW)) for _ in range(viewers)],
    }


def session_of(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def admitted(grant: Any) -> str:
    from django.contrib.sessions.backends.db import SessionStore

    from phoihop.conferences.access import SESSION_KEY

    session = SessionStore()
    session[SESSION_KEY] = {str(grant.site.conference_id): grant.pk}
    session.save()
    return str(session.session_key)


def act() -> None:
    from phoihop.conferences.models import Conference

    conference = Conference.objects.get()

    def acts(what: str, number: int) -> object:
        answer = _acts(conference)[what](number)
        conference.refresh_from_db()
        return answer if isinstance(answer, list | str) else conference.last_seq

    acted(acts)


def _acts(conference: Any) -> dict[str, Callable[[int], object]]:
    from phoihop.conferences.actions import begin_item, remove_site, show_scene
    from phoihop.conferences.audiences import Audience
    from phoihop.conferences.enums import Scene, Visibility
    from phoihop.conferences.models import Connection
    from phoihop.conferences.streams.tickets import Ticket

    items, sites = list(conference.items.all()), list(conference.sites.all())
    return {
        "scene": lambda number: show_scene(
            conference=conference, scene=Scene.MESSAGE, by=None, text=f"Lời {number}"
        ),
        "begin": lambda number: begin_item(item=items[number], by=None),
        "hide": lambda number: conference.items.filter(pk=items[number].pk).update(
            visibility=Visibility.HIDDEN
        ),
        "remove": lambda number: remove_site(site=sites[number], by=None),
        "end_duty": lambda number: _end_duty(conference, ("chair", "secretary", "director")[number]),
        "end_codes": lambda number: conference.sites.filter(pk=sites[number].pk).update(code_edition=2),
        "ticket": lambda seconds: Ticket(
            conference.slug, Audience.VIEWERS, "http://127.0.0.1", time.time() + seconds
        ).signed(),
        "connections": lambda _number: [
            [each.site.slug, each.kind, each.closed_at is not None]
            for each in Connection.objects.select_related("site").order_by("opened_at")
        ],
    }


def _end_duty(conference: Any, duty: str) -> None:
    """As the secretary does it before a conference and while it is in session; another chair stays."""
    from phoihop.conferences.actions import remove_official
    from phoihop.conferences.models import Official
    from tests.factories.orgs import OrganisationFactory, UserFactory

    if duty == "chair":
        other = OrganisationFactory(area=conference.area, slug="another-chairs")
        Official.objects.create(
            conference=conference, duty=duty, organisation=other, user=UserFactory(username="another-chair")
        )
    remove_official(official=conference.officials.get(duty=duty, user__username=f"the-{duty}"), by=None)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]))))
    else:
        act()
