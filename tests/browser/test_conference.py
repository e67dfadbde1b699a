"""A whole short conference on six pages open at once; every page shows by itself what moved on another."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from phoihop.conferences.queries.board import MOST
from tests.browser.conference_pages import (
    PHONE,
    WALL,
    WITHIN,
    Hall,
    alike,
    hall_of,
    has_stayed,
    line_of,
    press,
    seconds_left,
    shows,
    unfold,
)
from tests.browser.legibility import (
    SPEAKER_AT_3_METRES,
    too_small_for_a_room,
    too_small_for_the_last_row,
)
from tests.conferences.session_world import installation
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST, SECOND = "Điểm cầu Tỉnh Tỉnh 0", "Điểm cầu Tỉnh Tỉnh 1"  # sites diem-1 and diem-2
QUESTION = "Thông qua kết luận hội nghị"
MESSAGE = "Mời đại biểu ổn định chỗ ngồi"
REVIEWED = "Tỉnh Kon Tum"  # the area of the second's site, of which the review has figures
ALLOTTED = 420  # seconds of one speech
FULL_BOARD = f"""() => {{
    const line = document.querySelector('.board-line');
    for (let more = 1; more < {MOST}; more += 1) line.after(line.cloneNode(true));
}}"""  # as many indicators as may be chosen
SPEAKER = ".site-floor :is(.scene-name, .scene-time)"


@pytest.fixture
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("six")) as made:
        yield made


@pytest.fixture
def hall(browser: Browser, installed: Installation) -> Iterator[Hall]:
    with hall_of(browser, installed) as opened:
        yield opened


def test_a_whole_short_conference_on_six_pages(hall: Hall, installed: Installation) -> None:
    chair = hall.signed_in("the-chair", "dieu-hanh/")
    director = hall.signed_in("the-director", "dieu-hanh/")
    wall = hall.room("diem-0", "man-hinh/", WALL)
    rooms = hall.room("diem-1"), hall.room("diem-2")
    phone = hall.phone()
    six = (chair, director, wall, *rooms, phone)
    for page in six:  # without an engine the conference is as it was before there was one
        expect(page.locator("[data-stage], [data-own], [data-send]")).to_have_count(0)
    _opens(chair, six)
    _calls_the_roll(hall, chair, director, wall, rooms)
    _discusses(chair, wall, rooms)
    _directs(director, wall, rooms)
    _shows_what_comes_in(director, wall, rooms, installed)
    _votes(chair, director, wall, rooms, phone, installed)
    _goes_on(chair, director, wall, rooms)
    _closes(chair, six)
    assert [has_stayed(page) for page in six] == [True] * 6
    assert [page.evaluate("document.documentElement.scrollWidth <= innerWidth") for page in six] == [True] * 6
    _writes_it_down(hall)


def _opens(chair: Page, six: tuple[Page, ...]) -> None:
    press(chair, "Khai mạc hội nghị")
    for page in six[:2]:
        shows(page.locator(".session-state"), "Đang họp")
    for room in six[3:5]:
        shows(room.locator(".site-item"), "Đang họp")


def _calls_the_roll(hall: Hall, chair: Page, director: Page, wall: Page, rooms: tuple[Page, Page]) -> None:
    press(chair, "Mở điểm danh")
    for number, (room, present) in enumerate(zip(rooms, (11, 9), strict=True), start=1):
        shows(room.locator(".site-more"), "Điểm danh lần 1")
        head = hall.signed_in(f"head-{number}", "diem-cau/")
        head.get_by_label("Số đại biểu có mặt").fill(str(present))
        press(head, "Ký điểm danh")
        shows(head.locator(".site-more"), f"có mặt {present}")
        shows(room.locator(".site-more"), f"có mặt {present}")
        head.context.close()
    shows(chair.locator("[aria-labelledby=roll-call-heading]").first, re.compile(r"2\D+4\D"))
    assert (
        too_small_for_a_room(rooms[0], ".site-more h2, .site-more section:first-of-type p:not(.hint)") == []
    )
    press(director, "Điểm danh", exact=True)
    shows(wall.locator(".hall-scene"), "20 / 48")
    assert too_small_for_the_last_row(wall, ".hall-scene p, .hall-head time") == []
    press(chair, "Kết thúc điểm danh")
    expect(chair.get_by_role("button", name="Kết thúc điểm danh")).to_have_count(0, timeout=WITHIN)


def _discusses(chair: Page, wall: Page, rooms: tuple[Page, Page]) -> None:
    """Both ask, the second is put before the first, and has the floor with one press."""
    press(chair.locator("li.agenda-line", has_text="Nội dung 3"), re.compile("^Bắt đầu"))
    for page in (wall, *rooms):
        shows(page, "Nội dung 3")
    expect(rooms[0].get_by_role("button", name="Đăng ký phát biểu")).to_be_disabled(timeout=WITHIN)
    press(chair, "Mở danh sách")
    for room, site in zip(rooms, (FIRST, SECOND), strict=True):
        press(room, "Đăng ký phát biểu")
        for page in (*rooms, chair):
            shows(page.locator(".queue, ol.speaker-list").first, site)
    line_of(chair, SECOND).locator("button[value=up]").click()
    for page in (*rooms, chair):
        expect(page.locator(".queue > li, ol.speaker-list > li").first).to_contain_text(
            SECOND, timeout=WITHIN
        )
    line_of(chair, SECOND).get_by_role("button", name="Mời phát biểu").click()
    shows(rooms[1].locator(".site-asking"), "Điểm cầu này đang phát biểu.")
    assert too_small_for_a_room(rooms[1], SPEAKER, SPEAKER_AT_3_METRES) == []
    assert (
        too_small_for_a_room(rooms[1], ".site-item, .site-floor p, .site-head time, .site-asking .notice")
        == []
    )
    assert too_small_for_the_last_row(wall, ".hall-foot p, .hall-foot .num") == []
    assert "đang phát biểu" not in rooms[0].locator(".site-asking").inner_text()
    _counts_down(
        chair.locator(".floor-now"),
        wall.locator(".hall-foot"),
        *(each.locator(".site-floor") for each in rooms),
    )


def _counts_down(*places: Any) -> None:
    before = alike([*places])
    assert max(before) <= ALLOTTED
    assert until(
        lambda: all(seconds_left(place) < was for place, was in zip(places, before, strict=True)), 30
    )


def _directs(director: Page, wall: Page, rooms: tuple[Page, Page]) -> None:
    said = unfold(director, "Chiếu thông báo")
    said.get_by_label("Thông báo cho hội trường").fill(MESSAGE)
    press(said, "Chiếu")
    for page in (wall.locator(".hall-scene"), *(room.locator(".site-hall") for room in rooms)):
        shows(page, MESSAGE)
    _shows_the_items(director, wall, rooms)
    figures = unfold(director, "Chiếu số liệu của báo cáo")
    figures.locator("input[name=keys][value=B01]").check()
    figures.get_by_label("Kèm số liệu").check()
    press(figures, "Chiếu")
    for page in (wall.locator(".hall-scene"), *(room.locator(".site-hall") for room in rooms)):
        expect(page.locator(".figure-value").first).to_have_text(re.compile(r"\d"), timeout=WITHIN)
        shows(page.locator(".scene-figure.of-place"), REVIEWED)
    press(unfold(director, "Chiếu tài liệu"), re.compile("^Chiếu"))
    _turns_pages(director, wall, *rooms)


def _shows_the_items(director: Page, wall: Page, rooms: tuple[Page, Page]) -> None:
    """The figures chosen for the item while it was prepared, of the area that speaks; then the message again."""
    screens = (wall.locator(".hall-scene"), *(room.locator(".site-hall") for room in rooms))
    press(director, "Chiếu số liệu của nội dung này")
    for screen in screens:
        shows(screen.locator(".scene-figure.of-place").first, REVIEWED)
        shows(screen.locator(".scene-chart.of-place"), f"{REVIEWED} – Tỷ lệ báo cáo")
    phone_wide = rooms[1].viewport_size
    rooms[1].set_viewport_size(PHONE)  # type: ignore[arg-type]
    shows(rooms[1].locator(".scene-chart.of-place"), REVIEWED)
    assert rooms[1].evaluate("document.documentElement.scrollWidth <= innerWidth")
    rooms[1].set_viewport_size(phone_wide)  # type: ignore[arg-type]
    press(director, "Trở lại nội dung tự chọn")
    for screen in screens:
        shows(screen, MESSAGE)


def _shows_what_comes_in(
    director: Page, wall: Page, rooms: tuple[Page, Page], installed: Installation
) -> None:
    """Of the area of the site that speaks; what is accepted meanwhile is there within seconds, by itself."""
    board = unfold(director, "Chiếu số liệu trực tiếp")
    board.locator("input[name=keys][value=B01]").check()
    board.get_by_label("Khi một điểm cầu đang phát biểu").check()
    press(board, "Chiếu")
    screens = (wall.locator(".hall-scene"), *(room.locator(".site-hall") for room in rooms))
    for screen in screens:
        shows(screen.locator(".board-head"), REVIEWED)
        shows(screen.locator(".board-now"), "20 cuộc")
        shows(screen.locator(".board-frozen"), "20 cuộc")
    assert too_small_for_the_last_row(wall, ".board p, .board-foot .num") == []
    assert too_small_for_a_room(rooms[0], ".board p") == []
    assert _fits(wall)
    installed.act("accept", 21)  # besides the 10 of another unit
    for screen in screens:
        shows(screen.locator(".board-now"), "31 cuộc")
        shows(screen.locator(".board-frozen"), "20 cuộc")
    wall.evaluate(FULL_BOARD)
    assert _fits(wall)


def _turns_pages(director: Page, *pages: Page) -> None:
    """In step on the wall, which comes first, and at the sites; the pictures are really there."""
    for number in (1, 2):
        for page in pages:
            shows(page.locator(".scene-document"), f"trang {number}")
            picture = page.locator(".scene-document img")
            assert until(lambda shown=picture: shown.evaluate("shown => shown.naturalWidth") > 0, 30)
        assert _fits(pages[0])
        if number == 1:
            press(director, "Trang sau")


def _votes(
    chair: Page, director: Page, wall: Page, rooms: tuple[Page, Page], phone: Page, installed: Installation
) -> None:
    unfold(chair, "Chuẩn bị lần biểu quyết")
    chair.select_option("#vote-item", label="Nội dung 3")
    chair.fill("#vote-title_vi", QUESTION)
    chair.select_option("#vote-kind", "named")
    chair.select_option("#vote-base", "cast")
    press(chair, "Lưu nội dung biểu quyết")
    chair.get_by_label("Vẫn mở biểu quyết").check()
    press(chair, "Mở biểu quyết")
    press(director, "Biểu quyết", exact=True)
    shows(wall.locator(".hall-scene"), QUESTION)
    shows(wall.locator(".hall-scene"), "0 / 12")
    for room in rooms:
        shows(room.locator(".site-hall .scene-options"), "Tán thành")
    assert too_small_for_a_room(rooms[0], ".site-hall .scene-name", SPEAKER_AT_3_METRES) == []
    assert too_small_for_a_room(rooms[0], ".site-hall .scene-speaker p") == []
    assert too_small_for_the_last_row(wall, ".hall-scene p") == []
    shows(phone, QUESTION)
    press(phone, "Tán thành", exact=True)
    shows(phone, "Đã ghi nhận phiếu của ghế này.")
    for page in (wall, chair, *rooms):
        expect(page.locator("[data-voted]").first).to_have_text("1", timeout=WITHIN)
    press(chair, "Kết thúc và kiểm phiếu")
    for page in (wall, chair, phone, *rooms):
        shows(page.locator(".vote-result").first, "Được thông qua")
        expect(page.locator(".vote-result").first.locator("tbody tr").first).to_have_text(
            re.compile(r"Tán thành\s*1\s*100,00")
        )
    assert (
        sum(line.startswith("cast_vote ") for line in installed.act("log"))
        == len(installed.act("casts"))
        == 1
    )
    assert too_small_for_a_room(rooms[0], ".site-hall .vote-result :is(th, td, .tag)") == []
    assert too_small_for_the_last_row(wall, ".vote-result :is(th, td, .tag)") == []
    assert _fits(wall)


def _fits(wall: Page) -> bool:
    return bool(wall.evaluate("document.documentElement.scrollHeight <= innerHeight"))


def _goes_on(chair: Page, director: Page, wall: Page, rooms: tuple[Page, Page]) -> None:
    """The floor passes from one site to the other with one press; both pages say so, and the hall's figures go along."""
    press(unfold(director, "Chiếu số liệu của báo cáo"), "Chiếu")
    place = wall.locator(".scene-figure.of-place")
    shows(place, REVIEWED)
    line_of(chair, FIRST).get_by_role("button", name="Mời phát biểu").click()
    shows(rooms[0].locator(".site-asking"), "Điểm cầu này đang phát biểu.")
    expect(rooms[1].locator(".site-asking")).not_to_contain_text("đang phát biểu", timeout=WITHIN)
    shows(wall.locator(".hall-foot"), FIRST)
    expect(place).to_have_count(0, timeout=WITHIN)  # the review has nothing of that area
    assert too_small_for_the_last_row(wall, ".figure-name, .figure-value") == []
    entered = unfold(chair, "Ghi một điểm cầu vào danh sách")
    entered.locator("select[name=site]").select_option(label=SECOND)
    press(entered, "Đưa vào danh sách")
    line_of(chair, SECOND).get_by_role("button", name="Mời phát biểu").click()
    shows(place, REVIEWED)


