"""A small conference: the centre and three provinces, delegations with seats, an agenda of four items, its officials."""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.conferences.actions import add_item, begin_item, edit_item, join_site, open_conference
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import (
    ConferenceKind,
    ConferenceState,
    Duty,
    GrantKind,
    ItemKind,
    SiteKind,
    Visibility,
)
from phoihop.conferences.facts import ItemFacts, facts_of
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    Grant,
    Official,
    Organiser,
    Seat,
    Site,
)
from phoihop.conferences.permissions import Attendee, attendee_of
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.areas import area_under, nation
from tests.factories.orgs import UserFactory, police_of, user_for

INVITED = 12  # delegates of every delegation
SEATS = 3
# Who sees a part when it is made, who sees its item from then on, and who sees the part.
PARTS = [
    (Visibility.OPEN, Visibility.OPEN, Visibility.OPEN),
    (Visibility.INTERNAL, Visibility.OPEN, Visibility.INTERNAL),
    (Visibility.HIDDEN, Visibility.INTERNAL, Visibility.HIDDEN),
    (Visibility.OPEN, Visibility.INTERNAL, Visibility.INTERNAL),
    (Visibility.OPEN, Visibility.HIDDEN, Visibility.HIDDEN),
    (Visibility.INTERNAL, Visibility.HIDDEN, Visibility.HIDDEN),
]


@dataclass
class ConferenceWorld:
    conference: Conference
    centre: Organisation
    bodies: list[Organisation]
    sites: list[Site]  # the centre's first
    items: list[AgendaItem]
    desk: User
    officials: dict[Duty, User] = field(default_factory=dict)
    heads: list[User] = field(default_factory=list)

    def official(self, duty: Duty) -> Attendee:
        return attendee_of(self.conference, self.officials[duty])

    @property
    def chair(self) -> Attendee:
        return self.official(Duty.CHAIR)

    def head(self, number: int) -> Attendee:
        return attendee_of(self.conference, self.heads[number])

    def grant(self, number: int, kind: GrantKind = GrantKind.ROOM, seat: Seat | None = None) -> Grant:
        holder = seat or self.sites[number]
        code = code_for(kind.value, holder.pk, holder.code_edition)
        return join_site(site=self.sites[number], kind=kind, code=code, seat=seat)

    def room(self, number: int, kind: GrantKind = GrantKind.ROOM) -> Attendee:
        return attendee_of(self.conference, None, self.grant(number, kind))

    def seat(self, number: int, place: int = 1) -> Attendee:
        held = Seat.objects.get(delegation__site=self.sites[number], number=place)
        return attendee_of(self.conference, None, self.grant(number, GrantKind.SEAT, held))

    def in_session(self) -> "ConferenceWorld":
        """Opened, the first item under discussion."""
        open_conference(conference=self.conference, by=self.chair)
        begin_item(item=self.items[0], by=self.chair)
        return self

    def part(self, own: Visibility, above: Visibility) -> AgendaItem:
        """Of the last item: seen by `own` when it is made; then the item is narrowed to `above`."""
        facts = ItemFacts(
            kind=ItemKind.SPEECH,
            parent=self.items[-1],
            title_vi="Phần kín đáo",
            visibility=own,
            planned_minutes=5,
        )
        made = add_item(conference=self.conference, facts=facts, by=self.chair)
        narrower = replace(facts_of(self.items[-1], ItemFacts), visibility=above)
        edit_item(item=self.items[-1], facts=narrower, by=self.chair)
        return made

    def refreshed(self) -> Conference:
        self.conference.refresh_from_db()
        return self.conference


def conference_world(sites: int = 3, centre: Organisation | None = None, **fields: Any) -> ConferenceWorld:
    """Held by `centre`, the police of a country of its own unless told."""
    centre = centre or police_of(nation())
    country = centre.area
    start = clock.now() + timedelta(hours=1)
    conference = Conference.objects.create(
        slug="hoi-nghi-thu",
        kind=ConferenceKind.ONLINE,
        title_vi="Hội nghị trực tuyến sơ kết chương trình thử",
        title_en="Online conference of the trial programme",
        area=country,
        starts_at=start,
        ends_at=start + timedelta(hours=3),
        state=fields.pop("state", ConferenceState.INVITED),
        **fields,
    )
    Organiser.objects.create(conference=conference, organisation=centre)
    made = ConferenceWorld(
        conference, centre, [centre], [], _agenda(conference), user_for(centre, Role.CENTRAL_DESK)
    )
    for duty in (Duty.CHAIR, Duty.SECRETARY, Duty.DIRECTOR):
        made.officials[duty] = UserFactory(username=f"the-{duty.value}")
        Official.objects.create(
            conference=conference, duty=duty, organisation=centre, user=made.officials[duty]
        )
    _add_site(made, country, centre, "Trung ương", SiteKind.CENTRE)
    for number in range(sites):
        province = area_under(country, Level.PROVINCE, f"Tỉnh {number}")
        body = police_of(province, centre)
        made.bodies.append(body)
        _add_site(made, province, body, province.full_name, SiteKind.SPEAKING)
    return made


def _agenda(conference: Conference) -> list[AgendaItem]:
    kinds = (ItemKind.OPENING, ItemKind.REPORT, ItemKind.DISCUSSION, ItemKind.CONCLUSION)
    return [
        AgendaItem.objects.create(
            conference=conference,
            kind=kind,
            title_vi=f"Nội dung {number}",
            title_en=f"Item {number}",
            order=number,
            planned_minutes=20,
            planned_at=conference.starts_at + timedelta(minutes=20 * (number - 1)),
        )
        for number, kind in enumerate(kinds, start=1)
    ]


def _add_site(made: ConferenceWorld, area: Area, body: Organisation, name: str, kind: SiteKind) -> None:
    number = len(made.sites)
    made.heads.append(UserFactory(username=f"head-{number}"))
    site = Site.objects.create(
        conference=made.conference,
        slug=f"diem-{number}",
        kind=kind,
        level=area.level,
        area=area,
        name_vi=f"Điểm cầu {name}",
        head=made.heads[number],
        head_post="Giám đốc",
        order=number,
    )
    delegation = Delegation.objects.create(
        site=site, bloc=body.party, organisation=body, title_vi=f"Đoàn {name}", invited=INVITED
    )
    Seat.objects.bulk_create(Seat(delegation=delegation, number=each) for each in range(1, SEATS + 1))
    made.sites.append(site)
