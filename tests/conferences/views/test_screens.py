"""Who is let in where, and that a closed part of the meeting reaches no screen it is not for."""

from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import (
    ask_to_speak,
    begin_item,
    close_conference,
    give_floor,
    remove_site,
    show_scene,
    take_floor_back,
)
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import (
    ConferenceKind,
    Duty,
    GrantKind,
    ItemKind,
    Scene,
    SiteKind,
    SpeakerKind,
    Visibility,
)
from phoihop.conferences.models import Delegation, Grant, Site
from phoihop.core import clock
from phoihop.core.errors import Conflict
from tests.conferences.world import ConferenceWorld

PAGE = "/hoi-nghi/hoi-nghi-thu"


def enter(client: Client, world: ConferenceWorld, number: int, kind: GrantKind, code: str = "") -> Any:
    site = world.sites[number]
    code = code or code_for(kind.value, site.pk, site.code_edition)
    return client.post(f"{PAGE}/vao/", {"site": site.slug, "kind": kind.value, "code": code})


@pytest.mark.parametrize(
    ("kind", "address", "status"),
    [
        (GrantKind.ROOM, "diem-cau", 200),
        (GrantKind.ROOM, "man-hinh", 200),
        (GrantKind.ROOM, "xem", 200),
        (GrantKind.ROOM, "dieu-hanh", 403),
        (GrantKind.VIEW, "xem", 200),
        (GrantKind.VIEW, "diem-cau", 403),
        (GrantKind.VIEW, "dieu-hanh", 403),
    ],
)
def test_a_code_opens_its_own_pages(
    world: ConferenceWorld, client: Client, kind: GrantKind, address: str, status: int
) -> None:
    assert enter(client, world, 1, kind).status_code == 302
    assert client.get(f"{PAGE}/{address}/").status_code == status


def test_a_stranger_is_led_to_the_door(world: ConferenceWorld, client: Client) -> None:
    answer = client.get(f"{PAGE}/man-hinh/")
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}/vao/")


def test_a_wrong_code_is_refused_in_words_and_opens_nothing(world: ConferenceWorld, client: Client) -> None:
    room = code_for("room", world.sites[1].pk, 1)
    for code in ("AAAAA-AAAAA", code_for("room", world.sites[2].pk, 1), room[:-1] + "0Z"):
        answer = enter(client, world, 1, GrantKind.ROOM, code)
        assert answer.status_code == 400
        assert "Hãy nhập đúng mười ký tự" in answer.content.decode()
    assert enter(client, world, 1, GrantKind.VIEW, room).status_code == 400
    assert Grant.objects.count() == 0


def test_a_code_is_read_however_it_was_written(world: ConferenceWorld, client: Client) -> None:
    code = code_for("room", world.sites[1].pk, 1).replace("-", " ").lower()
    assert enter(client, world, 1, GrantKind.ROOM, code).status_code == 302


def test_a_site_taken_out_is_shut_at_once_and_its_code_is_dead(
    world: ConferenceWorld, client: Client
) -> None:
    world.in_session()
    enter(client, world, 1, GrantKind.ROOM)
    remove_site(site=world.sites[1], by=world.chair)
    assert client.get(f"{PAGE}/diem-cau/")["Location"] == f"{PAGE}/vao/"
    assert enter(client, world, 1, GrantKind.ROOM).status_code == 400