def _closes(chair: Page, six: tuple[Page, ...]) -> None:
    """A clear end on every screen: where the papers will be, and no clock that runs on."""
    press(unfold(chair, "Bế mạc hội nghị"), "Bế mạc", exact=True)
    for page in six[:2]:
        shows(page.locator(".session-state"), "Đã bế mạc")
    for room in six[3:5]:
        shows(room.locator(".site-asking"), "Hội nghị đã bế mạc.")
    for screen in six[2:5]:
        shows(screen.locator(".closing"), "trân trọng cảm ơn")
        shows(screen.locator(".closing"), "/bien-ban/")
        expect(screen.locator("[data-clock]:visible, [data-countdown]:visible")).to_have_count(0)
    assert too_small_for_the_last_row(six[2], ".closing p, .closing dt, .closing dd") == []


def _writes_it_down(hall: Hall) -> None:
    secretary = hall.signed_in("the-secretary", "bien-ban/")
    press(secretary, "Lập từ diễn biến hội nghị")
    told = secretary.locator("main")
    for words in (
        f"{FIRST}, Đoàn Tỉnh Tỉnh 0: phát biểu",
        f"{SECOND}, Đoàn Tỉnh Tỉnh 1: phát biểu",
        f"Biểu quyết ghi tên “{QUESTION}”",
        "Tán thành: 1",
    ):
        shows(told, words)
    chair = hall.signed_in("the-chair", "ket-luan/")
    press(chair, "Dự thảo kết luận")
    chair.wait_for_url("**/ket-luan/**/soan/")
    expect(chair.locator("main h1")).to_be_visible()
