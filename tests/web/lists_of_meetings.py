"""Rows for the lists of a conference: see lists.py."""

from phoihop.areas.enums import Level
from phoihop.conferences.actions import answer_roll_call, open_roll_call
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    Official,
    Recording,
    RollCall,
    Seat,
    Site,
)
from phoihop.core import clock, storage
from tests.conferences.world import conference_world
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.web.lists import Listed
from tests.web.world import PageWorld

HELD = "/hoi-nghi/hoi-nghi-thu/"


def conference_of(world: PageWorld, first: int) -> Conference:
    """Who is at the centre's desk holds every duty in it."""
    base = world.told.base
    if first == 0:
        made = conference_world(0, base.centre).conference
        Official.objects.filter(conference=made).update(user=base.central_desk)
    return Conference.objects.get(slug="hoi-nghi-thu")


def sites_invited(world: PageWorld, first: int, last: int) -> None:
    sites_of(conference_of(world, first), world, first, last)


def sites_of(conference: Conference, world: PageWorld, first: int, last: int) -> None:
    """Each of an area, with a delegation of a body of its own."""
    base = world.told.base
    for number in range(first, last):
        commune = area_under(base.province, Level.COMMUNE, f"Nơi {number}")
        site = Site.objects.create(
            conference=conference, slug=f"noi-{number}", kind="speaking", level=commune.level, area=commune,
            name_vi=f"Điểm cầu số {number}", order=number + 10,
        )  # fmt: skip
        delegation = Delegation.objects.create(
            site=site, bloc="police", organisation=police_of(commune, base.desk), title_vi=f"Đoàn số {number}", invited=2
        )  # fmt: skip
        Seat.objects.bulk_create(Seat(delegation=delegation, number=each) for each in (1, 2))


def delegations_answering(world: PageWorld, first: int, last: int) -> None:
    if first == 0:
        made = conference_world(0, world.told.base.centre).in_session()
        Official.objects.filter(conference=made.conference).update(user=world.told.base.central_desk)
        open_roll_call(conference=made.refreshed(), by=None)
    sites_of(Conference.objects.get(), world, first, last)
    roll_call = RollCall.objects.get()
    for delegation in Delegation.objects.filter(answers__isnull=True, organisation__area__level="commune"):
        answer_roll_call(roll_call=roll_call, delegation=delegation, present=2, by=None)


def items_recorded(world: PageWorld, first: int, last: int) -> None:
    """Each a chapter of the film."""
    conference = conference_of(world, first)
    if first == 0:
        sha256, path = storage.keep(b"no film at all")
        Recording.objects.create(
            conference=conference, state="made", made_at=clock.now(), path=path, sha256=sha256, size_bytes=14,
            seconds=5_400, chapters=[], kept_until=clock.today(),
        )  # fmt: skip
    held = Recording.objects.get(conference=conference)
    for number in range(first, last):
        item = AgendaItem.objects.create(
            conference=conference, kind="report", title_vi=f"Việc số {number}", title_en="x", order=number + 10,
            planned_minutes=5, planned_at=conference.starts_at,
        )  # fmt: skip
        held.chapters.append({"seconds": 60 * number, "item": item.pk})
    held.save()


MEETINGS = {
    "sites' readiness": Listed(sites_invited, f"{HELD}san-sang/", "data-site=", 15),
    "roll-call": Listed(delegations_answering, f"{HELD}diem-danh/", "Đoàn số", 22),
    "chapters of a recording": Listed(items_recorded, f"{HELD}ghi-hinh/", "Việc số", 12),
    "documents of an agenda": Listed(items_recorded, f"{HELD}chuan-bi/tai-lieu/", "Việc số", 12),
}
