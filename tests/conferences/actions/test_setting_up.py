from datetime import timedelta

import pytest

from phoihop.accounts.models import User
from phoihop.areas.enums import Level
from phoihop.audit.models import AuditEvent
from phoihop.conferences.actions import (
    add_official,
    create_conference,
    edit_conference,
    edit_official,
    open_conference,
    remove_official,
    set_organisers,
)
from phoihop.conferences.enums import ConferenceState, Duty
from phoihop.conferences.facts import ConferenceFacts, OfficialFacts, facts_of, mark_of
from phoihop.conferences.models import Conference, Official
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.preparing_errors import ChangedMeanwhile
from phoihop.core import clock
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Post
from phoihop.programmes.models import Programme
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import OrganisationFactory, UserFactory, user_for


@pytest.fixture
def programme(world: ConferenceWorld) -> Programme:
    return Programme.objects.create(
        slug="09", kind="joint", number="09", title_vi="Chương trình", title_en="Programme",
        area=world.conference.area, term_from=clock.today(), term_until=clock.today() + timedelta(days=900),
    )  # fmt: skip


def said(**changes: object) -> ConferenceFacts:
    start = clock.now() + timedelta(days=10)
    facts = {
        "kind": "online",
        "title_vi": "Hội nghị sơ kết",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
    }
    return ConferenceFacts(**{**facts, **changes})


def created(world: ConferenceWorld, programme: Programme, by: User | None, **changes: object) -> Conference:
    return create_conference(
        facts=said(**changes), area=world.conference.area, programmes=[programme],
        organisers=[(world.centre, None)], by=by,
    )  # fmt: skip


def test_the_leading_bodys_desk_creates_a_conference_that_nobody_else_sees(
    world: ConferenceWorld, programme: Programme
) -> None:
    made = created(world, programme, world.desk)
    assert (made.state, made.slug) == (ConferenceState.PREPARING, "2026-06-26")
    assert [each.organisation for each in made.organisers.all()] == [world.centre]
    assert [(each.seq, each.type, each.actor) for each in made.events.all()] == [
        (1, "create_conference", world.desk.username)
    ]
    outsider = user_for(world.bodies[1], Role.REPORTING_OFFICER)
    seen = [
        Conference.objects.visible_to(user).filter(pk=made.pk).exists() for user in (world.desk, outsider)
    ]
    assert seen == [True, False]


def test_a_second_conference_of_the_day_has_another_address(
    world: ConferenceWorld, programme: Programme
) -> None:
    assert [created(world, programme, None).slug for _ in range(2)] == ["2026-06-26", "2026-06-26-2"]


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.CENTRAL_DESK, True), (Role.APPROVER, True), (Role.REPORTING_OFFICER, False), (Role.READER, False)],
)
def test_who_may_create_one(world: ConferenceWorld, programme: Programme, role: Role, may: bool) -> None:
    user = user_for(world.centre, role)
    if may:
        assert created(world, programme, user).pk
    else:
        with pytest.raises(NotAllowed, match="cơ quan chủ trì tổ chức"):
            created(world, programme, user)
        assert Conference.objects.count() == 1


def test_an_end_before_the_beginning_is_refused(world: ConferenceWorld, programme: Programme) -> None:
    with pytest.raises(DomainError, match="Giờ kết thúc phải sau giờ bắt đầu"):
        created(world, programme, None, ends_at=clock.now())


def test_a_later_beginning_moves_the_agenda_along(world: ConferenceWorld) -> None:
    held = world.conference
    before = [item.planned_at for item in held.items.all()]
    later = timedelta(minutes=30)
    facts = facts_of(held, ConferenceFacts)
    moved = ConferenceFacts(
        **{name: getattr(facts, name) for name in ConferenceFacts.__dataclass_fields__}
        | {"starts_at": facts.starts_at + later, "ends_at": facts.ends_at + later}
    )
    edit_conference(conference=held, facts=moved, by=attendee_of(held, world.desk), seen=mark_of(facts))
    assert [item.planned_at for item in held.items.all()] == [each + later for each in before]


def test_what_somebody_else_saved_is_not_overwritten_unseen(world: ConferenceWorld) -> None:
    desk, held = attendee_of(world.conference, world.desk), world.conference
    seen = mark_of(facts_of(held, ConferenceFacts))
    first = said(title_vi="Tên của người thứ nhất")
    edit_conference(conference=held, facts=first, by=desk, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="người khác đã lưu"):
        edit_conference(conference=held, facts=said(title_vi="Tên của người thứ hai"), by=desk, seen=seen)
    assert world.refreshed().title_vi == "Tên của người thứ nhất"


def test_nothing_general_changes_once_the_session_has_begun(world: ConferenceWorld) -> None:
    desk = attendee_of(world.conference, world.desk)
    open_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict, match="nên không sửa phần này nữa"):
        edit_conference(conference=world.conference, facts=said(), by=desk)


