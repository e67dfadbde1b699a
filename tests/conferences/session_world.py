"""A conference on disk, still to be opened: of a frozen review, with a document, codes, and sessions of who signs in.

python -m tests.conferences.session_world build SEATS  the slug, sessions, codes and the seats' slips; JSON
python -m tests.conferences.session_world act          reads lines such as ["log", 0]; answers each with a line of JSON
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from tests.conferences.streams.installed import Installation, acted

REVIEWED = "diem-2"  # its area is the review's one province
MESSAGE = "Giải lao đến 10 giờ"
CHOSEN = ("B01", "L01", "L02", "chart:completeness")  # of the third item and the last
LONG_TITLE = "Thảo luận về kết quả phối hợp và các giải pháp nâng cao chất lượng lực lượng nòng cốt ở cơ sở"


@contextmanager
def installation(folder: Path, seats: int = 1) -> Iterator[Installation]:
    """With its server running, on SQLite; without media, whatever the environment says."""
    none = {"PHOIHOP_MEDIA_ENGINE": ""}
    made = Installation(folder, f"sqlite:///{folder / 'phoihop.sqlite3'}", program=__name__, more=none)
    try:
        made.build(seats)
        made.start()
        yield made
    finally:
        made.end()


def build(seats: int) -> dict[str, Any]:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.conferences.reviewed import with_charts
    from tests.conferences.streams.process_world import session_of
    from tests.conferences.world import conference_world
    from tests.web.world import page_world

    told = page_world()
    reviewed = with_charts(told.frozen(), told.told.base.province.pk)
    world = conference_world(review=reviewed)
    world.conference.programmes.add(told.programme)
    world.conference.sites.filter(slug=REVIEWED).update(area=told.told.base.province)
    other = _second_chair(world)
    _attach(world)
    _name(world)
    return {
        "slug": world.conference.slug,
        "sessions": {
            user.username: session_of(user) for user in (*world.officials.values(), other, *world.heads)
        },
        "codes": {site.slug: _code("room", site) for site in world.sites},
        "view_codes": {site.slug: _code("view", site) for site in world.sites},
        "slips": _slips(world, seats),
    }


def _second_chair(world: Any) -> Any:
    from phoihop.conferences.enums import Duty
    from phoihop.conferences.models import Official
    from tests.factories.orgs import UserFactory

    other = UserFactory(username="other-chair")
    Official.objects.create(
        conference=world.conference, duty=Duty.CHAIR, organisation=world.bodies[1], user=other
    )
    return other


def _name(world: Any) -> None:
    """The longest words a wall has to hold: those of an item and of a delegation as they are written in life."""
    for item, title in ((world.items[2], world.items[2].title_vi), (world.items[3], LONG_TITLE)):
        item.title_vi, item.figures = title, list(CHOSEN)
        item.save()


def _attach(world: Any) -> None:
    import typst

    from phoihop.conferences.actions import attach_document

    content = typst.compile({"main.typ": "= Một\n#pagebreak()\n= Hai".encode()}, format="pdf")
    attach_document(item=world.items[1], name="bao-cao.pdf", content=bytes(content), by=None)


def _slips(world: Any, seats: int) -> list[dict[str, Any]]:
    """Of the first site after the centre's."""
    from phoihop.conferences.models import Seat

    held = Seat.objects.filter(delegation__site=world.sites[1]).order_by("pk")[:seats]
    return [{"number": seat.pk, "code": _code("seat", seat)} for seat in held]


def _code(kind: str, holder: Any) -> str:
    from phoihop.conferences.codes import code_for

    return code_for(kind, holder.pk, holder.code_edition)


def act() -> None:
    from phoihop.conferences.models import Conference

    acted(lambda what, number: _told(Conference.objects.get(), what, number))


def _told(conference: Any, what: str, number: int) -> Any:
    from phoihop.conferences.actions import close_vote, open_vote, prepare_vote, show_scene
    from phoihop.conferences.display import current_item
    from phoihop.conferences.enums import Scene, VoteKind
    from phoihop.conferences.models import Vote, VoteCast
    from tests.conferences import session_scenes

    if what in session_scenes.ACTS:
        session_scenes.ACTS[what](conference, number)
    if what == "log":
        return [f"{each.type} {each.actor}" for each in conference.events.order_by("seq")]
    if what == "casts":
        return list(VoteCast.objects.filter(vote=Vote.objects.latest("pk")).values_list("seat", flat=True))
    if what == "accept":
        _correct(number)
    if what == "message":
        show_scene(conference=conference, scene=Scene.MESSAGE, by=None, text=f"{MESSAGE} ({number})")
    if what == "item":
        _begin(conference, conference.items.all()[number])
    if what == "floor":
        _give(conference.sites.get(slug=f"diem-{number}"), current_item(conference))
    if what == "vote":
        item = current_item(conference)
        open_vote(vote=prepare_vote(item=item, title_vi="Thông qua", kind=VoteKind.NAMED, by=None), by=None)
    if what == "close_vote":
        close_vote(vote=Vote.objects.latest("pk"), by=None)
    return conference.last_seq


def _correct(sessions: int) -> None:
    """Of the one unit that reported."""
    from phoihop.reports.models import Report
    from tests.reports.world import accepted

    cells = {"B01": str(sessions), "B02": str(40 * sessions)}
    given = Report.objects.filter(accepted_version__isnull=False).order_by("pk")[0]
    accepted(given, cells, reason="Đính chính số liệu")


def _begin(conference: Any, item: Any) -> None:
    """The conference is opened where it was not; sites may ask."""
    from phoihop.conferences.actions import begin_item, open_conference, open_list

    if conference.state != "open":
        open_conference(conference=conference, by=None)
    begin_item(item=item, by=None)
    open_list(item=item, by=None)


def _give(site: Any, item: Any) -> None:
    from phoihop.conferences.actions import enter_speaker, give_floor

    give_floor(speaker=enter_speaker(item=item, site=site, by=None), by=None)


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "build":
        print(json.dumps(build(int(sys.argv[2]))))
    else:
        act()
