"""A commune reports without a network, the province returns and accepts, the national figure moves."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from phoihop.accounts.models import User
from phoihop.areas.actions.derived import rebuild_derived
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.models import Report
from tests.browser.conftest import sign_in, wait_until
from tests.reviews.world import ReviewWorld, review_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def told(transactional_db: None, settings: Any) -> ReviewWorld:
    """The half-year is over, nothing is reported yet."""
    settings.TODAY = "2026-06-16"
    made = review_world()
    rebuild_derived()
    for username, organisation, role in (
        ("demo-xa", made.units[0], Role.REPORTING_OFFICER),
        ("demo-tinh", made.base.desk, Role.PROVINCIAL_DESK),
        ("demo-trung-uong", made.base.centre, Role.CENTRAL_DESK),
    ):
        user = User.objects.create(username=username)
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return made


def signed_in(browser: Browser, server: Any, username: str, **options: Any) -> Page:
    page = browser.new_context(base_url=server.url, **options).new_page()
    sign_in(page, username)
    return page


def until(page: Page, told: ReviewWorld, state: str) -> Report:
    for _ in range(300):
        report = told.base.report_of(told.units[0], told.period)
        if report.state == state:
            return report
        page.wait_for_timeout(100)
    raise AssertionError(f"{report.state}, not {state}")


def decide(desk: Page, what: str, reason: str = "") -> None:
    """In the inbox: tick the report, return it with a reason or accept it."""
    desk.goto("/ban-lam-viec/")
    desk.check('input[name="report"]')
    desk.click(f'button[name="do"][value="{what}"]')
    if reason:
        desk.fill("#reason", reason)
        desk.click(f'button[name="do"][value="{what}"]')


def national_figure(centre: Page, told: ReviewWorld) -> str:
    query = f"programme={told.base.programme.slug}&indicator=B01&area={told.base.country.key}&state=received"
    centre.goto(f"/so-lieu/?{query}")
    return centre.inner_text(".big-figure .value").split()[0]


def test_from_a_phone_without_network_to_the_national_figure(
    told: ReviewWorld, browser: Browser, live_server: Any
) -> None:
    phone = signed_in(browser, live_server, "demo-xa", viewport={"width": 360, "height": 740})
    desk = signed_in(browser, live_server, "demo-tinh")
    centre = signed_in(browser, live_server, "demo-trung-uong")
    report = told.base.report_of(told.units[0], told.period)
    form = f"/bao-cao/{report.pk}/nhap/"

    phone.goto(form)
    wait_until(phone, "navigator.serviceWorker.ready.then(() => true)")
    phone.reload()
    wait_until(phone, "navigator.serviceWorker.controller !== null")
    phone.context.set_offline(True)
    phone.reload()
    phone.fill("#c-B01", "40")
    phone.fill("#c-B02", "1.000")
    phone.click('button[value="submit"]')
    expect(phone.locator("[data-device-bar]")).to_contain_text("Không có mạng")
    assert until(phone, told, "expected").latest_version is None
    phone.context.set_offline(False)
    until(phone, told, "submitted")

    decide(desk, "return", "B01: kiểm tra lại, gấp mười lần kỳ trước")
    until(desk, told, "returned")
    assert national_figure(centre, told) == "–"

    phone.goto("/bao-cao-cua-toi/")
    expect(phone.locator("main")).to_contain_text("gấp mười lần kỳ trước")
    phone.click(f'a[href="{form}"]')
    expect(phone.locator("#c-B01")).to_have_value("40")
    phone.fill("#c-B01", "4")
    phone.fill("#c-B02", "400")
    phone.click('button[value="submit"]')
    until(phone, told, "submitted")

    decide(desk, "accept")
    until(desk, told, "accepted")
    assert national_figure(centre, told) == "4"

    centre.click(f'#lineage a[href*="/bao-cao/{report.pk}/"] >> nth=0')
    expect(centre.locator("h1")).to_contain_text("6 tháng đầu năm 2026")
    expect(centre.locator("a[href='?version=2']").first).to_be_visible()
    centre.click("a[href='?version=1']")
    expect(centre.locator("main")).to_contain_text("gấp mười lần kỳ trước")
    assert [version.cells["B01"] for version in report.versions.all()] == ["40", "4"]
    for page in (phone, desk, centre):
        page.context.close()
