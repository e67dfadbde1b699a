"""What is refused at a conference, over HTTP: each with a sentence that says what to do, and nothing has changed."""

from collections.abc import Callable
from copy import copy
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from phoihop.assignments.actions import report_done
from phoihop.assignments.models import Assignment
from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.actions import open_list, open_vote, prepare_vote, readmit_site, remove_site
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import Duty, GrantKind, VoteKind
from phoihop.conferences.models import Grant, Seat, Site, Speaker, Vote, VoteCast
from phoihop.core import clock
from phoihop.orgs.enums import Role
from tests.conferences.world import ConferenceWorld
from tests.factories.assignments import issued
from tests.factories.orgs import UserFactory, user_for
from tests.reports.world import new_world

AT = "/hoi-nghi/hoi-nghi-thu"
JSON = {"HTTP_ACCEPT": "application/json"}
CODE = "Mã này không mở được điểm cầu đã chọn."
SHUT = "Thiết bị này không còn tham dự"


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def browser(grant: Grant) -> Client:
    client = Client()
    session = client.session
    session[SESSION_KEY] = {str(grant.site.conference_id): grant.pk}
    session.save()
    return client


def at_the_door(code: str, site: str = "diem-1") -> Any:
    return Client().post(f"{AT}/vao/", {"site": site, "kind": "room", "code": code})


def room_code(world: ConferenceWorld, number: int = 1) -> str:
    return code_for("room", world.sites[number].pk, world.sites[number].code_edition)


def in_session(world: ConferenceWorld) -> ConferenceWorld:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    return world


def vote_of(world: ConferenceWorld, title: str = "Thông qua kết luận") -> Vote:
    return prepare_vote(item=world.items[0], title_vi=title, kind=VoteKind.NAMED, by=world.chair)


def a_viewer_asks_to_speak(world: ConferenceWorld) -> Any:
    viewer = browser(world.grant(1, GrantKind.VIEW))
    return viewer.post(f"{AT}/diem-cau/phat-bieu/", {"kind": "speech", "key": "k"}, **JSON)


def an_altered_code(world: ConferenceWorld) -> Any:
    code = room_code(world)
    return at_the_door(("0" if code[0] != "0" else "1") + code[1:])


def a_code_of_another_site(world: ConferenceWorld) -> Any:
    return at_the_door(room_code(world, 2), "diem-1")


def a_code_of_an_earlier_edition(world: ConferenceWorld) -> Any:
    code = room_code(world)
    remove_site(site=world.sites[1], by=world.chair)
    readmit_site(site=world.sites[1], by=world.chair)
    return at_the_door(code)


def a_browser_whose_time_is_over(world: ConferenceWorld) -> Any:
    grant = world.grant(1)
    Grant.objects.filter(pk=grant.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    return browser(grant).get(f"{AT}/dien-bien/", **JSON)


def a_browser_that_asks_after_its_time(world: ConferenceWorld) -> Any:
    grant = world.grant(1)
    Grant.objects.filter(pk=grant.pk).update(expires_at=clock.now() - timedelta(seconds=1))
    return browser(grant).post(f"{AT}/diem-cau/phat-bieu/", {"kind": "speech", "key": "k"}, **JSON)


def a_delegate_votes_for_another_seat(world: ConferenceWorld) -> Any:
    """The address names no seat: a device votes for its own only, whatever it sends along."""
    vote = open_vote(vote=vote_of(world), by=world.chair)
    own, other = Seat.objects.filter(delegation__site=world.sites[1])[:2]
    phone = browser(world.grant(1, GrantKind.SEAT, own))
    phone.post(f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "yes", "key": "k1"}, **JSON)
    return phone.post(
        f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "no", "seat": other.pk, "key": "k2"}, **JSON
    )


def a_room_machine_votes(world: ConferenceWorld) -> Any:
    vote = open_vote(vote=vote_of(world), by=world.chair)
    seat = Seat.objects.filter(delegation__site=world.sites[1]).first()
    room = browser(world.grant(1))
    return room.post(
        f"{AT}/bieu-quyet/{vote.pk}/phieu/", {"choice": "yes", "seat": seat.pk, "key": "k"}, **JSON
    )


def a_site_that_was_not_invited(world: ConferenceWorld) -> Any:
    return at_the_door(room_code(world), "diem-la")


def elsewhere(world: ConferenceWorld) -> Site:
    """A site of another conference: invited there, with a code that opens its room."""
    other, site = copy(world.conference), copy(world.sites[1])
    other.pk = site.pk = None
    other._state.adding = site._state.adding = True
    other.slug, site.slug = "hoi-nghi-khac", "diem-noi-khac"
    other.save()
    site.conference = other
    site.save()
    return site


