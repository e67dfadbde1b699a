"""The console over HTTP: its forms act, its refusals are sentences, a repeated request is done once."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop import conferences
from phoihop.conferences.actions import ask_to_speak, give_floor, open_list, take_floor_back
from phoihop.conferences.display import current_item, speaking
from phoihop.conferences.enums import Duty, SpeakerKind, SpeakerState
from phoihop.conferences.models import AgendaItem, ItemDocument, Speaker
from phoihop.conferences.views.console import PANELS
from phoihop.core import clock
from tests.conferences.world import ConferenceWorld

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def chair(world: ConferenceWorld, client: Client) -> Client:
    client.force_login(world.officials[Duty.CHAIR])
    return client


def post(client: Client, what: str, **form: Any) -> Any:
    return client.post(f"/hoi-nghi/hoi-nghi-thu/dieu-hanh/{what}/", form, **JSON)


def asked(world: ConferenceWorld, *numbers: int) -> list[Speaker]:
    return [
        ask_to_speak(site=world.sites[number], kind=SpeakerKind.SPEECH, by=world.room(number))
        for number in numbers
    ]


def order_of(world: ConferenceWorld) -> list[int]:
    waiting = world.conference.speakers.filter(state=SpeakerState.WAITING).order_by("order", "pk")
    return [world.sites.index(each.site) for each in waiting]


def test_a_session_is_run_from_the_console(world: ConferenceWorld, chair: Client) -> None:
    item = world.items[0]
    assert post(chair, "khai-mac", key="a").json()["ok"] is True
    assert post(chair, "bat-dau", item=item.pk, key="b").status_code == 200
    assert post(chair, "mo-danh-sach", item=item.pk, key="c").status_code == 200
    (speaker,) = asked(world, 2)
    answer = post(chair, "moi-phat-bieu", speaker=speaker.pk, key="d").json()
    assert answer == {"ok": True, "seq": world.refreshed().last_seq}
    assert speaking(world.conference) == speaker
    post(chair, "thoi-gian", speaker=speaker.pk, seconds="60")
    assert speaking(world.conference).allotted_seconds == item.speech_seconds + 60
    post(chair, "thu-loi", key="e")
    post(chair, "ket-thuc", item=item.pk, key="f")
    assert (speaking(world.conference), current_item(world.conference)) == (None, None)
    post(chair, "be-mac", key="g")
    assert world.refreshed().state == "closed"


def test_a_site_is_entered_on_the_list_by_the_form_as_it_stands(
    world: ConferenceWorld, chair: Client
) -> None:
    world.in_session()
    page = chair.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/").content.decode()
    form = page[page.index('dieu-hanh/them/"') :]
    names = set(re.findall(r' name="(\w+)"', form[: form.index("</form>")]))
    said = {"site": world.sites[2].slug, "kind": "question", "post": "", "key": "e"}
    assert names - {"csrfmiddlewaretoken"} == said.keys()
    assert post(chair, "them", **said).json()["ok"] is True
    assert order_of(world) == [2]


def test_what_ended_by_mistake_is_taken_up_again(world: ConferenceWorld, chair: Client) -> None:
    first, second = world.in_session().items[:2]
    post(chair, "bat-dau", item=second.pk, key="b")
    began = AgendaItem.objects.get(pk=first.pk).began_at
    post(chair, "bat-dau", item=first.pk, key="c")
    assert current_item(world.conference) == first
    first.refresh_from_db()
    assert (first.began_at, first.ended_at) == (began, None)
    assert AgendaItem.objects.get(pk=second.pk).state == "done"


def test_the_panel_of_the_hall_follows_whatever_the_hall_can_show() -> None:
    hall = Path(conferences.__file__).parent / "templates/conferences/hall.html"
    followed = re.search(r'data-keys="([^"]+)"', hall.read_text()).group(1).split()
    assert set(PANELS["scene"].split()) == set(followed)


def test_the_page_says_at_which_change_it_was_drawn(world: ConferenceWorld, chair: Client) -> None:
    world.in_session()
    page = chair.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/").content.decode()
    assert f'data-seq="{world.refreshed().last_seq}"' in page


def test_the_same_request_again_changes_nothing_and_is_told_as_done(
    world: ConferenceWorld, chair: Client
) -> None:
    first = post(chair, "khai-mac", key="same").json()
    assert post(chair, "khai-mac", key="same").json() == first == {"ok": True, "seq": 1}


def test_a_refusal_is_a_sentence(world: ConferenceWorld, chair: Client) -> None:
    answer = post(chair, "bat-dau", item=world.items[0].pk)
    sentence = "“Hội nghị trực tuyến sơ kết chương trình thử” hiện không họp (Đã gửi giấy mời). Việc này chỉ thực hiện"
    assert (answer.status_code, sentence in answer.json()["refusal"]) == (409, True)
    plain = chair.post("/hoi-nghi/hoi-nghi-thu/dieu-hanh/bat-dau/", {"item": world.items[0].pk}, follow=True)
    assert sentence in plain.content.decode()


@pytest.mark.parametrize(
    ("way", "moved", "expected"),
    [("up", 2, [1, 3, 2]), ("up", 0, [1, 2, 3]), ("down", 0, [2, 1, 3]), ("down", 2, [1, 2, 3])],
)
def test_a_speaker_moves_one_place(
    world: ConferenceWorld, chair: Client, way: str, moved: int, expected: list[int]
) -> None:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    speakers = asked(world, 1, 2, 3)
    post(chair, "chuyen", speaker=speakers[moved].pk, way=way)
    assert order_of(world) == expected


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"scene": "cinema"}, "“cinema” không phải nội dung"),
        ({"scene": "message", "text": " "}, "không quá 200 ký tự"),
        ({"scene": "message", "text": "x" * 201}, "không quá 200 ký tự"),
        ({"scene": "countdown", "minutes": "ten"}, "“ten” không phải số nguyên không quá 180"),
        ({"scene": "figures"}, "ít nhất một số liệu"),
    ],
)
def test_what_the_hall_cannot_show_is_refused(
    world: ConferenceWorld, chair: Client, form: dict[str, str], sentence: str
) -> None:
    world.in_session()
    answer = post(chair, "man-hinh", **form)
    assert (answer.status_code, sentence in answer.json()["refusal"]) == (400, True)
    assert world.refreshed().hall == {}


def test_things_of_another_conference_are_not_found(world: ConferenceWorld, chair: Client) -> None:
    assert post(chair, "bat-dau", item=999_999).status_code == 404
    assert post(chair, "dua-ra", site="elsewhere").status_code == 404
    assert post(chair, "cinema").status_code == 404


@pytest.mark.parametrize(
    ("duty", "status"), [(Duty.CHAIR, 200), (Duty.SECRETARY, 200), (Duty.DIRECTOR, 200), (Duty.HEAD, 403)]
)
def test_the_console_is_for_the_table(
    world: ConferenceWorld, client: Client, duty: Duty, status: int
) -> None:
    user = world.heads[1] if duty is Duty.HEAD else world.officials[duty]
    client.force_login(user)
    assert client.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/").status_code == status


def test_a_secretary_keeps_the_list_but_does_not_give_the_floor(
    world: ConferenceWorld, client: Client
) -> None:
    world.in_session()
    client.force_login(world.officials[Duty.SECRETARY])
    assert post(client, "mo-danh-sach", item=world.items[0].pk).status_code == 200
    (speaker,) = asked(world, 1)
    answer = post(client, "moi-phat-bieu", speaker=speaker.pk)
    assert answer.status_code == 403
    assert "Chủ trì, Điều hành kỹ thuật" in answer.json()["refusal"]


def test_the_console_keeps_to_a_number_of_queries(
    world: ConferenceWorld, chair: Client, django_assert_max_num_queries: Any
) -> None:
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    give_floor(speaker=asked(world, 1, 2, 3)[0], by=world.chair)
    with django_assert_max_num_queries(50):
        chair.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_large_numbers_are_for_scripts_and_forms_as_they_are(
    world: ConferenceWorld, chair: Client, settings: Any, language: str
) -> None:
    """English groups what people read: 1,200 in an attribute would be no number of seconds, 12,345 no speaker."""
    world.in_session()
    open_list(item=world.items[0], by=world.chair)
    speaking_now, _waiting = asked(world, 1, 2)
    Speaker.objects.filter(site=world.sites[2]).update(id=12345)
    give_floor(speaker=speaking_now, seconds=1200, by=world.chair)
    chair.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = chair.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/").content.decode()
    assert 'data-allotted="1200"' in page
    assert 'name="speaker" value="12345"' in page


@pytest.mark.parametrize("duty", [Duty.CHAIR, Duty.SECRETARY, Duty.DIRECTOR])
def test_a_duty_that_was_taken_away_acts_no_more_at_once(
    world: ConferenceWorld, client: Client, duty: Duty
) -> None:
    world.in_session()
    client.force_login(world.officials[duty])
    item = world.items[0].pk
    assert post(client, "mo-danh-sach", item=item, key="a").status_code == 200
    world.conference.officials.filter(duty=duty).update(user=None)
    said = [post(client, what, item=item, key=what).status_code for what in ("dong-danh-sach", "be-mac")]
    pages = [
        client.get(f"/hoi-nghi/hoi-nghi-thu/{each}").status_code
        for each in ("dieu-hanh/", "dieu-hanh/phan/queue/", "dien-bien/")
    ]
    assert {*said, *pages} <= {403, 404}
    assert AgendaItem.objects.get(pk=item).is_list_open
    assert world.refreshed().state == "open"


def test_a_page_is_shown_whole_or_in_part_on_every_screen(world: ConferenceWorld, chair: Client) -> None:
    document = ItemDocument.objects.create(
        item=world.in_session().items[0], name="bao-cao.pdf", media_type="application/pdf", size_bytes=1, sha256="0" * 64,
        path="x", pages=["a.png", "b.png"], added_at=clock.now(),
    )  # fmt: skip
    page = {"scene": "document", "document": document.pk, "page": 2}
    for view, drawn in (("", "is-whole"), ("upper", "is-upper"), ("width", "is-width")):
        assert post(chair, "man-hinh", **page, **({"view": view} if view else {})).json()["ok"]
        for screen in ("man-hinh", "xem", "dieu-hanh"):
            shown = chair.get(f"/hoi-nghi/hoi-nghi-thu/{screen}/").content.decode()
            assert (screen, f'class="scene-document {drawn}"' in shown) == (screen, True)
    refused = post(chair, "man-hinh", **page, view="tiny")
    assert (refused.status_code, "“tiny” không phải một cách" in refused.json()["refusal"]) == (400, True)
    assert world.refreshed().hall["view"] == "width"


def lines_of(client: Client) -> list[str]:
    """The console's list of speakers, each line as it is read."""
    page = client.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/phan/speakers/").content.decode()
    listed = page[page.index("<ol class") : page.index("</ol>")]
    return re.findall(r'class="spoken">(.*?)</small>', listed, re.DOTALL)


