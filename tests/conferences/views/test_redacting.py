"""The page on which the central desk takes a person's data out of a conference."""

import pytest
from django.test import Client

from phoihop.conferences.actions import close_conference, draft_minutes, edit_minutes, write_note
from phoihop.conferences.models import PresidiumNote
from phoihop.orgs.enums import Role
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import user_for
from tests.web.world import client_of

NAMED = "Bà Trần Thị B, 0901234567"
WHY = "Có số điện thoại của công dân"
HOME, PAGE = "/hoi-nghi/hoi-nghi-thu/", "/hoi-nghi/hoi-nghi-thu/go-noi-dung/"


@pytest.fixture
def centre(world: ConferenceWorld) -> Client:
    write_note(site=world.sites[1], text=NAMED, by=None)
    return client_of(world.desk)


def test_a_note_is_listed_taken_out_and_leaves_a_tombstone(world: ConferenceWorld, centre: Client) -> None:
    assert PAGE in centre.get(HOME).content.decode()
    text = next(each for each in centre.get(PAGE).context["texts"] if each.text == NAMED)
    fields = {"place": text.place, "pk": str(text.pk)}
    refused = centre.post(PAGE, {**fields, "reason": " "})
    assert (refused.status_code, "lý do" in refused.content.decode()) == (400, True)
    done = centre.post(PAGE, {**fields, "reason": WHY}, follow=True).content.decode()
    assert (NAMED in done, WHY in done, world.desk.username in done) == (False, True, True)
    assert WHY in centre.get(HOME).content.decode()
    assert PresidiumNote.objects.get().text == "[…]"


def test_words_of_the_minutes_go_by_the_form_below(world: ConferenceWorld, centre: Client) -> None:
    world.in_session()
    close_conference(conference=world.conference, by=None)
    minutes = draft_minutes(conference=world.conference, by=None)
    edit_minutes(minutes=minutes, part="closing", texts={"vi": f"Nêu {NAMED} và bế mạc."}, by=None)
    refused = centre.post(PAGE, {"words": "không có ở đâu cả", "reason": WHY})
    assert (refused.status_code, "không có ở đâu cả" in refused.content.decode()) == (400, True)
    centre.post(PAGE, {"words": NAMED, "reason": WHY})
    minutes.refresh_from_db()
    assert minutes.edited["closing"]["vi"] == "Nêu […] và bế mạc."
    assert WHY in centre.get(HOME).content.decode()


def test_nobody_but_the_central_desk(world: ConferenceWorld, centre: Client) -> None:
    for user in (world.officials["chair"], user_for(world.bodies[1], Role.PROVINCIAL_DESK)):
        client = client_of(user)
        assert PAGE not in client.get(HOME).content.decode()
        assert (client.get(PAGE).status_code, client.post(PAGE, {"reason": WHY}).status_code) == (403, 403)
