"""Minutes come from the log, are edited by people, and are frozen with what they were drawn from."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.actions import (
    answer_roll_call,
    ask_to_speak,
    begin_item,
    cancel_vote,
    cast_vote,
    close_conference,
    close_vote,
    draft_minutes,
    edit_minutes,
    enter_speaker,
    extend_time,
    freeze_minutes,
    give_floor,
    open_list,
    open_roll_call,
    open_vote,
    prepare_vote,
    readmit_site,
    record_answer_by_phone,
    remove_site,
    take_floor_back,
)
from phoihop.conferences.actions.minutes import context_of
from phoihop.conferences.enums import Duty, SpeakerKind, Visibility, VoteBase, VoteKind
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
    Seat,
)
from phoihop.conferences.queries.log import log_hash
from phoihop.core import clock, storage
from phoihop.core.errors import Conflict, NotAllowed
from phoihop.orgs.models import Post
from tests.conferences.world import PARTS, ConferenceWorld
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


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_part_is_told_to_nobody_its_item_was_closed_to(
    world: ConferenceWorld, client: Client, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    part = world.part(own, above)
    world.in_session()
    begin_item(item=part, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    secretary = world.official(Duty.SECRETARY)
    freeze_minutes(minutes=draft_minutes(conference=world.conference, by=secretary), by=secretary)
    told = []
    for user in (world.heads[1], UserFactory(username="stranger")):
        client.force_login(user)
        told.append("Phần kín đáo" in client.get(PAGE).content.decode())
    assert told == [seen != Visibility.HIDDEN, seen == Visibility.OPEN]


def test_a_part_that_was_closed_after_its_minutes_were_frozen_is_read_by_delegates_only(
    held: ConferenceWorld, client: Client
) -> None:
    secretary = held.official(Duty.SECRETARY)
    freeze_minutes(minutes=draft_minutes(conference=held.conference, by=secretary), by=secretary)
    AgendaItem.objects.filter(pk=held.items[2].pk).update(visibility=Visibility.INTERNAL)
    told = []
    for user in (held.heads[1], UserFactory(username="stranger")):
        client.force_login(user)
        told.append("Nội dung 3" in client.get(PAGE).content.decode())
    assert told == [True, False]


def told_of(world: ConferenceWorld, lang: str = "vi") -> str:
    draft = draft_of(world.refreshed(), world.conference.last_seq)
    return "\n".join(
        line for part in parts_of(draft, {}, "en" if lang == "en" else "vi") for line in part.lines
    )


def test_a_vote_is_told_with_its_arithmetic_its_quorum_and_its_code(world: ConferenceWorld) -> None:
    world.in_session()
    vote = prepare_vote(item=world.items[0], title_vi="Thông qua báo cáo", kind=VoteKind.NAMED, by=None)
    open_roll_call(conference=world.conference, by=None)
    vote = open_vote(vote=vote, by=None)
    cast_vote(
        vote=vote,
        seat=Seat.objects.get(delegation__site=world.sites[1], number=1),
        choice="yes",
        by=world.seat(1),
    )
    result = close_vote(vote=vote, by=None)
    assert (
        "Biểu quyết ghi tên “Thông qua báo cáo”. 1/12 ghế có quyền biểu quyết đã biểu quyết. Kết quả: Tán thành: 1"
        " (8,33 %); Không tán thành: 0 (0,00 %); Không có ý kiến: 0 (0,00 %). Tỷ lệ tính trên 12 ghế có quyền biểu"
        " quyết. Cần quá nửa: 7 phiếu trở lên. Chưa đủ điều kiện tiến hành theo điểm danh lần 1 (0/48 đại biểu). Không"
        f" được thông qua. Mã kiểm tra kết quả {result.result_hash[:16]}."
    ) in told_of(world)


def test_a_choice_between_options_neither_passes_nor_fails(world: ConferenceWorld) -> None:
    world.in_session()
    options = [{"vi": each} for each in ("Phương án A", "Phương án B", "Phương án C")]
    for chosen in ("option-2", ""):
        vote = prepare_vote(
            item=world.items[0],
            title_vi="Chọn mẫu",
            kind=VoteKind.SECRET,
            options=options,
            base=VoteBase.CAST,
            by=None,
        )
        vote = open_vote(vote=vote, by=None)
        if chosen:
            cast_vote(
                vote=vote,
                seat=Seat.objects.get(delegation__site=world.sites[1], number=1),
                choice=chosen,
                by=world.seat(1),
            )
        close_vote(vote=vote, by=None)
    told = told_of(world)
    assert "Phương án được chọn: Phương án B." in told
    assert "Không phương án nào đạt số phiếu cần thiết." in told
    assert "hông qua" not in told


def test_what_the_presidium_did_is_told_as_its_doing(world: ConferenceWorld) -> None:
    world.in_session()
    remove_site(site=world.sites[1], by=world.chair)
    readmit_site(site=world.sites[1], by=world.chair)
    for reason in ("Đặt sai câu hỏi", ""):
        vote = prepare_vote(item=world.items[0], title_vi="Nhầm", kind=VoteKind.NAMED, by=None)
        cancel_vote(vote=open_vote(vote=vote, by=None), reason=reason, by=world.chair)
    cancel_vote(
        vote=prepare_vote(item=world.items[0], title_vi="Chưa mở", kind=VoteKind.NAMED, by=None), by=None
    )
    assert lines(world, draft_minutes(conference=world.conference, by=None), f"item-{world.items[0].pk}")[
        1:
    ] == (
        "Đoàn chủ trì đưa Điểm cầu Tỉnh Tỉnh 0 ra khỏi hội nghị lúc 09:00.",
        "Đoàn chủ trì cho Điểm cầu Tỉnh Tỉnh 0 tham dự trở lại lúc 09:00.",
        "Hủy lần biểu quyết “Nhầm” lúc 09:00, không tính kết quả. Lý do: Đặt sai câu hỏi",
        "Hủy lần biểu quyết “Nhầm” lúc 09:00, không tính kết quả. Lý do: không ghi.",
    )


def test_speeches_are_named_by_what_they_are_and_by_the_time_given(world: ConferenceWorld) -> None:
    world.in_session()
    begin_item(item=world.items[1], by=world.chair)
    site = world.sites[1]
    speech = world.conference.speeches.create(
        delegation=site.delegations.get(), title_vi="Kinh nghiệm xã A", registered_at=clock.now()
    )
    for held, seconds in ((None, 120), (speech, -60), (None, 0)):
        speaker = enter_speaker(item=world.items[1], site=site, speech=held, by=None, post="Giám đốc")
        extend_time(speaker=give_floor(speaker=speaker, by=None), seconds=seconds, by=None)
    take_floor_back(conference=world.conference, by=None)
    minutes = draft_minutes(conference=world.conference, by=None)
    assert lines(world, minutes, f"item-{world.items[1].pk}")[1:] == (
        (
            "Điểm cầu Tỉnh Tỉnh 0, Giám đốc: trình bày báo cáo tóm tắt (09:00–09:00). Thời gian phát biểu được kéo dài từ"
            " 7:00 lên 9:00 (phút:giây)."
        ),
        (
            "Điểm cầu Tỉnh Tỉnh 0, Giám đốc: trình bày tham luận “Kinh nghiệm xã A” (09:00–09:00). Thời gian phát biểu được"
            " rút ngắn từ 7:00 xuống 6:00 (phút:giây)."
        ),
        "Điểm cầu Tỉnh Tỉnh 0, Giám đốc: phát biểu (09:00–09:00).",
    )


def test_the_roll_call_says_whose_word_it_is(world: ConferenceWorld) -> None:
    call = open_roll_call(conference=world.in_session().refreshed(), by=world.chair)
    first, second = (Delegation.objects.get(site=world.sites[number]) for number in (0, 1))
    answer_roll_call(roll_call=call, delegation=first, present=9, by=world.head(0))
    assert "theo điểm danh do trưởng điểm cầu xác nhận" in told_of(world)
    secretary = world.official(Duty.SECRETARY)
    record_answer_by_phone(roll_call=call, delegation=second, present=3, by=secretary)
    assert (
        "Có mặt 12/48 đại biểu được mời theo điểm danh (trưởng điểm cầu xác nhận: 1 đoàn; thư ký ghi theo điện thoại: 1"
        " đoàn; không trả lời: 2 đoàn)."
    ) in told_of(world)


def test_posts_are_in_english_where_they_are_known(world: ConferenceWorld) -> None:
    body = world.centre
    Post.objects.create(
        organisation=body, slug="head", title_vi="Trưởng ban", title_en="Head", valid_from=date(2010, 1, 1)
    )
    world.in_session()
    for post in (f"Trưởng ban, {body.name_vi}", "Trưởng ban, Cơ quan lạ"):
        give_floor(
            speaker=enter_speaker(item=world.items[0], site=world.sites[0], post=post, by=None), by=None
        )
    told = told_of(world, "en")
    assert f"Head, {body.name_en}: speech" in told
    assert "Trưởng ban, Cơ quan lạ: speech" in told
    assert "Secretary: appointed by " in told


def test_what_was_edited_in_one_language_is_said_and_frozen_only_when_confirmed(
    held: ConferenceWorld, client: Client
) -> None:
    secretary = held.official(Duty.SECRETARY)
    minutes = draft_minutes(conference=held.conference, by=secretary)
    edit_minutes(minutes=minutes, part="closing", texts={"vi": "Bế mạc."}, by=secretary)
    edit_minutes(minutes=minutes, part="presiding", texts={"vi": "Chủ trì.", "en": "Chair."}, by=secretary)
    client.force_login(held.officials[Duty.SECRETARY])
    page = client.get(PAGE).content.decode()
    assert page.count("phần tiếng Anh chưa được sửa theo") == 1
    assert "Thời gian phát biểu theo đoàn" in page
    with pytest.raises(Conflict, match="Chỉ mới sửa ở một ngôn ngữ: Kết thúc"):
        freeze_minutes(minutes=minutes, by=secretary)
    client.post(f"{PAGE}{minutes.number}/khoa/", {})
    minutes.refresh_from_db()
    assert minutes.frozen_at is None
    client.post(f"{PAGE}{minutes.number}/khoa/", {"confirmed": "on"})
    minutes.refresh_from_db()
    assert minutes.frozen_at is not None


def test_the_annexes_are_attendance_and_speaking_times(held: ConferenceWorld) -> None:
    call = RollCall.objects.create(
        conference=held.conference,
        number=1,
        opened_at=held.conference.opened_at,
        closed_at=held.conference.closed_at,
    )
    held.conference.events.filter(type="open_list").update(type="open_roll_call", payload={"number": 1})
    first = Delegation.objects.get(site=held.sites[0])
    asking = held.conference.events.filter(type="ask_to_speak").first()
    told = {"roll_call": 1, "delegation": first.pk, "present": 9, "edition": 1}
    held.conference.events.filter(pk=asking.pk).update(type="answer_roll_call", payload=told)
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


def test_the_form_says_where_and_who_presided(held: ConferenceWorld) -> None:
    held.conference.venue_vi, held.conference.venue_en = "Hội trường A, Hà Nội", "Hall A, Ha Noi"
    held.conference.save()
    drafted = draft_minutes(conference=held.conference, by=held.official(Duty.SECRETARY)).drafted
    told = {part.key: " ".join(part.lines) for part in parts_of(drafted, {}, "vi")}
    assert "Hội trường A, Hà Nội" in told["opening"]
    assert "Chủ trì" in told["presiding"]
    assert held.centre.name_vi in told["presiding"]