def test_each_line_says_how_long_its_delegation_has_spoken(
    world: ConferenceWorld, chair: Client, moment: time_machine.Traveller
) -> None:
    """Of all its times; the one that speaks again is counted on by its screen from what has ended."""
    open_list(item=world.in_session().items[0], by=world.chair)
    for seconds in (95, 30):
        give_floor(speaker=asked(world, 1)[0], by=world.chair)
        moment.shift(timedelta(seconds=seconds))
        take_floor_back(conference=world.conference, by=world.chair)
    asked(world, 2)
    first, second = asked(world, 1)[0], lines_of(chair)
    assert [" ".join(line.split()) for line in second] == [
        "Chưa phát biểu", 'Đã phát biểu: <span class="num">2:05</span>',
    ]  # fmt: skip
    give_floor(speaker=first, by=world.chair)
    began = clock.now().astimezone(clock.VIETNAM)
    ask_to_speak(site=world.sites[1], kind=SpeakerKind.QUESTION, by=world.room(1))
    moment.shift(timedelta(seconds=10))
    running = f'<span class="num" data-spent="125" data-began="{began.isoformat()}">2:15</span>'
    assert [" ".join(line.split()) for line in lines_of(chair)] == [
        "Chưa phát biểu", f"Đã phát biểu: {running}",
    ]  # fmt: skip
    floor = chair.get("/hoi-nghi/hoi-nghi-thu/dieu-hanh/phan/floor/").content.decode()
    assert running in floor


def test_the_times_cost_no_query_a_line(world: ConferenceWorld, chair: Client) -> None:
    open_list(item=world.in_session().items[0], by=world.chair)
    counted = []
    for numbers in ((1,), (2, 3)):
        asked(world, *numbers)
        with CaptureQueriesContext(connection) as queries:
            lines_of(chair)
        counted.append(len(queries))
    assert counted[0] == counted[1]
