"""The door: where each kind of code leads, what a wrong one costs, and that nothing of the sender is kept."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from phoihop.audit.models import AuditEvent
from phoihop.conferences import throttle
from phoihop.conferences.actions import close_conference
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceKind, ConferenceState, GrantKind
from phoihop.conferences.models import Conference, Grant, Seat
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld

DOOR = "/hoi-nghi/hoi-nghi-thu/vao/"
WRONG = "AAAAA-AAAAA"


def typed(client: Client, code: str, site: str = "diem-1", kind: str = "room", seat: Any = "") -> Any:
    return client.post(DOOR, {"site": site, "kind": kind, "code": code, "seat": seat})


def code_of(world: ConferenceWorld, kind: GrantKind) -> str:
    site = world.sites[1]
    return code_for(kind.value, site.pk, site.code_edition)


def test_the_link_of_a_letter_has_the_site_chosen(world: ConferenceWorld) -> None:
    page = Client().get(f"{DOOR}?diem-cau=diem-2").content.decode()
    assert 'value="diem-2" selected' in page
    assert "Mã" in page


@pytest.mark.parametrize("written", [str, str.lower, lambda code: code.replace("-", " ")])
def test_a_right_code_opens_however_it_is_written(world: ConferenceWorld, written: Any) -> None:
    client = Client()
    answer = typed(client, written(code_of(world, GrantKind.ROOM)))
    assert answer.status_code == 302
    assert Grant.objects.get().site == world.sites[1]
    assert client.get("/hoi-nghi/hoi-nghi-thu/").status_code == 200


@pytest.mark.parametrize(
    ("kind", "page"), [(GrantKind.ROOM, "conferences:site"), (GrantKind.VIEW, "conferences:view")]
)
def test_a_viewer_is_led_to_what_is_shown_and_a_room_to_its_page(
    world: ConferenceWorld, kind: GrantKind, page: str
) -> None:
    answer = typed(Client(), code_of(world, kind), kind=kind.value)
    assert answer.headers["Location"] == reverse(page, args=["hoi-nghi-thu"])


def test_a_delegates_phone_needs_the_number_on_its_slip(world: ConferenceWorld) -> None:
    seat, other = Seat.objects.filter(delegation__site=world.sites[1])[:2]
    code = code_for("seat", seat.pk, seat.code_edition)
    without = typed(Client(), code, kind="seat")
    wrong = typed(Client(), code, kind="seat", seat=other.pk)
    right = typed(Client(), code, kind="seat", seat=seat.pk)
    assert [each.status_code for each in (without, wrong, right)] == [400, 400, 302]
    assert "Nhập số in trên phiếu" in without.content.decode()


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"code": WRONG}, "id_code_error", "Mã này không mở được điểm cầu đã chọn"),
        ({"code": ""}, "id_code_error", "Nhập mã trên giấy mời"),
        ({"site": ""}, "id_site_error", "Chọn điểm cầu nơi đặt thiết bị này"),
        ({"site": "diem-9"}, "id_site_error", "không còn tham gia"),
        ({"kind": "seat", "seat": "x"}, "id_seat_error", "chỉ gồm chữ số"),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    world: ConferenceWorld, changed: dict[str, str], field: str, sentence: str
) -> None:
    said = {"site": "diem-1", "kind": "room", "code": code_of(world, GrantKind.ROOM), **changed}
    answer = Client().post(DOOR, said)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert sentence in page.partition(f'id="{field}"')[2][:400]


def test_the_code_of_another_site_does_not_open(world: ConferenceWorld) -> None:
    assert typed(Client(), code_of(world, GrantKind.ROOM), site="diem-2").status_code == 400
    assert typed(Client(), code_of(world, GrantKind.VIEW), kind="room").status_code == 400


def test_guessing_waits_longer_each_time_and_a_slip_of_the_finger_does_not(
    world: ConferenceWorld, moment: time_machine.Traveller
) -> None:
    client, right = Client(), code_of(world, GrantKind.ROOM)
    for _ in range(throttle.FREE):
        assert "Mã này không mở" in typed(client, WRONG).content.decode()
    typed(client, WRONG)
    held = typed(client, right)
    assert "Hãy đợi 2 giây" in held.content.decode()
    assert not Grant.objects.exists()
    moment.shift(timedelta(seconds=3))
    assert typed(client, right).status_code == 302


def test_nobody_is_held_up_by_another_browsers_guessing(world: ConferenceWorld) -> None:
    guesser = Client()
    for _ in range(20):
        typed(guesser, WRONG)
    assert typed(Client(), code_of(world, GrantKind.ROOM)).status_code == 302


@pytest.mark.parametrize(("tries", "seconds"), [(3, 0), (4, 2), (5, 4), (8, 32), (9, 60), (10_000, 60)])
def test_the_wait_doubles_up_to_a_minute(moment: Any, tries: int, seconds: int) -> None:
    assert throttle.waiting_of(tries, clock.now()) == timedelta(seconds=seconds)


def test_nothing_about_the_sender_is_kept(world: ConferenceWorld) -> None:
    client = Client(
        REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Canary/7", HTTP_REFERER="https://canary.example/"
    )
    typed(client, WRONG)
    typed(client, code_of(world, GrantKind.ROOM))
    kept = [
        str(each) for each in (*AuditEvent.objects.values(), *Grant.objects.values(), dict(client.session))
    ]
    assert [word for word in ("203.0.113", "Canary", "canary") if any(word in each for each in kept)] == []


@pytest.mark.parametrize(
    ("field", "value"), [("state", ConferenceState.PREPARING), ("kind", ConferenceKind.WRITTEN)]
)
def test_a_conference_nobody_joins_has_no_door(world: ConferenceWorld, field: str, value: str) -> None:
    setattr(world.conference, field, value)
    world.conference.save()
    assert Client().get(DOOR).status_code == 404


def test_the_door_of_a_closed_conference_says_so_and_has_no_form(world: ConferenceWorld) -> None:
    close_conference(conference=world.in_session().refreshed(), by=world.chair)
    answer = Client().get(DOOR)
    page = answer.content.decode()
    assert (answer.status_code, 'name="code"' in page) == (410, False)
    assert "Hội nghị đã bế mạc lúc 09:00 16/06/2026" in page
    assert [f"/hoi-nghi/hoi-nghi-thu/{each}/" in page for each in ("bien-ban", "ket-luan")] == [True, True]
    assert typed(Client(), code_of(world, GrantKind.ROOM)).status_code == 410


def test_the_door_names_the_technical_office_or_else_who_organises(world: ConferenceWorld) -> None:
    told = []
    for office in ("", "Cục Viễn thông và cơ yếu"):
        Conference.objects.update(technical_office_vi=office, technical_phone="0692341234")
        page = Client().get(DOOR).content.decode()
        told.append(
            (f"hãy gọi {world.centre.name_vi}" in page, "0692341234" in page, bool(office) and office in page)
        )
    assert told == [(True, False, False), (False, True, True)]
