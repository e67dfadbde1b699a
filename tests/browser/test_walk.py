"""Sign in, dashboard, figure, its reports, the review, its Word file: the way an official goes."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from phoihop.reviews.actions import freeze_review, publish_review
from tests.browser.conftest import sign_in
from tests.reviews.world import approved
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_from_sign_in_to_the_word_file(world: PageWorld, page: Page, tmp_path: Path) -> None:
    review = world.told.composed(state="received")
    publish_review(version=approved(freeze_review(review=review, by=None)), audience="public", by=None)
    sign_in(page, "demo-desk")
    page.click("text=Số liệu tổng quan")
    expect(page.locator("h1")).to_contain_text("Số liệu tổng quan")
    page.click("a.figure-main:has-text('Chỉ tiêu B01')")
    expect(page.locator(".big-figure .value")).to_contain_text("20")
    page.click("#lineage tbody a >> nth=0")
    expect(page.locator("h1")).to_contain_text("6 tháng đầu năm 2026")
    page.goto("/so-ket/")
    page.click(".programme-list h2 a")
    page.click(".document .figure-link >> nth=0")
    expect(page.locator("#lineage")).to_be_visible()
    page.go_back()
    with page.expect_download() as download:
        page.click("text=/Word/ >> nth=0")
    saved = tmp_path / "review.docx"
    download.value.save_as(saved)
    assert saved.read_bytes()[:2] == b"PK"


def test_a_choice_renews_the_figures_and_the_address(world: PageWorld, page: Page) -> None:
    sign_in(page, "demo-desk")
    page.goto(world.dashboard)
    page.select_option("#choose-indicator", "B02")
    expect(page.locator("#figures h2 >> nth=0")).to_contain_text("B02")
    page.wait_for_url("**indicator=B02**")
    page.reload()
    expect(page.locator("#figures h2 >> nth=0")).to_contain_text("B02")


def test_arrow_keys_walk_a_table(world: PageWorld, page: Page) -> None:
    sign_in(page, "demo-desk")
    page.goto(world.figure("B01"))
    page.focus("#lineage .table-scroll")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    here = page.evaluate("[document.activeElement.parentElement.rowIndex, document.activeElement.cellIndex]")
    assert here == [1, 1]


def test_everything_reads_without_javascript(world: PageWorld, page: Page) -> None:
    sign_in(page, "demo-desk")
    cookies = page.context.cookies()
    plain = page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    still = plain.new_page()
    root = page.url.rstrip("/")
    still.goto(root + world.dashboard)
    still.select_option("#choose-indicator", "B02")
    still.click(".chooser button")
    expect(still.locator("#figures h2 >> nth=0")).to_contain_text("B02")
    plain.close()
