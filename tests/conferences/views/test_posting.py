"""A form's act: with and without the script, refused, and sent twice."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from phoihop.conferences.actions import open_list, show_scene, take_floor_back
from phoihop.conferences.enums import Scene
from phoihop.conferences.permissions import Attendee
from phoihop.conferences.views.posting import acted
from tests.conferences.world import ConferenceWorld

BACK = "/hoi-nghi/hoi-nghi-thu/dieu-hanh/"


def posted(
    world: ConferenceWorld, act: Any, *, key: str = "", by: Attendee | None = None, script: bool = True
) -> Any:
    request = RequestFactory().post(
        BACK, {"key": key}, headers={"accept": "application/json" if script else "text/html"}
    )
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    answer: HttpResponseBase = acted(request, world.conference, by or world.chair, act, BACK)
    answer.said = [str(each) for each in get_messages(request)]  # type: ignore[attr-defined]
    return answer


def body(answer: Any) -> Any:
    import json

    return json.loads(answer.content)


@pytest.fixture
def scene(world: ConferenceWorld) -> Any:
    world.in_session()
    return lambda key="": show_scene(conference=world.conference, scene=Scene.AGENDA, by=world.chair, key=key)


def test_the_script_is_told_the_number_of_the_change(world: ConferenceWorld, scene: Any) -> None:
    answer = posted(world, scene)
    assert (answer.status_code, body(answer)) == (200, {"ok": True, "seq": 3})


def test_the_script_is_told_the_sentence_of_a_refusal(world: ConferenceWorld, scene: Any) -> None:
    answer = posted(world, lambda: take_floor_back(conference=world.conference, by=world.chair))
    assert (answer.status_code, body(answer)) == (409, {"refusal": "Hiện không có ai đang phát biểu."})


def test_who_may_not_is_told_who_could(world: ConferenceWorld, scene: Any) -> None:
    room = world.room(1)
    answer = posted(world, lambda: open_list(item=world.items[0], by=room), by=room)
    assert (answer.status_code, "Chủ trì" in body(answer)["refusal"]) == (403, True)


def test_without_the_script_one_is_led_back(world: ConferenceWorld, scene: Any) -> None:
    done = posted(world, scene, script=False)
    refused = posted(
        world, lambda: take_floor_back(conference=world.conference, by=world.chair), script=False
    )
    assert [(each.status_code, each["Location"], each.said) for each in (done, refused)] == [
        (302, BACK, []),
        (302, BACK, ["Hiện không có ai đang phát biểu."]),
    ]


def test_a_repeated_key_is_done_already(world: ConferenceWorld, scene: Any) -> None:
    answers = [posted(world, lambda: scene("k1"), key="k1") for _time in range(3)]
    assert [body(each) for each in answers] == [{"ok": True, "seq": 3}] * 3
    assert world.refreshed().last_seq == 3


def test_a_key_that_comes_while_the_first_is_on_its_way_is_done_too(
    world: ConferenceWorld, scene: Any
) -> None:
    """Both looked before either was written: the table refuses the second."""

    def both() -> None:
        scene("k2")
        scene("k2")

    answer = posted(world, both, key="k2")
    assert (body(answer), world.refreshed().last_seq) == ({"ok": True, "seq": 3}, 3)
