from datetime import date, timedelta
from typing import Any

import pytest

from phoihop.areas.enums import Level
from phoihop.areas.models import AreaAncestor
from phoihop.conferences.actions import (
    add_delegation,
    add_site,
    add_sites_for_level,
    ask_to_speak,
    begin_item,
    delete_delegation,
    delete_site,
    edit_delegation,
    edit_site,
    open_conference,
    open_list,
    set_seats,
)
from phoihop.conferences.enums import GrantKind, SiteKind, SpeakerKind
from phoihop.conferences.facts import DelegationFacts, SiteFacts, facts_of, mark_of
from phoihop.conferences.models import Delegation, Site, Vote
from phoihop.conferences.permissions import Attendee, attendee_of
from phoihop.conferences.preparing_errors import ChangedMeanwhile
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Post
from tests.conferences.world import ConferenceWorld, conference_world
from tests.factories.areas import area_under
from tests.factories.orgs import OrganisationFactory, UserFactory, police_of, user_for

REFORM = date(2026, 6, 10)


@pytest.fixture
def bare(db: None, moment: Any) -> ConferenceWorld:
    """Provinces with their bodies, and no site yet."""
    world = conference_world()
    world.conference.sites.all().delete()
    return world


def desk(world: ConferenceWorld) -> Attendee:
    return attendee_of(world.conference, world.desk)


def test_one_click_makes_a_site_of_every_province_and_a_centre(bare: ConferenceWorld) -> None:
    body = bare.bodies[1]
    Post.objects.create(organisation=body, slug="pho", title_vi="Phó Giám đốc", order=2)
    Post.objects.create(organisation=body, slug="giam-doc", title_vi="Giám đốc", order=1)
    for _ in range(2):
        OrganisationFactory(area=body.area, party=PartyKind.MEMBER_ORGANISATION)
    made = add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=2, by=desk(bare))
    assert [(site.slug, site.kind) for site in made] == [
        ("trung-uong", SiteKind.CENTRE), ("tinh-0", SiteKind.SPEAKING), ("tinh-1", SiteKind.SPEAKING), ("tinh-2", SiteKind.SPEAKING),
    ]  # fmt: skip
    assert made[1].name_vi == "Điểm cầu tỉnh Tỉnh 0"
    told = Delegation.objects.filter(site=made[1]).values_list("bloc", "organisation", "invited", "posts")
    assert list(told) == [
        (PartyKind.POLICE, body.pk, 2, ["Giám đốc", "Phó Giám đốc"]),
        (PartyKind.MEMBER_ORGANISATION, None, 2, []),
    ]


def test_a_second_click_adds_nothing_and_a_province_added_since_is_added(bare: ConferenceWorld) -> None:
    first = add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=1, by=desk(bare))
    again = add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=1, by=desk(bare))
    delete_site(site=first[2], by=desk(bare))
    third = add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=1, by=desk(bare))
    assert (len(first), len(again), [site.slug for site in third]) == (4, 0, [first[2].slug])


def _among_sites(world: ConferenceWorld, *names: str) -> tuple[bool, ...]:
    there = {site.area.name for site in world.conference.sites.all()}
    return tuple(name in there for name in names)


def test_the_map_is_that_of_the_conferences_day(bare: ConferenceWorld) -> None:
    """A province that ends before the day has no site, one that begins then has."""
    country = bare.conference.area
    old = area_under(country, Level.PROVINCE, "Cũ", valid_until=REFORM)
    area_under(country, Level.PROVINCE, "Mới", valid_from=REFORM)
    police_of(old)
    AreaAncestor.objects.filter(area=old).update(valid_until=None)  # the unit's own dates are asked too
    add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=1, by=desk(bare))
    assert _among_sites(bare, "Mới", "Cũ") == (True, False)
    bare.conference.sites.all().delete()
    bare.conference.starts_at -= timedelta(days=30)
    bare.conference.save()
    add_sites_for_level(conference=bare.conference, level=Level.PROVINCE, heads=1, by=desk(bare))
    assert _among_sites(bare, "Mới", "Cũ") == (False, True)


def test_a_level_that_is_not_there_is_refused(bare: ConferenceWorld) -> None:
    with pytest.raises(DomainError, match="Ngày 16/06/2026 trên địa bàn không có đơn vị “Cấp huyện”"):
        add_sites_for_level(conference=bare.conference, level=Level.DISTRICT, heads=1, by=desk(bare))
    assert not bare.conference.sites.exists()


