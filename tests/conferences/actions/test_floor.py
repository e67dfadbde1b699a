from dataclasses import replace
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError

from phoihop.audit.models import AuditEvent
from phoihop.conferences.actions import (
    ask_to_speak,
    begin_item,
    close_list,
    edit_site,
    enter_speaker,
    extend_time,
    give_floor,
    move_speaker,
    open_list,
    readmit_site,
    register_speech,
    remove_site,
    take_floor_back,
    withdraw_speaker,
)
from phoihop.conferences.enums import Duty, GrantKind, SiteKind, SpeakerKind, SpeakerState
from phoihop.conferences.facts import SiteFacts, SpeechFacts, facts_of
from phoihop.conferences.models import ConferenceEvent, Delegation, MediaCommand, Speaker
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.queries.speaking import speaking_times
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.world import ConferenceWorld


@pytest.fixture
def talking(world: ConferenceWorld) -> ConferenceWorld:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    return world


def asked(world: ConferenceWorld, number: int, kind: SpeakerKind = SpeakerKind.SPEECH) -> Speaker:
    return ask_to_speak(site=world.sites[number], kind=kind, by=world.room(number))


def waiting(world: ConferenceWorld) -> list[int]:
    lines = world.conference.speakers.filter(state=SpeakerState.WAITING).order_by("order")
    return [world.sites.index(each.site) for each in lines]


def test_sites_are_called_in_the_order_they_asked(talking: ConferenceWorld) -> None:
    for number in (2, 1, 3):
        asked(talking, number)
    assert waiting(talking) == [2, 1, 3]


def test_a_point_of_order_goes_first_and_is_heard_though_the_list_is_closed(talking: ConferenceWorld) -> None:
    asked(talking, 1)
    close_list(item=talking.items[0], by=talking.chair)
    with pytest.raises(Conflict, match="Danh sách phát biểu của “Nội dung 1” đã đóng"):
        asked(talking, 2)
    asked(talking, 3, SpeakerKind.POINT_OF_ORDER)
    assert waiting(talking) == [3, 1]


def test_a_site_waits_once_of_each_kind(talking: ConferenceWorld) -> None:
    asked(talking, 1)
    with pytest.raises(Conflict, match="Điểm cầu Tỉnh Tỉnh 0, Đoàn Tỉnh Tỉnh 0 đã có trong danh sách"):
        asked(talking, 1)
    asked(talking, 1, SpeakerKind.QUESTION)
    assert waiting(talking) == [1, 1]


def test_a_viewing_code_may_not_ask_to_speak(talking: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed, match="Trưởng điểm cầu"):
        ask_to_speak(site=talking.sites[1], kind=SpeakerKind.SPEECH, by=talking.room(1, GrantKind.VIEW))


def test_nobody_asks_for_another_site(talking: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed, match="Anh/chị tham gia ở điểm cầu khác"):
        ask_to_speak(site=talking.sites[2], kind=SpeakerKind.SPEECH, by=talking.room(1))


