"""live.js and live-form.js in Chromium, before a real `phoihop serve` with its streams."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conferences.streams.installed import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
HEARD = """
window.told = [];
for (const name of ["change", "counts", "status", "shut"]) {
  document.addEventListener(`live:${name}`, (event) => window.told.push([name, event.detail]));
}
"""
LIVE = "import(document.querySelector('script[src*=\"conference/live.\"]').src)"
AN_ANSWER = timedelta(seconds=30)  # longer than one takes: the clock of a device is months away
FORM = "import(document.querySelector('script[src*=\"conference/live-form.\"]').src)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("live")
    made = Installation(folder, f"sqlite:///{folder / 'phoihop.sqlite3'}")
    try:
        made.build(viewers=2)
        made.start()
        yield made
    finally:
        made.end()


class Device:
    """One browser with the session of a site; counts the streams it opens."""

    def __init__(self, browser: Browser, installed: Installation, session: str) -> None:
        self.url = f"http://127.0.0.1:{installed.port}"
        self.path = f"/hoi-nghi/{installed.world['slug']}/"
        self.context: BrowserContext = browser.new_context(
            base_url=self.url, viewport={"width": 360, "height": 740}, locale="vi-VN"
        )
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])
        self.context.add_init_script(HEARD)
        self.streams: list[str] = []
        self.context.on(
            "request", lambda asked: self.streams.append(asked.url) if "/dong/" in asked.url else None
        )

    def tab(self) -> Page:
        page = self.context.new_page()
        page.goto(self.path)
        wait_until(page, "told.some(([name]) => name === 'change')")
        return page


@pytest.fixture
def device(browser: Browser, installed: Installation) -> Iterator[Device]:
    made = Device(browser, installed, installed.world["rooms"][0])
    yield made
    made.context.close()


def wait_until(page: Page, is_so: str, seconds: float = 30, given: Any = None) -> None:
    """Asked from here: a page of ours lets nobody make code of text, which a waiting in the page would do."""
    ends = time.monotonic() + seconds
    while not page.evaluate(is_so, given):
        assert time.monotonic() < ends, f"never so: {is_so} ({given}); {page.evaluate('told')}"
        page.wait_for_timeout(50)


def shows(page: Page, text: str) -> None:
    wait_until(
        page, "text => told.some(([n, d]) => n === 'change' && d.state.hall?.text === text)", given=text
    )


def texts(page: Page) -> list[str]:
    return page.evaluate(
        "told.filter(([n, d]) => n === 'change' && !d.first).map(([n, d]) => d.state.hall.text)"
    )


def firsts(page: Page) -> list[bool]:
    return page.evaluate("told.filter(([n]) => n === 'change').map(([n, d]) => d.first)")


def last_status(page: Page) -> str:
    return page.evaluate("told.filter(([n]) => n === 'status').at(-1)?.[1]")


def test_two_tabs_share_one_stream_and_the_second_takes_over(installed: Installation, device: Device) -> None:
    first, second = device.tab(), device.tab()
    installed.act("scene", 1)
    for page in (first, second):
        shows(page, "Lời 1")
        assert (firsts(page), last_status(page)) == ([True, False], "online")
    assert len(device.streams) == 1
    first.close()
    for number in (2, 3):
        installed.act("scene", number)
    shows(second, "Lời 3")
    installed.act("scene", 4)
    shows(second, "Lời 4")
    assert len(device.streams) == 2
    assert "&sau=" in device.streams[1]
    assert texts(second)[-1] == "Lời 4"


def test_a_tab_that_sleeps_on_the_stream_loses_it(installed: Installation, device: Device) -> None:
    """A telephone freezes what is behind: the holder's place is held, and nobody answers."""
    share = device.tab().evaluate("document.querySelector('[data-live]').dataset.share")
    device.context.pages[0].close()
    asleep = device.context.new_page()
    asleep.goto(f"{device.path}vao/")
    asleep.evaluate(
        "name => { navigator.locks.request(name, () => new Promise(() => {})).catch(() => {}); }",
        f"phoihop-live-{share}",
    )
    awake = device.tab()
    installed.act("scene", 5)
    shows(awake, "Lời 5")
    assert last_status(awake) == "online"


