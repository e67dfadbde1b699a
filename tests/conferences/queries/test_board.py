"""The live board: what is reported now, beside what was frozen; what is small is protected on every screen."""

from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import begin_item, enter_speaker, give_floor, show_scene
from phoihop.conferences.enums import Duty, GrantKind, Scene, Visibility
from phoihop.conferences.models import Conference
from phoihop.conferences.queries import board as boards
from phoihop.conferences.queries.board import board_of, forget_boards
from phoihop.conferences.queries.board_terms import offers
from phoihop.indicators.models import IndicatorVersion
from tests.conferences.views.test_screens import PAGE, enter
from tests.conferences.world import ConferenceWorld, conference_world
from tests.reports.world import accepted
from tests.web.world import PageWorld, page_world

BOARD = f"{PAGE}/bang-truc-tiep/"


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    forget_boards()


@pytest.fixture
def told(db: None, moment: object) -> PageWorld:
    return page_world()


def held_on(told: PageWorld, **review: Any) -> ConferenceWorld:
    world = conference_world()
    world.conference.review = told.frozen(state="received", **review)
    world.conference.save()
    world.conference.programmes.add(told.programme)
    return world


def shown(world: ConferenceWorld, told: PageWorld, **more: Any) -> Conference:
    settings = {"programme": told.programme.slug, "keys": ["B01"], "follow": True, **more}
    show_scene(conference=world.conference, scene=Scene.LIVE, by=None, **settings)
    return world.refreshed()


def test_what_is_accepted_after_freezing_stands_beside_what_was_frozen(told: PageWorld) -> None:
    world = held_on(told)
    conference = shown(world, told)
    before = board_of(conference, conference.hall, "vi", None)
    accepted(
        told.told.base.report_of(told.told.units[0], told.told.period),
        {"B01": "30", "B02": "900"},
        reason="Bổ sung số liệu",
    )
    forget_boards()
    after = board_of(conference, conference.hall, "vi", None)
    assert before is not None
    assert after is not None
    (was,), (line,) = before.lines, after.lines
    assert was.now.value == was.frozen.value == line.frozen.value == "20 cuộc"
    assert line.now.value != "20 cuộc"
    assert all(each.coverage and each.as_of for each in (line.now, line.frozen))
    assert (after.duties.accepted, after.duties.expected) == (before.duties.accepted, before.duties.expected)
    assert 0 < after.duties.accepted <= after.duties.expected


def test_one_computation_serves_every_screen_for_a_while(
    told: PageWorld, django_assert_num_queries: Any
) -> None:
    conference = shown(held_on(told), told)
    first = board_of(conference, conference.hall, "vi", None)
    with django_assert_num_queries(0):
        assert board_of(conference, conference.hall, "vi", None) is first
    assert board_of(conference, conference.hall, "en", None) is not first


def test_a_board_is_computed_again_after_seconds(told: PageWorld, monkeypatch: Any) -> None:
    conference = shown(held_on(told), told)
    first = board_of(conference, conference.hall, "vi", None)
    monkeypatch.setattr(boards, "SECONDS", 0.0)
    assert board_of(conference, conference.hall, "vi", None) is not first


def test_the_board_goes_to_the_area_of_the_site_that_speaks(told: PageWorld, client: Client) -> None:
    world = held_on(told)
    base, site = told.told.base, world.sites[1]
    site.area = base.province
    site.save()
    world.in_session()
    shown(world, told)
    enter(client, world, 2, GrantKind.ROOM)
    assert "Toàn quốc" in client.get(BOARD).content.decode()
    give_floor(speaker=enter_speaker(item=world.items[0], site=site, by=None), by=None)
    drilled = client.get(BOARD).content.decode()
    assert base.province.full_name in drilled
    assert "Toàn quốc" not in drilled
    board = board_of(world.refreshed(), world.conference.hall, "vi", base.province.pk)
    assert board is not None
    assert board.lines[0].frozen is not None


def test_a_small_count_of_persons_is_on_no_screen(told: PageWorld) -> None:
    world = held_on(told)
    IndicatorVersion.objects.filter(indicator__code="B01").update(persons="participants")
    base = told.told.base
    for unit, count in zip(told.told.units, (2, 0), strict=True):
        cells = {"B01": str(count), "B02": str(40 * count)}
        accepted(base.report_of(unit, told.told.period), cells, reason="Đính chính")
    conference = shown(world, told)
    board = board_of(conference, conference.hall, "vi", None)
    assert board is not None
    assert "2 cuộc" not in board.lines[0].now.value


