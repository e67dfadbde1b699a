"""No page of a conference, no refusal and no stream tells a secret of the engine, of an edge, of a relay, or a key made from one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phoihop.conferences.actions import show_scene
from phoihop.conferences.enums import Duty, GrantKind, Scene
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.janus.client import JanusClient
from phoihop.conferences.media.janus.edges import Edge, edge_door
from phoihop.conferences.media.janus.engine import JanusEngine
from phoihop.conferences.media.janus.hall import Hall
from tests.conferences.test_refused import browser, signed_in
from tests.conferences.views.test_media import AT, granted, show
from tests.conferences.world import ConferenceWorld

SLUG = "hoi-nghi-thu"
EDGE = Edge("127.0.0.9", 9)  # nobody answers there
PLACES = (
    "", "vao/", "dieu-hanh/", "dieu-hanh/diem-cau/", "man-hinh/", "xem/", "diem-cau/", "kiem-tra/", "ghi-hinh/",
    "bien-ban/", "ket-luan/", "dien-bien/", "ve/", "phan/hall/", "phan/site/", "phan/view/", "ghi-hinh/phim.webm", "khong-co/",
)  # fmt: skip


@pytest.fixture
def secrets(settings: Any, tmp_path: Path) -> Iterator[list[str]]:
    """As they are with Janus, an edge and a relay: those that were set, and the keys derived from them."""
    settings.MEDIA_ENGINE, settings.MEDIA_FOLDER = "janus", tmp_path
    settings.MEDIA_EDGES, settings.MEDIA_EDGE_SECRET = EDGE.name, "edge-secret-" + "e" * 40
    settings.MEDIA_TURN, settings.MEDIA_TURN_SECRET = ["turn:turn.example.vn:3478"], "turn-secret-of-relay"
    kept = {
        "url": "http://127.0.0.1:9/janus",
        "api_secret": "api-secret-of-janus",
        "admin_key": "admin-key-of-janus",
    }
    (tmp_path / "engine.json").write_text(json.dumps(kept))
    door = edge_door(EDGE, settings.MEDIA_EDGE_SECRET)
    own, far = Hall(JanusClient(tmp_path)), Hall(JanusClient(door), EDGE.host, settings.MEDIA_EDGE_SECRET)
    engine.cache_clear()
    yield [
        kept["api_secret"], kept["admin_key"], kept["url"], settings.MEDIA_EDGE_SECRET, settings.MEDIA_TURN_SECRET,
        door.api_secret, door.admin_key, own.secret(SLUG), far.secret(SLUG), far._srtp(f"{SLUG}/viewers"), EDGE.name,
    ]  # fmt: skip
    engine.cache_clear()


def told_in(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{dict(answer.items())} {body.decode('utf-8', 'replace')}"


def test_no_answer_tells_a_secret(session: ConferenceWorld, secrets: list[str]) -> None:
    show_scene(
        conference=session.conference, scene=Scene.MOSAIC, by=session.chair, sites=["diem-1", "diem-2"]
    )
    assert isinstance(engine(), JanusEngine)
    people = {
        "chair": signed_in(session.officials[Duty.CHAIR]), "head": signed_in(session.heads[1]), "stranger": Client(),
        "centre": browser(session.grant(0)), "room": browser(session.grant(1)),
        "viewer": browser(session.grant(1, GrantKind.VIEW)),
    }  # fmt: skip
    seen, found = 0, list[tuple[str, str, str]]()
    for who, client in people.items():
        for place in PLACES:
            told = told_in(client.get(f"{AT}/{place}"))
            seen += len(told) > 1_000
            found += [(who, place, secret) for secret in secrets if secret in told]
    for address in ("xem", "phat", "con", "thoi", "tra-loi", "thu/phat", "thu/xem"):
        token = granted(people["room"])["grant"]
        wrong = 403 if address in {"con", "thoi", "tra-loi"} else 503
        told = json.dumps(show(token, address, wrong))
        found += [("room", address, secret) for secret in secrets if secret in told]
    assert found == []
    assert seen > 40


def test_a_relay_is_opened_without_its_secret(session: ConferenceWorld, secrets: list[str]) -> None:
    told = granted(browser(session.grant(1)))
    (relay,) = told["ice"]
    assert relay["urls"] == ["turn:turn.example.vn:3478"]
    assert relay["username"].endswith(":diem-1")
    assert relay["credential"]
    assert not [secret for secret in secrets if secret in json.dumps(told)]


def test_what_streams_tell_has_no_secret(session: ConferenceWorld, secrets: list[str]) -> None:
    from phoihop.conferences.audiences import Audience
    from phoihop.conferences.queries.streams import shown_now
    from phoihop.conferences.streams.rooms import KEPT, Room

    found = shown_now(SLUG, KEPT)
    assert found is not None
    room = Room(SLUG, *found)
    told = b"".join(room.whole(each) for each in Audience).decode()
    assert len(told) > 500
    assert not [secret for secret in secrets if secret in told]
