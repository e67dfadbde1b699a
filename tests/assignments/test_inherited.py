"""Whoever closes or answers for one that ended reads what it is to close or answer, however many ends lie between."""

from datetime import date
from itertools import pairwise

import pytest

from phoihop.assignments.actions import (
    answer_proposal,
    cascade_assignment,
    forward_proposal,
    pass_to_only_heirs,
    send_proposal,
)
from phoihop.assignments.models import Assignment, Conclusion, Proposal
from phoihop.assignments.permissions import acting, closers_of, may_answer, may_close
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.assignments.queries.proposals import SENT, proposals_in
from phoihop.core.errors import DomainError
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.factories.areas import area_under
from tests.factories.assignments import DUE, closed, drafted, issued
from tests.factories.orgs import police_of, user_for
from tests.reports.world import World
from tests.web.world import client_of

ENDED_ON = date(2026, 6, 1)


def passed(*bodies: Organisation) -> None:
    """Each but the last ended, and the next one is its only heir."""
    for ended, heir in pairwise(bodies):
        Organisation.objects.filter(pk=ended.pk).update(valid_until=ENDED_ON)
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=ENDED_ON)


def proposed(world: World, sender: Organisation, receiver: Organisation) -> Proposal:
    return send_proposal(
        sender=sender, receiver=receiver, programme=world.programme, title="Kinh phí",
        text="Đề nghị bố trí kinh phí", answer_by=DUE, by=None,
    )  # fmt: skip


@pytest.fixture
def line(world: World) -> list[Organisation]:
    """Four of other areas; the first three will end, one after another."""
    return [police_of(area_under(world.province, "commune", f"Xã {number}")) for number in range(4)]


def test_an_heirs_heir_reads_what_it_closes_and_answers(world: World, line: list[Organisation]) -> None:
    conclusion = drafted(line[0], world.programme)
    task = issued(line[0], world.programme, world.units[1])[0]
    sent = proposed(world, world.units[1], line[0])
    passed(*line)
    approver, task, sent = user_for(line[3], Role.APPROVER), again(task), Proposal.objects.get(pk=sent.pk)
    assert may_close(acting(approver), task)
    assert may_answer(acting(approver), sent)
    assert Assignment.objects.visible_to(approver).get() == task
    assert Proposal.objects.visible_to(approver).get() == sent
    assert set(Conclusion.objects.visible_to(approver)) == {conclusion, task.paragraph.conclusion}


def test_a_part_whose_giver_and_lead_fell_together_is_read_by_who_closes_it(
    world: World, line: list[Organisation]
) -> None:
    whole = issued(world.centre, world.programme, world.desk, co_issuers=[line[3]])[0]
    part = cascade_assignment(assignment=whole, level="commune", by=None)[0]
    approver = user_for(line[3], Role.APPROVER)
    assert part not in Assignment.objects.visible_to(approver)
    passed(world.desk, line[2])
    assert part not in Assignment.objects.visible_to(approver)  # one of two ended: its heir closes it
    passed(part.lead, line[2])
    assert line[3] in closers_of(again(part))
    assert part in Assignment.objects.visible_to(approver)


def test_an_heirs_heir_is_told_the_answer_to_what_was_proposed_before_it(
    world: World, line: list[Organisation]
) -> None:
    sent, officer = proposed(world, line[0], world.centre), user_for(line[3], Role.REPORTING_OFFICER)
    passed(*line)
    answer_proposal(proposal=sent, answer="Đồng ý bố trí", by=None)
    assert assignment_duties(officer).answers == [sent]
    assert list(proposals_in(officer, SENT)) == [sent]
    assert "Đồng ý bố trí" in client_of(officer).get(f"/kien-nghi/{sent.pk}/").content.decode()


def test_each_of_several_heirs_reads_what_was_proposed_before_them(
    world: World, line: list[Organisation]
) -> None:
    sent = proposed(world, line[0], world.centre)
    passed(line[0], line[1])
    OrganisationSuccession.objects.create(predecessor=line[0], successor=line[2], on=ENDED_ON)
    answer_proposal(proposal=sent, answer="Đồng ý bố trí", by=None)
    heirs = [user_for(each, Role.REPORTING_OFFICER) for each in line[1:3]]
    assert [assignment_duties(each).answers for each in heirs] == [[sent], [sent]]
    assert not assignment_duties(user_for(line[3], Role.REPORTING_OFFICER)).answers


def test_the_heir_of_who_sent_a_proposal_on_goes_on_reading_it(
    world: World, line: list[Organisation]
) -> None:
    sent = proposed(world, world.units[1], line[0])
    forward_proposal(proposal=sent, receiver=world.centre, reason="Thuộc thẩm quyền của Bộ", by=None)
    passed(*line)
    assert Proposal.objects.visible_to(user_for(line[3], Role.APPROVER)).get() == sent


def test_an_heirs_heir_reads_what_was_led_before_it_and_is_told_how_it_ended(
    world: World, line: list[Organisation]
) -> None:
    done, waits = issued(world.centre, world.programme, line[0], line[0])
    helped = issued(world.centre, world.programme, world.units[0], co_organisations=[line[0]])[0]
    closed(done)
    passed(*line)
    officer = user_for(line[3], Role.REPORTING_OFFICER)
    assert [each.assignment for each in assignment_duties(officer).news] == [done]
    assert set(Assignment.objects.visible_to(officer)) == {done, waits, helped}
    read = set(Conclusion.objects.visible_to(officer))
    assert read == {each.paragraph.conclusion for each in (done, helped)}
    assert not Assignment.objects.visible_to(user_for(police_of(line[3].area), Role.REPORTING_OFFICER))


def test_an_heir_does_not_answer_what_was_proposed_before_it(world: World, line: list[Organisation]) -> None:
    sent = proposed(world, line[0], line[1])
    elsewhere = proposed(world, line[0], world.centre)
    Organisation.objects.filter(pk=line[2].pk).update(parent=world.desk)
    for ended in line[:2]:
        passed(ended, line[2])
    assert pass_to_only_heirs() == 1
    assert Proposal.objects.get(pk=sent.pk).receiver == world.desk
    with pytest.raises(DomainError):
        forward_proposal(proposal=elsewhere, receiver=line[2], reason="Thuộc thẩm quyền", by=None)


def again(task: Assignment) -> Assignment:
    return Assignment.objects.get(pk=task.pk)
