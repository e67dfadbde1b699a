"""Assignments in a browser: on a phone and wide, without a broken rule of accessibility, from acknowledging to closing."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from phoihop.assignments.actions import ask_extension, cascade_assignment, report_done, send_proposal
from phoihop.assignments.models import Assignment, Proposal
from phoihop.core import clock
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import DESK, PHONE, RULES
from tests.factories.assignments import DUE, assigned, drafted, issued, paragraph
from tests.web.world import PageWorld

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def task(world: PageWorld) -> Assignment:
    """Given by the province's police to the first commune's, with one of the centre in parts beside it."""
    base = world.told.base
    whole = issued(base.centre, base.programme, base.desk, audience="public")[0]
    cascade_assignment(assignment=whole, level="commune", by=None)
    ask_extension(assignment=whole, wanted_on=DUE.replace(month=8), reason="Mưa lũ", by=None)
    send_proposal(
        sender=base.desk, receiver=base.centre, programme=base.programme, title="Kinh phí", text="Bố trí kinh phí",
        answer_by=DUE, by=None,
    )  # fmt: skip
    where = paragraph(drafted(base.centre, base.programme, slug="du-thao"))
    assigned(where, base.desk, due_on=clock.today())
    waiting = issued(base.centre, base.programme, base.desk, co_issuers=[base.units[0]])[0]
    report_done(assignment=waiting, text="Có báo cáo kèm theo", by=None)
    return issued(base.centre, base.programme, world.told.units[0])[0]


def pages_of_the_desk(world: PageWorld, task: Assignment) -> list[str]:
    whole = Assignment.objects.filter(children__isnull=False).distinct().get()
    slug = task.paragraph.conclusion.slug
    waiting = Assignment.objects.get(state="reported_done")
    draft = Assignment.objects.get(given_at__isnull=True)
    return [
        "/", "/ket-luan/", f"/ket-luan/{slug}/", "/ket-luan/moi/", "/ket-luan/du-thao/soan/", "/nhiem-vu/?scope=all",
        "/nhiem-vu/qua-han/", f"/nhiem-vu/{whole.pk}/", f"/nhiem-vu/{whole.pk}/phan/",
        f"/nhiem-vu/co-quan/{task.lead.slug}/", "/kien-nghi/", "/kien-nghi/moi/",
        f"/kien-nghi/{Proposal.objects.get().pk}/", f"/nhiem-vu/{waiting.pk}/", f"/ket-luan/du-thao/soan/nhiem-vu/{draft.pk}/",
        f"/nhiem-vu/co-quan/{waiting.lead.slug}/",
    ]  # fmt: skip


def test_the_pages_fit_a_phone_and_keep_the_rules_of_accessibility(
    world: PageWorld, task: Assignment, page: Page
) -> None:
    sign_in(page, "demo-desk")
    broken: dict[str, Any] = {}
    for size in (PHONE, DESK):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        for address in pages_of_the_desk(world, task):
            page.goto(address)
            wide = page.evaluate(
                "document.documentElement.scrollWidth > document.documentElement.clientWidth"
            )
            found = Axe().run(page, options=RULES).response["violations"]
            if wide or found:
                nodes = [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found]
                broken[f"{address} {size['width']}"] = [*nodes, *(["scrolls sideways"] if wide else [])]
    assert broken == {}


def test_an_officer_acknowledges_tells_and_reports_done_on_a_phone(
    world: PageWorld, task: Assignment, page: Page
) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    sign_in(page, "demo-officer")
    page.click(f"#assignment-duties ~ ul a[href='/nhiem-vu/{task.pk}/'] >> nth=0")
    expect(page.locator("h1")).to_contain_text("tuyên truyền")
    page.click("text=Tiếp nhận nhiệm vụ")
    page.click("text=Báo cáo tiến độ")
    page.fill("#id_text >> nth=0", "Đã phân công các thôn thực hiện")
    page.click("text=Lưu tiến độ")
    expect(page.locator(".history")).to_contain_text("Đã phân công các thôn thực hiện")
    page.click("summary:has-text('Báo cáo hoàn thành')")
    page.click("text=Gửi báo cáo hoàn thành")
    expect(page.locator(".eyebrow")).to_contain_text("chờ kết thúc")
    assert page.locator("text=Kết thúc nhiệm vụ").count() == 0  # never its performer
    page.context.clear_cookies()
    sign_in(page, "demo-desk")
    page.click("h3:has-text('chờ anh/chị kết thúc') ~ ul a >> nth=0")
    page.click("text=Kết thúc nhiệm vụ")
    expect(page.locator(".eyebrow")).to_contain_text("hoàn thành đúng hạn")


def test_the_page_of_an_organisation_prints_without_menus_and_forms(
    world: PageWorld, task: Assignment, page: Page
) -> None:
    sign_in(page, "demo-officer")
    page.goto(f"/nhiem-vu/co-quan/{task.lead.slug}/")
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).not_to_be_visible()
    expect(page.locator("text=Tạo địa chỉ")).not_to_be_visible()
    expect(page.locator(".duty-list")).to_be_visible()


def test_two_levels_are_counted_on_a_phone_before_they_are_made(world: PageWorld, page: Page) -> None:
    base = world.told.base
    draft = drafted(base.centre, base.programme, slug="hai-cap", co_issuers=[base.desk])
    whole = assigned(paragraph(draft), base.centre)
    sign_in(page, "demo-desk")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/ket-luan/hai-cap/soan/")
    page.locator(f"details:has(#level-{whole.pk}) > summary").last.click()
    page.select_option(f"#level-{whole.pk}", "province-commune")
    page.locator(f"form:has(#level-{whole.pk}) button").click()
    told = page.locator("form.notice")
    expect(told).to_contain_text("1 nhiệm vụ thành phần cho cấp tỉnh, 2 cho cấp xã")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert Axe().run(page, options=RULES).response["violations"] == []
    told.get_by_role("button").click()
    expect(page.locator("main")).to_contain_text("nhiệm vụ thành phần")
    assert Assignment.objects.filter(paragraph__conclusion=draft).count() == 4
