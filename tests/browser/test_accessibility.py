"""Every page under axe (WCAG 2.2 AA), light and dark, and on a phone without sideways scrolling."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import sign_in
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


def addresses(world: PageWorld) -> Iterator[str]:
    report = world.told.base.report_of(world.told.units[0])
    yield from (
        "/", f"/chuong-trinh/{world.programme.slug}/", world.dashboard, world.figure("B01"), world.figure("K05"),
        f"/dia-phuong/{world.area('province')}/", "/dia-phuong/?q=kon", "/chi-tieu/", "/chi-tieu/B01/",
        "/so-lieu-cong-bo/", "/so-ket/", "/so-ket/so-ket/", f"/bao-cao/{report.pk}/", "/nguyen-tac/", "/tinh-trang/",
        "/gallery/", *trends(world),
    )  # fmt: skip


def trends(world: PageWorld) -> Iterator[str]:
    for page in ("", "cac-tinh/", "cac-noi-dung/"):
        yield world.figure("K05").replace("/so-lieu/", f"/xu-huong/{page}")
    yield world.figure("B01", "province").replace("/so-lieu/", "/xu-huong/cac-tinh/")


def of_the_desk(world: PageWorld) -> Iterator[str]:
    period = world.told.period.pk
    report = world.told.base.report_of(world.told.units[0])
    yield from (
        "/ky-bao-cao/", f"/ky-bao-cao/{period}/", "/ky-bao-cao/ganh-nang/", "/ke-thua/", "/thanh-vien/",
        f"/bao-cao/{report.pk}/go-noi-dung/", "/so-ket/so-ket/soan/", "/so-ket/so-ket/thay-doi/?tu=1",
        "/so-ket/so-ket/go-noi-dung/",
        "/so-ket/so-van-ban/", "/ban-lam-viec/", "/ban-lam-viec/ma-tran/", "/doi-chieu/", "/su-kien/",
    )  # fmt: skip


def of_the_officer(world: PageWorld) -> Iterator[str]:
    """The report of the first unit is accepted: its form is that of a correction."""
    report = world.told.base.report_of(world.told.units[0])
    yield from (
        "/",
        "/bao-cao-cua-toi/",
        f"/bao-cao/{report.pk}/nhap/",
        f"/bao-cao/{report.pk}/",
        "/ngoai-mang/",
    )


def all_addresses(world: PageWorld, page: Page) -> Iterator[str]:
    """Signed in as who opens the page."""
    sign_in(page, "demo-desk")
    yield from addresses(world)
    yield from of_the_desk(world)
    page.context.clear_cookies()
    sign_in(page, "demo-officer")
    yield from of_the_officer(world)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(world: PageWorld, page: Page, scheme: str) -> None:
    world.published()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    broken = {}
    for address in all_addresses(world, page):
        page.goto(address)
        found = Axe().run(page, options=RULES).response["violations"]
        if found:
            broken[address] = [
                f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
                for each in found
                for node in each["nodes"][:2]
            ]
    assert broken == {}


def test_no_page_scrolls_sideways_on_a_phone(world: PageWorld, page: Page) -> None:
    world.published()
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    too_wide = {}
    for address in all_addresses(world, page):
        page.goto(address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            too_wide[address] = width
    assert too_wide == {}


def test_targets_on_a_phone_are_large_enough(world: PageWorld, page: Page) -> None:
    """24 px at least (WCAG 2.2, 2.5.8): everything that is pressed and is not a link inside a sentence or a table."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, "demo-desk")
    for address in ("/", world.dashboard, world.figure("B01")):
        page.goto(address)
        small = page.evaluate(
            """[...document.querySelectorAll("button, select, input:not([type=hidden]), .site-nav a, .pages a, .button")]
            .filter(e => e.offsetParent && (e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24))
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        assert small == [], address
