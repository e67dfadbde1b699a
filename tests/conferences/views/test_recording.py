"""The page of a recording and the film: for whom it was meant, whole or in parts, refused with a sentence."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from phoihop.conferences import filming
from phoihop.conferences.actions import close_conference, draft_minutes, start_recording
from phoihop.conferences.actions.recording import fail_recording, keep_recording
from phoihop.conferences.enums import Duty, RecordingAudience
from phoihop.conferences.models import Conference, Recording
from tests.conferences.test_refused import browser
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import UserFactory

AT = "/hoi-nghi/hoi-nghi-thu/ghi-hinh"
FILM = bytes(range(256)) * 40  # 10,240 bytes


@pytest.fixture
def kept(world: ConferenceWorld, tmp_path: Path) -> Recording:
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    film = tmp_path / "film.webm"
    film.write_bytes(FILM)
    first, third = world.items[0].pk, world.items[2].pk
    chapters = [{"seconds": 0.0, "item": first}, {"seconds": 62.5, "item": third}]
    return keep_recording(conference=world.conference, film=film, seconds=3_725, chapters=chapters)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("audience", "chair", "head", "stranger"),
    [
        (RecordingAudience.PRESIDIUM, 200, 403, 403),
        (RecordingAudience.DELEGATES, 200, 200, 403),
        (RecordingAudience.READERS, 200, 200, 200),
    ],
)
def test_it_is_for_whom_it_was_meant(
    kept: Recording, world: ConferenceWorld, audience: str, chair: int, head: int, stranger: int
) -> None:
    Conference.objects.update(recording_for=audience)
    people = [
        (world.chair.user, chair),
        (world.heads[1], head),
        (UserFactory(username="a-stranger"), stranger),
    ]
    for person, status in people:
        for address in ("", "phim.webm", "muc.vtt"):
            assert signed_in(person).get(f"{AT}/{address}").status_code == status, (person, address)
    refused = signed_in(world.heads[2]).get(f"{AT}/")
    if head == 403:
        assert "cơ quan tổ chức và đoàn chủ trì, thư ký" in refused.content.decode()


def test_nobody_sees_it_without_signing_in(kept: Recording) -> None:
    for address in ("", "phim.webm", "muc.vtt"):
        assert Client().get(f"{AT}/{address}").status_code == 302


def test_the_page_tells_length_hash_last_day_and_items(kept: Recording, world: ConferenceWorld) -> None:
    text = signed_in(world.chair.user).get(f"{AT}/").content.decode()
    for words in (kept.sha256, "1:02:05", "14/09/2026", "1. Nội dung 1", "3. Nội dung 3", "0:01:02"):
        assert words in text


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=10000-", 10_000, 10_239),
        ("bytes=-40", 10_200, 10_239),
        ("bytes=0-99999", 0, 10_239),
    ],
)
def test_a_player_asks_for_parts(
    kept: Recording, world: ConferenceWorld, asked: str, first: int, last: int
) -> None:
    answer: Any = signed_in(world.chair.user).get(f"{AT}/phim.webm", HTTP_RANGE=asked)
    assert (answer.status_code, answer["Content-Range"]) == (206, f"bytes {first}-{last}/10240")
    assert b"".join(answer.streaming_content) == FILM[first : last + 1]
    assert answer["Content-Length"] == str(last - first + 1)


def test_a_part_that_is_not_there_is_refused_and_nonsense_gets_the_whole(
    kept: Recording, world: ConferenceWorld
) -> None:
    client = signed_in(world.chair.user)
    beyond = client.get(f"{AT}/phim.webm", HTTP_RANGE="bytes=10240-")
    assert (beyond.status_code, beyond["Content-Range"]) == (416, "bytes */10240")
    whole: Any = client.get(f"{AT}/phim.webm?tai=1", HTTP_RANGE="pages=1-2")
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, FILM)
    assert whole["Content-Disposition"] == 'attachment; filename="ghi-hinh-hoi-nghi-thu.webm"'


@pytest.mark.parametrize("asked", ["bytes=0-{0}", "bytes=-{0}", "bytes={0}-"])
def test_an_absurdly_long_number_is_nonsense_too(kept: Recording, world: ConferenceWorld, asked: str) -> None:
    """Python refuses to read a number of more than 4,300 digits."""
    whole: Any = signed_in(world.chair.user).get(f"{AT}/phim.webm", HTTP_RANGE=asked.format("9" * 5_000))
    assert (whole.status_code, b"".join(whole.streaming_content)) == (200, FILM)


def test_chapters_are_cues_one_after_the_other(kept: Recording, world: ConferenceWorld) -> None:
    world.conference.items.filter(pk=world.items[2].pk).update(title_vi="A --> B <i>")
    told = signed_in(world.chair.user).get(f"{AT}/muc.vtt").content.decode()
    assert told.split("\n\n") == [
        "WEBVTT",
        "00:00:00.000 --> 00:01:02.500\n1. Nội dung 1",
        "00:01:02.500 --> 01:02:05.000\n3. A → B &lt;i>\n",
    ]


def test_a_film_that_is_gone_is_not_found_and_the_page_says_why(
    kept: Recording, world: ConferenceWorld
) -> None:
    from phoihop.conferences.actions.recording import delete_recording

    delete_recording(recording=kept)
    client = signed_in(world.chair.user)
    assert client.get(f"{AT}/phim.webm").status_code == 404
    page = client.get(f"{AT}/").content.decode()
    assert "đã được xóa ngày" in page
    assert kept.sha256 in page


def _drafted(world: ConferenceWorld) -> str:
    return signed_in(world.officials[Duty.SECRETARY]).get("/hoi-nghi/hoi-nghi-thu/bien-ban/").content.decode()


def test_minutes_drafted_before_the_film_say_what_they_lack(world: ConferenceWorld, tmp_path: Path) -> None:
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    draft_minutes(conference=world.refreshed(), by=None)
    assert "Bản ghi hình đang được dựng" in _drafted(world)
    film = tmp_path / "film.webm"
    film.write_bytes(FILM)
    keep_recording(conference=world.conference, film=film, seconds=3, chapters=[])
    told = _drafted(world)
    assert "Bản ghi hình đã sẵn sàng" in told
    assert "Lập lại từ diễn biến" in told
    draft_minutes(conference=world.refreshed(), by=None)
    assert "chưa có trong biên bản này" not in _drafted(world)


def test_a_film_that_failed_is_tried_again_from_its_page(world: ConferenceWorld) -> None:
    world.in_session()
    start_recording(conference=world.conference, by=world.chair)
    close_conference(conference=world.conference, by=world.chair)
    fail_recording(conference=world.conference, fault=filming.NOT_WRITTEN)
    Conference.objects.update(recording_for=RecordingAudience.READERS)
    assert "Dựng lại bản ghi hình" not in signed_in(world.heads[1]).get(f"{AT}/").content.decode()
    assert signed_in(world.heads[1]).post(f"{AT}/lam-lai/").status_code == 403
    chair = signed_in(world.chair.user)
    page = chair.get(f"{AT}/").content.decode()
    assert "Dựng lại bản ghi hình" in page
    assert "ổ đĩa đã đầy" in page
    assert chair.post(f"{AT}/lam-lai/").status_code == 302
    assert not Recording.objects.exists()
    assert "Đang hoàn thiện bản ghi hình" in chair.get(f"{AT}/").content.decode()


def test_whoever_is_to_join_reads_who_may_see_the_recording_and_how_long(
    world: ConferenceWorld, settings: Any
) -> None:
    """A code's holder at the door and on the site's page; a head, who comes in by signing in, on the conference's page too."""
    settings.MEDIA_ENGINE = "janus"
    Conference.objects.update(recording_for=RecordingAudience.PRESIDIUM, recording_days=37)
    world.in_session()
    terms = "Bản ghi hình được lưu 37 ngày rồi xóa. Người được xem: Cơ quan tổ chức và đoàn chủ trì, thư ký"
    at, head = "/hoi-nghi/hoi-nghi-thu", signed_in(world.heads[1])
    for client, place in (
        (Client(), "vao/"), (head, ""), (head, "diem-cau/"), (browser(world.grant(1)), "diem-cau/"),
    ):  # fmt: skip
        told = " ".join(client.get(f"{at}/{place}").content.decode().split())
        assert terms.lower() in told.lower(), place