def test_a_site_asks_and_withdraws_on_its_own_page(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    enter(client, world, 1, GrantKind.ROOM)
    client.post(f"{PAGE}/diem-cau/phat-bieu/", {"kind": "point_of_order", "key": "k"})
    client.post(f"{PAGE}/diem-cau/phat-bieu/", {"kind": "point_of_order", "key": "k"})
    speaker = world.conference.speakers.get()
    assert (speaker.site, speaker.kind, speaker.state) == (world.sites[1], "point_of_order", "waiting")
    other = ask_to_speak(site=world.sites[2], kind=SpeakerKind.POINT_OF_ORDER, by=None)
    assert client.post(f"{PAGE}/diem-cau/phat-bieu/{other.pk}/rut/").status_code == 404
    client.post(f"{PAGE}/diem-cau/phat-bieu/{speaker.pk}/rut/")
    speaker.refresh_from_db()
    assert speaker.state == "withdrawn"


@pytest.mark.parametrize("kind", [SiteKind.SPEAKING, SiteKind.VIEWING])
def test_a_site_that_watches_has_nothing_to_ask_with(
    world: ConferenceWorld, client: Client, kind: SiteKind
) -> None:
    world.in_session()
    Site.objects.filter(pk=world.sites[1].pk).update(kind=kind)
    enter(client, world, 1, GrantKind.ROOM)
    page = client.get(f"{PAGE}/diem-cau/").content.decode()
    speaks = kind == SiteKind.SPEAKING
    assert ('class="ask-form"' in page, "chỉ theo dõi, không phát biểu" in page) == (speaks, not speaks)
    client.post(f"{PAGE}/diem-cau/phat-bieu/", {"kind": "point_of_order", "key": "k"})
    assert world.conference.speakers.exists() == speaks


@pytest.mark.parametrize(
    ("visibility", "on_site", "on_view"),
    [(Visibility.OPEN, True, True), (Visibility.INTERNAL, True, False), (Visibility.HIDDEN, False, False)],
)
def test_a_closed_part_is_on_no_screen_it_is_not_for(
    world: ConferenceWorld, visibility: Visibility, on_site: bool, on_view: bool
) -> None:
    item = world.items[1]
    item.visibility, item.title_vi = visibility, "Nội dung kín đáo"
    item.save()
    world.in_session()
    begin_item(item=item, by=world.chair)
    room, viewer = Client(), Client()
    enter(room, world, 1, GrantKind.ROOM)
    enter(viewer, world, 1, GrantKind.VIEW)
    seen = [
        item.title_vi in client.get(f"{PAGE}/{address}/").content.decode()
        for client, address in ((room, "diem-cau"), (room, "man-hinh"), (viewer, "xem"), (viewer, "man-hinh"))
    ]
    assert seen == [on_site, on_site, on_view, on_view]


@pytest.mark.parametrize("address", ["man-hinh", "diem-cau", "xem", "bieu-quyet/man-hinh", "phan/closing"])
def test_a_closed_conference_ends_on_every_screen_without_a_clock_that_runs_on(
    world: ConferenceWorld, client: Client, address: str
) -> None:
    world.in_session()
    enter(client, world, 1, GrantKind.ROOM)
    show_scene(
        conference=world.conference, scene=Scene.COUNTDOWN, by=None, began_at=clock.now().isoformat(), allotted_seconds=600
    )  # fmt: skip
    assert 'class="closing' not in client.get(f"{PAGE}/{address}/").content.decode()
    close_conference(conference=world.conference, by=world.chair)
    page = client.get(f"{PAGE}/{address}/").content.decode()
    assert "Hội nghị đã bế mạc lúc 09:00 ngày 16/06/2026" in page
    assert "trân trọng cảm ơn" in page
    for where in ("bien-ban", "ket-luan"):
        assert f'<a href="{PAGE}/{where}/">testserver{PAGE}/{where}/</a>' in page
    assert "data-countdown" not in page


def test_a_closed_conferences_screens_show_nothing_else(world: ConferenceWorld) -> None:
    world.in_session()
    close_conference(conference=world.conference, by=world.chair)
    with pytest.raises(Conflict, match="hiện không họp"):
        show_scene(conference=world.conference, scene=Scene.AGENDA, by=world.chair)


def test_a_site_of_several_delegations_says_which_one_speaks(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    second = Delegation.objects.create(site=world.sites[1], bloc="front", title_vi="Đoàn Mặt trận", order=1)
    other = Delegation.objects.get(site=world.sites[2])
    enter(client, world, 1, GrantKind.ROOM)
    assert (
        f'<option value="{second.pk}">Đoàn Mặt trận</option>'
        in client.get(f"{PAGE}/diem-cau/").content.decode()
    )
    asked = {"kind": "point_of_order", "key": "k", "delegation": str(other.pk)}
    assert client.post(f"{PAGE}/diem-cau/phat-bieu/", asked).status_code == 404
    client.post(f"{PAGE}/diem-cau/phat-bieu/", {**asked, "delegation": str(second.pk)})
    assert world.conference.speakers.get().delegation == second
    assert " · Đoàn Mặt trận</small>" in client.get(f"{PAGE}/diem-cau/").content.decode()


def test_the_table_enters_a_delegation_of_a_site(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    second = Delegation.objects.create(site=world.sites[1], bloc="front", title_vi="Đoàn Mặt trận", order=1)
    client.force_login(world.officials[Duty.CHAIR])
    page = client.get(f"{PAGE}/dieu-hanh/").content.decode()
    assert f'<option value="diem-1:{second.pk}">Điểm cầu Tỉnh Tỉnh 0: Đoàn Mặt trận</option>' in page
    client.post(f"{PAGE}/dieu-hanh/them/", {"site": f"diem-1:{second.pk}", "kind": "speech", "key": "k"})
    assert world.conference.speakers.get().delegation == second
    assert "Phát biểu · Đoàn Mặt trận" in client.get(f"{PAGE}/dieu-hanh/").content.decode()


def test_a_phone_sees_the_rooms_request_and_cannot_withdraw_it(
    world: ConferenceWorld, client: Client
) -> None:
    world.in_session()
    made = ask_to_speak(site=world.sites[1], kind=SpeakerKind.POINT_OF_ORDER, by=world.room(1))
    seat = world.sites[1].delegations.get().seats.first()
    said = {"site": "diem-1", "kind": "seat", "seat": seat.pk, "code": code_for("seat", seat.pk, 1)}
    client.post(f"{PAGE}/vao/", said)
    page = client.get(f"{PAGE}/diem-cau/").content.decode()
    assert ("trên thiết bị khác của điểm cầu" in page, f"/{made.pk}/rut/" in page) == (True, False)


def test_who_has_the_floor_need_not_ask_for_it(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    enter(client, world, 1, GrantKind.ROOM)
    buttons = []
    for _time in range(2):
        page = client.get(f"{PAGE}/diem-cau/").content.decode()
        buttons.append('value="point_of_order" data-focus="ask-point_of_order" disabled' in page)
        speaker = ask_to_speak(site=world.sites[1], kind=SpeakerKind.POINT_OF_ORDER, by=None)
        give_floor(speaker=speaker, by=None)
    assert buttons == [False, True]


def test_a_countdown_runs_on_every_screen(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    began = clock.now().isoformat()
    show_scene(
        conference=world.conference,
        scene=Scene.COUNTDOWN,
        by=world.chair,
        began_at=began,
        allotted_seconds=600,
    )
    client.force_login(world.officials[Duty.CHAIR])
    for screen in ("man-hinh", "xem"):
        page = client.get(f"{PAGE}/{screen}/").content.decode()
        assert 'class="scene-countdown num" data-countdown' in page, screen
        assert 'data-allotted="600"' in page, screen


def test_a_sites_page_has_the_agenda(world: ConferenceWorld, client: Client) -> None:
    world.in_session()
    enter(client, world, 1, GrantKind.ROOM)
    page = client.get(f"{PAGE}/diem-cau/").content.decode()
    agenda = page[page.index('class="site-agenda"') :]
    assert [f"Nội dung {number}" in agenda for number in (1, 2, 3, 4)] == [True] * 4


@pytest.mark.parametrize("kind", [ConferenceKind.ONLINE, ConferenceKind.MIXED, ConferenceKind.HALL])
def test_every_kind_that_meets_has_its_session(
    world: ConferenceWorld, client: Client, kind: ConferenceKind
) -> None:
    world.conference.kind = kind
    world.conference.save()
    world.in_session()
    assert world.refreshed().state == "open"
    client.force_login(world.officials[Duty.CHAIR])
    assert str(kind.label) in client.get(f"{PAGE}/").content.decode()
    assert client.get(f"{PAGE}/dieu-hanh/").status_code == 200


@pytest.mark.parametrize("kind", [ItemKind.AWARD, ItemKind.VOTE, ItemKind.DIRECTIVE])
def test_every_kind_of_item_is_named_on_the_agenda(
    world: ConferenceWorld, client: Client, kind: ItemKind
) -> None:
    world.conference.items.filter(pk=world.items[1].pk).update(kind=kind)
    world.in_session()
    begin_item(item=world.items[1], by=world.chair)
    client.force_login(world.officials[Duty.CHAIR])
    assert str(kind.label) in client.get(f"{PAGE}/dieu-hanh/").content.decode()


def test_the_console_has_the_speaking_time_of_every_delegation(
    world: ConferenceWorld, client: Client
) -> None:
    world.in_session()
    speaker = ask_to_speak(site=world.sites[1], kind=SpeakerKind.POINT_OF_ORDER, by=world.room(1))
    give_floor(speaker=speaker, by=world.chair)
    take_floor_back(conference=world.conference, by=world.chair)
    client.force_login(world.officials[Duty.CHAIR])
    page = client.get(f"{PAGE}/dieu-hanh/").content.decode()
    times = page[page.index("Thời gian phát biểu theo đoàn") :]
    assert "Đoàn Tỉnh Tỉnh 0" in times[: times.index("</table>")]