def a_site_of_another_conference(world: ConferenceWorld) -> Any:
    site = elsewhere(world)
    said = {"site": site.slug, "kind": "room", "code": code_for("room", site.pk, site.code_edition)}
    assert Client().post("/hoi-nghi/hoi-nghi-khac/vao/", said).status_code == 302
    assert [grant.site for grant in Grant.objects.all()] == [site]
    return at_the_door(said["code"], site.slug)


def the_code_of_a_site_of_another_conference(world: ConferenceWorld) -> Any:
    site = elsewhere(world)
    return at_the_door(code_for("room", site.pk, site.code_edition))


def a_site_taken_out_asks(world: ConferenceWorld) -> Any:
    room = browser(world.grant(1))
    remove_site(site=world.sites[1], by=world.chair)
    return room.get(f"{AT}/ve/", **JSON)


def a_second_open_ballot(world: ConferenceWorld) -> Any:
    open_vote(vote=vote_of(world), by=world.chair)
    second = vote_of(world, "Chọn nơi họp")
    chair = signed_in(world.officials[Duty.CHAIR])
    return chair.post(f"{AT}/bieu-quyet/{second.pk}/mo/", {"key": "k"}, **JSON)


REFUSED: list[tuple[Callable[[ConferenceWorld], HttpResponse], int, str]] = [
    (a_viewer_asks_to_speak, 403, "việc này do: Trưởng điểm cầu,"),
    (an_altered_code, 400, CODE),
    (a_code_of_another_site, 400, CODE),
    (a_code_of_an_earlier_edition, 400, CODE),
    (a_browser_whose_time_is_over, 403, SHUT),
    (a_browser_that_asks_after_its_time, 403, SHUT),
    (a_delegate_votes_for_another_seat, 409, "đã biểu quyết; phiếu đã gửi không thay đổi được"),
    (a_room_machine_votes, 403, "việc này do: Điện thoại của đại biểu thực hiện."),
    (a_site_that_was_not_invited, 400, "Điểm cầu này không còn tham gia. Hãy chọn trong danh sách."),
    (a_site_of_another_conference, 400, "Điểm cầu này không còn tham gia. Hãy chọn trong danh sách."),
    (the_code_of_a_site_of_another_conference, 400, CODE),
    (a_site_taken_out_asks, 403, SHUT),
    (a_second_open_ballot, 409, "“Thông qua kết luận” đang mở."),
]


@pytest.mark.parametrize(("asked", "status", "sentence"), REFUSED, ids=[each[0].__name__ for each in REFUSED])
def test_it_is_refused_with_a_sentence(
    world: ConferenceWorld, asked: Callable[[ConferenceWorld], Any], status: int, sentence: str
) -> None:
    answer = asked(in_session(world))
    is_door = answer.headers["Content-Type"].startswith("text/html")
    assert is_door == answer.wsgi_request.path.endswith("/vao/")  # every script is told the sentence itself
    said = answer.content.decode() if is_door else answer.json()["refusal"]
    assert (answer.status_code, sentence in said) == (status, True), said
    assert Speaker.objects.count() == 0
    assert list(VoteCast.objects.values_list("choice", flat=True)) in ([], ["yes"])
    assert Vote.objects.filter(state="open").count() <= 1


def test_a_vote_sent_for_another_seat_is_not_counted_for_it(world: ConferenceWorld) -> None:
    a_delegate_votes_for_another_seat(in_session(world))
    own = Seat.objects.filter(delegation__site=world.sites[1]).first()
    assert list(VoteCast.objects.values_list("seat", "choice")) == [(own.pk, "yes")]  # type: ignore[union-attr]


def test_who_was_not_invited_does_not_learn_that_there_is_a_conference(world: ConferenceWorld) -> None:
    stranger = signed_in(UserFactory(username="stranger"))
    addresses = (
        "/",
        "/diem-cau/",
        "/man-hinh/",
        "/xem/",
        "/dieu-hanh/",
        "/dien-bien/",
        "/ve/",
        "/bieu-quyet/",
    )
    assert {stranger.get(f"{AT}{each}").status_code for each in addresses} == {404}


def test_whoever_does_a_task_does_not_close_it(world: ConferenceWorld) -> None:
    base = new_world()
    task = issued(base.centre, base.programme, base.desk)[0]
    report_done(assignment=task, by=None)
    performer = user_for(base.desk, Role.PROVINCIAL_DESK)
    answer = signed_in(performer).post(f"/nhiem-vu/{task.pk}/dong/", {"note": "Xong"})
    sentence = "Nhiệm vụ do cơ quan giao kết thúc, cơ quan thực hiện không tự kết thúc"
    assert (answer.status_code, sentence in answer.content.decode()) == (403, True)
    assert Assignment.objects.get().state == "reported_done"
