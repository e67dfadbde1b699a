"""Minutes come from the log, are edited by people, and are frozen with what they were drawn from."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import (
    ask_to_speak,
    begin_item,
    close_conference,
    draft_minutes,
    edit_minutes,
    freeze_minutes,
    give_floor,
    open_list,
    take_floor_back,
)
from phoihop.conferences.actions.minutes import context_of
from phoihop.conferences.enums import Duty, SpeakerKind, Visibility
from phoihop.conferences.minutes import draft_of, parts_of
from phoihop.conferences.minutes.plan import minutes_plan
from phoihop.conferences.models import (
    AgendaItem,
    ConferenceEvent,
    Delegation,
    Minutes,
    RollCall,
    RollCallAnswer,
    RollCallBase,
)
from phoihop.conferences.queries.log import log_hash
from phoihop.core import clock, storage
from phoihop.core.errors import Conflict, NotAllowed
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import UserFactory

PAGE = "/hoi-nghi/hoi-nghi-thu/bien-ban/"


@pytest.fixture
def held(world: ConferenceWorld, moment: time_machine.Traveller) -> ConferenceWorld:
    """Item 1 from 9:00, a speech of two minutes and one of three, item 3, closed at 9:10."""
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    for number, minutes in ((1, 2), (2, 3)):
        speaker = ask_to_speak(
            site=world.sites[number], kind=SpeakerKind.SPEECH, by=world.room(number), post="Phó Giám đốc"
        )
        give_floor(speaker=speaker, by=world.chair)
        moment.shift(timedelta(minutes=minutes))
    take_floor_back(conference=world.conference, by=world.chair)
    begin_item(item=world.items[2], by=world.chair)
    moment.shift(timedelta(minutes=5))
    close_conference(conference=world.conference, by=world.chair)
    return world


def lines(world: ConferenceWorld, minutes: Minutes, key: str, lang: str = "vi") -> tuple[str, ...]:
    return next(each.lines for each in parts_of(minutes.drafted, minutes.edited, lang) if each.key == key)


def test_the_draft_tells_the_session_in_the_legal_order(held: ConferenceWorld) -> None:
    minutes = draft_minutes(conference=held.conference, by=held.official(Duty.SECRETARY))
    parts = parts_of(minutes.drafted, {}, "vi")
    first, third = held.items[0].pk, held.items[2].pk
    keys = ["opening", "attendance", "presiding", f"item-{first}", f"item-{third}", "closing"]
    assert [each.key for each in parts] == keys
    assert parts[0].lines[0] == "Hội nghị bắt đầu vào hồi 09:00, ngày 16 tháng 6 năm 2026."
    assert parts[3].title == "1. Nội dung 1"
    assert parts[3].lines == (
        "Tiến hành từ 09:00 đến 09:05.",
        "Điểm cầu Tỉnh Tỉnh 0, Phó Giám đốc: phát biểu (09:00–09:02).",
        "Điểm cầu Tỉnh Tỉnh 1, Phó Giám đốc: phát biểu (09:02–09:05).",
    )
    assert parts[5].lines[0] == "Hội nghị kết thúc vào hồi 09:10, ngày 16 tháng 6 năm 2026."
    times = [
        (each["site"]["vi"], each["times"], each["seconds"]) for each in minutes.drafted["speaking_times"]
    ]
    assert times == [("Điểm cầu Tỉnh Tỉnh 0", 1, 120), ("Điểm cầu Tỉnh Tỉnh 1", 1, 180)]


def test_an_item_taken_up_again_stands_once(world: ConferenceWorld, moment: time_machine.Traveller) -> None:
    first, second = world.in_session().items[:2]
    for item, minutes in ((second, 1), (first, 4), (second, 5)):
        moment.shift(timedelta(minutes=2))
        begin_item(item=item, by=world.chair)
        moment.shift(timedelta(minutes=minutes))
    close_conference(conference=world.conference, by=world.chair)
    minutes_held = draft_minutes(conference=world.conference, by=None)
    keys = [each.key for each in parts_of(minutes_held.drafted, {}, "vi")]
    assert keys[3:-1] == [f"item-{first.pk}", f"item-{second.pk}"]
    assert lines(world, minutes_held, f"item-{second.pk}")[0] == "Tiến hành từ 09:02 đến 09:16."


def test_the_same_log_gives_the_same_draft_at_any_time(
    held: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    minutes = draft_minutes(conference=held.conference, by=None)
    moment.shift(timedelta(days=30))
    assert draft_of(held.refreshed(), minutes.last_seq) == minutes.drafted
    assert log_hash(held.conference, minutes.last_seq) == minutes.log_hash


def test_a_changed_log_is_seen(held: ConferenceWorld, client: Client) -> None:
    minutes = draft_minutes(conference=held.conference, by=None)
    ConferenceEvent.objects.filter(type="give_floor").update(at=held.conference.opened_at)
    assert log_hash(held.conference, minutes.last_seq) != minutes.log_hash
    client.force_login(held.officials[Duty.SECRETARY])
    assert "không khớp mã kiểm tra" in client.get(PAGE).content.decode()


def test_what_people_wrote_stands_when_it_is_drafted_again(held: ConferenceWorld) -> None:
    secretary = held.official(Duty.SECRETARY)
    minutes = draft_minutes(conference=held.conference, by=secretary)
    edit_minutes(minutes=minutes, part="closing", texts={"vi": "Kết thúc tốt đẹp.\n\nHết."}, by=secretary)
    again = draft_minutes(conference=held.conference, by=secretary)
    assert again.pk == minutes.pk
    assert lines(held, again, "closing") == ("Kết thúc tốt đẹp.", "Hết.")
    assert lines(held, again, "closing", "en")[0].startswith("The conference was closed at 09:10")
    edit_minutes(minutes=again, part="closing", texts={"vi": " "}, by=secretary)
    assert lines(held, again, "closing")[0].startswith("Hội nghị kết thúc vào hồi 09:10")


def test_a_hidden_item_is_not_in_the_minutes(world: ConferenceWorld) -> None:
    world.items[0].visibility = Visibility.HIDDEN
    world.items[0].save()
    world.in_session()
    minutes = draft_minutes(conference=world.conference, by=None)
    assert "Nội dung 1" not in json.dumps(minutes.drafted, ensure_ascii=False)


def test_frozen_minutes_keep_their_files_and_never_change(held: ConferenceWorld) -> None:
    secretary = held.official(Duty.SECRETARY)
    minutes = freeze_minutes(minutes=draft_minutes(conference=held.conference, by=secretary), by=secretary)
    names = [each.name for each in minutes.files.order_by("pk")]
    stem = "bien-ban-hoi-nghi-thu-1"
    assert names == [f"{stem}-vi.docx", f"{stem}-vi.pdf", f"{stem}-en.docx", f"{stem}-en.pdf"]
    for each in minutes.files.all():
        assert storage.hash_of(storage.place_of(each.path)) == each.sha256
    with pytest.raises(Conflict, match="Biên bản bản 1 đã khóa"):
        edit_minutes(minutes=minutes, part="closing", texts={"vi": "Khác."}, by=secretary)
    with pytest.raises(Conflict, match="đã khóa"):
        freeze_minutes(minutes=minutes, by=secretary)
    assert draft_minutes(conference=held.conference, by=secretary).number == 2


def test_minutes_are_not_frozen_while_in_session_or_behind_the_log(world: ConferenceWorld) -> None:
    world.in_session()
    early = draft_minutes(conference=world.conference, by=None)
    with pytest.raises(Conflict, match="chưa bế mạc"):
        freeze_minutes(minutes=early, by=None)
    close_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict, match="Hãy lập lại trước khi khóa"):
        freeze_minutes(minutes=early, by=None)


@pytest.mark.parametrize(
    ("duty", "may"), [(Duty.SECRETARY, True), (Duty.CHAIR, False), (Duty.DIRECTOR, False)]
)
def test_the_secretary_writes_the_minutes(held: ConferenceWorld, duty: Duty, may: bool) -> None:
    if may:
        assert draft_minutes(conference=held.conference, by=held.official(duty)).number == 1
        return
    with pytest.raises(NotAllowed, match="Thư ký"):
        draft_minutes(conference=held.conference, by=held.official(duty))


def test_a_draft_is_shown_to_its_writers_only(held: ConferenceWorld) -> None:
    draft_minutes(conference=held.conference, by=None)
    seen = {}
    for user in (held.officials[Duty.SECRETARY], held.heads[1]):
        client = Client()
        client.force_login(user)
        seen[user.username] = "Nội dung 1" in client.get(PAGE).content.decode()
    assert seen == {"the-secretary": True, "head-1": False}


def test_a_part_is_edited_on_its_page(held: ConferenceWorld, client: Client) -> None:
    minutes = draft_minutes(conference=held.conference, by=None)
    client.force_login(held.officials[Duty.SECRETARY])
    address = f"{PAGE}{minutes.number}/phan/closing/"
    english = "\n".join(lines(held, minutes, "closing", "en"))
    client.post(address, {"part": "closing", "vi": "Bế mạc.", "en": english})
    minutes.refresh_from_db()
    assert minutes.edited == {"closing": {"vi": "Bế mạc."}}
    assert client.get(f"{PAGE}{minutes.number}/phan/nowhere/").status_code == 404


def test_who_was_no_delegate_reads_what_was_open_to_everyone(held: ConferenceWorld, client: Client) -> None:
    AgendaItem.objects.filter(pk=held.items[2].pk).update(visibility=Visibility.INTERNAL)
    secretary = held.official(Duty.SECRETARY)
    minutes = freeze_minutes(minutes=draft_minutes(conference=held.conference, by=secretary), by=secretary)
    seen = {}
    for user in (held.heads[1], UserFactory(username="stranger")):
        client.force_login(user)
        page = client.get(PAGE).content.decode()
        name = minutes.files.all()[0].name
        seen[user.username] = ["Nội dung 1" in page, "Nội dung 3" in page, name in page]
    assert seen == {"head-1": [True, True, True], "stranger": [True, False, False]}


def test_the_annexes_are_attendance_and_speaking_times(held: ConferenceWorld) -> None:
    call = RollCall.objects.create(
        conference=held.conference,
        number=1,
        opened_at=held.conference.opened_at,
        closed_at=held.conference.closed_at,
    )
    held.conference.events.filter(type="open_list").update(type="open_roll_call", payload={"number": 1})
    first = Delegation.objects.get(site=held.sites[0])
    RollCallBase.objects.bulk_create(
        RollCallBase(roll_call=call, delegation=each, bloc=each.bloc, invited=each.invited)
        for each in Delegation.objects.all()
    )
    RollCallAnswer.objects.create(
        roll_call=call, delegation=first, present=9, signed_at=held.conference.opened_at, signed_as="Giám đốc"
    )
    minutes = draft_minutes(conference=held.conference, by=None)
    plan = minutes_plan(context_of(minutes, clock.now()), "vi")
    attendance, speaking = ([row.cells for row in annex.pieces[0].rows] for annex in plan.annexes)
    assert attendance[0] == ("Điểm cầu Trung ương", "Đoàn Trung ương", "12", "9", "Giám đốc", "")
    assert attendance[1][3] == "–"
    assert attendance[-1][:4] == ("Cộng", "", "48", "9")
    assert speaking == [
        ("Điểm cầu Tỉnh Tỉnh 0", "Đoàn Tỉnh Tỉnh 0", "1", "2:00"),
        ("Điểm cầu Tỉnh Tỉnh 1", "Đoàn Tỉnh Tỉnh 1", "1", "3:00"),
        ("Cộng", "", "2", "5:00"),
    ]
