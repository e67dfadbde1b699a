"""The log tells the display: every patch laid over those before it is what a newcomer is shown."""

from collections.abc import Callable

import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.conferences.actions import (
    ask_to_speak,
    begin_item,
    cancel_vote,
    cast_vote,
    close_list,
    close_roll_call,
    close_vote,
    end_item,
    give_floor,
    open_list,
    open_roll_call,
    open_vote,
    prepare_vote,
    read_note,
    readmit_site,
    record_answer_by_phone,
    remove_site,
    show_scene,
    take_floor_back,
    withdraw_speaker,
    write_note,
)
from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.display import current_item, display
from phoihop.conferences.enums import Scene, SpeakerKind, SpeakerState, Visibility, VoteKind
from phoihop.conferences.models import Conference, Delegation, PresidiumNote, Seat
from phoihop.conferences.queries.quorum import last_roll_call
from phoihop.core.errors import DomainError
from tests.conferences.world import ConferenceWorld, conference_world


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
        "remove": lambda: number % 5 == 0 and remove_site(site=world.sites[1], by=chair),
    }
    acts |= _gathering_acts(world, conference, number)
    acts[what]()


def _gathering_acts(
    world: ConferenceWorld, conference: Conference, number: int
) -> dict[str, Callable[[], object]]:
    """Roll-call, votes and notes."""
    chair, site = world.chair, world.sites[number % len(world.sites)]
    called, vote = last_roll_call(conference), conference.votes.order_by("?").first()
    delegation, note = Delegation.objects.get(site=site), PresidiumNote.objects.order_by("?").first()
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


ACTS = ("begin", "end", "open", "close", "ask", "give", "withdraw", "take", "scene", "remove")
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
