"""The check of a site's devices and line, and the director's board."""

import csv
import json
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.audit.models import AuditEvent
from phoihop.conferences.actions import mute_site, remove_site
from phoihop.conferences.actions.beacons import keep_beacon
from phoihop.conferences.actions.checking import KEPT
from phoihop.conferences.enums import Duty, GrantKind, Reach, SiteKind
from phoihop.conferences.media.choice import engine
from phoihop.conferences.media.fake import FakeEngine
from phoihop.conferences.media.troubles import keep_troubles, note_trouble
from phoihop.conferences.models import Site, SiteCheck
from tests.conferences.test_refused import browser, signed_in
from tests.conferences.views.test_media import AT, granted, show
from tests.conferences.world import ConferenceWorld

pytestmark = pytest.mark.usefixtures("fake")

GOOD: dict[str, Any] = {
    "camera_fps": 25, "microphone_level": 0.1, "speaker_heard": True, "up_kbps": 590, "up_lost_percent": 0.0,
    "down_fps": 24, "down_lost_percent": 0.2, "delay_ms": 40,
}  # fmt: skip


def keep(client: Client, run: str = "one", status: int = 200, **said: Any) -> str:
    body = json.dumps({"run": run, **GOOD, **said})
    answer = client.post(f"{AT}/diem-cau/kiem-tra/ket-qua/", body, "application/json")
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def board(world: ConferenceWorld, query: str = "") -> str:
    answer = signed_in(world.officials[Duty.DIRECTOR]).get(f"{AT}/san-sang/{query}")
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("said", "colour", "words"),
    [
        ({}, "green", "590 kbit/s, mất 0,0 %"),
        ({"speaker_heard": None}, "amber", "Hãy phát âm thử"),
        ({"speaker_heard": False}, "red", "Không nghe thấy âm thử"),
        ({"camera_fps": None}, "red", "Không có hình từ máy quay"),
        ({"microphone_level": 0.0}, "red", "Không có tiếng từ micrô"),
        ({"up_lost_percent": 2.5}, "amber", "không còn dư"),
        ({"up_lost_percent": 8}, "red", "tham dự qua điện thoại"),
        ({"up_kbps": None, "up_lost_percent": None}, "red", "cho phép giao thức UDP"),
        ({"down_fps": 2}, "red", "bị giật, mất"),
        ({"delay_ms": 400}, "amber", "bị trễ"),
        ({"delay_ms": 401}, "red", "trễ quá lớn"),
        ({"delay_ms": "fast"}, "red", "cho phép giao thức UDP"),
    ],
)
def test_a_check_says_its_colour_and_what_to_do(
    world: ConferenceWorld, said: dict[str, Any], colour: str, words: str
) -> None:
    told = keep(browser(world.grant(1)), **said)
    assert SiteCheck.objects.get().colour == colour
    assert words in told


def test_a_site_that_watches_needs_no_camera(world: ConferenceWorld) -> None:
    Site.objects.filter(pk=world.sites[1].pk).update(kind=SiteKind.VIEWING)
    told = keep(browser(world.grant(1)), camera_fps=None, microphone_level=None, up_kbps=None)
    assert SiteCheck.objects.get().colour == "green"
    assert "Máy quay" not in told


def test_a_later_word_of_the_same_check_replaces_its_line_and_few_are_kept(world: ConferenceWorld) -> None:
    room = browser(world.grant(1))
    keep(room, "first", speaker_heard=None)
    keep(room, "first", speaker_heard=True)
    assert list(SiteCheck.objects.values_list("run", "colour")) == [("first", "green")]
    for number in range(KEPT + 2):
        keep(room, f"run{number}", speaker_heard=None)
    kept = SiteCheck.objects.filter(site=world.sites[1])
    assert kept.count() == KEPT
    assert list(kept.filter(is_current=True).values_list("run", flat=True)) == [f"run{KEPT + 1}"]
    told = AuditEvent.objects.filter(action="keep_check").latest("pk")
    assert told.details == {"site": "diem-1", "colour": "amber"}


