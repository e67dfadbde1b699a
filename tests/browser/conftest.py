"""Debian's Chromium against a live server, on the small world of the page tests."""

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, expect, sync_playwright

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import open_period
from tests.reports.world import H1, World, new_world
from tests.web.world import PageWorld, page_world

PHONE = {"width": 360, "height": 740}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

expect.set_options(
    timeout=20_000
)  # milliseconds: a busy machine draws a page in more than the five that are usual


class Answering:
    """The pages of the live server, counted while it makes them. A test that ends waits for them, and none begins after
    that: a page that asks by itself, or a worker, would otherwise ask where there is no database any more.
    """

    def __init__(self, pages: Callable[..., Any]) -> None:
        self._pages = pages
        self._at_work, self._is_open = 0, False
        self._moved = threading.Condition()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not self._begins():
            start_response("503 Service Unavailable", [("Content-Length", "0")])
            return
        try:
            answer = self._pages(environ, start_response)
            try:
                yield from answer
            finally:
                answer.close()
        finally:
            self._ends()

    def _begins(self) -> bool:
        with self._moved:
            self._at_work += self._is_open
            return self._is_open

    def _ends(self) -> None:
        with self._moved:
            self._at_work -= 1
            self._moved.notify_all()

    def open(self) -> None:
        with self._moved:
            self._is_open = True

    def shut(self) -> None:
        """Returns once the last answer is given."""
        with self._moved:
            self._is_open = False
            assert self._moved.wait_for(lambda: not self._at_work, 120), "the live server is still at work"


@pytest.fixture(scope="session")
def answering(live_server: Any) -> Answering:
    server = live_server.thread.httpd
    server.set_app(Answering(server.get_app()))
    return server.get_app()


@pytest.fixture(autouse=True)
def whole_answers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Ends before the database does, and after the pages."""
    if "live_server" not in request.fixturenames:
        yield
        return
    request.getfixturevalue("transactional_db")
    answering: Answering = request.getfixturevalue("answering")
    answering.open()
    yield
    answering.shut()


@pytest.fixture(scope="module")
def browser(chromium_path: str) -> Iterator[Browser]:
    """One for each file of tests: pages that were let go stay open until it ends."""
    # Playwright's loop runs in this thread; Django would otherwise refuse the test's own queries.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield opened  # it ends with its driver: a close that waits for a page that hangs would hang too


@pytest.fixture
def world(transactional_db: None, settings: Any) -> PageWorld:
    """The demo clock, not a frozen one: the browser's own time goes on."""
    settings.TODAY = "2026-06-16"
    made = page_world()
    for username, organisation, role in (
        ("demo-desk", made.told.base.centre, Role.CENTRAL_DESK),
        ("demo-officer", made.told.units[0], Role.REPORTING_OFFICER),
    ):
        user = User.objects.create(username=username)
        Membership.objects.create(user=user, organisation=organisation, role=role)
    return made


@pytest.fixture
def told(transactional_db: None, settings: Any) -> World:
    """Nothing is reported yet; `demo-officer` enters the first unit's report, `demo-other` the second's."""
    settings.TODAY = "2026-06-16"
    made = new_world()
    for username, organisation in (("demo-officer", made.units[0]), ("demo-other", made.units[1])):
        user = User.objects.create(username=username)
        Membership.objects.create(user=user, organisation=organisation, role=Role.REPORTING_OFFICER)
        made.users[username] = user
    open_period(form=made.form, period=H1, by=None)
    return made


@pytest.fixture
def waking_phone(browser: Browser, live_server: Any) -> Iterator[BrowserContext]:
    """Its browser wakes the worker to send drafts when it thinks fit."""
    context = browser.new_context(base_url=live_server.url, viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
    yield context
    let_go(context)


@pytest.fixture
def phone(waking_phone: BrowserContext) -> BrowserContext:
    """Only the pages send, as in Safari: what a test keeps from them is not sent behind its back."""
    waking_phone.add_init_script("delete window.SyncManager;")
    return waking_phone


@pytest.fixture
def page(browser: Browser, live_server: Any) -> Iterator[Page]:
    """A page that fails the test when a script or a resource of ours fails."""
    context = browser.new_context(base_url=live_server.url, accept_downloads=True)
    opened = context.new_page()
    problems: list[str] = []
    opened.on(
        "response",
        lambda answer: problems.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
    )
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    yield opened
    let_go(context)
    assert problems == []


def let_go(context: BrowserContext) -> None:
    """Its pages are emptied and go with the browser: closing one whose worker is just at work was seen to hang."""
    for each in context.pages:
        with suppress(Error):
            each.goto("about:blank", timeout=5_000)


def sign_in(page: Page, username: str) -> None:
    """Waits for the page behind the door: every address ends in a slash, the door's own too."""
    page.goto("/dang-nhap/")
    page.click(f'button[value="{username}"]')
    page.wait_for_url(lambda url: "/dang-nhap/" not in url)


def wait_until(page: Page, is_so: str, seconds: float = 30) -> None:
    """Asked again and again from here: a page of ours lets nobody make code of text, which a waiting in the page
    would do. A promise that never settles counts as no: nothing of Playwright's ends it."""
    asked = f"Promise.race([{is_so}, new Promise((late) => setTimeout(late, 5000, false))])"
    ends = time.monotonic() + seconds
    while not page.evaluate(asked):
        assert time.monotonic() < ends, f"never so in {seconds} s: {is_so} at {page.url}"
        page.wait_for_timeout(50)
