"""A small conference set up from nothing to invitations sent, in a browser; its pages fit a phone and axe."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from phoihop.accounts.models import User
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceState, SiteKind
from phoihop.conferences.models import Conference
from phoihop.core import clock
from phoihop.orgs.models import Post
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import DESK, PHONE, RULES
from tests.conferences.actions.test_documents import pdf
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AT = "/hoi-nghi/2026-06-17/chuan-bi/"
PAGES = (
    "", "thong-tin/", "nhan-su/", "diem-cau/", "diem-cau/trung-uong/", "chuong-trinh/", "chuong-trinh/them/", "tai-lieu/",
    "tham-luan/", "ma/", "ma/trung-uong/", "giay-moi/",
)  # fmt: skip


def test_a_conference_is_set_up_from_nothing_to_invitations_sent(
    world: PageWorld, page: Page, tmp_path: Path
) -> None:
    world.frozen()
    centre = world.told.base.centre
    Post.objects.create(
        organisation=centre, slug="bo-truong", title_vi="Bộ trưởng", may_chair=True, may_sign=True
    )
    sign_in(page, "demo-desk")
    _create(page)
    _name_a_chair(page)
    _add_the_sites(page)
    _write_the_agenda(page)
    _attach_the_report(page, tmp_path)
    _send(page)
    held = Conference.objects.get()
    assert (held.state, held.review.number) == (ConferenceState.INVITED, 1)
    assert held.sites.filter(kind=SiteKind.CENTRE).count() == 1
    assert held.sites.count() > 1
    assert [item.title_vi for item in held.items.filter(parent=None)] == [
        "Phát biểu khai mạc",
        "Báo cáo tóm tắt",
    ]
    assert len(held.items.get(title_vi="Báo cáo tóm tắt").documents.get().pages) == 2
    _join(page, held)
    _fits_and_is_accessible(page)


def _create(page: Page) -> None:
    page.goto("/so-ket/so-ket/?version=1")
    page.click("text=Tổ chức hội nghị về báo cáo này")
    page.fill("#id_starts_at", "2026-06-17T08:00")
    page.fill("#id_ends_at", "2026-06-17T11:00")
    page.fill("#id_venue_vi", "Hội trường A, Hà Nội")
    page.click("button:has-text('Tạo hội nghị')")
    page.wait_for_url(f"**{AT}")
    expect(page.locator(".notice.warn")).to_contain_text("Chưa có điểm cầu trung tâm.")


def _name_a_chair(page: Page) -> None:
    page.click(".tabs >> text=Nhân sự")
    page.click("text=Chọn nhiệm vụ và chức danh")
    page.select_option("#id_duty", "chair")
    page.select_option("#id_post", label="Bộ trưởng (được chủ trì)")
    page.select_option("#id_user", str(User.objects.get(username="demo-desk").pk))
    page.click("button:has-text('Lưu')")
    expect(page.locator("tbody tr")).to_contain_text("Bộ trưởng")


def _add_the_sites(page: Page) -> None:
    page.click(".tabs >> text=Điểm cầu")
    page.click("button:has-text('Tạo điểm cầu cho mọi đơn vị')")
    expect(page.locator(".notice.success")).to_contain_text("Đã thêm")


def _write_the_agenda(page: Page) -> None:
    """The second item is entered first, then moved down with the keyboard alone."""
    for title, kind in (("Báo cáo tóm tắt", "report"), ("Phát biểu khai mạc", "opening")):
        page.goto(f"{AT}chuong-trinh/them/")
        page.fill("#id_title_vi", title)
        page.select_option("#id_kind", kind)
        page.click("button:has-text('Lưu')")
        page.wait_for_url("**/chuong-trinh/")
    page.get_by_role("button", name=re.compile("Chuyển xuống.*Báo cáo tóm tắt")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#item-*")
    expect(page.locator(".agenda-title")).to_have_text(["Phát biểu khai mạc", "Báo cáo tóm tắt"])
    expect(page.locator(".agenda-clock time")).to_have_text(["08:00", "08:15"])


def _attach_the_report(page: Page, folder: Path) -> None:
    file = folder / "bao-cao.pdf"
    file.write_bytes(pdf("Trang một", "Trang hai"))
    page.click(".tabs >> text=Tài liệu")
    page.select_option("#id_item", label="Báo cáo tóm tắt")
    page.set_input_files("#id_file", str(file))
    page.click("button:has-text('Đính kèm')")
    expect(page.locator("tbody tr")).to_contain_text("2 trang")


def _send(page: Page) -> None:
    page.click(".tabs >> text=Giấy mời")
    with page.expect_download() as begun:
        page.click("tbody tr:first-child >> text=Word")
    assert begun.value.suggested_filename == "giay-moi-trung-uong.docx"
    page.click("button:has-text('Gửi giấy mời')")
    expect(page.locator(".notice.good")).to_contain_text("mọi điểm cầu có giấy mời")


def _join(page: Page, held: Conference) -> None:
    """A room machine, on a browser of its own, with the link and the code of the letter; on the day, at whatever hour."""
    Conference.objects.filter(pk=held.pk).update(starts_at=clock.now() + timedelta(hours=1))
    site = held.sites.exclude(kind=SiteKind.CENTRE)[0]
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=page.url.partition("/hoi-nghi")[0], viewport=PHONE)
    room = context.new_page()
    room.goto(f"/hoi-nghi/{held.slug}/vao/?diem-cau={site.slug}")
    expect(room.locator("#id_seat")).to_be_hidden()
    room.check("input[value=seat]")
    expect(room.locator("#id_seat")).to_be_visible()
    room.check("input[value=room]")
    assert room.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert Axe().run(room, options=RULES).response["violations"] == []
    room.fill("#id_code", code_for("room", site.pk, site.code_edition).lower())
    room.click("button:has-text('Vào hội nghị')")
    room.wait_for_url("**/diem-cau/")
    expect(room.locator("h1")).to_have_text(site.name_vi)
    context.close()


def _fits_and_is_accessible(page: Page) -> None:
    faults: dict[str, object] = {}
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        for each in (*(AT + name for name in PAGES), "/hoi-nghi/2026-06-17/", "/hoi-nghi/", "/hoi-nghi/tao/"):
            page.goto(each)
            found = Axe().run(page, options=RULES).response["violations"]
            wide = page.evaluate("document.documentElement.scrollWidth") > size["width"]
            if found or wide:
                told = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
                faults[f"{each} at {size['width']}"] = told or "too wide"
    assert faults == {}
