"""Minutes stand on the log: read anew from it alone they say the same, and what the session left in rows is not asked."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from phoihop.conferences.actions import (
    answer_roll_call,
    begin_item,
    cast_vote,
    close_conference,
    close_roll_call,
    close_vote,
    draft_minutes,
    end_item,
    enter_speaker,
    extend_time,
    give_floor,
    open_roll_call,
    open_vote,
    prepare_vote,
    record_answer_by_phone,
    take_floor_back,
)
from phoihop.conferences.enums import ConferenceState, Duty, ItemState, SpeakerKind, SpeakerState, VoteKind
from phoihop.conferences.minutes import draft_of
from phoihop.conferences.models import (
    AgendaItem,
    Conference,
    Delegation,
    Minutes,
    RollCallAnswer,
    RollCallBase,
    Seat,
    Speaker,
    Vote,
)
from tests.conferences.world import ConferenceWorld

Log = list[dict[str, Any]]


@pytest.fixture
def minutes(world: ConferenceWorld, moment: time_machine.Traveller) -> Minutes:
    """Two items, three speeches (one given more time, one cut off by the end of its item), a roll-call, a vote."""
    world.in_session()
    call = open_roll_call(conference=world.conference, by=world.chair)
    first, second = (Delegation.objects.get(site=world.sites[number]) for number in (1, 2))
    answer_roll_call(roll_call=call, delegation=first, present=9, by=world.head(1))
    answer_roll_call(roll_call=call, delegation=first, present=10, by=world.head(1))
    record_answer_by_phone(roll_call=call, delegation=second, present=3, by=world.official(Duty.SECRETARY))
    close_roll_call(roll_call=call, by=world.chair)
    for number, minutes_spoken in ((1, 2), (2, 8)):
        speaker = enter_speaker(item=world.items[0], site=world.sites[number], by=world.chair)
        give_floor(speaker=speaker, by=world.chair)
        moment.shift(timedelta(minutes=minutes_spoken))
    extend_time(speaker=speaker, seconds=120, by=world.chair)
    moment.shift(timedelta(minutes=1))
    take_floor_back(conference=world.conference, by=world.chair)
    end_item(item=world.items[0], by=world.chair)
    begin_item(item=world.items[2], by=world.chair)
    vote = open_vote(
        vote=prepare_vote(item=world.items[2], title_vi="Thông qua", kind=VoteKind.NAMED, by=None), by=None
    )
    seat = Seat.objects.get(delegation__site=world.sites[1], number=1)
    cast_vote(vote=vote, seat=seat, choice="yes", by=world.seat(1))
    close_vote(vote=vote, by=world.chair)
    give_floor(
        speaker=enter_speaker(item=world.items[2], site=world.sites[3], by=world.chair), by=world.chair
    )
    moment.shift(timedelta(minutes=4))
    close_conference(conference=world.conference, by=world.chair)
    return draft_minutes(conference=world.conference, by=None)


def exported(conference: Conference) -> Log:
    """As anybody could keep it: text."""
    rows = conference.events.order_by("seq").values("type", "at", "payload")
    kept: Log = json.loads(json.dumps([{**row, "at": row["at"].isoformat()} for row in rows]))
    return kept


def speeches(log: Log) -> Iterator[tuple[str, str, str, int]]:
    """(site, from, until, seconds given), read by the words of the log alone."""
    begun: dict[str, Any] = {}
    for line in log:
        told = line["payload"]
        if line["type"] == "give_floor":
            begun = {"site": told["site"], "at": line["at"], "given": told["seconds"]}
        if line["type"] == "extend_time":
            begun["given"] = told["seconds"]
        if line["type"] == "end_speech":
            yield begun["site"], begun["at"], line["at"], begun["given"]


def of_type(log: Log, *types: str) -> Log:
    return [line for line in log if line["type"] in types]


def test_an_independent_reading_of_the_log_says_what_the_minutes_say(
    world: ConferenceWorld, minutes: Minutes
) -> None:
    log, drafted = exported(world.refreshed()), minutes.drafted
    acts = [act for item in drafted["items"] for act in item["acts"]]
    assert drafted["began_at"] == of_type(log, "open_conference")[0]["at"]
    assert drafted["ended_at"] == of_type(log, "close_conference")[0]["at"]
    assert [(item["pk"], item["began_at"]) for item in drafted["items"]] == [
        (line["payload"]["item"], line["at"]) for line in of_type(log, "begin_item")
    ]
    told = [
        (act["site_key"], act["at"], act["until"], act["granted"]) for act in acts if act["what"] == "speech"
    ]
    assert told == list(speeches(log))
    assert len(told) == 3
    answers = of_type(log, "answer_roll_call", "record_answer_by_phone")
    last = {line["payload"]["delegation"]: line["payload"]["present"] for line in answers}
    asked = of_type(log, "close_roll_call")[0]["payload"]["asked"]
    assert [(row["invited"], row["present"]) for row in drafted["attendance"]["rows"]] == [
        (invited, last.get(delegation)) for delegation, _bloc, invited in asked
    ]
    assert drafted["attendance"]["present"] == sum(last.values()) == 13
    (vote,) = [act for act in acts if act["what"] == "vote"]
    (closed,) = of_type(log, "close_vote")
    assert (vote["result"]["counts"], vote["result_hash"]) == (
        closed["payload"]["counts"],
        closed["payload"]["hash"],
    )
    spoken: dict[str, int] = {}
    for site, begun, ended, _given in speeches(log):
        seconds = (datetime.fromisoformat(ended) - datetime.fromisoformat(begun)).total_seconds()
        spoken[site] = spoken.get(site, 0) + int(seconds)
    assert sorted(each["seconds"] for each in drafted["speaking_times"]) == sorted(spoken.values())


def test_what_the_session_left_in_rows_is_not_asked(world: ConferenceWorld, minutes: Minutes) -> None:
    """Who spoke, what was answered and voted, times and states are lost or altered: the log still gives the draft."""
    RollCallAnswer.objects.all().delete()
    RollCallBase.objects.all().delete()
    Vote.objects.update(
        title_vi="Khác", options=[], result={"counts": {"yes": 99}}, result_hash="", opened_at=None
    )
    Delegation.objects.update(invited=1, bloc="")
    AgendaItem.objects.update(state=ItemState.PLANNED, began_at=None, ended_at=None, planned_minutes=1)
    Speaker.objects.update(
        state=SpeakerState.WITHDRAWN,
        began_at=None,
        ended_at=None,
        allotted_seconds=1,
        order=0,
        kind=SpeakerKind.QUESTION,
        post="Khác",
        delegation=None,
        speech=None,
        site=world.sites[0],
    )
    Conference.objects.update(
        state=ConferenceState.INVITED,
        opened_at=None,
        closed_at=None,
        hall={},
        agenda_edition=0,
        quorum_percent=100,
    )
    assert draft_of(Conference.objects.get(), minutes.last_seq) == minutes.drafted
    line = world.conference.events.get(type="end_speech", payload__site=world.sites[1].slug)
    world.conference.events.filter(pk=line.pk).update(at=line.at + timedelta(seconds=1))
    assert draft_of(Conference.objects.get(), minutes.last_seq) != minutes.drafted


SINCE = {"signed_as", "needed_percent", "asked", "result", "kind", "post", "delegation", "speech"}


def test_a_log_of_before_gives_the_same_draft_with_the_help_of_the_rows(
    world: ConferenceWorld, minutes: Minutes
) -> None:
    for event in world.conference.events.filter(
        type__in=["answer_roll_call", "record_answer_by_phone", "close_roll_call", "close_vote", "give_floor"]
    ):
        kept = SINCE - {"delegation"} if "roll_call" in event.payload else SINCE
        event.payload = {key: told for key, told in event.payload.items() if key not in kept}
        event.save()
    drafted = draft_of(Conference.objects.get(), minutes.last_seq)
    assert {**drafted, "log": None} == {**minutes.drafted, "log": None}
