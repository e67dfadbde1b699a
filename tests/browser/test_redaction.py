"""The pages that take a person's data out: on a phone and wide, in both languages, by keyboard, with a tombstone left."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in
from tests.browser.site import CENTRE, Site, site_of
from tests.browser.test_accessibility import DESK, PHONE, RULES, speak
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGES = (
    "conferences:redaction",
    "web:assignment_redaction",
    "web:conclusion_redaction",
    "web:proposal_redaction",
)


@pytest.fixture
def site(world: PageWorld) -> Site:
    return site_of(world)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_text_is_taken_out_by_keyboard_and_the_page_still_keeps_the_rules(
    site: Site, page: Page, language: str
) -> None:
    speak(page, language)
    sign_in(page, CENTRE)
    pages = site.pages()
    broken: dict[str, Any] = {}
    for name in PAGES:
        address = pages[name][0][1]
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.goto(address)
        page.locator("main .card summary").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("Có dữ liệu cá nhân")
        page.keyboard.press("Enter")
        expect(page.locator("main li", has_text="Có dữ liệu cá nhân").first).to_be_visible()
        for size in (PHONE, DESK):
            page.set_viewport_size(size)  # type: ignore[arg-type]
            found = Axe().run(page, options=RULES).response["violations"]
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            if found or wide:
                broken[f"{address} {size['width']}"] = [each["id"] for each in found], wide
    assert broken == {}
