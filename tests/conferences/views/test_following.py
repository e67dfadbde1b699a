"""What a page is told that has no stream; whom it tells nothing; and what a site says of its connection."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.actions import begin_item, remove_site, show_scene
from phoihop.conferences.audiences import Audience, shown_to
from phoihop.conferences.display import display
from phoihop.conferences.enums import GrantKind, Scene, Visibility
from phoihop.conferences.models import Beacon, Connection, Grant
from phoihop.conferences.streams.tickets import read_ticket
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld

AT = "/hoi-nghi/hoi-nghi-thu/"


def browser(grant: Grant | None = None) -> Client:
    client = Client()
    if grant is not None:
        session = client.session
        session[SESSION_KEY] = {str(grant.site.conference_id): grant.pk}
        session.save()
    return client


@pytest.fixture
def room(world: ConferenceWorld) -> Client:
    world.in_session()
    return browser(world.grant(1))


def told(client: Client, sau: object = "") -> dict[str, Any]:
    answer = client.get(f"{AT}dien-bien/", {"sau": sau})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return answer.json()


def test_a_page_that_knows_nothing_is_told_everything(world: ConferenceWorld, room: Client) -> None:
    said = told(room)
    assert (said["seq"], said["whole"], said["patch"]) == (
        2,
        True,
        shown_to(Audience.DELEGATES, display(world.refreshed())),
    )
    assert said["now"] == "2026-06-16T02:00:00+00:00"


def test_a_page_is_told_what_moved_since(world: ConferenceWorld, room: Client) -> None:
    for text in ("một", "hai"):
        show_scene(conference=world.conference, scene=Scene.MESSAGE, by=None, text=text)
    said = told(room, 2)
    assert (said["seq"], said["whole"]) == (4, False)
    assert said["patch"] == {"hall": {"scene": "message", "text": "hai"}}
    assert told(room, 4)["patch"] == {}


@pytest.mark.parametrize("sau", ["", "5", "x", "-1", "²", "9" * 30])
def test_a_number_that_is_none_of_the_log_gets_everything(
    world: ConferenceWorld, room: Client, sau: str
) -> None:
    assert told(room, sau)["whole"]


def test_a_page_that_missed_too_much_is_told_everything(
    world: ConferenceWorld, room: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("phoihop.conferences.views.following.MOST_MISSED", 2)
    for _number in range(2):
        show_scene(conference=world.conference, scene=Scene.AGENDA, by=None)
    assert [told(room, sau)["whole"] for sau in (1, 2)] == [True, False]


def test_a_hidden_item_is_told_to_no_viewer(world: ConferenceWorld) -> None:
    world.items[1].visibility = Visibility.HIDDEN
    world.items[1].save()
    world.in_session()
    begin_item(item=world.items[1], by=None)
    viewer, chair = browser(world.grant(1, GrantKind.VIEW)), Client()
    assert world.chair.user is not None
    chair.force_login(world.chair.user)
    for sau in ("", 2):
        assert "Nội dung 2" not in json.dumps(told(viewer, sau), ensure_ascii=False)
        assert "Nội dung 2" in json.dumps(told(chair, sau), ensure_ascii=False)


@pytest.mark.parametrize("path", ["dien-bien/", "ve/"])
def test_who_was_taken_out_is_told_so_in_a_sentence(world: ConferenceWorld, room: Client, path: str) -> None:
    assert room.get(AT + path).status_code == 200
    remove_site(site=world.sites[1], by=world.chair)
    for client in (room, browser()):
        answer = client.get(AT + path)
        assert (answer.status_code, list(answer.json())) == (403, ["refusal"])
        assert answer.json()["refusal"].startswith("Thiết bị này không còn tham dự")


def test_a_question_costs_few_statements(
    world: ConferenceWorld, room: Client, django_assert_max_num_queries: Any
) -> None:
    """Thousands ask every two seconds while the streams are away."""
    with django_assert_max_num_queries(6):
        assert told(room, 2)["patch"] == {}


def test_a_fresh_ticket_is_for_who_asks(world: ConferenceWorld, room: Client, settings: Any) -> None:
    settings.STREAM_URL = "https://dong.phoihop.vn/"
    said = room.get(f"{AT}ve/").json()
    assert said["stream"] == "https://dong.phoihop.vn/hoi-nghi/hoi-nghi-thu/dong/"
    ticket = read_ticket(said["ticket"], "hoi-nghi-thu")
    assert (ticket.audience, ticket.site, said["lives"]) == (Audience.DELEGATES, "diem-1", 600)


def test_a_page_carries_what_it_needs(room: Client, settings: Any) -> None:
    settings.STREAM_URL = "/"
    page = room.get(AT).content.decode()
    assert 'data-stream="/hoi-nghi/hoi-nghi-thu/dong/"' in page
    assert "data-beacons" in page
    assert page.count("data-live-bar") == 1


def send(client: Client, **said: Any) -> int:
    return client.post(f"{AT}tin-hieu/", json.dumps(said), content_type="application/json").status_code


def test_a_site_is_heard_once_a_minute(
    world: ConferenceWorld, room: Client, moment: time_machine.Traveller
) -> None:
    moment.shift(timedelta(seconds=10))
    assert [send(room, delay_ms=40, skew_ms=-7), send(room, delay_ms=99)] == [204, 204]
    moment.shift(timedelta(seconds=50))
    assert send(room, delay_ms=41.6, frames=1500, lost_packets=0) == 204
    kept = Beacon.objects.order_by("at").values_list("site", "delay_ms", "skew_ms", "frames", "lost_packets")
    site = world.sites[1].pk
    assert list(kept) == [(site, 40, -7, None, None), (site, 42, None, 1500, 0)]


@pytest.mark.parametrize("value", [-1, "40", True, None, 10**20, [1]])
def test_what_no_page_of_ours_sends_is_not_kept(world: ConferenceWorld, room: Client, value: Any) -> None:
    assert send(room, delay_ms=value) == 204
    assert Beacon.objects.get().delay_ms is None


def test_only_a_site_is_heard(world: ConferenceWorld, room: Client) -> None:
    chair = Client()
    assert world.chair.user is not None
    chair.force_login(world.chair.user)
    answers = [send(browser()), send(chair)]
    garbled = room.post(f"{AT}tin-hieu/", "{", content_type="application/json")
    assert (answers, garbled.status_code, room.get(f"{AT}tin-hieu/").status_code) == ([403, 403], 204, 405)
    assert Beacon.objects.count() == 1


def test_the_presidium_is_told_which_sites_are_connected(
    world: ConferenceWorld, room: Client, moment: time_machine.Traveller
) -> None:
    chair = Client()
    assert world.chair.user is not None
    chair.force_login(world.chair.user)
    at = {"opened_at": clock.now(), "seen_at": clock.now()}
    Connection.objects.create(site=world.sites[2], kind="head", key="a", **at)
    Connection.objects.create(site=world.sites[1], kind="room", key="b", closed_at=clock.now(), **at)
    Connection.objects.create(site=world.sites[3], kind="view", key="c", **at)
    assert told(chair)["counts"] == {"vote": None, "sites": ["diem-2"]}
    assert told(room)["counts"] == {"vote": None}
    moment.shift(timedelta(seconds=41))
    assert told(chair)["counts"]["sites"] == []
