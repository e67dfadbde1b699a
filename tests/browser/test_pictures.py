"""A chart of a review follows the theme: the device's, and the reader's own choice; only the one shown is fetched."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import sign_in, wait_until
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize(("device", "other"), [("light", "dark"), ("dark", "light")])
def test_a_chart_of_a_review_follows_the_theme(world: PageWorld, page: Page, device: str, other: str) -> None:
    world.frozen(area=world.told.base.province, slug="cua-tinh", state="received")
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if "/bieu-do/" in asked.url else None)
    page.emulate_media(color_scheme=device)  # type: ignore[arg-type]
    sign_in(page, "demo-desk")
    page.goto("/so-ket/cua-tinh/")

    shown, hidden = (page.locator(f"#chart-completeness .on-{theme}") for theme in (device, other))
    shown.scroll_into_view_if_needed()
    expect(shown).to_be_visible()
    expect(hidden).to_be_hidden()
    wait_until(page, f"document.querySelector('#chart-completeness .on-{device}').complete")
    assert ["theme=dark" in each for each in fetched] == [device == "dark"]

    page.click("[data-theme-switch]")

    expect(hidden).to_be_visible()
    expect(shown).to_be_hidden()
