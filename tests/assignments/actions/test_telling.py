"""Who is told that a date is near or has passed, what passes to an heir, and how proposals go."""

from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction

from phoihop.assignments.actions import (
    answer_proposal,
    ask_extension,
    cascade_assignment,
    close_assignment,
    escalating,
    forward_proposal,
    grant_extension,
    pass_assignments,
    pass_to_only_heirs,
    redact_assigned_words,
    reminding,
    report_done,
    send_proposal,
    tell_escalations,
    tell_proposals,
)
from phoihop.assignments.models import Assignment, Escalation, Passing, Proposal, ProposalEscalation
from phoihop.assignments.queries.detail import assignment_page
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.assignments.queries.proposals import RECEIVED, proposals_in
from phoihop.audit.models import AuditEvent
from phoihop.audit.words import TAKEN_OUT
from phoihop.core import clock
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Contact, Organisation, OrganisationSuccession
from tests.factories.assignments import DUE, issued
from tests.factories.orgs import police_of, user_for
from tests.reports.world import World, front_of
from tests.web.world import client_of


def on(day: date) -> time_machine.travel:
    return time_machine.travel(datetime(day.year, day.month, day.day, 2, tzinfo=UTC), tick=False)


def told(task: Assignment) -> list[int]:
    return sorted(task.escalations.values_list("step", flat=True))


def test_each_step_is_told_once(world: World, task: Assignment) -> None:
    for days, steps in [
        (-8, []),
        (-7, [-7]),
        (-6, [-7]),
        (0, [-7, 0]),
        (8, [-7, 0, 7]),
        (40, [-7, 0, 7, 30]),
    ]:
        with on(DUE + timedelta(days=days)):
            tell_escalations()
            tell_escalations()
        assert told(task) == steps, days


@pytest.mark.parametrize("kind", [escalating, reminding])
def test_what_another_process_told_meanwhile_is_neither_told_nor_mailed_again(
    world: World,
    task: Assignment,
    kind: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """As if it had done so after this one looked what was told."""
    send_proposal(
        sender=world.desk, receiver=world.centre, programme=world.programme, title="Kinh phí", text="Bố trí",
        answer_by=DUE, by=None,
    )  # fmt: skip
    for office in (world.desk, world.centre):
        Contact.objects.create(organisation=office, post_title="Văn phòng", email=f"{office.slug}@example.vn")
    tell = {escalating: tell_escalations, reminding: tell_proposals}[kind]
    with on(DUE), django_capture_on_commit_callbacks(execute=True):
        assert len(tell()) == 1
    told = AuditEvent.objects.filter(action="tell_escalation").count(), len(mail.outbox)
    assert told == (1, 1)
    monkeypatch.setattr(kind, "set", lambda _rows: frozenset(), raising=False)
    with on(DUE), django_capture_on_commit_callbacks(execute=True):
        assert tell() == []
    assert (AuditEvent.objects.filter(action="tell_escalation").count(), len(mail.outbox)) == told


def test_the_command_does_it_once_and_says_how_much(world: World, task: Assignment, capsys: Any) -> None:
    with on(DUE):
        call_command("follow_assignments")
        call_command("follow_assignments")
    assert [line.rpartition(" ")[2] for line in capsys.readouterr().out.splitlines()] == ["1.", "0."]


def test_after_standing_still_only_the_last_step_is_told(world: World, task: Assignment) -> None:
    with on(DUE + timedelta(days=31)):
        tell_escalations()
    assert told(task) == [30]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("days", "history", "line"),
    [
        (-7, "Đã nhắc: còn 7 ngày đến hạn 31/07/2026", "thời hạn 31/07/2026"),
        (-2, "Đã nhắc: còn 2 ngày đến hạn 31/07/2026", "thời hạn 31/07/2026"),
        (0, "Đã nhắc: đến hạn hôm nay, 31/07/2026", "đến hạn hôm nay, 31/07/2026"),
        (3, "Đã nhắc: quá hạn 3 ngày, thời hạn 31/07/2026", "quá hạn từ 31/07/2026"),
        (2191, "Đã nhắc: quá hạn 2.191 ngày, thời hạn 31/07/2026", "quá hạn từ 31/07/2026"),
    ],
)
def test_a_step_told_late_says_how_late_it_is_then(
    world: World, task: Assignment, days: int, history: str, line: str
) -> None:
    reachable(world.desk, "tinh@example.org")
    assert mailed(days) == ["tinh@example.org"]
    found = assignment_page(task, world.central_desk).history
    assert history in [each.title for each in found]
    assert line in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_a_proposal_told_late_is_overdue(world: World) -> None:
    proposed_to(world, world.desk)
    reachable(world.desk, "tinh@example.org")
    mail.outbox.clear()
    with on(DUE + timedelta(days=3)):
        tell_proposals()
    assert "quá hạn từ 31/07/2026" in mail.outbox[0].body