@pytest.mark.parametrize("kind", [GrantKind.VIEW, GrantKind.SEAT])
def test_only_who_sends_for_a_site_checks_it(world: ConferenceWorld, kind: GrantKind) -> None:
    from phoihop.conferences.models import Seat

    seat = Seat.objects.filter(delegation__site=world.sites[1]).first() if kind == GrantKind.SEAT else None
    keep(browser(world.grant(1, kind, seat)), status=403)
    assert not SiteCheck.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"run": "a b"}', '{"run": "' + "x" * 5_000 + '"}'])
def test_what_is_no_result_is_refused(world: ConferenceWorld, body: str) -> None:
    answer = browser(world.grant(1)).post(f"{AT}/diem-cau/kiem-tra/ket-qua/", body, "application/json")
    assert answer.status_code == 400
    assert "không phải kết quả kiểm tra" in answer.json()["refusal"]


def test_the_page_names_whom_to_phone(world: ConferenceWorld, settings: Any) -> None:
    world.conference.technical_office_vi, world.conference.technical_phone = "Cục Kỹ thuật", "069.1"
    world.conference.save()
    Site.objects.filter(kind=SiteKind.CENTRE).update(technical_post="Phòng máy", technical_phone="069.2")
    Site.objects.filter(pk=world.sites[1].pk).update(technical_post="Tổ máy", technical_phone="069.3")
    settings.MEDIA_ENGINE = "janus"
    engine.cache_clear()
    told = browser(world.grant(1)).get(f"{AT}/diem-cau/kiem-tra/").content.decode()
    for words in ("Cục Kỹ thuật", "069.1", "Phòng máy", "069.2", "Tổ máy", "069.3", "data-begin"):
        assert words in told
    settings.MEDIA_ENGINE = ""
    without = browser(world.grant(1)).get(f"{AT}/diem-cau/kiem-tra/").content.decode()
    assert "data-begin" not in without
    assert "069.3" in without


def test_the_page_promises_nothing_for_another_device_of_the_site(
    world: ConferenceWorld, settings: Any
) -> None:
    """It may be on the stage meanwhile."""
    settings.MEDIA_ENGINE = "janus"
    engine.cache_clear()
    world.in_session()
    page = browser(world.grant(1)).get(f"{AT}/diem-cau/kiem-tra/").content.decode()
    told = " ".join(page.split())
    assert "do thiết bị khác của điểm cầu đang gửi vẫn tiếp tục được gửi" in told
    assert "nơi nào nhìn" not in told


@pytest.mark.parametrize("is_open", [False, True])
def test_a_check_is_seen_by_its_own_page_only(
    world: ConferenceWorld, fake: FakeEngine, is_open: bool
) -> None:
    """Under a name that is no site's: neither the stage nor the board takes it for the site's picture."""
    if is_open:
        world.in_session()
    token = granted(browser(world.grant(1)))["grant"]
    assert "Chưa nhận được tín hiệu" in show(token, "thu/xem", 409)["refusal"]
    show(token, "thu/phat", 201)
    show(token, "phat", 201)  # sends to the stage as well: a check is made beside it
    assert show(token, "thu/xem", 201)["sites"] == {"0": "~diem-1"}
    assert [each.site for each in fake.participants("hoi-nghi-thu")] == ["diem-1"]
    other = granted(browser(world.grant(2)))["grant"]
    show(other, "thu/xem", 409)
    viewer = granted(browser(world.grant(1, GrantKind.VIEW)), "receive")["grant"]
    show(viewer, "thu/phat", 403)
    show(viewer, "thu/xem", 403)


