"""Who follows a conference without a console: a viewing page below a site, a delegate's phone, a room with a note."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conference_pages import PHONE, WITHIN, Hall, hall_of, has_stayed, press, shows, unfold
from tests.conferences.session_world import MESSAGE, installation
from tests.conferences.streams.installed import Installation, until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ASK, SITE = "Đăng ký phát biểu", "Điểm cầu Tỉnh Tỉnh 0"
NOTE = "Đường truyền của điểm cầu chập chờn, đề nghị gọi điện thoại"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installation(tmp_path_factory.mktemp("followers")) as made:
        made.act("item", 0)
        yield made


@pytest.fixture
def hall(browser: Browser, installed: Installation) -> Iterator[Hall]:
    with hall_of(browser, installed) as opened:
        yield opened


def shows_page(page: Page, number: int) -> None:
    """Of the document in the hall; its picture is really there."""
    shows(page.locator(".scene-document"), f"trang {number}")
    picture = page.locator(".scene-document img")
    assert until(lambda: picture.evaluate("shown => shown.naturalWidth") > 0, 30)


def shows_the_document(director: Page) -> None:
    press(unfold(director, "Chiếu tài liệu"), re.compile("^Chiếu"))


def test_a_viewing_page_follows_the_hall_and_has_nothing_to_ask_with(
    hall: Hall, installed: Installation
) -> None:
    director, viewer, room = (
        hall.signed_in("the-director", "dieu-hanh/"),
        hall.viewer("diem-1"),
        hall.room("diem-1"),
    )
    assert viewer.url.endswith("/xem/")
    installed.act("message", 1)
    shows(viewer.locator(".site-hall"), f"{MESSAGE} (1)")
    shows_the_document(director)
    shows_page(viewer, 1)
    press(director, "Trang sau")
    shows_page(viewer, 2)
    expect(room.get_by_role("button", name=ASK, exact=True)).to_be_visible()
    assert (viewer.locator("form").count(), viewer.get_by_role("button", name=ASK).count()) == (0, 0)
    assert has_stayed(viewer)


def test_a_delegate_asks_by_phone_and_follows_the_documents(hall: Hall) -> None:
    director, phone = hall.signed_in("the-director", "dieu-hanh/"), hall.phone()
    assert phone.viewport_size == PHONE
    phone.get_by_role("link", name="Chương trình, tài liệu, đăng ký phát biểu").click()
    phone.wait_for_url("**/diem-cau/")
    shows_the_document(director)
    shows_page(phone, 1)
    press(director, "Trang sau")
    shows_page(phone, 2)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    press(phone, ASK, exact=True)
    line = director.locator("ol.speaker-list > li", has_text=SITE)
    expect(line).to_have_count(1, timeout=WITHIN)
    shows(line, "Đoàn Tỉnh Tỉnh 0")
    shows(line, "Chưa phát biểu")
    shows(phone.locator(".own-requests"), "Đã đăng ký")
    press(phone, "Rút đăng ký")
    expect(line).to_have_count(0, timeout=WITHIN)


def test_a_note_from_a_room_is_read_at_the_table(hall: Hall) -> None:
    secretary, room = hall.signed_in("the-secretary", "dieu-hanh/"), hall.room("diem-1")
    room.get_by_label("Nội dung gửi đoàn chủ trì").fill(NOTE)
    press(room, "Gửi đoàn chủ trì")
    notes = secretary.locator("[aria-labelledby=notes-heading]")
    shows(notes, NOTE)
    shows(notes, SITE)
    expect(room.locator("#note-text")).to_have_value("", timeout=WITHIN)
    press(notes, "Đánh dấu đã đọc")
    expect(notes.get_by_role("button", name="Đánh dấu đã đọc")).to_have_count(0, timeout=WITHIN)
    assert not room.locator("main", has_text=NOTE).count()