def test_giving_the_floor_ends_the_speech_before_and_commands_the_engine(
    talking: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    first, second = asked(talking, 1), asked(talking, 2)
    give_floor(speaker=first, by=talking.chair, seconds=60)
    moment.shift(timedelta(seconds=90))
    give_floor(speaker=second, by=talking.official(Duty.DIRECTOR))
    first.refresh_from_db()
    assert (first.state, second.state) == (SpeakerState.DONE, SpeakerState.SPEAKING)
    assert (first.ended_at - first.began_at).total_seconds() == 90
    assert second.allotted_seconds == talking.items[0].speech_seconds
    commands = MediaCommand.objects.values_list("name", "arguments")
    assert list(commands) == [
        ("open_stage", {}),
        ("settle", {}),
        ("give_floor", {"site": "diem-1"}),
        ("clear_floor", {"site": "diem-1"}),
        ("give_floor", {"site": "diem-2"}),
    ]


def test_the_table_reorders_and_withdraws(talking: ConferenceWorld) -> None:
    one, two, three = (asked(talking, number) for number in (1, 2, 3))
    move_speaker(speaker=three, before=one, by=talking.official(Duty.SECRETARY))
    withdraw_speaker(speaker=two, by=talking.chair)
    assert waiting(talking) == [3, 1]
    move_speaker(speaker=three, before=None, by=talking.chair)
    assert waiting(talking) == [1, 3]
    with pytest.raises(Conflict, match="Đã rút"):
        give_floor(speaker=two, by=talking.chair)


def test_a_site_withdraws_its_own_request_only(talking: ConferenceWorld) -> None:
    own, other = asked(talking, 1), asked(talking, 2)
    assert withdraw_speaker(speaker=own, by=talking.room(1)).state == SpeakerState.WITHDRAWN
    with pytest.raises(NotAllowed):
        withdraw_speaker(speaker=other, by=talking.room(1))


def became(world: ConferenceWorld, number: int, kind: SiteKind) -> None:
    site = world.sites[number]
    facts = replace(facts_of(site, SiteFacts), kind=kind.value)
    edit_site(site=site, facts=facts, by=attendee_of(world.conference, world.desk))


def test_a_site_that_watches_from_now_on_waits_no_more_on_any_item(talking: ConferenceWorld) -> None:
    gone, stays = asked(talking, 1), asked(talking, 2)
    later = enter_speaker(item=talking.items[1], site=talking.sites[1], by=talking.chair)
    became(talking, 1, SiteKind.VIEWING)
    assert waiting(talking) == [2]
    states = [Speaker.objects.get(pk=each.pk).state for each in (gone, later, stays)]
    assert states == [SpeakerState.WITHDRAWN, SpeakerState.WITHDRAWN, SpeakerState.WAITING]
    *_before, edited, first, second = ConferenceEvent.objects.order_by("seq")
    assert [each.type for each in (edited, first, second)] == ["edit_site", *["withdraw_speaker"] * 2]
    assert {first.payload["speaker"], second.payload["speaker"]} == {gone.pk, later.pk}
    assert [line["pk"] for line in second.patch["queue"]["waiting"]] == [stays.pk]


def test_a_site_that_watches_is_not_put_on_the_list(talking: ConferenceWorld) -> None:
    site = talking.sites[1]
    became(talking, 1, SiteKind.VIEWING)
    for ask in (
        lambda: asked(talking, 1),
        lambda: enter_speaker(item=talking.items[0], site=site, by=talking.chair),
    ):
        with pytest.raises(NotAllowed, match="điểm cầu theo dõi"):
            ask()
    assert not talking.conference.speakers.exists()


def test_a_site_that_was_taken_out_is_not_called_until_it_is_let_in_again(talking: ConferenceWorld) -> None:
    called = asked(talking, 1)
    remove_site(site=talking.sites[1], by=talking.chair)
    with pytest.raises(NotAllowed, match="đã được đưa ra khỏi"):
        give_floor(speaker=called, by=talking.chair)
    assert waiting(talking) == [1]
    readmit_site(site=talking.sites[1], by=talking.chair)
    assert give_floor(speaker=called, by=talking.chair).state == SpeakerState.SPEAKING


@pytest.mark.parametrize(
    ("asker", "withdraws"),
    [
        ("phone", {"phone", "chair"}),
        ("room", {"room", "head", "chair"}),
        ("head", {"room", "head", "chair"}),
        ("chair", {"room", "head", "chair"}),
    ],
)
def test_a_request_is_withdrawn_by_who_made_it_or_by_the_table(
    talking: ConferenceWorld, asker: str, withdraws: set[str]
) -> None:
    """Two phones of one site: neither withdraws the other's. The room leaves a phone's alone, and a phone the room's."""
    site = talking.sites[1]
    who = {
        "phone": talking.seat(1, 1), "other": talking.seat(1, 2), "room": talking.room(1), "head": talking.head(1),
        "chair": talking.chair,
    }  # fmt: skip
    may = set()
    for name, by in who.items():
        if asker == "chair":
            made = enter_speaker(item=talking.items[0], site=site, by=talking.chair)
        else:
            made = ask_to_speak(site=site, kind=SpeakerKind.SPEECH, by=who[asker])
        try:
            withdraw_speaker(speaker=made, by=by)
            may.add(name)
        except NotAllowed:
            withdraw_speaker(speaker=made, by=talking.chair)
    assert may == withdraws


def test_what_the_refusal_of_a_second_request_says_is_true(talking: ConferenceWorld) -> None:
    asked(talking, 1)
    with pytest.raises(Conflict, match=r"\(Phát biểu\).*loại khác"):
        asked(talking, 1)
    assert asked(talking, 1, SpeakerKind.SUPPLEMENT).state == SpeakerState.WAITING


def test_requests_made_before_are_given_their_owner_from_the_log(talking: ConferenceWorld) -> None:
    speaker = ask_to_speak(site=talking.sites[1], kind=SpeakerKind.SPEECH, by=talking.seat(1))
    owner = speaker.requester
    Speaker.objects.update(requester="")
    import_module("phoihop.conferences.migrations.0003_requests_have_an_owner").fill_in(apps, None)
    speaker.refresh_from_db()
    assert (owner[:5], speaker.requester) == ("seat:", owner)


def test_time_is_added_and_taken_never_below_nought(talking: ConferenceWorld) -> None:
    speaker = give_floor(speaker=asked(talking, 1), by=talking.chair, seconds=60)
    assert extend_time(speaker=speaker, seconds=30, by=talking.chair).allotted_seconds == 90
    assert extend_time(speaker=speaker, seconds=-900, by=talking.chair).allotted_seconds == 0


def test_the_next_item_takes_the_floor_back(talking: ConferenceWorld) -> None:
    speaker = give_floor(speaker=asked(talking, 1), by=talking.chair)
    begin_item(item=talking.items[1], by=talking.chair)
    speaker.refresh_from_db()
    assert speaker.state == SpeakerState.DONE
    with pytest.raises(Conflict, match="Hiện không có ai đang phát biểu"):
        take_floor_back(conference=talking.conference, by=talking.chair)


def test_a_request_sent_twice_counts_once(talking: ConferenceWorld) -> None:
    speaker = asked(talking, 1)
    give_floor(speaker=speaker, by=talking.chair, key="the-same")
    before = talking.refreshed().last_seq
    with pytest.raises(IntegrityError):
        take_floor_back(conference=talking.conference, by=talking.chair, key="the-same")
    assert talking.refreshed().last_seq == before
    assert Speaker.objects.get(pk=speaker.pk).state == SpeakerState.SPEAKING


def test_every_change_is_one_line_of_the_log_and_one_act_of_the_audit(talking: ConferenceWorld) -> None:
    give_floor(speaker=asked(talking, 1), by=talking.chair)
    told = ConferenceEvent.objects.values_list("seq", "type", "actor")
    assert list(told) == [
        (1, "open_conference", "the-chair"),
        (2, "begin_item", "the-chair"),
        (3, "open_list", "the-chair"),
        (4, "ask_to_speak", "site:diem-1"),
        (5, "give_floor", "the-chair"),
    ]
    audited = AuditEvent.objects.exclude(action="join_site").order_by("pk").values_list("action", flat=True)
    assert list(audited) == [each[1] for each in told]


def second_delegation(world: ConferenceWorld, number: int) -> Delegation:
    return Delegation.objects.create(
        site=world.sites[number], bloc="front", title_vi="Đoàn Mặt trận", order=1
    )


def test_who_speaks_for_which_delegation(talking: ConferenceWorld) -> None:
    """A phone for that of its seat whatever is chosen, a page for the chosen one or the site, the only one of a site."""
    front = second_delegation(talking, 1)
    police = Delegation.objects.get(site=talking.sites[1], bloc="police")
    of = {"phone": talking.seat(1), "room": talking.room(1)}
    told = {
        (who, chosen): ask_to_speak(
            site=talking.sites[1], kind=kind, by=of[who], delegation=front if chosen else None
        ).delegation
        for who, chosen, kind in (
            ("phone", True, SpeakerKind.SPEECH),
            ("phone", False, SpeakerKind.QUESTION),
            ("room", True, SpeakerKind.SUPPLEMENT),
            ("room", False, SpeakerKind.SPEECH),
        )
    }
    assert told == {
        ("phone", True): police, ("phone", False): police, ("room", True): front, ("room", False): None,
    }  # fmt: skip
    assert asked(talking, 2).delegation == Delegation.objects.get(site=talking.sites[2])
    assert asked(talking, 0).delegation is None  # the table sits there


def test_a_delegation_speaks_from_its_own_site(talking: ConferenceWorld) -> None:
    front = second_delegation(talking, 1)
    with pytest.raises(DomainError, match="“Đoàn Mặt trận” không ở Điểm cầu Tỉnh Tỉnh 1"):
        enter_speaker(item=talking.items[0], site=talking.sites[2], delegation=front, by=talking.chair)


def test_speaking_time_stands_under_the_delegation(
    talking: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    front = second_delegation(talking, 1)
    for delegation, seconds in ((front, 60), (None, 30)):
        speaker = enter_speaker(
            item=talking.items[0], site=talking.sites[1], delegation=delegation, by=talking.chair
        )
        give_floor(speaker=speaker, by=talking.chair)
        moment.shift(timedelta(seconds=seconds))
    take_floor_back(conference=talking.conference, by=talking.chair)
    times = [(each.delegation, each.seconds) for each in speaking_times(talking.conference)]
    assert times == [(None, 30), (front, 60)]


def test_a_registered_speech_has_the_time_it_was_given(talking: ConferenceWorld) -> None:
    """Not the item's usual one."""
    item, own = talking.items[0], Delegation.objects.filter(site=talking.sites[1]).get()
    facts = SpeechFacts(title_vi="Kinh nghiệm tự quản", minutes=11)
    speech = register_speech(delegation=own, facts=facts, by=talking.official(Duty.SECRETARY))
    assert speech.minutes == 11
    entered = enter_speaker(item=item, site=talking.sites[1], speech=speech, delegation=own, by=talking.chair)
    assert (entered.allotted_seconds, item.speech_seconds) == (660, 420)