def test_organisers_stand_in_the_order_given(world: ConferenceWorld) -> None:
    front = OrganisationFactory(area=world.conference.area, party=PartyKind.FRONT)
    post = Post.objects.create(organisation=front, slug="chu-tich", title_vi="Chủ tịch", may_sign=True)
    desk = attendee_of(world.conference, world.desk)
    set_organisers(conference=world.conference, organisers=[(front, post), (world.centre, None)], by=desk)
    held = world.conference.organisers.all()
    assert [(each.organisation, each.post) for each in held] == [(front, post), (world.centre, None)]
    with pytest.raises(DomainError, match="không phải chức danh của"):
        set_organisers(conference=world.conference, organisers=[(world.centre, post)], by=desk)
    assert world.conference.organisers.count() == 2


def test_a_list_of_organisers_made_from_an_older_one_is_refused(world: ConferenceWorld) -> None:
    front = OrganisationFactory(area=world.conference.area, party=PartyKind.FRONT)
    desk, seen = attendee_of(world.conference, world.desk), [world.centre]
    both = [(world.centre, None), (front, None)]
    set_organisers(conference=world.conference, organisers=both, by=desk, seen=seen)
    with pytest.raises(Conflict, match="Người khác vừa thay đổi"):
        set_organisers(conference=world.conference, organisers=[(world.centre, None)], by=desk, seen=seen)
    assert world.conference.organisers.count() == 2


def official(world: ConferenceWorld, **facts: object) -> Official:
    given = {"duty": Duty.CHAIR, "organisation": world.bodies[1], **facts}
    return add_official(
        conference=world.conference,
        facts=OfficialFacts(**given),
        by=attendee_of(world.conference, world.desk),
    )


def test_only_a_member_of_the_body_signs_in_for_it(world: ConferenceWorld) -> None:
    stranger, member = UserFactory(), user_for(world.bodies[1], Role.READER)
    with pytest.raises(DomainError, match="không có vai trò tại"):
        official(world, user=stranger)
    assert official(world, user=member).user == member


def test_only_a_post_that_may_chair_chairs(world: ConferenceWorld) -> None:
    body = world.bodies[1]
    clerk = Post.objects.create(organisation=body, slug="van-thu", title_vi="Văn thư")
    director = Post.objects.create(organisation=body, slug="giam-doc", title_vi="Giám đốc", may_chair=True)
    with pytest.raises(DomainError, match=r"“Văn thư” không chủ trì hội nghị.*Giám đốc"):
        official(world, post=clerk)
    assert official(world, post=director).post == director
    assert official(world, post=clerk, duty=Duty.SECRETARY).post == clerk


def test_one_duty_in_one_post_once(world: ConferenceWorld) -> None:
    official(world)
    with pytest.raises(Conflict, match="đã có nhiệm vụ này"):
        official(world)


def test_the_last_chair_stays_while_in_session(world: ConferenceWorld) -> None:
    desk = attendee_of(world.conference, world.desk)
    chair = world.conference.officials.get(duty=Duty.CHAIR)
    open_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict, match="Phiên họp phải có người chủ trì"):
        remove_official(official=chair, by=desk)
    with pytest.raises(Conflict, match="Phiên họp phải có người chủ trì"):
        edit_official(
            official=chair, facts=OfficialFacts(duty=Duty.SECRETARY, organisation=chair.organisation), by=desk
        )
    other = official(world, user=user_for(world.bodies[1], Role.READER))
    remove_official(official=chair, by=desk)
    assert list(world.conference.officials.filter(duty=Duty.CHAIR)) == [other]


def test_an_official_the_agenda_names_stays(world: ConferenceWorld) -> None:
    chair = world.conference.officials.get(duty=Duty.CHAIR)
    world.items[0].presenter = chair
    world.items[0].save()
    with pytest.raises(Conflict, match="đang được ghi trong chương trình"):
        remove_official(official=chair, by=attendee_of(world.conference, world.desk))


def test_every_act_leaves_its_line_in_the_audit(world: ConferenceWorld) -> None:
    made = official(world)
    remove_official(official=made, by=attendee_of(world.conference, world.desk))
    lines = AuditEvent.objects.order_by("pk").values_list("action", "actor", "object_type")
    assert list(lines) == [
        ("add_official", world.desk.username, "conferences.official"),
        ("remove_official", world.desk.username, "conferences.official"),
    ]


def test_a_province_holds_one_of_its_own(world: ConferenceWorld, programme: Programme) -> None:
    body = world.bodies[1]
    user = user_for(body, Role.PROVINCIAL_DESK)
    made = create_conference(
        facts=said(), area=body.area, programmes=[programme], organisers=[(body, None)], by=user
    )
    assert made.area.level == Level.PROVINCE
    assert attendee_of(made, user).acts >= {"prepare", "watch"}
