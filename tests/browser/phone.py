"""What an officer does with the form on a phone, and what the device and the server then hold."""

from playwright.sync_api import BrowserContext, Page, expect

from phoihop.reports.models import Report
from tests.browser.conftest import sign_in, wait_until
from tests.reports.world import World


def report_of(told: World, index: int = 0) -> Report:
    return told.report_of(told.units[index])


def form_at(context: BrowserContext, told: World) -> Page:
    """Signed in, the form opened once, the worker in charge of it."""
    page = context.new_page()
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report_of(told).pk}/nhap/")
    wait_until(page, "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))")
    page.reload()
    wait_until(page, "navigator.serviceWorker.controller !== null")
    return page


def fill(page: Page, **cells: str) -> None:
    for code, text in cells.items():
        page.fill(f"#c-{code}", text)


def submit_without_network(context: BrowserContext, page: Page, **cells: str) -> None:
    """Filled in and submitted while nobody answers: it waits on the device."""
    context.set_offline(True)
    fill(page, **cells)
    page.click("button[value=submit]")
    expect(page.locator("[data-device-bar]")).to_contain_text("Không có mạng")


def on_device(page: Page) -> int:
    return int(
        page.evaluate(
            "import('/static/web/js/entry/store.js').then((store) => store.all()).then((drafts) => drafts.length)"
        )
    )


def wait_for_state(told: World, state: str, page: Page) -> Report:
    for _ in range(300):
        report = report_of(told)
        if report.state == state:
            return report
        page.wait_for_timeout(100)
    raise AssertionError(f"still {report_of(told).state}, waited for {state}")
