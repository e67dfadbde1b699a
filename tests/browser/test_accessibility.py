"""Every page under axe (WCAG 2.2 AA), light and dark, and on a phone without sideways scrolling, in both languages."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from playwright.sync_api import Browser, Page

from phoihop.accounts.models import User
from phoihop.conferences.access import SESSION_KEY
from phoihop.conferences.enums import GrantKind
from tests.browser.conftest import sign_in
from tests.browser.site import (
    ACTIONS,
    CENTRE,
    GUEST,
    NO_PAGES,
    OFFICER,
    SEAT,
    Site,
    named_addresses,
    site_of,
)
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RULES: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def site(world: PageWorld) -> Site:
    return site_of(world)


def visited(site: Site, page: Page, language: str) -> Iterator[str]:
    """Opened one after another by who opens them; each must answer as a page, in the language asked for."""
    now = GUEST
    speak(page, language)
    for who, address in site.visits():
        if who != now:
            page.context.clear_cookies(name="sessionid")
            take_seat(page, site) if who == SEAT else sign_in(page, who)
            now = who
        answer = page.goto(address)
        assert answer is not None
        assert (answer.status, page.locator("html").get_attribute("lang")) == (200, language), address
        yield f"{who or 'guest'} {address}"


def take_seat(page: Page, site: Site) -> None:
    page.goto(f"{site.meetings.door}?diem-cau={site.meetings.held.sites[1].slug}")
    page.check("input[value=seat]")
    page.fill("#id_seat", str(site.meetings.seat.pk))
    page.fill("#id_code", site.meetings.code)
    page.click("main form button >> nth=-1")
    page.wait_for_url("**/diem-cau/")


def speak(page: Page, language: str) -> None:
    page.goto("/nguyen-tac/")
    page.context.add_cookies(
        [{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": page.url.split("/nguyen")[0]}]
    )


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in Axe().run(page, options=rules).response["violations"]
        for node in each["nodes"][:2]
    ]


def test_every_address_is_a_page_that_is_visited_or_says_why_it_is_none(site: Site) -> None:
    pages = site.pages()
    assert named_addresses() == pages.keys() | NO_PAGES
    assert not (pages.keys() & NO_PAGES)
    for name, visits in pages.items():
        assert visits
        assert {resolve(address.split("?")[0]).view_name for _who, address in visits} == {name}


def test_what_is_called_an_action_shows_no_page(site: Site) -> None:
    """Asked by who holds every duty there and sits on a seat."""
    client, held = Client(), site.meetings.held
    client.force_login(User.objects.get(username=CENTRE))
    session = client.session
    session[SESSION_KEY] = {str(held.conference.pk): held.grant(1, GrantKind.SEAT, site.meetings.seat).pk}
    session.save()
    addresses = {name: some_address(name, held.conference.slug) for name in ACTIONS}
    shown = {name: client.get(address).status_code for name, address in addresses.items()}
    shown.pop("set_language")  # Django's own: it redirects
    assert {name: status for name, status in shown.items() if status != 405} == {}


def some_address(name: str, slug: str) -> str:
    """Whether what it is about is there does not matter, but for the conference: it is refused before that is asked."""
    numbers = dict.fromkeys(("pk", "report", "attachment", "number", "delegation", "extension"), 1)
    about: dict[str, Any] = {**numbers, "slug": slug, "site": "x", "what": "mo"}
    for count in range(4):
        for given in combinations(about, count):
            try:
                return reverse(name, kwargs={each: about[each] for each in given})
            except NoReverseMatch:
                continue
    raise AssertionError(f"{name} takes something else")


@pytest.mark.parametrize(
    ("scheme", "language", "screen"), [("light", "vi", DESK), ("dark", "en", PHONE)], ids=["desk", "phone"]
)
def test_no_page_breaks_a_rule_of_accessibility(
    site: Site, page: Page, scheme: str, language: str, screen: Any
) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size(screen)
    broken = {where: found for where in visited(site, page, language) if (found := violations(page))}
    assert broken == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_page_scrolls_sideways_on_a_phone(site: Site, page: Page, language: str) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    width = "document.documentElement.scrollWidth"
    too_wide = {
        where: wide
        for where in visited(site, page, language)
        if (wide := page.evaluate(width)) > PHONE["width"]
    }
    assert too_wide == {}


@pytest.mark.parametrize(("scheme", "language"), [("light", "en"), ("dark", "vi")])
def test_a_refusal_keeps_the_rules_too(
    site: Site, browser: Browser, live_server: Any, scheme: str, language: str
) -> None:
    """What is not there, what is another's, what was typed wrong, what is to be confirmed."""
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    speak(page, language)
    sign_in(page, OFFICER)
    broken = {}
    for address, status in (
        ("/khong-co/", 404),
        ("/ban-lam-viec/", 403),
        (f"/bao-cao/{site.own.pk}/nhap/", 404),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        broken[address] = violations(page)
    page.goto(f"/bao-cao/{site.report.pk}/nhap/")
    page.fill("#c-B01", "-1")
    page.fill("#reason", "x")
    page.click("button[value=submit]")
    page.locator("#error-summary li").first.wait_for()
    broken["errors"] = violations(page)
    page.goto("/bao-cao-cua-toi/")
    page.click("[data-kept] summary")
    broken["kept"] = violations(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert {where: found for where, found in broken.items() if found} == {}
    context.close()


def test_targets_on_a_phone_are_large_enough(site: Site, page: Page) -> None:
    """24 px at least (WCAG 2.2, 2.5.8): everything that is pressed and is not a link inside a sentence or a table."""
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    small = {}
    for where in visited(site, page, "vi"):
        found = page.evaluate(
            """[...document.querySelectorAll("button, select, input:not([type=hidden]), .site-nav a, .pages a, .button")]
            .filter(e => e.offsetParent && !e.closest("label"))
            .filter(e => e.getBoundingClientRect().height < 24 || e.getBoundingClientRect().width < 24)
            .map(e => e.outerHTML.slice(0, 80))"""
        )
        if found:
            small[where] = found
    assert small == {}
