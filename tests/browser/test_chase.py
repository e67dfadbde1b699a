"""A provincial desk with a hundred communes, at the screen: how many pages are opened and how often something is pressed."""

from typing import Any

import pytest
from django.core import mail
from playwright.sync_api import Frame, Page, expect

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.models import Report
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import violations
from tests.web.chase import KEPT_TEXT, Chase, chase_of

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def told(transactional_db: None, settings: Any) -> Chase:
    settings.TODAY = "2026-06-16"
    made = chase_of(100)
    user = User.objects.create(username="demo-tinh")
    Membership.objects.create(user=user, organisation=made.world.desk, role=Role.PROVINCIAL_DESK)
    mail.outbox.clear()
    return made


def test_a_hundred_communes_take_eleven_presses_and_ten_pages(told: Chase, page: Page) -> None:
    opened: list[str] = []
    pressed: list[str] = []

    def press(place: str) -> None:
        pressed.append(place)
        with page.expect_navigation():
            page.click(place)

    def note(frame: Frame) -> None:
        opened.append(frame.url)

    sign_in(page, "demo-tinh")
    page.on("framenavigated", note)
    page.goto("/ban-lam-viec/?tab=missing")
    press("button[value=remind-all]")
    expect(page.locator("h1")).to_contain_text("40")
    press("button[value=remind-all]")
    expect(page.locator("h1")).to_contain_text("30")
    assert violations(page) == []

    press("main a.button")  # back to the desk, at the same part
    press(".tabs a >> nth=0")
    press("button[value=accept-all]")
    press("button[value=accept-all]")
    expect(page.locator("h1")).to_contain_text("40")
    press("main a.button")
    page.check(f'input[value="{told.blank[0].pk}"]')
    pressed.append("tick")
    press("button[value=return]")
    page.select_option("#text", KEPT_TEXT)
    pressed.append("kept text")
    press("main button[value=return]")
    expect(page.locator("h1")).to_contain_text("1")

    assert (len(opened), len(pressed)) == (10, 11)
    states = dict(Report.objects.values_list("pk", "state"))
    assert {states[each.pk] for each in told.clean} == {"accepted"}
    assert states[told.blank[0].pk] == "returned"
    assert len(mail.outbox) == len(told.mailed) == 20