def test_a_later_date_begins_anew_and_what_is_done_is_left_alone(world: World, task: Assignment) -> None:
    other = issued(world.centre, world.programme, world.desk)[0]
    report_done(assignment=other, by=None)
    with on(DUE):
        tell_escalations()
        asked = ask_extension(assignment=task, wanted_on=DUE + timedelta(days=30), reason="x", by=None)
        grant_extension(extension=asked, by=None)
    with on(DUE + timedelta(days=30)):
        tell_escalations()
    assert list(task.escalations.order_by("due_on").values_list("step", "due_on")) == [
        (0, DUE), (0, DUE + timedelta(days=30)),
    ]  # fmt: skip
    assert told(other) == []


def reachable(organisation: Organisation, address: str) -> None:
    Contact.objects.create(organisation=organisation, post_title="Trực ban", email=address)


def mailed(days: int) -> list[str]:
    """To whom, that many days from the date in force."""
    mail.outbox.clear()
    with on(DUE + timedelta(days=days)):
        tell_escalations()
    return [address for message in mail.outbox for address in message.to]


@pytest.mark.django_db(transaction=True)
def test_each_step_is_mailed_to_one_more_until_nobody_is_above(world: World) -> None:
    """Given across by the Front to a province's police: first the lead, then the Front, then the Ministry."""
    front = front_of(world.country)
    task = issued(front, world.programme, world.desk)[0]
    reachable(world.desk, "tinh@example.org")
    reachable(world.centre, "bo@example.org")
    reachable(front, "mttq@example.org")
    lead, giver = "tinh@example.org", "mttq@example.org"
    assert [mailed(days) for days in (-7, 0, 7, 30)] == [
        [lead], [lead], [lead, giver], [lead, giver, "bo@example.org"],
    ]  # fmt: skip
    assert task.text_vi in mail.outbox[-1].body
    assert not Escalation.objects.filter(mailed_at__isnull=True).exists()


@pytest.mark.django_db(transaction=True)
def test_where_the_superior_gave_it_a_month_late_is_told_to_whoever_is_above_that(world: World) -> None:
    issued(world.desk, world.programme, world.units[0])
    issued(world.centre, world.programme, world.desk)  # nobody is above who gave this one
    reachable(world.units[0], "xa@example.org")
    reachable(world.desk, "tinh@example.org")
    reachable(world.centre, "bo@example.org")
    assert sorted(mailed(-7)) == ["tinh@example.org", "xa@example.org"]
    assert sorted(mailed(30)) == ["bo@example.org", "tinh@example.org", "xa@example.org"]
    told = next(message.body for message in mail.outbox if message.to == ["bo@example.org"])
    assert [told.count(each.name_vi) for each in (world.units[0], world.desk)] == [1, 1]