def test_the_board_says_how_each_site_is(world: ConferenceWorld, fake: FakeEngine) -> None:
    keep(browser(world.grant(1)))
    keep(browser(world.grant(2)), camera_fps=None)
    Site.objects.filter(pk=world.sites[3].pk).update(reach=Reach.PHONE, technical_phone="069.9")
    keep_beacon(site=world.sites[1], said={"delay_ms": 88, "lost_packets": 3})
    fake.published["hoi-nghi-thu"].add("diem-2")
    mute_site(site=world.sites[2], by=world.chair)
    told = board(world)
    rows = {part.partition('"')[0]: part for part in told.split('data-site="')[1:]}
    assert list(rows) == ["diem-0", "diem-1", "diem-2", "diem-3"]
    assert ['data-colour="green"' in row for row in rows.values()] == [False, True, False, False]
    assert "88 ms" in rows["diem-1"]
    assert "mất 3 gói" in rows["diem-1"]
    assert "Máy quay: không đo được" in rows["diem-2"]
    assert ["Đã tắt micrô" in row for row in rows.values()] == [False, False, True, False]
    assert "Đang gửi hình" in rows["diem-2"]
    assert "Tham dự qua điện thoại" in rows["diem-3"]
    assert "069.9" in rows["diem-3"]
    for colour, number in (("Xanh", 1), ("Vàng", 0), ("Đỏ", 1), ("Chưa kiểm tra", 2)):
        assert f'{colour}: <span class="num">{number}</span>' in told


def test_the_board_is_filtered_and_leaves_out_who_was_taken_out(world: ConferenceWorld) -> None:
    keep(browser(world.grant(1)), camera_fps=None)
    assert [site in board(world, "?mau=red") for site in ('"diem-1"', '"diem-2"')] == [True, False]
    assert [site in board(world, "?q=tinh+1") for site in ('"diem-1"', '"diem-2"')] == [False, True]
    remove_site(site=world.sites[1], by=world.chair)
    assert 'data-site="diem-1"' not in board(world)
    assert browser(world.grant(2)).get(f"{AT}/san-sang/").status_code in {302, 403}


def test_that_the_engine_does_not_follow_is_told_to_the_director_and_the_console(
    world: ConferenceWorld,
) -> None:
    def told() -> list[str]:
        director = signed_in(world.officials[Duty.DIRECTOR])
        pages = [
            f"{AT}/san-sang/",
            f"{AT}/san-sang/bang/",
            f"{AT}/dieu-hanh/",
            f"{AT}/dieu-hanh/phan/engine/",
        ]
        return [director.get(page).content.decode() for page in pages]

    def trouble(page: str) -> bool:
        """What the engine itself said is for the log."""
        return "Từ 14:30 02/03/2026, hình và tiếng không theo kịp" in page and "nobody" not in page

    assert ["data-engine-trouble" in page for page in told()] == [False] * 4
    with time_machine.travel(datetime(2026, 3, 2, 7, 30, tzinfo=UTC), tick=False):
        note_trouble(world.conference, "nobody <answers>")
    assert [trouble(page) for page in told()] == [True] * 4
    keep_troubles({})
    assert ["data-engine-trouble" in page for page in told()] == [False] * 4


def test_the_board_as_a_file(world: ConferenceWorld) -> None:
    keep(browser(world.grant(1)), delay_ms=900)
    answer = signed_in(world.officials[Duty.DIRECTOR]).get(f"{AT}/san-sang/tep.csv?mau=red")
    rows = list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["Điểm cầu", "Kiểm tra", "Lý do"],
        ["Điểm cầu Tỉnh Tỉnh 0", "Đỏ", "Độ trễ: 900 ms cả đi và về"],
    ]


def test_thousands_of_sites_are_paged_and_cost_no_more_statements(world: ConferenceWorld) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            board(world)
        return len(asked)

    few = statements()
    like = world.sites[1]
    many = [
        Site(conference=world.conference, slug=f"them-{number}", kind=like.kind, level=like.level, area=like.area,
             name_vi=f"Điểm cầu {number}", order=10 + number)
        for number in range(300)
    ]  # fmt: skip
    made = Site.objects.bulk_create(many)
    for site in made[:60]:
        SiteCheck.objects.create(site=site, run="a", at=world.conference.starts_at, colour="green")
        keep_beacon(site=site, said={"delay_ms": 10})
    assert statements() == few + 1  # the beacons themselves: there were none
    assert board(world).count('data-site="') == 100
    assert 'data-site="them-299"' in board(world, "?trang=4")
