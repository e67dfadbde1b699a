"""Drafts that are sent when the network is back though every page is closed, by a browser that knows how."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, CDPSession, expect

from tests.browser.conftest import sign_in
from tests.browser.phone import fill, form_at, on_device, report_of, submit_without_network, wait_for_state
from tests.reports.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MINE = "/bao-cao-cua-toi/"


class Browsing:
    """The browser itself, which wakes the worker; no page of ours is open in it."""

    def __init__(self, phone: BrowserContext, server: Any) -> None:
        self.page = phone.new_page()
        self.origin = server.url
        self.registrations: list[dict[str, Any]] = []
        self.session: CDPSession = phone.new_cdp_session(self.page)
        self.session.on("ServiceWorker.workerRegistrationUpdated", self._know)
        self.session.send("ServiceWorker.enable")

    def _know(self, told: dict[str, Any]) -> None:
        self.registrations += [
            each for each in told["registrations"] if each["scopeURL"].startswith(self.origin)
        ]

    def network_is_back(self) -> None:
        """As the browser says it to a worker that asked to be woken."""
        for _wait in range(300):
            if self.registrations:
                break
            self.page.wait_for_timeout(100)
        known = self.registrations[-1]["registrationId"]
        asked = {"origin": f"{self.origin}/", "registrationId": known, "tag": "drafts", "lastChance": True}
        self.session.send("ServiceWorker.dispatchSyncEvent", asked)


def left_without_network(told: World, phone: BrowserContext, server: Any) -> Browsing:
    """Submitted while nobody answers, and the page closed. Once there is a network the browser may wake the worker by itself."""
    page = form_at(phone, told)
    submit_without_network(phone, page, B01="4", B02="400")
    browsing = Browsing(phone, server)
    page.close()
    return browsing


def test_what_was_submitted_without_network_goes_out_once_though_the_page_is_closed(
    told: World, waking_phone: BrowserContext, live_server: Any
) -> None:
    browsing = left_without_network(told, waking_phone, live_server)
    assert report_of(told).state == "expected"
    waking_phone.set_offline(False)
    browsing.network_is_back()
    report = wait_for_state(told, "submitted", browsing.page)
    browsing.network_is_back()
    browsing.page.wait_for_timeout(1_000)
    assert [version.cells for version in report.versions.all()] == [{"B01": "4", "B02": "400"}]
    browsing.page.goto(f"{live_server.url}{MINE}")
    assert on_device(browsing.page) == 0


def test_a_session_that_ended_or_anothers_keeps_it_until_the_same_user_is_back(
    told: World, waking_phone: BrowserContext, live_server: Any
) -> None:
    browsing = left_without_network(told, waking_phone, live_server)
    waking_phone.clear_cookies(name="sessionid")
    waking_phone.set_offline(False)
    browsing.network_is_back()
    browsing.page.wait_for_timeout(1_500)
    sign_in(browsing.page, "demo-other")
    browsing.network_is_back()
    browsing.page.wait_for_timeout(1_500)
    browsing.page.goto(MINE)
    expect(browsing.page.locator("[data-device-bar]")).to_contain_text("demo-officer")
    assert (report_of(told).state, on_device(browsing.page)) == ("expected", 1)
    waking_phone.clear_cookies(name="sessionid")
    sign_in(browsing.page, "demo-officer")
    browsing.network_is_back()
    assert wait_for_state(told, "submitted", browsing.page).versions.count() == 1


def test_a_page_that_is_open_hears_what_the_worker_sent_and_types_on(
    told: World, waking_phone: BrowserContext, live_server: Any
) -> None:
    """The next draft follows on the one the worker sent: no second copy is asked about."""
    page = form_at(waking_phone, told)
    page.route("**/gui/", lambda route: route.abort())  # the page's own sending fails, the worker's does not
    browsing = Browsing(waking_phone, live_server)
    with page.expect_event("requestfailed"):
        fill(page, B01="4")
    expect(page.locator("[data-saved]")).to_contain_text("trên máy")
    browsing.network_is_back()
    wait_for_state(told, "draft", page)
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    page.unroute("**/gui/")
    fill(page, B02="400")
    page.click("button[value=submit]")
    report = wait_for_state(told, "submitted", page)
    assert [version.cells for version in report.versions.all()] == [{"B01": "4", "B02": "400"}]


def test_a_browser_without_background_sync_sends_on_opening(
    told: World, phone: BrowserContext, live_server: Any
) -> None:
    page = form_at(phone, told)
    script = page.evaluate("navigator.serviceWorker.controller.scriptURL")
    assert script == f"{live_server.url}/sw.js"
    submit_without_network(phone, page, B01="4", B02="400")
    page.close()
    phone.set_offline(False)
    again = phone.new_page()
    again.goto(f"{live_server.url}{MINE}")
    wait_for_state(told, "submitted", again)
