"""The log tells the display: every patch laid over those before it is what a newcomer is shown."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.conferences.actions import (
    add_delegation,
    add_item,
    ask_to_speak,
    begin_item,
    cancel_vote,
    cast_vote,
    close_list,
    close_roll_call,
    close_vote,
    edit_item,
    edit_site,
    end_item,
    enter_speaker,
    give_floor,
    move_item,
    mute_site,
    open_list,
    open_roll_call,
    open_vote,
    place_speech,
    prepare_vote,
    read_note,
    readmit_site,
    reclaim_stage,
    record_answer_by_phone,
    register_speech,
    remove_site,
    show_scene,
    take_floor_back,
    unmute_site,
    withdraw_speaker,
    write_note,
)
from phoihop.conferences.audiences import Audience, sees, shown_to
from phoihop.conferences.display import current_item, display
from phoihop.conferences.enums import Scene, SiteKind, SpeakerKind, SpeakerState, Visibility, VoteKind
from phoihop.conferences.facts import DelegationFacts, ItemFacts, SiteFacts, SpeechFacts, facts_of
from phoihop.conferences.models import Conference, PresidiumNote, Seat
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.queries.quorum import last_roll_call
from phoihop.core.errors import DomainError
from tests.conferences.world import PARTS, ConferenceWorld, conference_world


def laid_over(conference: Conference) -> dict[str, object]:
    shown: dict[str, object] = dict.fromkeys(display(conference), None)
    for event in conference.events.order_by("seq"):
        shown.update(event.patch)
    return shown


def _act(world: ConferenceWorld, what: str, number: int) -> None:
    """What cannot be done now raises a DomainError."""
    conference, chair = world.refreshed(), world.chair
    waiting = conference.speakers.filter(state=SpeakerState.WAITING).first()
    item = current_item(conference)
    site = world.sites[number % len(world.sites)]
    acts: dict[str, Callable[[], object]] = {
        "begin": lambda: begin_item(item=world.items[number % len(world.items)], by=chair),
        "end": lambda: item and end_item(item=item, by=chair),
        "open": lambda: item and open_list(item=item, by=chair),
        "close": lambda: item and close_list(item=item, by=chair),
        "ask": lambda: ask_to_speak(site=site, kind=list(SpeakerKind)[number % 4], by=None),
        "give": lambda: waiting and give_floor(speaker=waiting, by=chair),
        "withdraw": lambda: waiting and withdraw_speaker(speaker=waiting, by=chair),
        "take": lambda: take_floor_back(conference=conference, by=chair),
        "scene": lambda: show_scene(conference=conference, scene=list(Scene)[number % len(Scene)], by=chair),
        "item": lambda: _items(world, number),
        "site": lambda: _sites(world, number),
        "speech": lambda: _speeches(world, number),
        "mute": lambda: mute_site(site=site, by=chair),
        "unmute": lambda: unmute_site(site=site, by=chair),
        "reclaim": lambda: reclaim_stage(conference=conference, by=chair),
        "remove": lambda: number % 5 == 0 and remove_site(site=world.sites[1], by=chair),
    }
    acts |= _gathering_acts(world, conference, number)
    acts[what]()


def _items(world: ConferenceWorld, number: int) -> None:
    item = world.conference.items.order_by("pk")[number % world.conference.items.count()]
    facts = facts_of(item, ItemFacts)
    if number % 3 == 0:
        new = ItemFacts(kind="speech", title_vi=f"Mới {number}", planned_minutes=number)
        add_item(conference=world.conference, facts=new, by=world.chair)
    elif number % 3 == 1:
        move_item(item=item, before=world.conference.items.first(), by=world.chair)
    else:
        edit_item(
            item=item, facts=replace(facts, title_vi=f"Khác {number}", visibility="internal"), by=world.chair
        )


def _sites(world: ConferenceWorld, number: int) -> None:
    site = world.sites[number % len(world.sites)]
    desk = attendee_of(world.conference, world.desk)
    if number % 2:
        renamed = replace(facts_of(site, SiteFacts), name_vi=f"Điểm cầu {number}")
        edit_site(site=site, facts=renamed, by=desk)
    else:
        add_delegation(site=site, facts=DelegationFacts(title_vi=f"Đoàn {number}", invited=number), by=desk)


def _speeches(world: ConferenceWorld, number: int) -> None:
    """Registered and put on the list; then its title is changed under it."""
    desk = attendee_of(world.conference, world.desk)
    delegation = world.sites[number % len(world.sites)].delegations.first()
    held = register_speech(delegation=delegation, facts=SpeechFacts(title_vi=f"Tham luận {number}"), by=desk)
    place_speech(speech=held, item=world.items[2], by=desk)
    item = current_item(world.refreshed())
    if item:
        enter_speaker(item=item, site=delegation.site, speech=held, by=world.chair)


ACTS = (
    "begin",
    "end",
    "open",
    "close",
    "ask",
    "give",
    "withdraw",
    "take",
    "scene",
    "item",
    "site",
    "speech",
    "remove",
    "mute",
    "unmute",
    "reclaim",
)


def _gathering_acts(
    world: ConferenceWorld, conference: Conference, number: int
) -> dict[str, Callable[[], object]]:
    """Roll-call, votes and notes."""
    chair, site = world.chair, world.sites[number % len(world.sites)]
    called, vote = last_roll_call(conference), conference.votes.order_by("?").first()
    delegation, note = site.delegations.order_by("pk").first(), PresidiumNote.objects.order_by("?").first()
    seat = Seat.objects.get(delegation=delegation, number=number % 3 + 1)
    kind, choice = list(VoteKind)[number % 2], ("yes", "no", "?")[number % 3]
    return {
        "call": lambda: open_roll_call(conference=conference, by=chair),
        "answer": lambda: (
            called
            and record_answer_by_phone(roll_call=called, delegation=delegation, present=number, by=None)
        ),
        "called": lambda: called and close_roll_call(roll_call=called, by=chair),
        "prepare": lambda: prepare_vote(item=world.items[0], title_vi="Bầu", kind=kind, by=chair),
        "poll": lambda: vote and open_vote(vote=vote, by=chair),
        "cast": lambda: vote and cast_vote(vote=vote, seat=seat, choice=choice, by=None),
        "count": lambda: vote and close_vote(vote=vote, by=chair),
        "cancel": lambda: vote and number % 4 == 0 and cancel_vote(vote=vote, by=chair),
        "write": lambda: write_note(site=site, text="Xin ý kiến", by=None),
        "read": lambda: note and read_note(note=note, by=chair),
        "readmit": lambda: readmit_site(site=world.sites[1], by=chair),
    }


GATHERING = (
    "call", "answer", "called", "prepare", "poll", "cast", "count", "cancel", "write", "read", "readmit",
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(st.sampled_from(ACTS + GATHERING), st.integers(0, 20)), max_size=20))
def test_the_patches_add_up_to_the_display(
    db: None, moment: time_machine.Traveller, acts: list[tuple[str, int]]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        world = conference_world().in_session()
        for what, number in acts:
            try:
                with transaction.atomic():
                    _act(world, what, number)
            except DomainError:
                continue
        conference = world.refreshed()
        keys = list(conference.events.order_by("seq").values_list("seq", flat=True))
        shown, told = display(conference), laid_over(conference)
        transaction.set_rollback(True)
    assert told == shown
    assert keys == list(range(1, len(keys) + 1))


def test_a_hidden_item_stays_hidden(world: ConferenceWorld) -> None:
    item = world.items[1]
    item.visibility = Visibility.HIDDEN
    item.save()
    world.in_session()
    begin_item(item=item, by=world.chair)
    patch = world.conference.events.latest("seq").patch
    closed = {"is_closed_part": True}
    assert [shown_to(each, patch)["item"] == closed for each in Audience] == [True, True, False]
    assert "Nội dung 2" not in str(shown_to(Audience.DELEGATES, patch))


def test_another_central_site_is_told_to_the_pages(world: ConferenceWorld) -> None:
    """A page says by it whether its own microphone stays open."""
    world.in_session()
    desk, centres = attendee_of(world.conference, world.desk), []
    for number, kind in ((0, SiteKind.SPEAKING), (1, SiteKind.CENTRE)):
        facts = replace(facts_of(world.sites[number], SiteFacts), kind=kind.value)
        edit_site(site=world.sites[number], facts=facts, by=desk)
        centres.append(_centre_told(world))
    remove_site(site=world.sites[1], by=world.chair)
    centres.append(_centre_told(world))
    readmit_site(site=world.sites[1], by=world.chair)
    centres.append(_centre_told(world))
    assert centres == ["", "diem-1", "", "diem-1"]


def _centre_told(world: ConferenceWorld) -> object:
    told = laid_over(world.refreshed())["conference"]
    assert told == display(world.conference)["conference"]
    assert isinstance(told, dict)
    return told["centre"]


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_part_is_shown_to_nobody_its_item_is_closed_to(
    world: ConferenceWorld, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    """Its title, who speaks and waits, and its vote."""
    part = world.part(own, above)
    world.in_session()
    begin_item(item=part, by=world.chair)
    for number in (1, 2):
        enter_speaker(item=part, site=world.sites[number], by=world.chair)
    give_floor(speaker=world.conference.speakers.order_by("pk")[0], by=world.chair)
    vote = prepare_vote(item=part, title_vi="Bầu", kind=VoteKind.NAMED, by=world.chair)
    open_vote(vote=vote, by=world.chair)
    told = display(world.refreshed(), ("item", "floor", "queue", "vote"))
    closed = {"is_closed_part": True}
    for audience in Audience:
        shown = shown_to(audience, told)
        assert [value == closed for value in shown.values()] == [not sees(audience, seen)] * 4


def test_a_site_renamed_while_it_waits_and_speaks_is_renamed_on_the_screens(world: ConferenceWorld) -> None:
    world.in_session()
    desk = attendee_of(world.conference, world.desk)
    for number in (1, 2):
        enter_speaker(item=world.items[0], site=world.sites[number], by=world.chair)
    first = world.conference.speakers.first()
    assert first is not None
    give_floor(speaker=first, by=world.chair)
    for number in (1, 2):
        site = world.sites[number]
        edit_site(site=site, facts=replace(facts_of(site, SiteFacts), name_vi=f"Tên mới {number}"), by=desk)
    told = laid_over(world.refreshed())
    assert told == display(world.conference)
    assert ("Tên mới 1" in str(told["floor"]), "Tên mới 2" in str(told["queue"])) == (True, True)
