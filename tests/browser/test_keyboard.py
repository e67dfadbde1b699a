"""The officer's form on a phone with a keyboard only: every stop in sight, and what is given is kept."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from playwright.sync_api import TimeoutError as TooLate

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import accept_report
from phoihop.reports.models import Report
from tests.browser.conftest import sign_in
from tests.browser.phone import form_at, report_of, wait_for_state
from tests.browser.test_accessibility import violations
from tests.reports.world import World, submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOWHERE_NEAR = 150  # stops: more than any page of ours has before its last
# Where the stop stands it is not hidden whole (WCAG 2.2, 2.4.11): by a bar that stays, or outside of the window.
HIDDEN = """() => {
    const at = document.activeElement, box = at.getBoundingClientRect();
    if (at === document.body || !box.width) return "";
    const isSeen = ([x, y]) => {
        const found = document.elementFromPoint(x, y);
        return found && (at.contains(found) || found.contains(at) || [...(at.labels ?? [])].some((each) => each.contains(found)));
    };
    const within = [0.1, 0.5, 0.9];
    const points = within.flatMap((x) => within.map((y) => [box.x + x * box.width, box.y + y * box.height]));
    return points.some(isSeen) ? "" : at.outerHTML.slice(0, 100);
}"""


def form_by_keyboard(context: BrowserContext, told: World) -> Page:
    """Scrolling takes no time here: where a stop stands is asked at once."""
    page = form_at(context, told)
    page.emulate_media(reduced_motion="reduce")
    return page


def tab_to(page: Page, place: str) -> None:
    """By Tab alone; each stop on the way is in sight."""
    hidden = []
    for _stop in range(NOWHERE_NEAR):
        page.keyboard.press("Tab")
        if found := page.evaluate(HIDDEN):
            hidden.append(found)
        if page.evaluate("(place) => document.activeElement.matches(place)", place):
            assert hidden == []
            return
    raise AssertionError(f"{place} is not reached by Tab")


def press(page: Page, key: str) -> None:
    """A key that opens another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= 360"))


def test_a_note_not_applicable_and_words_with_formatting(told: World, phone: BrowserContext) -> None:
    page = form_by_keyboard(phone, told)
    tab_to(page, "#c-B01")
    page.keyboard.type("4")
    tab_to(page, "[data-cell=B01] summary")
    page.keyboard.press("Enter")
    tab_to(page, "#n-B01")
    page.keyboard.type("Có hai cuộc họp chung")
    tab_to(page, "[name=na-B02]")
    page.keyboard.press("Space")
    tab_to(page, "#s-results")
    page.keyboard.type("- Ra mắt **hai tổ**")
    page.keyboard.press("Enter")
    page.keyboard.type("- Giữ nếp")
    tab_to(page, "button[value=submit]")
    assert (violations(page), fits(page)) == ([], True)
    page.keyboard.press("Enter")
    version = wait_for_state(told, "submitted", page).latest_version
    assert (version.cells, version.notes) == ({"B01": "4", "B02": "na"}, {"B01": "Có hai cuộc họp chung"})
    assert version.narrative == {"results": "- Ra mắt **hai tổ**\n- Giữ nếp"}
    page.wait_for_url("**/bao-cao/*/")
    words = page.locator("dd:has-text('Giữ nếp')")
    assert [words.locator("li").count(), words.locator("strong").inner_text()] == [2, "hai tổ"]
    assert fits(page)


def test_a_correction_with_its_reason(told: World, phone: BrowserContext) -> None:
    accept_report(report=submitted(report_of(told)), by=told.provincial_desk)
    page = form_by_keyboard(phone, told)
    tab_to(page, "a[href='#reason']")
    page.keyboard.press("Enter")  # the link leads to the field: the next key is typed there
    tab_to(page, "#reason, button[value=submit]")
    if page.evaluate("document.activeElement.id") != "reason":
        page.keyboard.press("Shift+Tab")
    page.keyboard.type("Bổ sung số của hai thôn")
    page.keyboard.press("Shift+Tab")
    for _stop in range(NOWHERE_NEAR):
        if page.evaluate("document.activeElement.id") == "c-B01":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("5")
    page.keyboard.press("Tab")
    assert (violations(page), fits(page)) == ([], True)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    version = wait_for_state(told, "submitted", page).latest_version
    assert (version.number, version.reason, version.cells["B01"]) == (2, "Bổ sung số của hai thôn", "5")


def choose(page: Page, place: str, file: Path) -> None:
    """A press while the page is still busy was seen to open nothing: it is made again, as a person would."""
    tab_to(page, place)
    for seconds in (5, 10, 30):
        try:
            with page.expect_file_chooser(timeout=seconds * 1000) as asked:
                page.keyboard.press("Enter")
        except TooLate:
            continue
        asked.value.set_files(file)
        return
    raise AssertionError(f"nothing to choose a file with opens at {place}")


def test_a_file_is_attached_and_taken_off(
    told: World, phone: BrowserContext, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path / "kept"
    file = tmp_path / "ke-hoach.pdf"
    file.write_bytes(b"%PDF-1.7 ke hoach")
    page = form_by_keyboard(phone, told)
    choose(page, "#file", file)
    tab_to(page, "form[action$='/tep/'] button")
    press(page, "Enter")
    report = report_of(told)
    assert [each.name for each in report.attachments.all()] == ["ke-hoach.pdf"]
    expect(page.locator("main")).to_contain_text("ke-hoach.pdf")
    assert (violations(page), fits(page)) == ([], True)
    tab_to(page, "form[action$='/go/'] button")
    press(page, "Enter")
    assert [each.is_removed for each in report.attachments.all()] == [True]


def test_the_workbook_goes_out_and_comes_back(
    told: World, phone: BrowserContext, tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path / "kept"
    page = form_by_keyboard(phone, told)
    tab_to(page, "a[href$='/so-tinh/'][download]")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    filled(file, report_of(told), {"B01": 4, "B02": 400})
    choose(page, "#workbook", file)
    tab_to(page, "form[action$='/so-tinh/'] button")
    press(page, "Enter")
    assert "/so-tinh/" in page.url
    assert report_of(told).latest_version.cells == {"B01": "4", "B02": "400"}
    assert (violations(page), fits(page)) == ([], True)
    tab_to(page, "button[value=submit]")
    page.keyboard.press("Enter")
    wait_for_state(told, "submitted", page)


def test_no_stop_of_the_inbox_is_under_its_bar(told: World, phone: BrowserContext) -> None:
    for unit in told.units:
        submitted(told.report_of(unit))
    user = User.objects.create(username="demo-tinh")
    Membership.objects.create(user=user, organisation=told.desk, role=Role.PROVINCIAL_DESK)
    page = phone.new_page()
    page.emulate_media(reduced_motion="reduce")
    sign_in(page, user.username)
    for part in ("", "?tab=all"):
        page.goto(f"/ban-lam-viec/{part}")
        tab_to(page, "footer a")


def filled(file: Path, report: Report, values: dict[str, int]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(file)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=10):
        if row[0].value in values:
            row[6].value = values[row[0].value]
    book.save(file)
