"""What goes wrong at a conference, on its pages: a laptop dies, a site joins twice, a clock is wrong, a server is killed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conference_pages import (
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
)
from tests.conferences.session_world import MESSAGE, installation
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST, SECOND = "Điểm cầu Tỉnh Tỉnh 0", "Điểm cầu Tỉnh Tỉnh 1"
ASK, FLOOR = "Đăng ký phát biểu", "Điểm cầu này đang phát biểu."
TEN_MINUTES_AHEAD = """
const Right = Date;
globalThis.Date = class extends Right {
  constructor(...given) { if (given.length) super(...given); else super(Right.now() + 600_000); }
  static now() { return Right.now() + 600_000; }
};
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("faults")) as made:
        yield made


@pytest.fixture
def hall(browser: Browser, installed: Installation) -> Iterator[Hall]:
    if installed.server is None:
        installed.start()
    with hall_of(browser, installed) as opened:
        yield opened


def said(installed: Installation, what: str, since: int = 0) -> list[str]:
    """Who did it, in the log's lines after one."""
    return [line.split(" ")[1] for line in installed.act("log")[since:] if line.startswith(f"{what} ")]


def test_another_chair_goes_on_when_the_laptop_of_the_first_dies(hall: Hall, installed: Installation) -> None:
    since = installed.act("item", 0)
    chair = hall.signed_in("the-chair", "dieu-hanh/")
    wall, room = hall.room("diem-0", "man-hinh/", WALL), hall.room("diem-1")
    press(room, ASK)
    shows(line_of(chair, FIRST), FIRST)
    chair.context.close()
    other = hall.signed_in("other-chair", "dieu-hanh/")
    shows(other.locator(".agenda-line.is-current"), "Nội dung 1")
    line_of(other, FIRST).get_by_role("button", name=re.compile("^Mời phát biểu")).click()
    shows(room.locator(".site-asking"), FLOOR)
    shows(wall, FIRST)
    left = seconds_left(other.locator(".floor-now"))
    assert left <= 420
    press(other, "+1 phút")
    assert until(lambda: seconds_left(wall) > left, 30)
    press(other, "Kết thúc phát biểu")
    shows(other.locator(".floor-now"), "Hiện không có ai phát biểu.")
    assert said(installed, "give_floor", since) == said(installed, "end_speech", since) == ["other-chair"]
    assert has_stayed(room)


def test_a_site_that_joins_twice_sees_everything_twice_and_asks_once(
    hall: Hall, installed: Installation
) -> None:
    since = installed.act("item", 1)
    pair = hall.room("diem-2"), hall.room("diem-2")
    press(pair[0], ASK)
    for page in pair:
        shows(page.locator(".own-requests"), "Chủ trì sẽ mời")
        expect(page.locator(".queue > li")).to_have_count(1, timeout=WITHIN)
    press(pair[1], ASK)
    shows(pair[1].locator(".ask-form [data-refusal]"), "đã có trong danh sách")
    assert said(installed, "ask_to_speak", since) == ["site:diem-2"]
    press(pair[1].locator(".own-requests"), "Rút đăng ký")
    for page in pair:
        expect(page.locator(".own-requests")).to_have_count(0, timeout=WITHIN)
    assert [has_stayed(page) for page in pair] == [True, True]


def test_a_device_whose_clock_is_ten_minutes_off_counts_down_right(
    hall: Hall, installed: Installation
) -> None:
    installed.act("item", 2)
    right, wrong = hall.room("diem-1"), hall.room("diem-2", script=TEN_MINUTES_AHEAD)
    assert wrong.evaluate("Date.now() - performance.timeOrigin - performance.now()") > 590_000
    installed.act("floor", 1)
    floor = [page.locator(".site-floor") for page in (right, wrong)]
    assert max(alike(floor)) <= 420
    clocks = [page.locator("[data-clock]") for page in (right, wrong)]
    assert until(lambda: clocks[0].inner_text() == clocks[1].inner_text(), 30)
    wrong.reload()
    alike(floor)


def test_the_web_server_is_killed_and_every_page_catches_up_by_itself(
    hall: Hall, installed: Installation
) -> None:
    since = installed.act("item", 3)
    chair, wall = hall.signed_in("the-chair", "dieu-hanh/"), hall.room("diem-0", "man-hinh/", WALL)
    room = hall.room("diem-1")
    pages = chair, wall, room
    installed.kill()
    press(room, ASK)
    shows(room.locator(".ask-form [data-refusal]"), "hãy bấm gửi lại, hệ thống chỉ ghi nhận một lần")
    for number in range(1, 4):
        installed.act("message", number)
    installed.act("floor", 2)
    installed.start()
    for page in pages:
        expect(page.locator("main")).to_contain_text(f"{MESSAGE} (3)", timeout=60_000)
        shows(page, SECOND)
        expect(page.locator("[data-live-bar]")).to_be_hidden(timeout=60_000)
    press(room, ASK)
    shows(room.locator(".own-requests"), "Chủ trì sẽ mời")
    shows(line_of(chair, FIRST), FIRST)
    assert said(installed, "ask_to_speak", since).count("site:diem-1") == 1
    assert [has_stayed(page) for page in pages] == [True] * 3


def test_a_phone_cut_off_while_voting_is_counted_once(hall: Hall, installed: Installation) -> None:
    phone, wall = hall.phone(), hall.room("diem-0", "bieu-quyet/man-hinh/", WALL)
    since = installed.act("vote")
    voted = wall.locator("[data-hall-voted]")
    yes = phone.get_by_role("button", name="Tán thành", exact=True)
    expect(yes).to_be_visible(timeout=WITHIN)
    phone.context.set_offline(True)
    yes.click()
    shows(phone.locator("[data-vote-said]"), "Chưa gửi được")
    expect(voted).to_have_text("0", timeout=WITHIN)
    phone.context.set_offline(False)
    shows(phone.locator("main"), "Đã ghi nhận phiếu của ghế này.")
    expect(voted).to_have_text("1", timeout=WITHIN)
    _closes_with_one(phone, wall, installed)
    assert len(said(installed, "cast_vote", since)) == len(installed.act("casts")) == 1
    assert has_stayed(phone)


def _closes_with_one(phone: Page, wall: Page, installed: Installation) -> None:
    installed.act("close_vote")
    shows(phone.locator(".vote-result"), "Không được thông qua")
    shows(wall.locator("[data-hall-outcome]"), "Không được thông qua")
    expect(wall.locator("[data-hall-options] tr").first).to_contain_text(re.compile(r"Tán thành\s*1"))
