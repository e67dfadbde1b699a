"""As stage_world, with something behind every address: a document, a roll-call, a vote, minutes.

python -m tests.conferences.media.secrets_world build VIEWERS
python -m tests.conferences.media.secrets_world act
"""

import json
import sys
from typing import Any

import django

from tests.conferences.media import stage_world
from tests.conferences.streams.process_world import admitted, session_of


def build(viewers: int) -> dict[str, Any]:
    from django.conf import settings

    from phoihop.conferences.codes import code_for
    from phoihop.conferences.enums import GrantKind
    from phoihop.conferences.models import Seat
    from tests.conferences.world import conference_world
    from tests.factories.indicators import programme_in

    world = conference_world(sites=3)
    world.conference.programmes.add(programme_in(world.conference.area))
    _furnish(world.in_session())
    seat = Seat.objects.get(delegation__site=world.sites[1], number=1)
    return {
        "slug": world.conference.slug,
        "chair": session_of(world.chair.user),
        "rooms": [admitted(world.grant(number)) for number in range(4)],
        "viewers": [admitted(world.grant(3, GrantKind.VIEW)) for _ in range(viewers)],
        "others": {
            **{duty.value: session_of(user) for duty, user in world.officials.items()},
            "desk": session_of(world.desk),
            "head": session_of(world.heads[2]),
            "seat": admitted(world.grant(1, GrantKind.SEAT, seat)),
        },
        "signing": settings.SECRET_KEY,
        "code": code_for("room", world.sites[1].pk, world.sites[1].code_edition),
    }


def _furnish(world: Any) -> None:
    from phoihop.conferences import actions
    from phoihop.conferences.enums import Scene, SpeakerKind, VoteKind
    from phoihop.conferences.facts import SpeechFacts
    from phoihop.conferences.models import Delegation
    from tests.conferences.actions.test_documents import pdf

    conference, first = world.conference, world.items[0]
    facts = SpeechFacts(title_vi="Kinh nghiệm của cơ sở", speaker_post="Giám đốc")
    actions.register_speech(delegation=Delegation.objects.get(site=world.sites[1]), facts=facts, by=None)
    actions.attach_document(item=world.items[1], name="bao-cao.pdf", content=pdf("Một", "Hai"), by=None)
    actions.open_roll_call(conference=conference, by=None)
    actions.open_list(item=first, by=None)
    actions.ask_to_speak(site=world.sites[1], kind=SpeakerKind.SPEECH, by=None, post="Giám đốc")
    actions.write_note(site=world.sites[1], text="Xin phát biểu sau giờ giải lao", by=None)
    asked = [
        actions.prepare_vote(item=first, title_vi=title, kind=VoteKind.NAMED, by=None)
        for title in ("Thông qua báo cáo", "Thông qua kết luận")
    ]
    actions.close_vote(vote=actions.open_vote(vote=asked[0], by=None), by=None)
    actions.open_vote(vote=asked[1], by=None)
    actions.draft_minutes(conference=conference, by=None)
    actions.draft_conclusion(conference=conference, by=None)
    actions.show_scene(
        conference=conference, scene=Scene.MOSAIC, by=None, sites=["diem-0", "diem-1", "diem-2"]
    )


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]))))
    else:
        stage_world.act()