@pytest.mark.django_db(transaction=True)
def test_joint_issuers_are_told_what_the_first_of_them_leads_and_nobody_twice(world: World) -> None:
    front, commission = front_of(world.country), front_of(world.country)
    task = issued(world.centre, world.programme, world.centre, co_issuers=[front, commission])[0]
    for each, name in ((world.centre, "bo"), (front, "mttq"), (commission, "dan-van")):
        reachable(each, f"{name}@example.org")
    every = ["bo@example.org", "mttq@example.org", "dan-van@example.org"]
    assert [sorted(mailed(days)) for days in (0, 7, 30)] == [every[:1], sorted(every), sorted(every)]
    assert [message.body.count(task.text_vi) for message in mail.outbox] == [1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_superior_that_closes_what_is_late_is_told_once(world: World) -> None:
    """The lead inherited what its predecessor gave to it: who is above both closes it, and is told as both."""
    issued(world.units[0], world.programme, world.units[1])
    ended_with(world, world.units[1])
    pass_to_only_heirs()
    reachable(world.desk, "tinh@example.org")
    assert mailed(7) == mailed(30) == ["tinh@example.org"]
    assert mail.outbox[0].subject.count("1") == mail.outbox[0].body.count("2026") == 1


def test_whoever_is_above_finds_on_the_first_page_what_is_a_month_late(world: World) -> None:
    task = issued(world.desk, world.programme, world.units[0])[0]
    seen = {}
    for days in (29, 30):
        with on(DUE + timedelta(days=days)):
            duties = [assignment_duties(user) for user in (world.central_desk, world.provincial_desk)]
        seen[days] = [(list(each.late_below), list(each.late_given), each.any) for each in duties]
    assert seen == {
        29: [([], [], False), ([], [task], True)],
        30: [([task], [], True), ([], [task], True)],
    }


def ended_with(world: World, *heirs: Organisation, day: date = date(2026, 6, 10)) -> Organisation:
    ended = world.units[0]
    Organisation.objects.filter(pk=ended.pk).update(valid_until=day)
    for heir in heirs:
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=day)
    return Organisation.objects.get(pk=ended.pk)


def test_what_an_ended_organisation_left_passes_to_its_only_heir_by_itself(world: World) -> None:
    lead, done, giver = (
        issued(world.centre, world.programme, world.units[0])[0],
        issued(world.centre, world.programme, world.units[0])[0],
        issued(world.units[0], world.programme, world.units[1])[0],
    )
    joined = issued(world.centre, world.programme, world.desk, co_organisations=[world.units[0]])[0]
    report_done(assignment=done, by=None)
    close_assignment(assignment=done, by=None)
    heir = police_of(world.communes[0], world.desk)
    ended = ended_with(world, heir)
    assert pass_to_only_heirs() == 3
    assert pass_to_only_heirs() == 0
    rows = {row.pk: row for row in Assignment.objects.all()}
    assert rows[lead.pk].lead == heir
    assert rows[giver.pk].giver == heir
    assert list(rows[joined.pk].co_organisations.all()) == [heir]
    assert rows[done.pk].lead == ended  # what was closed stays as it was
    passed = Passing.objects.get(assignment=lead)
    assert (passed.old, passed.heir, passed.on) == (ended, heir, date(2026, 6, 16))


def test_a_split_waits_for_the_desk_above_with_a_reason(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0])[0]
    one, other = police_of(world.communes[0], world.desk), world.units[1]
    ended = ended_with(world, one, other)
    assert pass_to_only_heirs() == 0
    with pytest.raises(DomainError):
        pass_assignments(organisation=ended, heir=one, by=world.provincial_desk)
    with pytest.raises(NotAllowed):
        pass_assignments(organisation=ended, heir=one, reason="Trụ sở cũ", by=world.officer(1))
    with pytest.raises(DomainError):
        pass_assignments(organisation=ended, heir=world.desk, reason="x", by=world.provincial_desk)
    assert pass_assignments(organisation=ended, heir=one, reason="Trụ sở cũ", by=world.provincial_desk) == 1
    task.refresh_from_db()
    assert task.lead == one


def test_an_heir_with_its_own_part_keeps_one(world: World) -> None:
    whole = issued(world.centre, world.programme, world.desk)[0]
    first, second = cascade_assignment(assignment=whole, level="commune", by=None)
    old, kept = (first, second) if first.lead == world.units[0] else (second, first)
    ended_with(world, world.units[1])
    pass_to_only_heirs()
    old.refresh_from_db()
    kept.refresh_from_db()
    assert (old.state, kept.state, kept.lead) == ("withdrawn", "given", world.units[1])


def test_only_who_has_ended_passes_anything(world: World, task: Assignment) -> None:
    with pytest.raises(Conflict):
        pass_assignments(organisation=world.desk, heir=world.centre, by=None)


def proposed(world: World) -> Proposal:
    return send_proposal(
        sender=world.desk, receiver=world.centre, programme=world.programme, title="Kinh phí",
        text="Đề nghị bố trí kinh phí", answer_by=DUE, by=world.provincial_desk,
    )  # fmt: skip


