"""An organisation enters, corrects and cancels its events; what is not possible is refused with a sentence."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from phoihop.accounts.models import User
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.events.actions import cancel_event, correct_event, enter_event
from phoihop.events.errors import FactsRefused, NamesSuspected
from phoihop.events.facts import facts_of
from phoihop.events.models import Event
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.events import facts, held
from tests.reports.world import World


def acts() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_an_event_is_entered_once_however_often_it_is_sent(world: World, police: Organisation) -> None:
    key = uuid4()
    sent = [
        enter_event(organisation=police, facts=facts(police), key=key, by=world.officer()) for _ in range(2)
    ]
    assert sent[0] == sent[1]
    assert Event.objects.count() == 1
    assert acts().count("enter_event") == 1
    assert (sent[0].said.number, sent[0].said.attendances, sent[0].said.created_by) == (
        1,
        120,
        world.officer(),
    )


def test_a_key_is_of_one_organisation(world: World, police: Organisation) -> None:
    key = uuid4()
    enter_event(organisation=police, facts=facts(police), key=key, by=None)
    with pytest.raises(Conflict, match="biểu mẫu mới"):
        enter_event(organisation=world.units[1], facts=facts(world.units[1]), key=key, by=None)


def test_who_enters_an_event_another_led_helped_to_hold_it(police: Organisation, front: Organisation) -> None:
    event = held(police, lead=front, co_organisers=[front])
    assert (event.said.lead, list(event.said.co_organisers.all())) == (front, [police])


def test_an_officer_enters_for_the_own_organisation_only(world: World, police: Organisation) -> None:
    for user in (world.officer(1), world.user(police, Role.READER), world.user(police, Role.APPROVER)):
        with pytest.raises(NotAllowed):
            enter_event(organisation=police, facts=facts(police), key=uuid4(), by=user)
    assert Event.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field", "sentence"),
    [
        ({"held_on": date(2026, 6, 17)}, "held_on", "17/06/2026 ở sau hôm nay, 16/06/2026"),
        ({"subject": " abc "}, "subject", "ít nhất 5 ký tự"),
        ({"place": "x"}, "place", "ít nhất 2 ký tự"),
        ({"attendances": 1_000_001}, "attendances", "1.000.001"),
    ],
)
def test_what_cannot_have_happened_is_refused_at_its_field(
    police: Organisation, told: dict[str, Any], field: str, sentence: str
) -> None:
    with pytest.raises(FactsRefused) as refusal:
        held(police, **told)
    assert list(refusal.value.faults) == [field]
    assert sentence in refusal.value.faults[field]


def test_today_is_not_the_future(police: Organisation) -> None:
    assert held(police, held_on=date(2026, 6, 16)).is_held


def test_an_area_of_others_is_refused(world: World, police: Organisation) -> None:
    with pytest.raises(FactsRefused) as refusal:
        held(police, area=world.communes[1])
    assert list(refusal.value.faults) == ["area"]
    assert held(world.desk, area=world.communes[1]).said.area == world.communes[1]


def test_a_day_before_the_organisation_or_area_was_there_is_refused(
    world: World, police: Organisation
) -> None:
    Organisation.objects.filter(pk=police.pk).update(valid_from=date(2026, 6, 1))
    police.refresh_from_db()
    with pytest.raises(FactsRefused) as refusal:
        held(police, held_on=date(2026, 5, 31))
    assert sorted(refusal.value.faults) == ["held_on", "lead"]


def test_a_persons_name_is_warned_of_until_confirmed(police: Organisation) -> None:
    told = facts(police, place="Nhà ông Nguyễn Văn An")
    with pytest.raises(NamesSuspected, match="“ông Nguyễn Văn An”"):
        enter_event(organisation=police, facts=told, key=uuid4(), by=None)
    assert enter_event(organisation=police, facts=told, key=uuid4(), by=None, no_names=True).is_held


def test_a_correction_is_a_version_with_its_reason(world: World, police: Organisation) -> None:
    event = held(police)
    changed = facts(police, attendances=None)
    corrected = correct_event(event=event, facts=changed, reason=" Đếm  lại ", base=1, by=world.officer())
    assert [(each.number, each.attendances, each.reason) for each in event.versions.all()] == [
        (1, 120, ""),
        (2, None, "Đếm lại"),
    ]
    assert facts_of(corrected.said) == changed
    assert acts()[-1] == "correct_event"


@pytest.mark.parametrize(
    ("told", "reason", "base", "sentence"),
    [
        ({"attendances": 1}, "Đếm lại", 0, "đính chính từ khi"),
        ({"attendances": 1}, "  ", 1, "vài chữ"),
        ({"attendances": 1}, "x" * 501, 1, "501 ký tự"),
        ({}, "Đếm lại", 1, "không khác"),
    ],
)
def test_a_correction_is_refused(
    police: Organisation, told: dict[str, Any], reason: str, base: int, sentence: str
) -> None:
    event = held(police)
    with pytest.raises(DomainError, match=sentence):
        correct_event(event=event, facts=facts(police, **told), reason=reason, base=base, by=None)
    assert event.versions.count() == 1


def test_a_cancelled_event_stays_with_its_reason_and_changes_no_more(
    world: World, police: Organisation
) -> None:
    event = cancel_event(event=held(police), reason="Nhập nhầm", by=world.officer())
    assert (event.is_held, event.cancel_reason, event.cancelled_by) == (False, "Nhập nhầm", world.officer())
    assert acts()[-1] == "cancel_event"
    with pytest.raises(Conflict, match="đã hủy"):
        cancel_event(event=event, reason="Lần nữa", by=None)
    with pytest.raises(Conflict, match="đã hủy"):
        correct_event(event=event, facts=facts(police, attendances=1), reason="Đếm lại", base=1, by=None)


def test_others_neither_correct_nor_cancel(world: World, police: Organisation) -> None:
    event = held(police)
    user: User = world.officer(1)
    with pytest.raises(NotAllowed):
        cancel_event(event=event, reason="Nhầm", by=user)
    with pytest.raises(NotAllowed):
        correct_event(event=event, facts=facts(police, attendances=1), reason="Nhầm", base=1, by=user)


def test_the_tables_refuse_what_the_actions_do(police: Organisation) -> None:
    event = held(police)
    for change in ({"state": "cancelled"}, {"counted_in": event}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Event.objects.filter(pk=event.pk).update(**change)
