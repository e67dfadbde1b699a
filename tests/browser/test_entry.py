"""The officer's form on a phone that loses its network, its session, or its race with another device."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from phoihop.reports.actions import return_report
from tests.browser.conftest import PHONE, sign_in, wait_until
from tests.browser.phone import fill, form_at, on_device, report_of, wait_for_state
from tests.reports.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_what_is_typed_is_saved_by_itself(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    fill(page, B01="1.234")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    assert wait_for_state(told, "draft", page).latest_version.cells == {"B01": "1234"}
    assert on_device(page) == 0


def test_a_report_filled_in_without_network_is_sent_once_when_it_returns(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    phone.set_offline(True)
    page.reload()
    fill(page, B01="4", B02="400")
    page.click("button[value=submit]")
    expect(page.locator("[data-device-bar]")).to_contain_text("Không có mạng")
    assert report_of(told).state == "expected"
    page.reload()
    expect(page.locator("#c-B02")).to_have_value("400")
    phone.set_offline(False)
    report = wait_for_state(told, "submitted", page)
    assert [version.cells for version in report.versions.all()] == [{"B01": "4", "B02": "400"}]
    page.wait_for_url(f"**/bao-cao/{report.pk}/")
    assert on_device(page) == 0


def test_a_session_that_ended_keeps_the_draft_until_the_same_user_is_back(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    phone.clear_cookies(name="sessionid")
    fill(page, B01="4", B02="400")
    page.click("button[value=submit]")
    expect(page.locator("[data-device-bar]")).to_contain_text("demo-officer")
    assert (report_of(told).state, on_device(page)) == ("expected", 1)
    sign_in(page, "demo-other")
    page.goto("/bao-cao-cua-toi/")
    expect(page.locator("[data-device-bar]")).to_contain_text("demo-officer")
    assert (report_of(told).state, on_device(page)) == ("expected", 1)
    phone.clear_cookies(name="sessionid")
    sign_in(page, "demo-officer")
    page.goto("/bao-cao-cua-toi/")
    wait_for_state(told, "submitted", page)


def test_another_user_of_the_device_finds_no_page_of_the_first(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    form = page.url
    phone.clear_cookies(name="sessionid")
    sign_in(page, "demo-other")
    page.goto("/bao-cao-cua-toi/")
    wait_until(
        page,
        "caches.open('phoihop-pages').then((c) => c.match('/owner')).then((o) => o?.text()).then((t) => t === 'demo-other')",
    )
    phone.set_offline(True)
    page.goto(form)
    expect(page.locator("h1")).to_have_text("Không có mạng")


def test_of_two_devices_the_officer_chooses_and_both_copies_are_kept(
    told: World, phone: BrowserContext, browser: Browser, live_server: Any
) -> None:
    page = form_at(phone, told)
    other = browser.new_context(base_url=live_server.url, viewport=PHONE)
    second = form_at(other, told)
    fill(second, B01="7")
    expect(second.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    other.close()
    fill(page, B01="4", B02="400")
    box = page.locator("[data-copies]")
    expect(box).to_be_visible(timeout=10_000)
    expect(box).to_contain_text("7")
    page.click("[data-use-mine]")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    versions = report_of(told).versions.order_by("number")
    assert [version.cells for version in versions] == [{"B01": "7"}, {"B01": "4", "B02": "400"}]


def test_errors_are_said_at_the_field_and_the_officer_goes_on(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    fill(page, B01="-1", B02="400")
    page.click("button[value=submit]")
    expect(page.locator("#error-summary")).to_be_visible()
    assert page.locator("#c-B01").get_attribute("aria-invalid") == "true"
    fill(page, B01="4")
    page.click("button[value=submit]")
    wait_for_state(told, "submitted", page)


def test_after_a_return_the_reason_stands_above_and_a_keyboard_is_enough(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    page.focus("#c-B01")
    page.keyboard.type("4")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "c-B02":
            break
    page.keyboard.type("400")
    page.keyboard.press("Enter")
    report = wait_for_state(told, "submitted", page)
    page.wait_for_url("**/bao-cao/*/")  # the form leads on by itself
    return_report(report=report, reason="Xem lại số lượt người", by=told.provincial_desk)
    page.goto(f"/bao-cao/{report.pk}/nhap/")
    expect(page.locator(".notice.bad").first).to_contain_text("Xem lại số lượt người")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_servers_rules_speak_while_typing(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    fill(page, B01="-1")
    cell = page.locator("[data-cell=B01]")
    expect(cell.locator(".error")).to_be_visible()
    assert page.locator("#c-B01").get_attribute("aria-invalid") == "true"
    fill(page, B01="4", B02="4")
    expect(page.locator("[data-cell].has-warning").first).to_be_visible()
    assert page.locator("#c-B01").get_attribute("aria-invalid") is None
    page.fill("#n-B02", "Họp tổ, ít người")
    expect(page.locator("[data-cell].has-warning")).to_have_count(0)
    page.click("button[value=submit]")
    report = wait_for_state(told, "submitted", page)
    assert [waiver.explanation for waiver in report.latest_version.waivers.all()] == ["Họp tổ, ít người"]
