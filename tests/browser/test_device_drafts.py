"""What is kept on the device: asked to stay, sent whole, put aside by choice, warned of and removed at sign-out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect

from phoihop.periods import parse_period
from phoihop.reports.models import ReportingPeriod
from tests.browser.conftest import PHONE, sign_in, wait_until
from tests.browser.phone import fill, form_at, on_device, report_of, submit_without_network, wait_for_state
from tests.reports.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SAVED = "[data-saved]"
ALL_QUEUED = """import('/static/web/js/entry/store.js').then((store) => store.all())
    .then((drafts) => drafts.length && drafts.every((draft) => draft.state === "queued"))"""


def test_the_browser_is_asked_once_to_keep_the_drafts_for_good(told: World, phone: BrowserContext) -> None:
    phone.add_init_script(
        """window.asked = 0;
        const persist = StorageManager.prototype.persist;
        StorageManager.prototype.persist = function () { window.asked += 1; return persist.call(this); };"""
    )
    page = form_at(phone, told)
    assert page.evaluate("window.asked") == 0
    page.locator("#c-B01").press_sequentially("1234")
    expect(page.locator(SAVED)).to_contain_text("Đã lưu", timeout=10_000)
    assert page.evaluate("window.asked") == 1


def test_after_one_visit_of_the_form_it_and_the_list_open_without_network(
    told: World, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, "demo-officer")
    form = f"/bao-cao/{report_of(told).pk}/nhap/"
    page.goto(form)
    both = "caches.open('phoihop-pages').then((cache) => cache.keys()).then((kept) => kept.length === 3)"
    wait_until(page, both)  # with whose they are
    submit_without_network(phone, page, B01="4", B02="400")
    page.goto("/bao-cao-cua-toi/")
    expect(page.locator("[data-kept]")).to_contain_text("chờ nộp")
    page.click("[data-kept] [data-kept-open]")
    expect(page.locator("#c-B02")).to_have_value("400")
    expect(page.locator("[data-device-bar]")).to_contain_text("Không có mạng")


def test_forms_that_are_due_open_without_network_though_never_opened(
    told: World, phone: BrowserContext
) -> None:
    page = phone.new_page()
    sign_in(page, "demo-officer")
    page.goto("/bao-cao-cua-toi/")
    wait_until(
        page, "caches.open('phoihop-pages').then((kept) => kept.keys()).then((kept) => kept.length === 3)"
    )
    phone.set_offline(True)
    page.click("[data-due-form]")
    page.wait_for_url("**/nhap/")
    fill(page, B01="4", B02="400")
    page.click("button[value=submit]")
    expect(page.locator("[data-device-bar]")).to_contain_text("Không có mạng")
    phone.set_offline(False)
    assert wait_for_state(told, "submitted", page).latest_version.cells == {"B01": "4", "B02": "400"}


def test_a_number_kept_in_vietnamese_is_the_same_number_in_english(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    page.route("**/gui/", lambda route: route.abort())
    fill(page, B01="4", B02="1.234")
    expect(page.locator(SAVED)).to_contain_text("trên máy")
    phone.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": "en", "url": page.url.split("/bao-cao")[0]}]
    )
    page.reload()
    expect(page.locator("h1")).to_contain_text("first half of 2026")
    expect(page.locator("#c-B02")).to_have_value("1,234")
    page.unroute("**/gui/")
    fill(page, B01="5")
    page.click("button[value=submit]")
    assert wait_for_state(told, "submitted", page).latest_version.cells == {"B01": "5", "B02": "1234"}


def test_a_browser_that_keeps_nothing_still_saves_and_submits(told: World, page: Page) -> None:
    page.add_init_script(
        "IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError'); };"
    )
    sign_in(page, "demo-officer")
    page.goto("/bao-cao-cua-toi/")
    form = f"/bao-cao/{report_of(told).pk}/nhap/"
    page.goto(form)
    fill(page, B01="4", B02="400")
    expect(page.locator(SAVED)).to_contain_text("Chưa lưu")
    page.click("button[value=save]")
    page.wait_for_load_state()
    assert wait_for_state(told, "draft", page).latest_version.cells == {"B01": "4", "B02": "400"}
    page.click("button[value=submit]")
    wait_for_state(told, "submitted", page)


def test_a_submission_pressed_while_a_draft_is_on_its_way_is_sent_after_it(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    held: list[Route] = []
    page.route("**/gui/", lambda route: held.append(route) if not held else route.continue_())
    fill(page, B01="4")
    for _ in range(300):
        if not held:
            page.wait_for_timeout(100)
    fill(page, B02="400")
    page.click("button[value=submit]")
    page.wait_for_timeout(500)
    held[0].continue_()
    report = wait_for_state(told, "submitted", page)
    assert [version.cells for version in report.versions.all()] == [{"B01": "4", "B02": "400"}]
    page.wait_for_url(f"**/bao-cao/{report.pk}/")


def test_a_draft_left_before_it_was_saved_is_sent_from_my_reports(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    phone.clock.install()
    phone.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))  # the form's own saving never comes
    fill(page, B01="4")
    expect(page.locator(SAVED)).to_contain_text("trên máy")
    page.goto("/bao-cao-cua-toi/")
    expect(page.locator("[data-kept]")).to_contain_text("bản thảo, chưa gửi")
    phone.clock.run_for(timedelta(seconds=11) // timedelta(milliseconds=1))
    assert wait_for_state(told, "draft", page).latest_version.cells == {"B01": "4"}
    expect(page.locator("[data-kept]")).to_be_hidden()
    expect(page.locator("[data-fresh=waiting] .tag").first).to_have_text("Bản thảo")  # the list says so too


def test_not_applicable_and_a_figure_give_way_to_each_other_where_it_is_seen(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    figure, none = page.locator("#c-B01"), page.locator("[name=na-B01]")
    fill(page, B01="4")
    none.check()
    expect(figure).to_have_value("")
    fill(page, B01="5")
    expect(none).not_to_be_checked()


def test_a_draft_the_server_fails_on_holds_up_no_other_and_says_so(
    told: World, phone: BrowserContext
) -> None:
    """Two halves of one unit: the first draft meets a fault, the second is sent all the same."""
    earlier = told.open(parse_period("ADM-2025-H2"))
    first = told.report_of(told.units[0], earlier)
    current = told.report_of(told.units[0], ReportingPeriod.objects.get(code="ADM-2026-H1"))
    page = phone.new_page()
    sign_in(page, "demo-officer")
    page.route("**/gui/", lambda route: route.abort())
    for report in (first, current):
        page.goto(f"/bao-cao/{report.pk}/nhap/")
        fill(page, B01="4")
        expect(page.locator(SAVED)).to_contain_text("trên máy")
        wait_until(page, ALL_QUEUED)
    page.route(f"**/bao-cao/{first.pk}/gui/", lambda route: route.fulfill(status=500, body="x"))
    page.unroute("**/gui/")
    page.goto("/bao-cao-cua-toi/")
    bar = page.locator("[data-device-bar]")
    expect(bar).to_contain_text("Máy chủ gặp lỗi, sẽ thử lại", timeout=15_000)
    expect(bar).to_contain_text("6 tháng cuối năm 2025")
    current.refresh_from_db()
    assert current.state == "draft"
    assert on_device(page) == 1


def test_typing_on_after_submitting_without_network_is_a_draft_again_and_says_so(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, B01="4", B02="400")
    fill(page, B02="401")
    expect(page.locator(SAVED)).to_contain_text("cần nộp lại")
    phone.set_offline(False)
    assert wait_for_state(told, "draft", page).latest_version.cells == {"B01": "4", "B02": "401"}
    page.click("button[value=submit]")
    wait_for_state(told, "submitted", page)


def test_the_copy_that_was_not_chosen_stays_on_the_device_to_be_read(
    told: World, phone: BrowserContext, browser: Browser, live_server: Any
) -> None:
    page = form_at(phone, told)
    other = browser.new_context(base_url=live_server.url, viewport=PHONE)  # type: ignore[arg-type]
    second = form_at(other, told)
    fill(second, B01="7")
    second.fill("#s-results", "Bản kia")
    expect(second.locator(SAVED)).to_contain_text("Đã lưu", timeout=10_000)
    other.close()
    fill(page, B01="4")
    page.fill("#s-results", "Bản này")
    box = page.locator("[data-copies]")
    expect(box).to_be_visible(timeout=10_000)
    rows = box.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[1:] for row in rows] == [["4", "7"], ["Bản này", "Bản kia"]]
    press_by_keyboard(page, "data-use-theirs")
    expect(page.locator("#c-B01")).to_have_value("7")
    expect(page.locator("#s-results")).to_have_value("Bản kia")
    kept = page.locator("[data-kept]")
    expect(kept).to_contain_text("đã chọn bản kia")
    kept.locator("summary").focus()
    page.keyboard.press("Enter")
    assert kept.locator("dd").all_inner_texts() == ["4", "Bản này"]
    assert [version.cells for version in report_of(told).versions.all()] == [{"B01": "7"}]


def press_by_keyboard(page: Page, attribute: str) -> None:
    """From where the page put the focus, by Tab."""
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.hasAttribute('{attribute}')"):
            page.keyboard.press("Enter")
            return
    raise AssertionError(f"{attribute} is not reached")


def signing_out(page: Page, answer: str) -> list[str]:
    """Presses the button and answers what the page asks: "accept" or "dismiss"."""
    asked: list[str] = []

    def hear(dialog: Dialog) -> None:
        asked.append(dialog.message)
        getattr(dialog, answer)()

    page.once("dialog", hear)
    with page.expect_event("dialog"):
        page.click("form[data-sign-out] button")
    page.wait_for_timeout(500)  # what it must not do after the answer it would do by then
    return asked


def test_signing_out_warns_of_what_was_never_sent_then_takes_it_off(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    page.route("**/gui/", lambda route: route.abort())
    fill(page, B01="4")
    expect(page.locator(SAVED)).to_contain_text("trên máy")
    [question] = signing_out(page, "dismiss")
    assert question.startswith("Các bản thảo")
    assert "6 tháng đầu năm 2026" in question
    assert (on_device(page), page.url.endswith("/nhap/")) == (1, True)
    assert len(signing_out(page, "accept")) == 1
    page.wait_for_url(lambda url: "/bao-cao/" not in url)
    assert on_device(page) == 0
    assert page.evaluate("caches.keys()").count("phoihop-pages") == 0


def test_without_network_nobody_signs_out_and_nothing_is_removed(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, B01="4", B02="400")
    assert signing_out(page, "accept") == [
        "Không có mạng nên chưa đăng xuất được. Chưa có nội dung nào bị xóa khỏi máy này."
    ]
    assert on_device(page) == 1
    phone.set_offline(False)
    wait_for_state(told, "submitted", page)