def test_a_conference_has_one_centre(world: ConferenceWorld) -> None:
    facts = SiteFacts(kind=SiteKind.CENTRE, area=world.conference.area, name_vi="Điểm cầu khác")
    with pytest.raises(Conflict, match="đã là điểm cầu trung tâm"):
        add_site(conference=world.conference, facts=facts, by=desk(world))


def site_facts(site: Site, **changes: object) -> SiteFacts:
    held = facts_of(site, SiteFacts)
    return SiteFacts(**{name: getattr(held, name) for name in SiteFacts.__dataclass_fields__} | changes)


def test_a_head_is_a_member_of_a_body_of_the_area(world: ConferenceWorld) -> None:
    site = world.sites[1]
    stranger, member = UserFactory(), user_for(world.bodies[1], Role.APPROVER)
    with pytest.raises(DomainError, match="không có vai trò tại"):
        edit_site(site=site, facts=site_facts(site, head=stranger), by=desk(world))
    edit_site(site=site, facts=site_facts(site, head=member), by=desk(world))
    assert attendee_of(world.conference, member).site == site


def test_two_people_editing_one_site_lose_nothing(world: ConferenceWorld) -> None:
    site = world.sites[1]
    seen = mark_of(facts_of(site, SiteFacts))
    edit_site(site=site, facts=site_facts(site, technical_phone="024 1234"), by=desk(world), seen=seen)
    with pytest.raises(ChangedMeanwhile):
        edit_site(site=site, facts=site_facts(site, technical_phone=""), by=desk(world), seen=seen)
    site.refresh_from_db()
    assert site.technical_phone == "024 1234"


def test_a_site_that_took_part_stays(world: ConferenceWorld) -> None:
    world.grant(1)
    with pytest.raises(Conflict, match="đã tham gia"):
        delete_site(site=world.sites[1], by=desk(world))
    delete_site(site=world.sites[2], by=desk(world))
    assert [site.slug for site in world.conference.sites.all()] == ["diem-0", "diem-1", "diem-3"]


def test_a_site_that_spoke_stays(world: ConferenceWorld) -> None:
    open_conference(conference=world.conference, by=world.chair)
    begin_item(item=world.items[0], by=world.chair)
    open_list(item=world.items[0], by=world.chair)
    ask_to_speak(site=world.sites[2], kind=SpeakerKind.SPEECH, by=world.head(2))
    with pytest.raises(Conflict, match="đã tham gia"):
        delete_site(site=world.sites[2], by=desk(world))


def test_delegations_are_added_changed_and_removed(world: ConferenceWorld) -> None:
    site = world.sites[1]
    facts = DelegationFacts(title_vi="Đoàn khách mời", posts=("Chủ tịch", "Phó Chủ tịch"), invited=2)
    made = add_delegation(site=site, facts=facts, seats=2, by=desk(world))
    edit_delegation(
        delegation=made, facts=DelegationFacts(title_vi="Đoàn khách", invited=5), seats=1, by=desk(world)
    )
    assert (made.title_vi, made.invited, made.posts, made.seats.count()) == ("Đoàn khách", 5, [], 1)
    with pytest.raises(Conflict, match="đã có đoàn tên “Đoàn khách”"):
        add_delegation(site=site, facts=DelegationFacts(title_vi="Đoàn khách"), by=desk(world))
    delete_delegation(delegation=made, by=desk(world))
    assert site.delegations.count() == 1


def test_a_seat_that_joined_is_not_taken_away(world: ConferenceWorld) -> None:
    delegation = world.sites[1].delegations.get()
    world.grant(1, GrantKind.SEAT, delegation.seats.get(number=2))
    with pytest.raises(Conflict, match="từ ghế số 2"):
        set_seats(delegation=delegation, count=1, by=desk(world))
    set_seats(delegation=delegation, count=2, by=desk(world))
    assert [seat.number for seat in delegation.seats.all()] == [1, 2]


def test_seats_do_not_change_while_a_vote_is_open(world: ConferenceWorld) -> None:
    Vote.objects.create(
        conference=world.conference, item=world.items[0], title_vi="Thông qua", kind="named", state="open"
    )
    with pytest.raises(Conflict, match="Đang biểu quyết"):
        set_seats(delegation=world.sites[1].delegations.get(), count=9, by=desk(world))


def test_a_head_prepares_nothing(world: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed, match="Thư ký, Điều hành kỹ thuật"):
        delete_site(site=world.sites[2], by=world.head(1))
