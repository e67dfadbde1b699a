"""Every page that follows a conference says, once, that the stage is recorded: whoever takes part is told."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import close_conference
from phoihop.conferences.enums import Duty, GrantKind
from tests.conferences.test_refused import browser, signed_in
from tests.conferences.world import ConferenceWorld

AT = "/hoi-nghi/hoi-nghi-thu"
TEMPLATES = Path(__file__).resolve().parents[3] / "phoihop/conferences/templates"
FOLLOWING = '{% include "conferences/live.html"'
PAGES = {
    "conference": ("", "chair"),
    "console": ("dieu-hanh/", "chair"),
    "votes": ("bieu-quyet/", "chair"),
    "site_board": ("san-sang/", "director"),
    "hall": ("man-hinh/", "room"),
    "site": ("diem-cau/", "room"),
    "check": ("diem-cau/kiem-tra/", "room"),
    "notes": ("gui-chu-tri/", "room"),
    "vote_wall": ("bieu-quyet/man-hinh/", "room"),
    "seat": ("ghe/", "seat"),
    "view": ("xem/", "view"),
}


def client_of(world: ConferenceWorld, who: str) -> Client:
    match who:
        case "chair" | "director":
            return signed_in(world.officials[Duty(who)])
        case "seat":
            grant = world.seat(1).grant
            assert grant is not None
            return browser(grant)
        case _:
            return browser(world.grant(1, GrantKind(who)))


def page_of(world: ConferenceWorld, page: str) -> str:
    address, who = PAGES[page]
    answer = client_of(world, who).get(f"{AT}/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def marks(text: str) -> tuple[int, int]:
    return text.count("data-recording hidden"), text.count("web/js/conference/recording.js")


def test_every_page_that_follows_is_among_those_tried() -> None:
    following = {path.stem for path in TEMPLATES.rglob("*.html") if FOLLOWING in path.read_text("utf-8")}
    assert following == set(PAGES)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_that_follows_has_the_mark_once(world: ConferenceWorld, settings: Any, page: str) -> None:
    settings.MEDIA_ENGINE = "janus"
    world.in_session()
    text = page_of(world, page)
    assert marks(text) == (1, 1)
    assert "Bản ghi hình được lưu" in " ".join(text.split())


@pytest.mark.parametrize("page", PAGES)
def test_without_an_engine_no_page_has_it(world: ConferenceWorld, page: str) -> None:
    world.in_session()
    assert marks(page_of(world, page)) == (0, 0)


def test_what_is_over_is_not_recorded(world: ConferenceWorld, settings: Any) -> None:
    settings.MEDIA_ENGINE = "janus"
    world.in_session()
    close_conference(conference=world.conference, by=world.chair)
    assert marks(page_of(world, "conference")) == (0, 0)