def test_a_proposal_is_sent_on_with_the_clock_running_and_answered_once(world: World) -> None:
    proposal = proposed(world)
    other = front_of(world.country)
    with pytest.raises(NotAllowed):
        forward_proposal(proposal=proposal, receiver=other, reason="x", by=world.provincial_desk)
    with pytest.raises(DomainError):
        forward_proposal(proposal=proposal, receiver=world.desk, reason="x", by=world.central_desk)
    forward_proposal(proposal=proposal, receiver=other, reason="Thuộc thẩm quyền MTTQ", by=world.central_desk)
    with pytest.raises(NotAllowed):
        answer_proposal(proposal=proposal, answer="Đồng ý", by=world.central_desk)
    answered = answer_proposal(proposal=proposal, answer="Đồng ý", by=None)
    assert (answered.receiver, answered.answer_by, answered.answer) == (other, DUE, "Đồng ý")
    with pytest.raises(Conflict):
        answer_proposal(proposal=proposal, answer="Không", by=None)


def proposed_to(world: World, receiver: Organisation, sender: Organisation | None = None) -> Proposal:
    return send_proposal(
        sender=sender or world.units[1], receiver=receiver, programme=world.programme, title="Kinh phí",
        text="Đề nghị bố trí kinh phí", answer_by=DUE, by=None,
    )  # fmt: skip


def way_of(proposal: Proposal) -> list[tuple[Organisation, Organisation, date]]:
    return [(each.old, each.receiver, clock.day_of(each.at)) for each in proposal.forwardings.all()]


def test_a_proposal_passes_to_the_only_heir_of_its_receiver(world: World) -> None:
    old = world.units[0]
    waiting, answered = proposed_to(world, old), proposed_to(world, old)
    answer_proposal(proposal=answered, answer="Đồng ý", by=None)
    heir = police_of(world.communes[0], world.desk)
    ended = ended_with(world, heir)
    approver = user_for(heir, Role.APPROVER)
    for _before_and_after in range(2):
        assert list(assignment_duties(approver).proposals) == [waiting]
        assert set(proposals_in(approver, RECEIVED)) == {waiting, answered}
        pass_to_only_heirs()
    waiting.refresh_from_db()
    answered.refresh_from_db()
    assert (waiting.receiver, waiting.answer_by, answered.receiver) == (heir, DUE, ended)
    assert way_of(waiting) == [(ended, heir, date(2026, 6, 16))]
    assert heir.name_vi in waiting.forwardings.get().reason
    assert pass_to_only_heirs() == 0
    assert answer_proposal(proposal=waiting, answer="Đồng ý", by=approver).answered_by == approver


def test_what_an_heir_proposed_itself_goes_to_the_body_above_it(world: World) -> None:
    proposal = proposed_to(world, world.units[0])
    ended_with(world, world.units[1])
    assert pass_to_only_heirs() == 1
    proposal.refresh_from_db()
    assert proposal.receiver == world.desk
    reason = proposal.forwardings.get().reason
    assert world.desk.name_vi in reason
    assert world.units[1].name_vi not in reason


@pytest.mark.parametrize("is_above_there", [True, False])
def test_the_page_says_where_went_what_the_chosen_heir_proposed(world: World, is_above_there: bool) -> None:
    proposal = proposed_to(world, world.units[0])
    Organisation.objects.filter(pk=world.units[1].pk, parent__isnull=is_above_there).update(parent=None)
    ended = ended_with(world, world.units[1], police_of(world.communes[0], world.desk))
    form = {"heir": world.units[1].slug, "reason": "Trụ sở cũ"}
    page = client_of(world.central_desk).post(f"/kien-nghi/{proposal.pk}/ke-thua/", form, follow=True)
    proposal.refresh_from_db()
    assert proposal.receiver == (world.desk if is_above_there else ended)
    (said,) = (str(each) for each in page.context["messages"])
    assert (world.desk.name_vi in said, "hạn trả lời giữ nguyên" in said) == (is_above_there, is_above_there)
    assert "Đã chuyển cho cơ quan kế thừa" not in said


