"""Pages and forms of the roll-call, votes and notes, as a browser asks for them."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.actions import (
    answer_roll_call,
    cast_vote,
    close_conference,
    close_roll_call,
    close_vote,
    open_roll_call,
    open_vote,
    prepare_vote,
    show_scene,
    write_note,
)
from phoihop.conferences.enums import Duty, GrantKind, Scene, Visibility, VoteBase, VoteKind
from phoihop.conferences.models import (
    Beacon,
    Connection,
    Delegation,
    PresidiumNote,
    RollCallAnswer,
    Seat,
    Vote,
    VoteCast,
)
from phoihop.conferences.queries.streams import open_counts
from phoihop.core import clock
from tests.conferences.world import PARTS, ConferenceWorld

AT = "/hoi-nghi/hoi-nghi-thu"
JSON = {"HTTP_ACCEPT": "application/json"}


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def admitted(grant: Any) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = {str(grant.site.conference_id): grant.pk}
    session.save()
    return client


def seat_client(world: ConferenceWorld, number: int, place: int = 1) -> Client:
    return admitted(world.seat(number, place).grant)


def opened(world: ConferenceWorld, kind: VoteKind = VoteKind.NAMED) -> Vote:
    world.in_session()
    vote = prepare_vote(item=world.items[0], title_vi="Thông qua kết luận", kind=kind, by=world.chair)
    return open_vote(vote=vote, by=world.chair)


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/diem-danh/", {"chair", "secretary", "head", "room", "seat"}),
        ("/diem-danh/tai/csv/", {"chair", "secretary", "head", "room", "seat"}),
        ("/diem-danh/bang/", {"chair", "secretary"}),
        ("/ghe/", {"seat"}),
        ("/bieu-quyet/", {"chair", "secretary", "head", "room", "seat", "viewer"}),
        ("/bieu-quyet/bang/", {"chair", "secretary"}),
        ("/bieu-quyet/man-hinh/", {"chair", "secretary", "head", "room", "seat", "viewer"}),
        ("/gui-chu-tri/", {"chair", "secretary", "head", "room"}),
        ("/gui-chu-tri/bang/", {"chair", "secretary"}),
    ],
)
def test_who_opens_which_page(world: ConferenceWorld, path: str, allowed: set[str]) -> None:
    opened(world)
    open_roll_call(conference=world.refreshed(), by=world.chair)
    clients = {
        "chair": signed_in(world.officials[Duty.CHAIR]),
        "secretary": signed_in(world.officials[Duty.SECRETARY]),
        "head": signed_in(world.heads[1]),
        "room": admitted(world.grant(1)),
        "seat": seat_client(world, 1),
        "viewer": admitted(world.grant(1, GrantKind.VIEW)),
        "nobody": Client(),
    }
    answers = {who: client.get(AT + path).status_code for who, client in clients.items()}
    assert {who for who, status in answers.items() if status == 200} == allowed
    assert answers["nobody"] == 302


def test_attendance_can_be_read_before_a_roll_was_called(world: ConferenceWorld) -> None:
    world.in_session()
    chair = signed_in(world.officials[Duty.CHAIR])

    page = chair.get(f"{AT}/diem-danh/")

    assert page.status_code == 200
    assert [(each.delegations, each.answered, each.present) for each in page.context["told"].blocs] == [
        (4, 0, 0)
    ]
    assert chair.get(f"{AT}/diem-danh/tai/csv/").status_code == 200


def test_a_seat_votes_and_is_told_so_however_often_it_asks(world: ConferenceWorld) -> None:
    vote, client = opened(world), seat_client(world, 1)
    path = f"{AT}/bieu-quyet/{vote.pk}/phieu/"
    said = {"choice": "yes", "key": "k" * 32}
    first, second = client.post(path, said, **JSON), client.post(path, said, **JSON)
    assert (first.status_code, second.status_code) == (200, 200)
    assert (first.json(), second.json()) == ({"ok": True, "seq": first.json()["seq"]}, first.json())
    other = client.post(path, {**said, "choice": "no"}, **JSON)
    assert (other.status_code, set(other.json())) == (409, {"refusal"})
    assert list(VoteCast.objects.values_list("choice", flat=True)) == ["yes"]
    assert "Đã ghi nhận phiếu của ghế này" in client.get(f"{AT}/ghe/").content.decode()


def test_without_a_script_the_seat_comes_back_to_its_page(world: ConferenceWorld) -> None:
    vote, client = opened(world, VoteKind.SECRET), seat_client(world, 1)
    answer = client.post(f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "no", "key": "a"}, follow=True)
    assert answer.redirect_chain == [(f"{AT}/ghe/", 302)]
    text = answer.content.decode()
    assert "Đã ghi nhận phiếu của ghế này" in text
    assert "Người quản trị máy chủ vẫn có thể suy ra lựa chọn" in text
    refused = client.post(f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "?", "key": "b"}, follow=True)
    assert refused.status_code == 200
    assert VoteCast.objects.count() == 1


INFERRED = {
    "vi": (
        "khi theo dõi cơ sở dữ liệu trong lúc các phiếu được gửi đến: giữa hai lần gửi chỉ có thêm một lá phiếu;",
        "từ bản sao lưu, ảnh chụp đĩa hoặc nhật ký ghi của cơ sở dữ liệu ở thời điểm giữa hai phiếu;",
        "khi đọc nội dung điện thoại gửi lên, ngay trên máy chủ hoặc trên đường truyền không mã hóa;",
        "từ chính kết quả, khi có ít phiếu hoặc mọi phiếu giống nhau.",
    ),
    "en": (
        "by watching the database while votes come in: between two votes one slip is filled in;",
        "from backups, disk snapshots or the database's own write log kept from between two votes;",
        "by reading what a phone sends, on the server or on a network without encryption;",
        "from the result itself, where few vote or all vote alike.",
    ),
}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_an_administrator_could_still_infer_is_told_where_one_votes(
    world: ConferenceWorld, settings: Any, language: str
) -> None:
    """All four ways, to the seat before it votes and to the table that opened the vote; of a secret vote only."""
    opened(world, VoteKind.SECRET)
    told = {}
    for who, client, path in (
        ("seat", seat_client(world, 1), "/ghe/"),
        ("chair", signed_in(world.officials[Duty.CHAIR]), "/bieu-quyet/bang/"),
    ):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = unescape(client.get(AT + path).content.decode())
        told[who] = tuple(way for way in INFERRED[language] if f"<li>{way}</li>" in page)
    assert told == {"seat": INFERRED[language], "chair": INFERRED[language]}


def test_a_named_vote_promises_no_secrecy(world: ConferenceWorld) -> None:
    opened(world)
    page = seat_client(world, 1).get(f"{AT}/ghe/").content.decode()
    assert [way for way in INFERRED["vi"] if way in page] == []


@pytest.mark.parametrize("kind", [GrantKind.ROOM, GrantKind.VIEW])
def test_another_kind_of_code_does_not_vote(world: ConferenceWorld, kind: GrantKind) -> None:
    vote, client = opened(world), admitted(world.grant(1, kind))
    answer = client.post(f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "yes", "key": "a"}, **JSON)
    assert answer.status_code == 403
    assert "Điện thoại của đại biểu" in answer.json()["refusal"]
    assert VoteCast.objects.count() == 0


def test_casting_asks_the_database_few_things(world: ConferenceWorld, django_assert_num_queries: Any) -> None:
    """It holds the conference's row for 9 of them; two are the test's savepoints."""
    vote, client = opened(world, VoteKind.SECRET), seat_client(world, 1)
    with django_assert_num_queries(16 + (connection.vendor == "postgresql")):  # which is told of the change
        client.post(f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "yes", "key": "a"}, **JSON)


def test_the_chair_runs_a_vote_from_the_panel(world: ConferenceWorld) -> None:
    world.in_session()
    client = signed_in(world.officials[Duty.CHAIR])
    said = {
        "item": world.items[0].pk, "title_vi": "Chọn nơi họp", "kind": "named", "base": "cast",
        "majority": "half", "options": "Hà Nội\nKon Tum\n", "key": "p1",
    }  # fmt: skip
    for _time in range(2):
        assert client.post(f"{AT}/bieu-quyet/chuan-bi/", said, **JSON).json()["ok"]
    vote = Vote.objects.get()
    assert [each["vi"] for each in vote.options] == ["Hà Nội", "Kon Tum"]
    refused = client.post(f"{AT}/bieu-quyet/chuan-bi/", {**said, "item": "", "key": "p2"}, **JSON)
    assert (refused.status_code, "Nội dung chương trình" in refused.json()["refusal"]) == (400, True)
    refused = client.post(f"{AT}/bieu-quyet/{vote.pk}/mo/", {"key": "p3"}, **JSON)
    assert (refused.status_code, "Chưa điểm danh" in refused.json()["refusal"]) == (409, True)
    knowing = {"key": "p3", "without_quorum": "on"}
    assert client.post(f"{AT}/bieu-quyet/{vote.pk}/mo/", knowing, **JSON).json()["ok"]
    seat_client(world, 1).post(
        f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "option-2", "key": "p4"}, **JSON
    )
    assert client.post(f"{AT}/bieu-quyet/{vote.pk}/dong/", {"key": "p5"}, **JSON).json()["ok"]
    vote.refresh_from_db()
    assert (vote.result["carried"], vote.result["is_adopted"]) == ("option-2", True)
    page = client.get(f"{AT}/bieu-quyet/").content.decode()
    assert vote.result_hash in page
    csv = client.get(f"{AT}/bieu-quyet/{vote.pk}/tai/").content.decode("utf-8-sig").splitlines()
    assert csv[0] == "Điểm cầu,Đoàn,Số ghế được quyền,Số ghế đã biểu quyết,Hà Nội,Kon Tum"
    assert csv[2].endswith(",3,1,0,1")


def test_the_secretary_writes_down_a_vote_heard_over_the_telephone(world: ConferenceWorld) -> None:
    vote = opened(world)
    world.sites[2].reach = "phone"
    world.sites[2].save()
    client = signed_in(world.officials[Duty.SECRETARY])
    seat = Seat.objects.get(delegation__site=world.sites[2], number=1)
    panel = client.get(f"{AT}/bieu-quyet/bang/").content.decode()
    assert f'<option value="{seat.pk}">' in panel
    said = {"seat": seat.pk, "choice": "no", "key": "q"}
    assert client.post(f"{AT}/bieu-quyet/{vote.pk}/qua-dien-thoai/", said, **JSON).json()["ok"]
    assert VoteCast.objects.get().is_by_phone
    assert f'<option value="{seat.pk}">' not in client.get(f"{AT}/bieu-quyet/bang/").content.decode()


def test_a_vote_of_a_hidden_item_is_shown_to_the_presidium_only(world: ConferenceWorld) -> None:
    world.items[0].visibility = Visibility.HIDDEN
    world.items[0].save()
    vote = opened(world)
    close_vote(vote=vote, by=world.chair)
    shown = "Thông qua kết luận"
    assert shown in signed_in(world.officials[Duty.CHAIR]).get(f"{AT}/bieu-quyet/").content.decode()
    viewer = admitted(world.grant(1, GrantKind.VIEW))
    assert shown not in viewer.get(f"{AT}/bieu-quyet/").content.decode()
    assert viewer.get(f"{AT}/bieu-quyet/{vote.pk}/tai/").status_code == 404


@pytest.mark.parametrize(("own", "above", "seen"), PARTS)
def test_a_vote_of_a_part_is_shown_to_nobody_its_item_is_closed_to(
    world: ConferenceWorld, own: Visibility, above: Visibility, seen: Visibility
) -> None:
    part = world.part(own, above)
    world.in_session()
    vote = prepare_vote(item=part, title_vi="Bầu kín đáo", kind=VoteKind.NAMED, by=world.chair)
    open_vote(vote=vote, by=world.chair)
    counted = open_counts([world.conference.pk])[world.conference.pk]["visibility"]
    close_vote(vote=vote, by=world.chair)
    shown = {}
    for kind in (GrantKind.ROOM, GrantKind.VIEW):
        client = admitted(world.grant(1, kind))
        listed = "Bầu kín đáo" in client.get(f"{AT}/bieu-quyet/").content.decode()
        shown[kind] = (listed, client.get(f"{AT}/bieu-quyet/{vote.pk}/tai/").status_code)
    yes, no = (True, 200), (False, 404)
    assert shown[GrantKind.ROOM] == (no if seen == Visibility.HIDDEN else yes)
    assert shown[GrantKind.VIEW] == (yes if seen == Visibility.OPEN else no)
    assert counted == seen


def test_the_head_signs_the_roll_call_on_the_page_of_the_site(world: ConferenceWorld) -> None:
    world.in_session()
    open_roll_call(conference=world.refreshed(), by=world.chair)
    delegation = Delegation.objects.get(site=world.sites[1])
    client = signed_in(world.heads[1])
    path = f"{AT}/diem-danh/1/doan/{delegation.pk}/"
    assert path in client.get(f"{AT}/diem-danh/phieu/").content.decode()
    refused = client.post(path, {"present": "", "key": "r0"}, **JSON)
    assert (refused.status_code, "Số đại biểu có mặt" in refused.json()["refusal"]) == (400, True)
    assert client.post(path, {"present": "11", "key": "r1"}, **JSON).json()["ok"]
    assert client.post(path, {"present": "11", "key": "r1"}, **JSON).json()["ok"]
    assert list(RollCallAnswer.objects.values_list("edition", "present")) == [(1, 11)]
    room = admitted(world.grant(1))
    assert path not in room.get(f"{AT}/diem-danh/phieu/").content.decode()
    assert room.post(path, {"present": "3", "key": "r2"}, **JSON).status_code == 403


def test_the_table_sees_only_who_has_not_answered(world: ConferenceWorld) -> None:
    world.in_session()
    called = open_roll_call(conference=world.refreshed(), by=world.chair)
    for number in (0, 1):
        delegation = Delegation.objects.select_related("site").get(site=world.sites[number])
        answer_roll_call(roll_call=called, delegation=delegation, present=10, by=world.head(number))
    panel = signed_in(world.officials[Duty.CHAIR]).get(f"{AT}/diem-danh/bang/").content.decode()
    waiting = panel[panel.index("waiting-list") :]
    assert [f">{site.name_vi}<" in waiting for site in world.sites] == [False, False, True, True]


def test_three_records_stand_beside_each_other(world: ConferenceWorld) -> None:
    world.in_session()
    called = open_roll_call(conference=world.refreshed(), by=world.chair)
    delegation = Delegation.objects.select_related("site").get(site=world.sites[1])
    answer_roll_call(roll_call=called, delegation=delegation, present=11, by=world.head(1))
    now = clock.now()
    for key in ("a", "b"):  # two screens at once: an hour, not two
        Connection.objects.create(
            site=world.sites[1], kind="room", key=key, opened_at=now, seen_at=now,
            closed_at=now + timedelta(minutes=60),
        )  # fmt: skip
    for minute, delay in enumerate((30, 90, 40)):
        Beacon.objects.create(
            site=world.sites[1], at=now, minute=minute, delay_ms=delay, frames=25, lost_packets=minute
        )
    chair = signed_in(world.officials[Duty.CHAIR])
    rows = chair.get(f"{AT}/diem-danh/tai/csv/").content.decode("utf-8-sig").splitlines()
    assert rows[0].endswith(
        'Số lần kết nối của điểm cầu,Số phút kết nối,Số tín hiệu kỹ thuật của điểm cầu,"Độ trễ trung vị, ms"'
    )
    cells = rows[2].split(",")
    assert (cells[3], cells[4], cells[10:14]) == ("12", "11", ["2", "60", "3", "40"])
    other = rows[3].split(",")  # nobody answered there, no stream, no beacon
    assert (other[4], other[10:14]) == ("", ["0", "0", "0", ""])
    head = signed_in(world.heads[1]).get(f"{AT}/diem-danh/tai/csv/").content.decode("utf-8-sig")
    assert "Số phút kết nối" not in head
    pdf = chair.get(f"{AT}/diem-danh/tai/pdf/")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_note_is_read_by_the_presidium_alone(world: ConferenceWorld) -> None:
    world.in_session()
    room = admitted(world.grant(2))
    said = {"text": "Đề nghị được phát biểu sau giờ giải lao", "key": "n1"}
    for _time in range(2):
        assert room.post(f"{AT}/gui-chu-tri/gui/", said, **JSON).json()["ok"]
    note = PresidiumNote.objects.get()
    chair = signed_in(world.officials[Duty.CHAIR])
    assert note.text in chair.get(f"{AT}/gui-chu-tri/").content.decode()
    own = room.get(f"{AT}/gui-chu-tri/").content.decode()
    assert (note.text in own, 'name="text"' in own) == (False, True)
    assert room.post(f"{AT}/gui-chu-tri/{note.pk}/da-doc/", {"key": "n2"}, **JSON).status_code == 403
    assert chair.post(f"{AT}/gui-chu-tri/{note.pk}/da-doc/", {"key": "n3"}, **JSON).json()["ok"]
    note.refresh_from_db()
    assert note.read_by == world.officials[Duty.CHAIR]
    moved = room.get(f"{AT}/dien-bien/").json()["patch"]
    assert moved["notes"] == moved["prepared"] == {"is_closed_part": True}
    assert write_note(site=world.sites[1], text="x", by=world.room(1)).text == "x"


@pytest.mark.parametrize(
    ("named", "post", "words"),
    [
        (True, "Giám đốc", "Trưởng điểm cầu (Giám đốc) ký điểm danh"),
        (True, "", "Trưởng điểm cầu ký điểm danh sau khi đăng nhập"),
        (False, "", "Chưa chỉ định trưởng điểm cầu nên chưa ai ký điểm danh được. Hãy gọi thư ký"),
    ],
)
def test_who_signs_the_roll_call_is_told_without_empty_brackets(
    world: ConferenceWorld, named: bool, post: str, words: str
) -> None:
    site = world.sites[1]
    site.head_post, site.head = post, site.head if named else None
    site.save()
    open_roll_call(conference=world.in_session().refreshed(), by=world.chair)
    page = admitted(world.grant(1)).get(f"{AT}/diem-cau/").content.decode()
    assert (words in page, "()" in page) == (True, False)


def test_a_closed_console_offers_nothing_that_is_refused(world: ConferenceWorld) -> None:
    world.in_session()
    vote = prepare_vote(item=world.items[0], title_vi="Còn lại", kind=VoteKind.NAMED, by=None)
    client = signed_in(world.officials[Duty.CHAIR])
    offered = (
        "Mở điểm danh",
        "Chuẩn bị lần biểu quyết",
        f"/bieu-quyet/{vote.pk}/mo/",
        "Ghi một điểm cầu vào danh sách",
    )
    open_page = client.get(f"{AT}/dieu-hanh/").content.decode()
    close_conference(conference=world.refreshed(), by=world.chair)
    closed_page = client.get(f"{AT}/dieu-hanh/").content.decode()
    assert [each in open_page for each in offered] == [True] * 4
    assert [each in closed_page for each in offered] == [False] * 4
    assert "Hiện không có ai phát biểu" in closed_page


def test_the_table_of_a_result_is_reached_by_keyboard_under_the_name_of_its_vote(
    world: ConferenceWorld,
) -> None:
    """Where it is too wide it is scrolled; on every page and screen that shows it."""
    close_vote(vote=opened(world), by=world.chair)
    show_scene(conference=world.refreshed(), scene=Scene.VOTE, by=None)
    chair = signed_in(world.officials[Duty.CHAIR])
    pages = [
        (chair, "/bieu-quyet/"),
        (chair, "/dieu-hanh/"),
        (chair, "/man-hinh/"),
        (seat_client(world, 1), "/ghe/"),
    ]
    named = 'tabindex="0" role="region" aria-label="Kết quả biểu quyết: Thông qua kết luận"'
    for client, path in pages:
        page = client.get(AT + path).content.decode()
        results = page.count('class="vote-result"')
        assert (path, results > 0, page.count(named)) == (path, True, results)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        (("option-2", "option-2", "option-1"), "Phương án được chọn: Phương án B"),
        (("option-1", "option-2", "option-3"), "Nhiều phiếu nhất: Phương án A; Phương án B; Phương án C"),
    ],
)
def test_a_choice_is_told_by_what_was_chosen(
    world: ConferenceWorld, choices: tuple[str, ...], words: str
) -> None:
    options = [{"vi": f"Phương án {letter}"} for letter in "ABC"]
    world.in_session()
    vote = prepare_vote(
        item=world.items[0],
        title_vi="Chọn",
        kind=VoteKind.NAMED,
        options=options,
        base=VoteBase.CAST,
        by=None,
    )
    vote = open_vote(vote=vote, by=None)
    for place, choice in enumerate(choices, start=1):
        seat = Seat.objects.get(delegation__site=world.sites[1], number=place)
        cast_vote(vote=vote, seat=seat, choice=choice, by=world.seat(1, place))
    close_vote(vote=vote, by=None)
    page = signed_in(world.officials[Duty.CHAIR]).get(f"{AT}/bieu-quyet/").content.decode()
    assert (words in page, "hông qua" in page.split("<main")[1]) == (True, False)


def test_the_wall_of_the_roll_call_has_its_number_time_and_quorum(world: ConferenceWorld) -> None:
    call = open_roll_call(conference=world.in_session().refreshed(), by=world.chair)
    show_scene(conference=world.conference, scene=Scene.ROLL_CALL, by=None)
    client = signed_in(world.officials[Duty.CHAIR])
    page = client.get(f"{AT}/man-hinh/").content.decode()
    assert "Điểm danh lần 1, mở lúc 09:00</p>" in page
    assert "Chưa đủ số đại biểu: cần 24 đại biểu có mặt (50 %)" in page
    close_roll_call(roll_call=call, by=world.chair)
    assert "mở lúc 09:00, kết thúc lúc 09:00</p>" in client.get(f"{AT}/man-hinh/").content.decode()
