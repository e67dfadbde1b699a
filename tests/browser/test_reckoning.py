"""Ratio cells and the progress towards a target, reckoned while the officer types, and the same without a script."""

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import PHONE, let_go, sign_in
from tests.browser.phone import fill, form_at, report_of
from tests.reports.world import World
from tests.web.reckoning import with_ratio_and_target

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = [
    ({"B01": "4", "B02": "10"}, "2,50", "(13 %)"),
    ({"B02": "10.000"}, "2.500,00", "(13 %)"),
    ({"B01": "3"}, "3.333,33", "(10 %)"),
    ({"B01": "0,75", "B02": "1"}, "1,33", "(3 %)"),
    ({"B01": "0"}, "–", "(0 %)"),
    ({"B01": "bốn"}, "–", ""),
    ({"B01": ""}, "–", ""),
]


@pytest.fixture
def reckoning(told: World) -> World:
    with_ratio_and_target(told)
    return told


def shows(page: Page, ratio: str, progress: str) -> None:
    expect(page.locator("[data-ratio=K05] output")).to_have_text(ratio)
    expect(page.locator("#b-B01")).to_contain_text("mục tiêu 30")
    expect(page.locator("#b-B01 [data-progress]")).to_have_text(progress)


def test_ratio_and_progress_follow_what_is_typed(reckoning: World, phone: BrowserContext) -> None:
    page = form_at(phone, reckoning)
    shows(page, "–", "")
    for cells, ratio, progress in TYPED:
        fill(page, **cells)
        shows(page, ratio, progress)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_an_english_page_reckons_the_english_way(reckoning: World, phone: BrowserContext) -> None:
    page = form_at(phone, reckoning)
    page.click("header button[value=en], footer button[value=en]")
    fill(page, B01="3", B02="10,000")
    expect(page.locator("[data-ratio=K05] output")).to_have_text("3,333.33")
    expect(page.locator("#b-B01")).to_contain_text("target 30 (10 %)")


def test_without_a_script_what_is_kept_is_reckoned(
    reckoning: World, browser: Browser, live_server: Any
) -> None:
    context = browser.new_context(
        base_url=live_server.url,
        viewport=PHONE,  # type: ignore[arg-type]
        locale="vi-VN",
        java_script_enabled=False,
    )
    page = context.new_page()
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{report_of(reckoning).pk}/nhap/")
    shows(page, "–", "")
    fill(page, B01="3", B02="10.000")
    page.click("button[value=save]")
    shows(page, "3.333,33", "(10 %)")
    let_go(context)
