"""Pages no address opens: the answers to what was sent, and those that say why not. Under axe, as the others are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Contact, Membership
from phoihop.reports.actions import accept_report, add_return_text, return_report, save_draft
from phoihop.reports.models import Report
from phoihop.web.views import plain
from tests.browser.conftest import PHONE, let_go, sign_in
from tests.browser.phone import fill, form_at
from tests.browser.test_accessibility import DESK, speak, violations
from tests.reports.world import World, submitted

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LOOKS = [("light", "vi", PHONE), ("dark", "en", DESK)]
EXPLAINED = {"B01": "4", "B02": "4"}  # four attendances at four sessions: a rule asks why


@dataclass
class Looked:
    """Each state is looked at where it stands; all that is wrong is told at the end."""

    page: Page
    broken: dict[str, Any] = field(default_factory=dict)

    def at(self, state: str, seen: str) -> None:
        """`seen`: a place that only this state shows."""
        expect(self.page.locator(seen).first).to_be_visible()
        found: list[str] = violations(self.page)
        if self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        if found:
            self.broken[state] = found

    def press(self, place: str) -> int:
        """The status of the page that answers."""
        with self.page.expect_navigation() as answer:
            self.page.click(place)
        return answer.value.status


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def looked(request: Any, browser: Browser, live_server: Any) -> Iterator[Looked]:
    scheme, language, size = request.param
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, viewport=size)
    page = context.new_page()
    speak(page, language)
    yield Looked(page)
    let_go(context)


@pytest.fixture
def desk(told: World) -> User:
    user = User.objects.create(username="demo-tinh")
    Membership.objects.create(user=user, organisation=told.desk, role=Role.PROVINCIAL_DESK)
    Contact.objects.create(organisation=told.units[1], post_title="Trực ban", email="truc@example.org")
    add_return_text(organisation=told.desk, text="Thiếu số lượt người", by=None)
    return user


def both(told: World) -> tuple[Report, Report]:
    first, second = (told.report_of(unit) for unit in told.units)
    return first, second


def test_what_a_desk_is_asked_before_and_told_after(told: World, desk: User, looked: Looked) -> None:
    first, second = both(told)
    submitted(first, EXPLAINED, notes={"B02": "Họp tổ, ít người"})
    page = looked.page
    sign_in(page, desk.username)

    page.goto("/ban-lam-viec/?tab=missing")
    assert looked.press("button[value=remind-all]") == 200
    looked.at("reminding, asked", "button[value=remind-all]")
    assert looked.press("button[value=remind-all]") == 200
    looked.at("reminding, done", "main a[href*='danh-sach-goi']")

    submitted(second)
    page.goto("/ban-lam-viec/")
    assert looked.press("button[value=accept-all]") == 200
    looked.at("accepting, asked", "main button[value=accept-all]")
    page.goto("/ban-lam-viec/")
    for report in (first, second):
        page.check(f'input[value="{report.pk}"]')
    assert looked.press("button[value=accept]") == 200
    looked.at("accepting, one done and one not", "main section.card")
    assert {each.state for each in Report.objects.filter(pk__in=[first.pk, second.pk])} == {
        "accepted",
        "submitted",
    }

    page.goto("/ban-lam-viec/")
    page.check(f'input[value="{first.pk}"]')
    assert looked.press("button[value=return]") == 200
    looked.at("returning, asked", "select#text")
    assert looked.press("main button[value=return]") == 400
    looked.at("returning, no reason", "#reason-error")
    page.select_option("#text", "Thiếu số lượt người")
    assert looked.press("main button[value=return]") == 200
    looked.at("returning, done", "h1")
    assert Report.objects.get(pk=first.pk).state == "returned"
    assert looked.broken == {}


def test_what_is_refused_on_a_desks_own_pages(told: World, desk: User, looked: Looked) -> None:
    first, _second = both(told)
    submitted(first)
    page = looked.page
    sign_in(page, desk.username)
    page.goto(f"/bao-cao/{first.pk}/")
    page.click(".decide summary")
    assert looked.press(".decide details button") == 400
    looked.at("a report returned without a reason", "#reason-error")
    page.goto(f"/ban-lam-viec/lien-he/{told.units[0].pk}/")
    page.evaluate(
        "document.querySelectorAll('main [required]').forEach((each) => { each.required = false; })"
    )
    assert looked.press("main form button >> nth=-1") == 400
    looked.at("a contact without a post", "main .error, main .notice.bad")
    page.goto("/ban-lam-viec/mau-tra-lai/")
    page.evaluate(
        "document.querySelectorAll('main [required]').forEach((each) => { each.required = false; })"
    )
    assert looked.press("main form:has([name=organisation]) button >> nth=-1") == 400
    looked.at("an empty text", "main .error, main .notice.bad")
    page.goto("/su-kien/moi/")
    page.evaluate(
        "document.querySelectorAll('main [required]').forEach((each) => { each.required = false; })"
    )
    assert looked.press("main form button >> nth=-1") == 422
    looked.at("an event without its day", "main .error, main .notice.bad")
    assert looked.broken == {}


def test_the_form_with_a_reason_a_warning_and_a_second_copy(told: World, looked: Looked) -> None:
    first, _second = both(told)
    returned = return_report(report=submitted(first), reason="Xem lại số lượt người", by=told.provincial_desk)
    officer = told.users["demo-officer"]
    page = form_at(looked.page.context, told)
    looked.page = page
    looked.at("a returned report", ".notice.bad strong")
    fill(page, **EXPLAINED)
    page.click("button[value=submit]")
    expect(page.locator("#error-summary li").first).to_be_visible()
    looked.at("a warning that asks for an explanation", ".has-warning textarea")
    save_draft(report=returned, cells={"B01": "7"}, narrative={"results": "Bản kia"}, by=officer)
    fill(page, B02="5")
    looked.at("two copies", "[data-copies] tbody tr")
    assert looked.broken == {}


def shown_as(html: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(body=html, content_type="text/html")


def test_the_form_where_no_script_runs(
    told: World, looked: Looked, browser: Browser, live_server: Any
) -> None:
    """The server's own words at the field, and the other copy beside."""
    first, _second = both(told)
    sign_in(looked.page, "demo-officer")
    plainly, reading = (
        browser.new_context(
            base_url=live_server.url, storage_state=looked.page.context.storage_state(), java_script_enabled=has_scripts,
            viewport=looked.page.viewport_size, service_workers="block",
        )
        for has_scripts in (False, True)
    )  # fmt: skip
    page = plainly.new_page()
    page.goto(f"/bao-cao/{first.pk}/nhap/")
    fill(page, B01="-1", B02="4")
    with page.expect_navigation():
        page.click("button[value=submit]")
    expect(page.locator("#c-B01")).to_have_attribute("aria-invalid", "true")
    copied = {"#error-summary li": page.content()}
    save_draft(report=first, cells={"B01": "7"}, by=told.users["demo-officer"])
    with page.expect_navigation():
        page.click("button[value=save]")
    expect(page.locator("[name=beside]")).to_be_visible()
    copied["[name=beside]"] = page.content()
    plainly.close()
    looked.page = reading.new_page()
    for seen, html in copied.items():  # axe is a script: it reads what the other browser was given
        looked.page.route("**/copied/", shown_as(html))
        looked.page.goto("/copied/")
        looked.page.unroute("**/copied/")
        looked.at(seen, seen)
    reading.close()
    assert looked.broken == {}


