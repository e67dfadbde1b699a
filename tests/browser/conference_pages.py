"""Browsers at one conference, each a context of its own, before a real `phoihop serve`."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.conferences.streams.installed import Installation

WITHIN = 15_000  # milliseconds in which a page shows what moved, on a machine that others use too
WALL = {"width": 1920, "height": 1080}
TABLE = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


class Hall:
    """Opens pages of the one conference; forgets none of them."""

    def __init__(self, browser: Browser, installed: Installation) -> None:
        self.browser, self.installed = browser, installed
        self.url = f"http://127.0.0.1:{installed.port}"
        self.path = f"/hoi-nghi/{installed.world['slug']}/"
        self.contexts: list[BrowserContext] = []

    def close(self) -> None:
        for context in self.contexts:
            context.close()

    def page(self, size: dict[str, int], session: str = "", script: str = "") -> Page:
        context = self.browser.new_context(base_url=self.url, viewport=size, locale="vi-VN")  # type: ignore[arg-type]
        context.set_default_timeout(WITHIN)
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        if script:
            context.add_init_script(script)
        self.contexts.append(context)
        return context.new_page()

    def signed_in(self, username: str, path: str, size: dict[str, int] = TABLE) -> Page:
        page = self.page(size, self.installed.world["sessions"][username])
        return stay(page, f"{self.path}{path}")

    def room(
        self, slug: str, path: str = "diem-cau/", size: dict[str, int] = TABLE, script: str = ""
    ) -> Page:
        """A room machine that comes in with its code, by the door. script: of the device, before any page of ours."""
        page = self.page(size, script=script)
        self._come_in(page, slug, "room", self.installed.world["codes"][slug])
        page.wait_for_url("**/diem-cau/")
        return stay(page, f"{self.path}{path}")

    def viewer(self, slug: str, size: dict[str, int] = TABLE) -> Page:
        """Below a site, with its code for viewing."""
        page = self.page(size)
        self._come_in(page, slug, "view", self.installed.world["view_codes"][slug])
        page.wait_for_url("**/xem/")
        return marked(page)

    def phone(self, place: int = 0) -> Page:
        """A delegate's, with the number and the code of a slip."""
        slip = self.installed.world["slips"][place]
        page = self.page(PHONE)
        self._come_in(page, "diem-1", "seat", slip["code"], str(slip["number"]))
        page.get_by_role("link", name="Biểu quyết trên điện thoại này").click()
        page.wait_for_url("**/ghe/")
        return marked(page)

    def _come_in(self, page: Page, slug: str, kind: str, code: str, seat: str = "") -> None:
        page.goto(f"{self.path}vao/")
        page.select_option("select[name=site]", slug)
        page.check(f"input[name=kind][value={kind}]")
        if seat:
            page.fill("input[name=seat]", seat)
        page.fill("input[name=code]", code)
        page.get_by_role("button", name="Vào hội nghị").click()


@contextmanager
def hall_of(browser: Browser, installed: Installation) -> Iterator[Hall]:
    hall = Hall(browser, installed)
    try:
        yield hall
    finally:
        hall.close()


def stay(page: Page, address: str) -> Page:
    page.goto(address)
    return marked(page)


def marked(page: Page) -> Page:
    page.evaluate("document.documentElement.dataset.stayed = 'yes'")
    return page


def has_stayed(page: Page) -> bool:
    """It was never loaded again since."""
    return bool(page.evaluate("document.documentElement.dataset.stayed === 'yes'"))


def shows(place: Page | Locator, text: str | re.Pattern[str]) -> None:
    within = place.locator("main") if isinstance(place, Page) else place
    expect(within).to_contain_text(text, timeout=WITHIN)


def press(place: Page | Locator, name: str | re.Pattern[str], **more: Any) -> None:
    place.get_by_role("button", name=name, **more).click()


def unfold(page: Page, words: str) -> Locator:
    """The part of the page under these words, opened."""
    part = page.locator("details", has=page.locator("summary", has_text=words)).first
    if part.get_attribute("open") is None:
        part.locator("summary").first.click()
    return part


def line_of(console: Page, site: str) -> Locator:
    """Of the console's list of speakers."""
    return console.locator("ol.speaker-list > li", has_text=site)


def seconds_left(place: Page | Locator) -> int:
    """Of the countdown shown; waited for."""
    shown = place.locator("[data-countdown]").first
    expect(shown).to_have_text(re.compile(r"^\+?\d+:\d\d$"), timeout=WITHIN)
    minutes, seconds = shown.inner_text().removeprefix("+").split(":")
    return 60 * int(minutes) + int(seconds)


def alike(places: Sequence[Page | Locator]) -> list[int]:
    """Of countdowns that run alike: none is read more than two seconds apart, but for what reading them took."""
    began = time.monotonic()
    told = [seconds_left(place) for place in places]
    assert max(told) - min(told) <= 2 + time.monotonic() - began
    return told