def test_a_killed_stream_comes_back_by_itself(installed: Installation, device: Device) -> None:
    page = device.tab()
    os.kill(installed.child("django streams"), signal.SIGKILL)
    installed.act("scene", 10)
    shows(page, "Lời 10")
    before = len(device.streams)
    wait_until(page, "told.filter(([n]) => n === 'status').at(-1)?.[1] === 'online'", 60)
    installed.act("scene", 11)
    shows(page, "Lời 11")
    assert before >= 1
    assert texts(page)[-2:] == ["Lời 10", "Lời 11"]


def test_without_a_stream_the_page_asks_and_goes_back_when_it_can(
    installed: Installation, device: Device
) -> None:
    device.context.route("**/dong/**", lambda route: route.abort())
    page = device.tab()
    assert last_status(page) == "polling"
    expect(page.locator("[data-live-bar]")).to_be_hidden()
    installed.act("scene", 20)
    shows(page, "Lời 20")
    device.context.unroute("**/dong/**")
    wait_until(page, "told.filter(([n]) => n === 'status').at(-1)?.[1] === 'online'", 60)
    installed.act("scene", 21)
    shows(page, "Lời 21")
    assert texts(page) == ["Lời 20", "Lời 21"]


def test_a_page_without_a_network_says_so_and_catches_up(installed: Installation, device: Device) -> None:
    page = device.tab()
    device.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    device.context.route("**/dong/**", lambda route: route.abort())
    os.kill(installed.child("django streams"), signal.SIGKILL)
    bar = page.locator("[data-live-bar]")
    expect(bar).to_be_visible(timeout=60_000)
    expect(bar).to_contain_text("Mất kết nối từ")
    installed.act("scene", 30)
    device.context.unroute("**/dong/**")
    device.context.set_offline(False)
    shows(page, "Lời 30")
    expect(bar).to_be_hidden()


def test_the_clock_is_the_servers(installed: Installation, device: Device) -> None:
    """The demonstration's day is months away from the device's: a worse clock than any."""
    page = device.tab()
    before = servers_time(installed)
    shown = datetime.fromisoformat(page.evaluate(f"{LIVE}.then((live) => live.now().toISOString())"))
    after = servers_time(installed)
    assert before - AN_ANSWER < shown < after + AN_ANSWER


def servers_time(installed: Installation) -> datetime:
    _status, said = installed.get("dien-bien/", installed.world["rooms"][0])
    return datetime.fromisoformat(said["now"])


def test_a_form_is_sent_again_under_its_key_and_says_why_it_was_refused(
    installed: Installation, device: Device
) -> None:
    page = device.tab()
    page.evaluate(FORM)
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("afterbegin", `
          <form method="post" action="/thu/" data-live-form data-live-reset>
            <input type="hidden" name="key" value="k1"><input name="text">
            <p data-refusal hidden></p><button type="submit" name="what" value="ask">Gửi</button>
          </form>`)"""
    )
    sent: list[str] = []
    answers: list[Any] = [
        None,
        {"status": 409, "json": {"refusal": "Danh sách đã đóng."}},
        {"json": {"ok": True, "seq": 9}},
    ]

    def answer(route: Route) -> None:
        sent.append(route.request.post_data or "")
        said = answers.pop(0)
        if said is None:
            route.abort()
        else:
            route.fulfill(**said)

    page.route("**/thu/", answer)
    page.fill("input[name=text]", "xin")
    page.click("button[name=what]")
    expect(page.locator("[data-refusal]")).to_have_text("Danh sách đã đóng.")
    assert page.input_value("input[name=text]") == "xin"
    assert page.input_value("input[name=key]") == "k1"
    page.click("button[name=what]")
    expect(page.locator("[data-refusal]")).to_be_hidden()
    wait_until(page, "document.querySelector('input[name=key]').value !== 'k1'")
    assert page.input_value("input[name=text]") == ""
    assert [each.count("k1") for each in sent] == [1, 1, 1]
    assert all("ask" in each for each in sent)


def test_who_is_taken_out_is_told_plainly_and_stays_out(installed: Installation, device: Device) -> None:
    """The last test: the site stays out."""
    first, second = device.tab(), device.tab()
    installed.act("remove", 1)
    for page in (first, second):
        bar = page.locator("[data-live-bar]")
        expect(bar).to_contain_text("Thiết bị này không còn tham dự")
        expect(bar.get_by_role("link", name="Nhập lại mã")).to_be_visible()
    asked = len(device.streams)
    time.sleep(3)
    assert len(device.streams) == asked
