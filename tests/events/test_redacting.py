"""A person's data taken out of an entry: a tombstone stays, and every figure."""

import json
from typing import Any
from uuid import uuid4

import pytest

from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.models import AuditEvent
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.events.actions import cancel_event, correct_event, enter_event, redact_event_text
from phoihop.events.models import Event, EventSeal, EventVersion
from phoihop.events.queries import EventFilter, found_events
from phoihop.events.queries.seals import broken_event_seals
from phoihop.events.sealing import TAKEN_OUT
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation
from tests.factories.events import facts
from tests.reports.world import World

NAMED = "Phòng, chống ma túy tại nhà ông Nguyễn Văn A"
WHY = "Nêu tên công dân"


def named(police: Organisation) -> Event:
    """Somebody confirmed that the name is no person's."""
    told = facts(police, subject=NAMED)
    return enter_event(organisation=police, facts=told, key=uuid4(), by=None, no_names=True)


@pytest.fixture
def event(world: World, police: Organisation) -> Event:
    """Two versions say the name, the third does not; the reason of the second does."""
    made = named(police)
    for subject, attendances, reason in (
        (NAMED, 90, f"Đếm lại ở {NAMED}"),
        ("Phòng, chống ma túy", 90, "Gọn hơn"),
    ):
        told = facts(police, subject=subject, attendances=attendances)
        number = Event.objects.get(pk=made.pk).said.number
        correct_event(event=made, facts=told, reason=reason, base=number, by=world.officer(), no_names=True)
    return Event.objects.get(pk=made.pk)


def first(event: Event) -> EventVersion:
    return event.versions.get(number=1)


def taken(
    event: Event, world: World, place: str = "subject", version: EventVersion | None = None
) -> list[EventSeal]:
    return redact_event_text(version=version or first(event), place=place, reason=WHY, by=world.central_desk)


def test_the_text_goes_from_every_version_that_says_it_and_figures_stay(world: World, event: Event) -> None:
    figures = list(event.versions.values_list("held_on", "area", "lead", "attendances"))
    taken(event, world)
    said = event.versions.values_list("subject", flat=True)
    assert list(said) == [TAKEN_OUT, TAKEN_OUT, "Phòng, chống ma túy"]
    assert list(event.versions.values_list("held_on", "area", "lead", "attendances")) == figures
    tombs = EventSeal.objects.filter(redacted_at__isnull=False).order_by("version__number")
    assert [(each.version.number, each.place, each.salt, each.redaction_reason) for each in tombs] == [
        (1, "subject", "", WHY), (2, "subject", "", WHY),
    ]  # fmt: skip
    assert {each.redacted_by for each in tombs} == {world.central_desk}
    assert not EventVersion.objects.filter(words_fold__contains="nguyen van a").exists()


def test_nothing_of_it_is_left_in_the_audit_log_and_the_chain_holds(world: World, event: Event) -> None:
    taken(event, world)
    taken(event, world, "reason", event.versions.get(number=2))
    assert list(broken_event_seals()) == []
    seal_events()
    assert list(broken_links()) == []
    assert "Nguyễn Văn A" not in json.dumps(list(AuditEvent.objects.values_list("details", flat=True)))
    assert "Nguyễn Văn A" not in json.dumps(
        list(EventVersion.objects.values_list("subject", "place", "reason"))
    )


def test_the_reason_of_a_cancellation_can_go_too(world: World, event: Event) -> None:
    cancel_event(event=event, reason=f"Nhầm {NAMED}", by=world.officer())
    assert list(broken_event_seals()) == []
    taken(event, world, "cancelled", event.versions.get(number=3))
    event.refresh_from_db()
    assert (event.cancel_reason, event.is_held) == (TAKEN_OUT, False)
    assert list(broken_event_seals()) == []


def test_the_entry_can_be_corrected_afterwards_and_is_found_by_its_new_words(
    world: World, police: Organisation
) -> None:
    event = named(police)
    taken(event, world)
    told = facts(police, subject="Phòng, chống ma túy")
    correct_event(event=event, facts=told, reason="Viết lại", base=1, by=world.officer())
    found = found_events(world.officer(), EventFilter(text="ma tuy"))
    assert [each.pk for each in found] == [event.pk]
    assert list(broken_event_seals()) == []


@pytest.mark.parametrize("change", ["subject", "place", "reason", "salt", "seal", "all"])
def test_a_text_changed_behind_the_systems_back_is_found(event: Event, change: str) -> None:
    second = EventVersion.objects.filter(event=event, number=2)
    if change == "salt":
        EventSeal.objects.filter(version__in=second, place="subject").update(salt="00" * 16)
    elif change in {"seal", "all"}:
        seals = EventSeal.objects.filter(version__in=second)
        (seals if change == "all" else seals.filter(place="place")).delete()
    else:
        second.update(**{change: "khác"})
    assert len(list(broken_event_seals())) == 1


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"by": "desk"}, NotAllowed),
        ({"by": "officer"}, NotAllowed),
        ({"reason": " "}, DomainError),
        ({"place": "reason"}, DomainError),
        ({"place": "khác"}, DomainError),
    ],
)
def test_what_is_refused(world: World, event: Event, asked: dict[str, Any], error: type[Exception]) -> None:
    people = {"desk": world.user(world.desk, Role.PROVINCIAL_DESK), "officer": world.officer()}
    given = {"place": "subject", "reason": WHY, "by": world.central_desk} | asked
    given["by"] = people.get(given["by"], given["by"]) if isinstance(given["by"], str) else given["by"]
    with pytest.raises(error):
        redact_event_text(version=first(event), **given)
    assert not EventSeal.objects.filter(redacted_at__isnull=False).exists()


def test_twice_is_refused(world: World, event: Event) -> None:
    taken(event, world)
    with pytest.raises(DomainError):
        taken(event, world)
