from collections.abc import Callable

import pytest
from django.db import IntegrityError

from phoihop.conferences.actions import (
    answer_roll_call,
    close_conference,
    close_roll_call,
    open_roll_call,
    record_answer_by_phone,
    remove_site,
)
from phoihop.conferences.enums import ConferenceState, Duty, GrantKind
from phoihop.conferences.models import Delegation, RollCall, RollCallAnswer
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.world import INVITED, ConferenceWorld


def delegation(world: ConferenceWorld, number: int) -> Delegation:
    return Delegation.objects.select_related("site").get(site=world.sites[number])


@pytest.fixture
def asked(world: ConferenceWorld) -> RollCall:
    world.in_session()
    return open_roll_call(conference=world.refreshed(), by=world.official(Duty.SECRETARY))


def test_a_later_answer_replaces_and_the_earlier_stays(world: ConferenceWorld, asked: RollCall) -> None:
    mine, head = delegation(world, 1), world.head(1)
    answer_roll_call(roll_call=asked, delegation=mine, present=9, by=head)
    answer_roll_call(roll_call=asked, delegation=mine, present=11, by=head)
    told = RollCallAnswer.objects.order_by("edition").values_list(
        "edition", "present", "is_current", "signed_by__username", "signed_as", "is_by_phone"
    )
    assert list(told) == [
        (1, 9, False, "head-1", "Giám đốc", False),
        (2, 11, True, "head-1", "Giám đốc", False),
    ]


def test_what_the_log_tells_of_an_answer(world: ConferenceWorld, asked: RollCall) -> None:
    mine = delegation(world, 2)
    answer_roll_call(roll_call=asked, delegation=mine, present=7, by=world.head(2), note="Vắng 5")
    event = world.conference.events.latest("seq")
    assert (event.type, event.actor) == ("answer_roll_call", "head-2")
    assert event.payload == {
        "roll_call": 1, "site": "diem-2", "delegation": mine.pk, "present": 7, "invited": INVITED,
        "edition": 1, "note": "Vắng 5", "signed_as": "Giám đốc",
    }  # fmt: skip
    assert event.patch["roll_call"]["present"] == 7


def test_more_than_invited_needs_a_note(world: ConferenceWorld, asked: RollCall) -> None:
    mine, head = delegation(world, 1), world.head(1)
    with pytest.raises(DomainError, match=f"{INVITED + 2} .*{INVITED} "):
        answer_roll_call(roll_call=asked, delegation=mine, present=INVITED + 2, by=head, note="  ")
    answer_roll_call(roll_call=asked, delegation=mine, present=INVITED + 2, by=head, note="Hai đại biểu xã")
    assert RollCallAnswer.objects.get().note == "Hai đại biểu xã"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("head", True),
        ("another head", False),
        ("room", False),
        ("seat", False),
        ("viewer", False),
        ("chair", False),
        ("secretary", False),
        ("director", False),
    ],
)
def test_who_signs_for_a_site(world: ConferenceWorld, asked: RollCall, who: str, may: bool) -> None:
    people: dict[str, Callable[[], object]] = {
        "head": lambda: world.head(1),
        "another head": lambda: world.head(2),
        "room": lambda: world.room(1),
        "seat": lambda: world.seat(1),
        "viewer": lambda: world.room(1, GrantKind.VIEW),
        "chair": lambda: world.chair,
        "secretary": lambda: world.official(Duty.SECRETARY),
        "director": lambda: world.official(Duty.DIRECTOR),
    }
    signed = True
    try:
        answer_roll_call(roll_call=asked, delegation=delegation(world, 1), present=3, by=people[who]())
    except NotAllowed:
        signed = False
    assert (signed, RollCallAnswer.objects.count()) == (may, int(may))


@pytest.mark.parametrize(
    ("duty", "may_open", "may_phone"),
    [(Duty.CHAIR, True, False), (Duty.SECRETARY, True, True), (Duty.DIRECTOR, True, False)],
)
def test_who_runs_it_and_who_writes_for_the_telephone(
    world: ConferenceWorld, duty: Duty, may_open: bool, may_phone: bool
) -> None:
    world.in_session()
    by = world.official(duty)
    opened = open_roll_call(conference=world.refreshed(), by=by if may_open else None)
    heard = True
    try:
        record_answer_by_phone(roll_call=opened, delegation=delegation(world, 3), present=8, by=by)
    except NotAllowed:
        heard = False
    assert heard == may_phone


def test_by_telephone_says_so(world: ConferenceWorld, asked: RollCall) -> None:
    by = world.official(Duty.SECRETARY)
    record_answer_by_phone(roll_call=asked, delegation=delegation(world, 3), present=8, by=by)
    answer = RollCallAnswer.objects.get()
    assert (answer.is_by_phone, answer.signed_by, answer.signed_as) == (True, by.user, "Giám đốc")
    assert world.conference.events.latest("seq").type == "record_answer_by_phone"


def test_no_second_one_while_one_is_open(world: ConferenceWorld, asked: RollCall) -> None:
    with pytest.raises(Conflict):
        open_roll_call(conference=world.conference, by=world.chair)
    close_roll_call(roll_call=asked, by=world.chair)
    assert open_roll_call(conference=world.conference, by=world.chair).number == 2


def test_a_closed_one_takes_no_answers(world: ConferenceWorld, asked: RollCall) -> None:
    close_roll_call(roll_call=asked, by=world.chair)
    with pytest.raises(Conflict):
        answer_roll_call(roll_call=asked, delegation=delegation(world, 1), present=3, by=world.head(1))
    with pytest.raises(Conflict):
        close_roll_call(roll_call=asked, by=world.chair)


def test_a_site_taken_out_is_not_asked(world: ConferenceWorld, asked: RollCall) -> None:
    remove_site(site=world.sites[1], by=world.chair)
    with pytest.raises(Conflict):
        record_answer_by_phone(
            roll_call=asked, delegation=delegation(world, 1), present=3, by=world.official(Duty.SECRETARY)
        )


def test_it_may_be_held_before_the_opening_but_not_while_preparing(world: ConferenceWorld) -> None:
    assert open_roll_call(conference=world.conference, by=world.chair).number == 1
    world.conference.roll_calls.all().delete()
    world.conference.state = ConferenceState.PREPARING
    world.conference.save()
    with pytest.raises(Conflict):
        open_roll_call(conference=world.conference, by=world.chair)


def test_the_same_request_twice_changes_nothing(world: ConferenceWorld, asked: RollCall) -> None:
    mine = delegation(world, 1)
    answer_roll_call(roll_call=asked, delegation=mine, present=9, by=world.head(1), key="k1")
    with pytest.raises(IntegrityError):
        answer_roll_call(roll_call=asked, delegation=mine, present=9, by=world.head(1), key="k1")


def test_closing_the_conference_closes_it(world: ConferenceWorld, asked: RollCall) -> None:
    close_conference(conference=world.conference, by=world.chair)
    assert list(world.conference.events.order_by("-seq").values_list("type", flat=True)[:3]) == [
        "close_conference",
        "close_roll_call",
        "end_item",
    ]
    asked.refresh_from_db()
    assert asked.closed_at is not None