def test_without_a_review_the_windows_that_are_over_are_shown(told: PageWorld) -> None:
    world = conference_world()
    world.conference.programmes.add(told.programme)
    conference = shown(world, told)
    board = board_of(conference, conference.hall, "vi", None)
    assert board is not None
    assert (board.version, board.span) == (None, "15/12/2025 – 14/06/2026")
    assert [each.frozen for each in board.lines] == [None]


def test_what_is_simulated_is_marked(told: PageWorld, client: Client) -> None:
    world = held_on(told)
    shown(world, told)
    enter(client, world, 1, GrantKind.VIEW)
    assert "số liệu mô phỏng" not in client.get(BOARD).content.decode()
    world.conference.is_simulated = True
    world.conference.save()
    forget_boards()
    assert 'class="tag sim"' in client.get(BOARD).content.decode()


@pytest.mark.parametrize(
    ("visibility", "room", "viewer"),
    [(Visibility.OPEN, 200, 200), (Visibility.INTERNAL, 200, 204), (Visibility.HIDDEN, 204, 204)],
)
def test_a_closed_part_shows_its_board_to_nobody_else(
    told: PageWorld, visibility: Visibility, room: int, viewer: int
) -> None:
    world = held_on(told)
    world.items[1].visibility = visibility
    world.items[1].save()
    world.in_session()
    begin_item(item=world.items[1], by=None)
    shown(world, told)
    clients = Client(), Client()
    enter(clients[0], world, 1, GrantKind.ROOM)
    enter(clients[1], world, 1, GrantKind.VIEW)
    assert [each.get(BOARD).status_code for each in clients] == [room, viewer]
    assert Client().get(BOARD).status_code == 302


def test_nothing_is_told_of_a_board_that_is_not_shown(told: PageWorld, client: Client) -> None:
    world = held_on(told)
    enter(client, world, 1, GrantKind.ROOM)
    assert client.get(BOARD).status_code == 204


def test_every_page_shows_the_board(told: PageWorld) -> None:
    world = held_on(told)
    shown(world, told)
    room, viewer, director = Client(), Client(), Client()
    enter(room, world, 1, GrantKind.ROOM)
    enter(viewer, world, 1, GrantKind.VIEW)
    director.force_login(world.officials[Duty.DIRECTOR])
    for client, address in ((room, "diem-cau"), (room, "man-hinh"), (viewer, "xem"), (director, "dieu-hanh")):
        page = client.get(f"{PAGE}/{address}/").content.decode()
        assert 'data-board="/hoi-nghi/hoi-nghi-thu/bang-truc-tiep/"' in page
        assert "20 cuộc" in page
        assert "trong báo cáo" in page


def test_the_director_chooses_what_the_programme_selects(told: PageWorld, client: Client) -> None:
    world = held_on(told)
    (offer,) = offers(world.conference, "vi")
    assert "B01" in [each.key for each in offer.choices]
    assert "K05" not in [each.key for each in offer.choices]
    client.force_login(world.officials[Duty.DIRECTOR])
    ask = f"{PAGE}/dieu-hanh/man-hinh/"
    sent = {"scene": "live", "programme": told.programme.slug}
    assert client.post(ask, {**sent, "programme": "other"}).status_code == 404
    json = {"HTTP_ACCEPT": "application/json"}
    assert "không có chỉ tiêu Z99" in client.post(ask, {**sent, "keys": ["Z99"]}, **json).json()["refusal"]
    many = client.post(ask, {**sent, "keys": ["B01"] * 7}, **json).json()["refusal"]
    assert "Đã chọn 7 chỉ tiêu" in many
    assert client.post(ask, {**sent, "keys": ["B01"], "follow": "on"}, **json).json()["ok"] is True
    assert world.refreshed().hall == {
        "scene": "live", "programme": told.programme.slug, "keys": ["B01"], "follow": True,
    }  # fmt: skip
    event = world.conference.events.latest("seq")
    assert (event.type, event.patch["hall"]) == ("show_scene", world.conference.hall)