def test_a_proposal_to_a_body_that_was_split_waits_for_the_desk_above(world: World) -> None:
    proposal = proposed_to(world, world.units[0], front_of(world.province))
    one, other = police_of(world.communes[0], world.desk), world.units[1]
    ended = ended_with(world, one, other)
    assert pass_to_only_heirs() == 0
    assert list(assignment_duties(world.provincial_desk).proposals_below) == [proposal]
    desk, address = client_of(world.provincial_desk), f"/kien-nghi/{proposal.pk}/"
    assert [one, other] == sorted(desk.get(address).context["page"].heirs, key=[one, other].index)
    assert not client_of(world.central_desk).get(address).context["page"].may_answer
    assert desk.post(f"{address}ke-thua/", {"heir": one.slug, "reason": ""}).status_code == 400
    assert desk.post(f"{address}ke-thua/", {"heir": one.slug, "reason": "Trụ sở cũ"}).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.receiver, proposal.answer_by) == (one, DUE)
    assert way_of(proposal) == [(ended, one, date(2026, 6, 16))]
    assert proposal.forwardings.get().reason == "Trụ sở cũ"
    assert not assignment_duties(world.provincial_desk).proposals_below


@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_told_at_each_step_to_its_receiver_and_then_above(world: World) -> None:
    proposal = proposed_to(world, world.desk)
    answered = proposed_to(world, world.desk)
    answer_proposal(proposal=answered, answer="Đồng ý", by=None)
    reachable(world.desk, "tinh@example.org")
    reachable(world.centre, "bo@example.org")
    below, above = "tinh@example.org", "bo@example.org"
    heard, seen = {}, {}
    for days in (-8, -7, -6, 0, 6, 7, 29, 30):
        mail.outbox.clear()
        with on(DUE + timedelta(days=days)):
            tell_proposals()
            tell_proposals()
            seen[days] = list(assignment_duties(world.central_desk).proposals_below)
        heard[days] = [address for message in mail.outbox for address in message.to]
    assert heard == {
        -8: [], -7: [below], -6: [], 0: [below], 6: [], 7: [below, above], 29: [], 30: [below, above],
    }  # fmt: skip
    assert [days for days, of_one in seen.items() if of_one == [proposal]] == [7, 29, 30]
    assert "Kinh phí" in mail.outbox[-1].body
    assert sorted(proposal.escalations.values_list("step", flat=True)) == [-7, 0, 7, 30]
    assert not ProposalEscalation.objects.filter(mailed_at__isnull=True).exists()
    assert not answered.escalations.exists()


@pytest.mark.django_db(transaction=True)
def test_what_waits_for_a_choice_is_told_to_who_chooses(world: World) -> None:
    proposed_to(world, world.units[0], front_of(world.province))
    ended = ended_with(world, world.units[1], police_of(world.communes[0], world.desk))
    reachable(ended, "cu@example.org")
    reachable(world.desk, "tinh@example.org")
    mail.outbox.clear()
    with on(DUE):
        call_command("follow_assignments")
    assert [message.to for message in mail.outbox] == [["tinh@example.org"]]


def test_a_reason_that_passed_both_is_taken_out_of_both(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0])[0]
    proposal = proposed_to(world, world.units[0], front_of(world.province))
    one = police_of(world.communes[0], world.desk)
    ended = ended_with(world, one, world.units[1])
    pass_assignments(organisation=ended, heir=one, reason="Ông A đề nghị", by=world.provincial_desk)
    row = proposal.forwardings.get()
    redact_assigned_words(thing=proposal, place="forwarding", pk=row.pk, reason="Có tên người", by=None)
    assert {proposal.forwardings.get().reason, Passing.objects.get(assignment=task).reason} == {TAKEN_OUT}


def test_nobody_proposes_to_itself_or_asks_for_an_answer_today(world: World) -> None:
    usual = {"programme": world.programme, "title": "t", "text": "t", "by": None}
    with pytest.raises(DomainError):
        send_proposal(sender=world.desk, receiver=world.desk, answer_by=DUE, **usual)
    with pytest.raises(DomainError):
        send_proposal(sender=world.desk, receiver=world.centre, answer_by=date(2026, 6, 16), **usual)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "closed"},
        {"done_on": date(2026, 6, 16)},
        {"state": "withdrawn"},
        {"due_on": date(2026, 7, 1)},  # earlier than first set
        {"due_on": None},
    ],
)
def test_the_database_itself_refuses_what_cannot_be(
    world: World, task: Assignment, broken: dict[str, object]
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(pk=task.pk).update(**broken)
