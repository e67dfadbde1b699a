"""A draft that waited without a network and is not taken: the page says why and what to do, and nothing typed is lost."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from phoihop.indicators.models import Selection
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports.actions import (
    accept_report,
    close_period,
    follow_reorganisations,
    grant_exception,
    lock_reports,
    pass_to_heir,
    submit_report,
)
from phoihop.reports.enums import Origin
from phoihop.reports.models import AskedScope
from tests.browser.phone import fill, form_at, on_device, report_of, submit_without_network, wait_for_state
from tests.factories.indicators import indicator
from tests.reports.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TYPED = {"B01": "4", "B02": "400"}
MINE = "/bao-cao-cua-toi/"


def network_returns(phone: BrowserContext, page: Page, sentence: str) -> None:
    """The page says the sentence, and what was typed still stands in it."""
    phone.set_offline(False)
    expect(page.locator("#error-summary")).to_contain_text(sentence)
    expect(page.locator("#c-B02")).to_have_value("400")
    assert on_device(page) == 1


def kept_under_my_reports(page: Page, sentence: str) -> None:
    """Where the form itself may not be opened any more."""
    page.goto(MINE)
    kept = page.locator("[data-kept]")
    expect(kept).to_contain_text("chưa được nhận")
    expect(kept).to_contain_text(sentence)
    kept.locator("summary").click()
    assert kept.locator("dd").all_inner_texts() == ["4", "400"]
    expect(page.locator("[data-device-bar]")).to_contain_text(sentence)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_unit_was_abolished_and_its_heir_is_not_chosen_yet(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, **TYPED)
    unit = told.units[0]
    Organisation.objects.filter(pk=unit.pk).update(valid_until=date(2026, 6, 16))
    for heir in (told.units[1], told.desk):
        OrganisationSuccession.objects.create(predecessor=unit, successor=heir, on=date(2026, 6, 16))

    network_returns(phone, page, "đầu mối cấp trên cho biết ai nhập báo cáo")
    kept_under_my_reports(page, "không phụ trách đơn vị")
    page.click("[data-kept] [data-kept-open]")
    expect(page.locator("h1")).to_have_text("Không tìm thấy trang")
    assert report_of(told).latest_version is None

    unit.refresh_from_db()
    pass_to_heir(organisation=unit, heir=told.units[1], by=None, reason="Địa bàn phần lớn về đây")
    page.goto(MINE)
    page.click("[data-kept] [data-kept-open]")
    expect(page.locator("#c-B02")).to_have_value("400")
    page.click("button[value=submit]")
    assert wait_for_state(told, "submitted", page).latest_version.cells == TYPED


def test_the_report_was_taken_off_the_list(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, **TYPED)
    AskedScope.objects.filter(form=told.form, level="commune").delete()
    follow_reorganisations(period=report_of(told).period, by=None)
    assert report_of(told).state == "withdrawn"

    network_returns(phone, page, "Không còn phải nộp")
    page.click("#error-summary [data-again] a >> nth=0")
    expect(page.locator("main")).to_contain_text("Báo cáo này không còn phải nộp")
    expect(page.locator("main")).not_to_contain_text("chờ xem xét")
    page.click("[data-kept] summary")
    assert page.locator("[data-kept] dd").all_inner_texts() == ["4", "400"]
    kept_under_my_reports(page, "Không còn phải nộp")


def test_the_window_was_closed_and_an_exception_lets_the_same_figures_in(
    told: World, phone: BrowserContext, settings: Any
) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, **TYPED)
    settings.TODAY = "2026-09-30"
    close_period(period=report_of(told).period, reason="Hết hạn", by=None)

    network_returns(phone, page, "đã khép ngày 30/09/2026")
    kept_under_my_reports(page, "đã khép ngày 30/09/2026")
    page.click("[data-kept] [data-kept-open]")
    expect(page.locator("main .notice.warn").first).to_contain_text("Kỳ báo cáo đã khép ngày 30/09/2026")
    expect(page.locator("#c-B02")).to_have_value("400")
    assert report_of(told).latest_version is None

    grant_exception(report=report_of(told), until=date(2026, 10, 5), reason="Mất mạng", by=None)
    page.reload()
    expect(page.locator("main")).not_to_contain_text("Kỳ báo cáo đã khép")
    page.click("button[value=submit]")
    assert wait_for_state(told, "submitted", page).latest_version.cells == TYPED


def test_the_report_was_accepted_and_locked_meanwhile(told: World, phone: BrowserContext) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, **TYPED)
    by_hand = {"B01": "3", "B02": "300"}
    report = submit_report(
        report=report_of(told), cells=by_hand, by=told.users["demo-officer"], origin=Origin.FORM
    )
    accept_report(report=report, by=told.provincial_desk)
    lock_reports(period=report.period, by=told.provincial_desk)
    assert report_of(told).state == "locked"

    phone.set_offline(False)
    box = page.locator("[data-copies]")
    expect(box).to_contain_text("300")
    page.click("[data-use-mine]")
    expect(page.locator("#error-summary")).to_contain_text("ghi rõ lý do")
    assert [version.cells for version in report_of(told).versions.all()] == [by_hand]

    page.click("#error-summary [data-again] a >> nth=0")
    expect(page.locator("#c-B02")).to_have_value("400")
    page.fill("#reason", "Bổ sung số của hai thôn")
    page.click("button[value=submit]")
    report = wait_for_state(told, "submitted", page)
    assert (report.latest_version.cells, report.latest_version.reason) == (TYPED, "Bổ sung số của hai thôn")
    assert report.accepted_version.cells == by_hand


def test_the_form_changed_and_a_figure_without_its_cell_stays_to_be_read(
    told: World, phone: BrowserContext
) -> None:
    page = form_at(phone, told)
    submit_without_network(phone, page, **TYPED)
    Selection.objects.filter(indicator__code="B02").delete()
    indicator("B03", programme=told.programme)

    network_returns(phone, page, "đã thay đổi")
    page.click("#error-summary [data-again] a >> nth=0")
    expect(page.locator("#c-B01")).to_have_value("4")
    page.click("[data-kept] summary")
    assert page.locator("[data-kept] dd").all_inner_texts() == ["4", "400"]
    fill(page, B03="7")
    page.click("button[value=submit]")
    assert wait_for_state(told, "submitted", page).latest_version.cells == {"B01": "4", "B03": "7"}
    page.wait_for_url("**/bao-cao/*/")  # the form leads on by itself
    page.goto(MINE)
    expect(page.locator("[data-kept]")).to_contain_text("biểu đã thay đổi")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-kept] [data-kept-remove]")
    expect(page.locator("[data-kept]")).to_be_hidden()
    assert on_device(page) == 0
