"""The desk in a browser: by mouse, by keyboard only, on a phone, and under axe."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Contact, Membership
from phoihop.reports.actions import add_return_text, open_period, remind_units
from phoihop.reports.models import Report, Waiver
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import RULES
from tests.reports.world import H1, World, new_world, submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADDRESSES = (
    "/ban-lam-viec/", "/ban-lam-viec/?tab=all", "/ban-lam-viec/ma-tran/", "/ban-lam-viec/danh-sach-goi/?tab=missing",
    "/ban-lam-viec/mau-tra-lai/",
)  # fmt: skip


@pytest.fixture
def told(transactional_db: None, settings: Any) -> World:
    """One report waits with an explained warning, one without."""
    settings.TODAY = "2026-06-16"
    made = new_world()
    for username, organisation, role in (
        ("demo-tinh", made.desk, Role.PROVINCIAL_DESK),
        ("demo-xa", made.units[0], Role.REPORTING_OFFICER),
    ):
        user = User.objects.create(username=username)
        Membership.objects.create(user=user, organisation=organisation, role=role)
    open_period(form=made.form, period=H1, by=None)
    Contact.objects.create(organisation=made.units[0], post_title="Trực ban", phone="0260 386 2000")
    add_return_text(organisation=made.desk, text="Thiếu số lượt người", by=None)
    return made


def both_in(told: World) -> list[Report]:
    reports = [submitted(told.report_of(unit)) for unit in told.units]
    Waiver.objects.create(
        version=reports[1].latest_version, check_code="x", indicator_code="B01", explanation="Cao điểm"
    )
    return reports


def state(report: Report) -> str:
    return Report.objects.get(pk=report.pk).state


def test_those_without_a_warning_are_ticked_and_accepted(told: World, page: Page) -> None:
    first, second = both_in(told)
    sign_in(page, "demo-tinh")
    page.goto("/ban-lam-viec/")
    page.click("[data-tick=clean]")
    expect(page.locator("[data-ticked]")).to_contain_text("1")
    assert page.locator("input[name=report]:checked").evaluate_all("boxes => boxes.map((b) => b.value)") == [
        str(first.pk)
    ]
    page.click("button[value=accept]")
    expect(page.locator("h1")).to_contain_text("Tiếp nhận 1")
    assert (state(first), state(second)) == ("accepted", "submitted")


def test_a_keyboard_is_enough_to_return_a_report(told: World, page: Page) -> None:
    first, _second = both_in(told)
    sign_in(page, "demo-tinh")
    page.goto("/ban-lam-viec/")
    page.focus(f'input[value="{first.pk}"]')
    page.keyboard.press("Space")
    page.focus('button[value="return"]')
    page.keyboard.press("Enter")
    page.wait_for_selector("#reason")
    page.wait_for_load_state("load")
    page.select_option("#text", "Thiếu số lượt người")
    expect(page.locator("#reason")).to_have_value("Thiếu số lượt người")
    page.keyboard.type(" B02")
    page.focus("form button[type=submit][value=return]")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Trả lại 1")
    assert Report.objects.get(pk=first.pk).latest_version.return_reason == "Thiếu số lượt người B02"


def test_names_leave_the_newest_window_in_sight_on_a_phone(told: World, page: Page) -> None:
    told.units[0].__class__.objects.filter(pk=told.units[0].pk).update(
        name_vi="Công an xã Đăk Hà thuộc cụm phối hợp phòng, chống tội phạm vùng giáp ranh ba tỉnh"
    )
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "demo-tinh")
    page.goto("/ban-lam-viec/ma-tran/")
    box = page.locator(".desk-matrix tbody td").first.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 360


def test_arrow_keys_walk_the_matrix_and_enter_opens_a_report(told: World, page: Page) -> None:
    sign_in(page, "demo-tinh")
    page.goto("/ban-lam-viec/ma-tran/")
    page.focus("[data-table-keys]")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/bao-cao/*/")


def test_the_officer_sees_who_reminded_and_when(told: World, page: Page) -> None:
    remind_units(reports=[told.report_of(told.units[0])], by=None)
    sign_in(page, "demo-xa")
    for address in ("/", "/bao-cao-cua-toi/"):
        page.goto(address)
        expect(page.locator(".reminded")).to_contain_text(told.desk.name_vi)
        expect(page.locator(".reminded")).to_contain_text("16/06/2026")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_desk_breaks_a_rule_of_accessibility(told: World, page: Page, scheme: str) -> None:
    reports = both_in(told)
    more = [f"/bao-cao/{report.pk}/" for report in reports] + [f"/ban-lam-viec/lien-he/{told.units[0].pk}/"]
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    sign_in(page, "demo-tinh")
    broken = {}
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (*ADDRESSES, *more):
            page.goto(address)
            found = Axe().run(page, options=RULES).response["violations"]
            if found:
                broken[address, width] = [
                    f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"][:2]
                ]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                broken[address, width] = ["scrolls sideways"]
    assert broken == {}
