"""The central desk's windows, handing over and taking out, in a browser: by keyboard, on a phone, under axe."""

from datetime import date
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from phoihop.core import clock
from phoihop.events.actions import enter_event, redact_event_text
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports.models import DutyPassing, ReportingPeriod
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import RULES
from tests.factories.events import facts
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def address_of_event(world: PageWorld) -> str:
    """With one text taken out and one left."""
    unit = world.told.units[1]
    event = enter_event(organisation=unit, facts=facts(unit), key=uuid4(), by=None)
    redact_event_text(version=event.said, place="place", reason="Nêu tên công dân", by=None)
    return f"/su-kien/{event.pk}/"


@pytest.fixture
def divided(world: PageWorld) -> Organisation:
    ended, *heirs = world.told.units[1], world.told.base.desk, world.told.base.centre
    Organisation.objects.filter(pk=ended.pk).update(valid_until=date(2026, 6, 15))
    ended.reports.update(state="expected", accepted_version=None)
    for heir in heirs:
        OrganisationSuccession.objects.create(predecessor=ended, successor=heir, on=date(2026, 6, 15))
    return ended


def opening(world: PageWorld) -> str:
    return f"/ky-bao-cao/mo/?form={world.told.base.form.code}&period=ADM-2026-H2"


def test_no_page_breaks_a_rule_or_scrolls_sideways(
    world: PageWorld, page: Page, address_of_event: str, divided: Organisation
) -> None:
    ReportingPeriod.objects.update(closed_at=clock.now())
    sign_in(page, "demo-desk")
    broken = {}
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for address in (
            "/", "/ky-bao-cao/", opening(world), "/ke-thua/", address_of_event, f"{address_of_event}go-noi-dung/",
        ):  # fmt: skip
            page.goto(address)
            found = Axe().run(page, options=RULES).response["violations"]
            if found:
                broken[address, width] = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in found]
            if page.evaluate("document.documentElement.scrollWidth") > width:
                broken[address, width] = ["scrolls sideways"]
    assert broken == {}


def test_a_window_is_opened_by_keyboard(world: PageWorld, page: Page) -> None:
    sign_in(page, "demo-desk")
    page.goto("/ky-bao-cao/")
    page.locator(".unopened a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/mo/**")
    page.get_by_role("button", name="Mở kỳ báo cáo").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ky-bao-cao/*/")
    expect(page.locator("h1")).to_contain_text("6 tháng cuối năm 2026")
    assert ReportingPeriod.objects.filter(code="ADM-2026-H2").get().reports.count() > 0


def test_the_superior_chooses_the_heir_of_a_divided_unit(
    world: PageWorld, page: Page, divided: Organisation
) -> None:
    sign_in(page, "demo-desk")
    page.goto("/")
    page.get_by_role("link", name="Chọn nơi kế thừa").click()
    page.get_by_label(world.told.base.desk.name_vi).check()
    page.get_by_label("Lý do").fill("Địa bàn phần lớn về đây")
    page.get_by_role("button", name="Chuyển", exact=True).click()
    expect(page.locator("main")).to_contain_text("Địa bàn phần lớn về đây")
    assert DutyPassing.objects.get().heir == world.told.base.desk
