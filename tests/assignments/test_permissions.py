"""Truth tables: who sees, performs, closes and proposes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from phoihop.accounts.models import User
from phoihop.assignments.actions import (
    ask_extension,
    cascade_assignment,
    grant_extension,
    pass_assignments,
    pass_to_only_heirs,
    refuse_extension,
    report_done,
    send_proposal,
)
from phoihop.assignments.enums import Audience
from phoihop.assignments.models import Assignment, Conclusion, Extension, Proposal
from phoihop.assignments.permissions import (
    Acting,
    acting,
    can_view_assignment,
    can_view_conclusion,
    can_view_proposal,
    closers_of,
    may_acknowledge,
    may_answer,
    may_ask_extension,
    may_cascade,
    may_close,
    may_issue,
    may_report_done,
    may_report_progress,
)
from phoihop.assignments.queries.detail import assignment_page
from phoihop.audit.models import AuditEvent
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership, Organisation, OrganisationSuccession
from tests.assignments.pages import fresh
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, drafted, issued
from tests.factories.orgs import police_of, user_for
from tests.reports.world import World, front_of

ENDED_ON = date(2026, 6, 1)
Question = Callable[[Acting, Assignment], bool]
PEOPLE = (
    "central desk", "central approver", "provincial desk", "provincial officer", "provincial approver",
    "provincial reader", "co-organisation's officer", "commune officer", "auditor",
)  # fmt: skip


def people(world: World, front: Organisation) -> dict[str, User]:
    return {
        "central desk": world.central_desk,
        "central approver": world.user(world.centre, Role.APPROVER),
        "provincial desk": world.provincial_desk,
        "provincial officer": world.user(world.desk, Role.REPORTING_OFFICER),
        "provincial approver": world.user(world.desk, Role.APPROVER),
        "provincial reader": world.user(world.desk, Role.READER),
        "co-organisation's officer": world.user(front, Role.REPORTING_OFFICER),
        "commune officer": world.officer(),
        "auditor": user_for(world.centre, Role.AUDITOR),
    }


OF_LEAD = {"provincial desk", "provincial officer", "provincial approver"}
OF_GIVER = {"central desk", "central approver"}


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        (may_acknowledge, OF_LEAD | {"co-organisation's officer"}),
        (may_report_progress, {"provincial desk", "provincial officer", "co-organisation's officer"}),
        (may_report_done, OF_LEAD),
        (may_ask_extension, OF_LEAD),
        (may_close, OF_GIVER),
        (may_cascade, OF_LEAD | OF_GIVER),
    ],
)
def test_who_does_what_with_an_assignment(
    world: World, front: Organisation, question: Question, allowed: set[str]
) -> None:
    task = issued(world.centre, world.programme, world.desk, co_organisations=[front])[0]
    assert {who for who, user in people(world, front).items() if question(acting(user), task)} == allowed
    assert question(acting(None), task)  # the system


def test_only_an_approver_or_the_central_desk_of_the_lead_issuer_issues(
    world: World, front: Organisation
) -> None:
    conclusion = drafted(world.centre, world.programme, co_issuers=[front])
    who = people(world, front)
    assert {name for name, user in who.items() if may_issue(acting(user), conclusion)} == OF_GIVER
    provincial = drafted(world.desk, world.programme)
    assert {name for name, user in who.items() if may_issue(acting(user), provincial)} == {
        "provincial approver"
    }


def test_what_an_issuer_gives_to_itself_is_closed_by_its_co_issuer(world: World, front: Organisation) -> None:
    task = issued(world.centre, world.programme, world.centre, co_issuers=[front])[0]
    assert closers_of(task) == [front]
    assert not may_close(acting(world.central_desk), task)
    assert may_close(acting(user_for(front, Role.APPROVER)), task)


def test_a_later_date_is_told_of_the_issuer_that_decided_it(world: World, front: Organisation) -> None:
    task = issued(world.centre, world.programme, world.centre, co_issuers=[front])[0]
    approver, asked = user_for(front, Role.APPROVER), asked_later(task, date(2026, 8, 31))
    grant_extension(extension=asked, by=approver)
    refuse_extension(extension=asked_later(task, date(2026, 9, 30)), reason="Đã gia hạn", by=approver)
    told = {(each.title, each.who) for each in assignment_page(fresh(task), approver).history}
    assert told == {
        ("Đã giao", f"{world.centre.name_vi}; {front.name_vi}"),
        ("Đề nghị gia hạn từ 31/07/2026 đến 31/08/2026", world.centre.name_vi),
        ("Gia hạn từ 31/07/2026 đến 31/08/2026", front.name_vi),
        ("Đề nghị gia hạn từ 31/08/2026 đến 30/09/2026", world.centre.name_vi),
        ("Không đồng ý gia hạn", front.name_vi),
    }
    events = AuditEvent.objects.filter(action__in=["grant_extension", "refuse_extension"])
    assert {each.organisation for each in events} == {front.slug}


def test_what_an_ended_lead_asked_for_is_told_of_it_and_not_of_its_heir(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0])[0]
    ended = world.units[0]
    asked_later(task, date(2026, 8, 31))
    Organisation.objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 10))
    OrganisationSuccession.objects.create(predecessor=ended, successor=world.desk, on=date(2026, 6, 10))
    pass_assignments(organisation=ended, heir=world.desk, by=None)
    assert fresh(task).lead == world.desk
    (said,) = (
        each for each in assignment_page(fresh(task), world.central_desk).history if "Đề nghị" in each.title
    )
    assert said.who == ended.name_vi


def test_what_an_ended_giver_gave_is_told_of_it_and_not_of_its_heir(
    world: World, front: Organisation
) -> None:
    task = issued(front, world.programme, world.units[0])[0]
    heir = police_of(world.province, world.centre)
    Organisation.objects.filter(pk=front.pk).update(valid_until=date(2026, 6, 10))
    OrganisationSuccession.objects.create(predecessor=front, successor=heir, on=date(2026, 6, 10))
    pass_assignments(organisation=front, heir=heir, by=None)
    assert fresh(task).giver == heir
    (said,) = (each for each in assignment_page(fresh(task), world.central_desk).history if each.who)
    assert (said.title, said.who) == ("Đã giao", front.name_vi)


def asked_later(task: Assignment, day: date) -> Extension:
    return ask_extension(assignment=fresh(task), wanted_on=day, reason="Mưa lũ", by=None)


def test_who_reported_it_done_does_not_close_it_even_with_a_role_on_both_sides(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    both = world.provincial_desk
    Membership.objects.create(user=both, organisation=world.centre, role=Role.APPROVER)
    assert may_close(acting(both), task)
    report_done(assignment=task, by=both)
    task.refresh_from_db()
    assert not may_close(acting(both), task)
    assert may_close(acting(world.central_desk), task)


def test_a_part_is_closed_by_the_lead_of_the_whole(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk)[0]
    part = cascade_assignment(assignment=task, level="commune", by=None)[0]
    assert may_close(acting(world.provincial_desk), part)
    assert not may_close(acting(world.central_desk), part)
    assert not may_close(acting(world.officer()), part)


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.PUBLIC, {*PEOPLE, "outsider", "guest"}),
        (Audience.SIGNED_IN, {*PEOPLE, "outsider"}),
        (
            Audience.PARTIES,
            {"central desk", "central approver", "auditor", *OF_LEAD, "provincial reader"},
        ),
    ],
)
def test_issued_conclusions_are_read_by_their_audience_and_whom_they_concern(
    world: World, front: Organisation, audience: Audience, seen_by: set[str]
) -> None:
    task = issued(world.centre, world.programme, world.desk, audience=audience)[0]
    conclusion = task.paragraph.conclusion
    who: dict[str, User | AnonymousUser] = {
        **people(world, front), "outsider": _outsider(world), "guest": AnonymousUser(),
    }  # fmt: skip
    if audience == Audience.PARTIES:
        seen_by = seen_by | {"co-organisation's officer"}  # serves the province the lead stands in
    assert {name for name, user in who.items() if can_view_conclusion(user, conclusion)} == seen_by
    assert {
        name for name, user in who.items() if Conclusion.objects.visible_to(user).filter(pk=conclusion.pk)
    } == seen_by


def test_a_draft_is_seen_by_its_issuers_and_the_centre_only(world: World, front: Organisation) -> None:
    conclusion = drafted(world.desk, world.programme, audience=Audience.PUBLIC)
    seen = {name for name, user in people(world, front).items() if can_view_conclusion(user, conclusion)}
    assert seen == {
        "central desk", "auditor", "provincial desk", "provincial officer", "provincial approver", "provincial reader",
    }  # fmt: skip


def test_parts_are_seen_by_those_who_serve_the_area(world: World, front: Organisation) -> None:
    task = issued(world.centre, world.programme, world.desk, audience=Audience.PUBLIC)[0]
    first, second = cascade_assignment(assignment=task, level="commune", by=None)
    commune, outsider = world.officer(), _outsider(world)
    seen = {
        (name, each.pk)
        for name, user in {"commune": commune, "outsider": outsider, "desk": world.provincial_desk}.items()
        for each in (task, first, second)
        if can_view_assignment(user, each)
    }
    assert seen == {
        ("commune", task.pk), ("commune", first.pk), ("outsider", task.pk),
        ("desk", task.pk), ("desk", first.pk), ("desk", second.pk),
    }  # fmt: skip
    for user in (commune, outsider, world.provincial_desk, world.central_desk):
        visible = set(Assignment.objects.visible_to(user))
        assert visible == {each for each in (task, first, second) if can_view_assignment(user, each)}


def test_an_heir_acts_for_an_ended_lead_but_not_one_of_several(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0])[0]
    heir = police_of(world.communes[1], world.desk)
    officer = user_for(heir, Role.REPORTING_OFFICER)
    Organisation.objects.filter(pk=world.units[0].pk).update(valid_until=date(2026, 6, 1))
    OrganisationSuccession.objects.create(
        predecessor=world.units[0], successor=heir, on=date(2026, 6, 1), act=""
    )
    task = Assignment.objects.get(pk=task.pk)
    assert may_report_progress(acting(officer), task)
    OrganisationSuccession.objects.create(
        predecessor=world.units[0], successor=world.units[1], on=date(2026, 6, 1), act=""
    )
    for one in (officer, world.officer(1)):  # nobody, until the superior has chosen
        assert not may_report_progress(acting(one), task)


def ended_with(ended: Organisation, *heirs: Organisation) -> None:
    Organisation.objects.filter(pk=ended.pk).update(valid_until=ENDED_ON)
    for heir in heirs:
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=ENDED_ON)


def closing(task: Assignment, *users: User) -> tuple[list[Organisation], list[bool]]:
    """Who is named as closing it, and who of the users may."""
    found = Assignment.objects.get(pk=task.pk)
    return closers_of(found), [may_close(acting(user), found) for user in users]


def before_and_after_passing(task: Assignment, *users: User) -> list[tuple[list[Organisation], list[bool]]]:
    before = closing(task, *users)
    assert pass_to_only_heirs() > 0
    return [before, closing(task, *users)]


@pytest.mark.parametrize("is_joint", [False, True])
def test_who_inherits_what_it_leads_does_not_close_it_as_the_heir_of_its_giver(
    world: World, front: Organisation, is_joint: bool
) -> None:
    giver, lead = world.units
    co_issuers = [front] if is_joint else []
    task = issued(giver, world.programme, lead, co_issuers=co_issuers)[0]
    people = [user_for(each, Role.APPROVER) for each in (lead, world.desk, front)]
    ended_with(giver, lead)
    named = front if is_joint else world.desk
    assert before_and_after_passing(task, *people) == [([named], [False, not is_joint, is_joint])] * 2


def test_what_falls_to_its_only_issuer_is_closed_by_the_superior_of_that(world: World) -> None:
    task = issued(world.desk, world.programme, world.units[0])[0]
    ended_with(world.units[0], world.desk)
    people = [world.provincial_desk, user_for(world.desk, Role.APPROVER), world.central_desk]
    assert before_and_after_passing(task, *people) == [([world.centre], [False, False, True])] * 2


def test_what_falls_to_the_centre_is_closed_by_another_central_desk(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0])[0]
    ended_with(world.units[0], world.centre)
    assert closing(task, world.central_desk) == (
        [],
        [False],
    )  # nobody may close its own, until another is named
    other = front_of(world.country)
    people = [world.central_desk, user_for(other, Role.CENTRAL_DESK)]
    assert before_and_after_passing(task, *people) == [([other], [False, True])] * 2


def test_an_issuer_that_was_split_closes_nothing_and_keeps_nobody_from_it(
    world: World, front: Organisation
) -> None:
    task = issued(world.centre, world.programme, world.centre, co_issuers=[world.units[0], front])[0]
    ended_with(world.units[0], world.units[1], front)
    assert closing(task) == ([front], [])
    ended_with(front, world.units[1])
    assert closing(task) == ([world.units[1]], [])  # both go to it, and it is named once


def test_proposals_are_seen_at_both_ends_and_answered_by_the_body_they_went_to(
    world: World, front: Organisation
) -> None:
    proposal = send_proposal(
        sender=world.desk, receiver=world.centre, programme=world.programme, title="Kinh phí",
        text="Đề nghị bố trí kinh phí", answer_by=DUE, by=None,
    )  # fmt: skip
    who = {**people(world, front), "outsider": _outsider(world)}
    seen = {name for name, user in who.items() if can_view_proposal(user, proposal)}
    assert seen == set(PEOPLE) - {"commune officer"}
    assert {
        name for name, user in who.items() if Proposal.objects.visible_to(user).filter(pk=proposal.pk)
    } == seen
    assert {name for name, user in who.items() if may_answer(acting(user), proposal)} == OF_GIVER


def _outsider(world: World) -> User:
    """An officer of another province's commune."""
    far = area_under(area_under(world.country, "province", "Quảng Ngãi"), "commune", "Sơn Tịnh")
    return user_for(police_of(far), Role.REPORTING_OFFICER)
