"""The event register in a browser: accessible, fit for a phone, entered by keyboard; its counts offered in a report."""

from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from phoihop.events.models import Event
from phoihop.orgs.models import Organisation
from phoihop.periods import parse_period
from phoihop.reports.models import Report
from tests.browser.conftest import let_go, sign_in
from tests.browser.test_accessibility import PHONE, RULES, violations
from tests.factories.events import held
from tests.reports.world import front_of
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
DAY = date(2026, 6, 15)


@pytest.fixture
def police(world: PageWorld) -> Organisation:
    return world.told.units[0]


@pytest.fixture
def report(world: PageWorld, police: Organisation) -> Report:
    """Of the half that has just begun: every cell is blank."""
    base = world.told.base
    return base.report_of(police, base.open(parse_period("ADM-2026-H2")))


def test_the_registers_pages_are_accessible_and_fit_a_phone(
    page: Page, police: Organisation, report: Report
) -> None:
    event = held(police, held_on=DAY)
    held(front_of(police.area), lead=police, held_on=DAY)
    entry = f"/bao-cao/{report.pk}/nhap/"
    pages = [
        "/su-kien/",
        "/su-kien/moi/",
        "/su-kien/trung/",
        f"/su-kien/{event.pk}/",
        f"/su-kien/{event.pk}/sua/",
        entry,
    ]
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, "demo-officer")
    seen = {address: _faults(page, address) for address in pages}
    page.context.clear_cookies(name="sessionid")
    sign_in(page, "demo-desk")
    seen["/doi-chieu/"] = _faults(page, "/doi-chieu/")
    assert seen == dict.fromkeys(seen, ([], True))


def _faults(page: Page, address: str) -> tuple[list[str], bool]:
    page.goto(address)
    found = Axe().run(page, options=RULES).response["violations"]
    fits = page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found], fits


def test_an_officer_enters_an_event_with_the_keyboard_only(page: Page, police: Organisation) -> None:
    sign_in(page, "demo-officer")
    page.goto("/su-kien/moi/")
    page.focus("#id_place")
    page.keyboard.type("Nhà văn hóa thôn 2")
    page.keyboard.press("Tab")
    page.keyboard.type("Phòng, chống ma túy")
    page.keyboard.press("Tab")
    page.keyboard.type("1.200")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phòng, chống ma túy")
    event = Event.objects.get()
    assert (event.organisation, event.said.attendances) == (police, 1200)


def test_a_mark_outlasts_the_page_and_a_submission_asks_about_it(
    page: Page, police: Organisation, report: Report
) -> None:
    held(police, held_on=DAY, attendances=1200)
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report.pk}/nhap/")
    marks = {code: page.locator(f"[data-cell={code}] [data-known-mark]") for code in ("B01", "B02")}
    page.click("[data-use-known-all]")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    page.reload()
    for mark in marks.values():
        expect(mark).to_be_visible()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.locator("button[value=submit]").evaluate(
        "button => { button.disabled = false; }"
    )  # its window runs on
    page.click("button[value=submit]")
    expect(page.locator("#c-B01")).to_be_focused()
    assert asked[0].endswith("B01, B02")
    page.click("[data-cell=B01] [data-known-confirm]")
    expect(marks["B01"]).to_be_hidden()
    page.reload()
    expect(marks["B02"]).to_be_visible()
    expect(marks["B01"]).to_be_hidden()


def test_a_known_figure_is_filled_in_when_asked_and_marked_until_somebody_writes(
    page: Page, police: Organisation, report: Report
) -> None:
    held(police, held_on=DAY, attendances=1200)
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report.pk}/nhap/")
    sessions, attendances = page.locator("#c-B01"), page.locator("#c-B02")
    mark = page.locator("[data-cell=B02] [data-known-mark]")
    expect(attendances).to_have_value("")
    expect(mark).to_be_hidden()
    page.click("[data-use-known=B02]")
    expect(attendances).to_have_value("1.200")
    expect(mark).to_be_visible()
    expect(sessions).to_have_value("")
    attendances.press("End")
    page.keyboard.type("5")
    expect(mark).to_be_hidden()
    page.click("[data-use-known-all]")
    expect(sessions).to_have_value("1")
    expect(attendances).to_have_value("1.2005")
    page.fill("#c-B02", "1.205")
    expect(page.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    version = Report.objects.get(pk=report.pk).latest_version
    assert version is not None
    assert {code: version.cells.get(code) for code in ("B01", "B02")} == {"B01": "1", "B02": "1205"}


def test_a_mark_is_seen_on_another_device_and_confirmed_there(
    browser: Browser, live_server: Any, police: Organisation, report: Report
) -> None:
    """Filled in on one phone, confirmed on another, where one figure is then typed over by a pasted one."""
    held(police, held_on=DAY, attendances=1200)
    phones = [browser.new_context(base_url=live_server.url, viewport=PHONE) for _each in range(2)]  # type: ignore[arg-type]
    first, second = (each.new_page() for each in phones)
    for phone in (first, second):
        sign_in(phone, "demo-officer")
    first.goto(f"/bao-cao/{report.pk}/nhap/")
    first.click("[data-use-known-all]")
    expect(first.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    second.goto(f"/bao-cao/{report.pk}/nhap/")
    marks = {code: second.locator(f"[data-cell={code}] [data-known-mark]") for code in ("B01", "B02")}
    for mark in marks.values():
        expect(mark).to_be_visible()
    assert violations(second) == []
    second.click("[data-cell=B02] [data-known-confirm]")
    second.locator("#c-B01").evaluate(
        "field => { field.value = '3'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
    )
    expect(marks["B01"]).to_be_hidden()
    expect(second.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    version = Report.objects.get(pk=report.pk).latest_version
    assert version is not None
    assert version.prefilled == {"B02": True}
    for each in phones:
        let_go(each)


def test_without_a_script_a_figure_filled_in_is_confirmed_with_its_box(
    browser: Browser, live_server: Any, police: Organisation, report: Report
) -> None:
    held(police, held_on=DAY, attendances=1200)
    plain = browser.new_context(base_url=live_server.url, viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    page = plain.new_page()
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report.pk}/nhap/?prefill=1")
    page.get_by_label("Xác nhận B02").check()
    page.click("button[value=save]")
    expect(page.get_by_label("Xác nhận B01")).not_to_be_checked()
    expect(page.get_by_label("Xác nhận B02")).to_be_hidden()
    version = Report.objects.get(pk=report.pk).latest_version
    assert version is not None
    assert version.prefilled == {"B01": False, "B02": True}
    let_go(plain)
