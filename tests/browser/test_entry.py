"""The officer's form on a phone that loses its network, its session, or its race with another device."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import open_period, return_report
from phoihop.reports.models import Report
from tests.browser.conftest import sign_in
from tests.reports.world import H1, World, new_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def told(transactional_db: None, settings: Any) -> World:
    settings.TODAY = "2026-06-16"
    made = new_world()
    for username, organisation, role in (
        ("demo-officer", made.units[0], Role.REPORTING_OFFICER),
        ("demo-other", made.units[1], Role.REPORTING_OFFICER),
    ):
        user = User.objects.create(username=username)
        Membership.objects.create(user=user, organisation=organisation, role=role)
        made.users[username] = user
    open_period(form=made.form, period=H1, by=None)
    return made


@pytest.fixture
def phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="vi-VN")
    yield context
    context.close()


def report_of(told: World, index: int = 0) -> Report:
    return told.report_of(told.units[index])


def form_at(context: BrowserContext, told: World) -> Page:
    """Signed in, the form opened once, the worker in charge of it."""
    page = context.new_page()
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report_of(told).pk}/nhap/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    return page


def fill(page: Page, **cells: str) -> None:
    for code, text in cells.items():
        page.fill(f"#c-{code}", text)


def on_device(page: Page) -> int:
    return int(
        page.evaluate(
            "import('/static/web/js/entry/store.js').then((store) => store.all()).then((drafts) => drafts.length)"
        )
    )


def wait_for_state(told: World, state: str, page: Page) -> Report:
    for _ in range(100):
        report = report_of(told)
        if report.state == state:
            return report
        page.wait_for_timeout(100)
    raise AssertionError(f"still {report_of(told).state}, waited for {state}")


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
    page.goto("/dang-nhap/")
    page.click('button[value="demo-other"]')
    page.wait_for_url("**/")
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
    page.goto("/dang-nhap/")
    page.click('button[value="demo-other"]')
    page.wait_for_url("**/")
    page.goto("/bao-cao-cua-toi/")
    page.wait_for_function(
        "caches.open('phoihop-pages').then((c) => c.match('owner')).then((o) => o?.text()).then((t) => t === 'demo-other')"
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


def test_signing_out_warns_of_what_was_never_sent_then_takes_it_off(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    phone.set_offline(True)
    fill(page, B01="4")
    expect(page.locator("[data-saved]")).to_contain_text("trên máy")
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click("form[data-sign-out] button")
    page.wait_for_timeout(300)
    assert (len(asked), on_device(page)) == (1, 1)
    phone.set_offline(False)
    page.route("**/gui/", lambda route: route.abort())
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("form[data-sign-out] button")
    page.wait_for_url(lambda url: "/bao-cao/" not in url)
    assert on_device(page) == 0
    assert page.evaluate("caches.keys()").count("phoihop-pages") == 0


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
