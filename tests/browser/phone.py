"""What an officer does with the form on a phone, and what the device and the server then hold."""

from playwright.sync_api import BrowserContext, Page, expect

from phoihop.reports.models import Report
from tests.reports.world import World

PHONE = {"width": 360, "height": 740}


def report_of(told: World, index: int = 0) -> Report:
    return told.report_of(told.units[index])


def form_at(context: BrowserContext, told: World) -> Page:
    """Signed in, the form opened once, the worker in charge of it."""
    page = context.new_page()
    page.goto("/dang-nhap/")
    page.click('button[value="demo-officer"]')
    page.wait_for_url("**/")
    page.goto(f"/bao-cao/{report_of(told).pk}/nhap/")
    until(page, "navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))")
    page.reload()
    until(page, "navigator.serviceWorker.controller !== null")
    return page


def until(page: Page, script: str) -> None:
    """Asked again and again from outside: the pages' policy lets nothing evaluate text inside them."""
    for _ in range(200):
        if page.evaluate(script):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")


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
    for _ in range(100):
        report = report_of(told)
        if report.state == state:
            return report
        page.wait_for_timeout(100)
    raise AssertionError(f"still {report_of(told).state}, waited for {state}")