def test_what_is_not_possible_too_large_or_our_own_fault(
    told: World, desk: User, looked: Looked, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _second = both(told)
    submitted(first)
    page = looked.page
    sign_in(page, desk.username)
    page.goto(f"/bao-cao/{first.pk}/")
    accept_report(report=first, by=told.provincial_desk)
    assert looked.press(".decide > form button") == 409
    looked.at("409", "h1")

    page.goto("/ban-lam-viec/mau-tra-lai/")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    page.evaluate("document.querySelector('#said').value = 'a'.repeat(100_001)")
    assert looked.press("main form:has([name=organisation]) button >> nth=-1") == 413
    looked.at("413", "h1")

    monkeypatch.setattr(plain, "render", lambda *given: {}["a fault of ours"])
    answer = page.goto("/tinh-trang/")
    assert answer is not None
    assert answer.status == 500
    looked.at("500", "main strong")
    assert looked.broken == {}


def test_a_page_that_was_not_kept_where_there_is_no_network(told: World, looked: Looked) -> None:
    page = form_at(looked.page.context, told)
    looked.page = page
    page.context.set_offline(True)
    page.goto("/so-ket/")
    looked.at("no network", "main a[href='/bao-cao-cua-toi/']")
    assert page.locator("nav").count() == 0  # the page kept for this, and no other
    assert looked.broken == {}


def test_a_sign_in_that_fails(told: World, looked: Looked) -> None:
    page = looked.page
    page.goto("/dang-nhap/")
    page.fill("#id_username", "ai-do")
    page.fill("#id_password", "sai")
    looked.press("main form button >> nth=0")
    looked.at("wrong password", "[role=alert]")
    assert looked.broken == {}
