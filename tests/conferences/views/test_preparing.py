"""The pages before the session: who opens them, what they ask the database, how wrong clicks are answered."""

from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.models import AgendaItem, Conference, ConferenceEvent, Site
from phoihop.orgs.enums import Role
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import user_for
from tests.web.world import client_of

AT = "/hoi-nghi/hoi-nghi-thu/chuan-bi/"
PAGES = ("", "nhan-su/", "diem-cau/", "chuong-trinh/", "tai-lieu/", "tham-luan/", "ma/", "giay-moi/")


@pytest.fixture
def desk(world: ConferenceWorld) -> Client:
    return client_of(world.desk)


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_the_pages_are_for_who_prepares(world: ConferenceWorld, desk: Client) -> None:
    officer = client_of(user_for(world.bodies[1], Role.REPORTING_OFFICER))
    secretary = client_of(world.officials["secretary"])
    status = {
        page: tuple(each.get(AT + page).status_code for each in (desk, secretary, officer, Client()))
        for page in PAGES
    }
    assert status == dict.fromkeys(PAGES, (200, 200, 403, 302))


def test_a_stranger_is_led_to_sign_in_and_not_to_the_door(world: ConferenceWorld) -> None:
    assert Client().get(AT).headers["Location"].startswith("/dang-nhap/?next=")
