"""A column from Excel into the form: read by the server's own truth table, shown first, filled in only when told."""

import json
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.templatetags.static import static
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Membership
from phoihop.reports.actions import open_period
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.numbers import NA, DecimalMark, canonical_number, parse_number
from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import RULES
from tests.factories.indicators import indicator
from tests.reports.world import H1, World, new_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TABLE = json.loads((Path(__file__).parents[1] / "reports" / "files" / "number_texts.json").read_text("utf-8"))
MARKS: dict[str, DecimalMark | None] = {
    "comma": DecimalMark.COMMA,
    "point": DecimalMark.POINT,
    "undeclared": None,
}
READ = """async ([url, texts]) => {
  const { parseNumber } = await import(url);
  const said = (read) => read.kind === "refused" ? `!${read.reason}` : read.kind === "number" ? read.text : read.kind;
  return texts.map((text) => [said(parseNumber(text, "comma")), said(parseNumber(text, "point")), said(parseNumber(text, null))]);
}"""
ROWS = """rows => rows.map((row) => [
  ...[...row.cells].map((cell) => cell.textContent),
  row.nextElementSibling?.matches(".remark") ? row.nextElementSibling.textContent : "",
])"""
PASTE = """([selector, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return !document.querySelector(selector).dispatchEvent(event);
}"""


@pytest.fixture
def told(transactional_db: None, settings: Any) -> World:
    settings.TODAY = "2026-06-16"
    made = new_world()
    indicator("M01", decimals=2, unit_vi="triệu đồng", programme=made.programme)
    indicator("P01", decimals=1, unit_vi="%", programme=made.programme)
    user = User.objects.create(username="demo-officer")
    Membership.objects.create(user=user, organisation=made.units[0], role=Role.REPORTING_OFFICER)
    open_period(form=made.form, period=H1, by=None)
    return made


@pytest.fixture
def form(page: Page, told: World) -> Page:
    page.set_viewport_size({"width": 360, "height": 740})
    sign_in(page, "demo-officer")
    page.goto(f"/bao-cao/{told.report_of(told.units[0]).pk}/nhap/")
    return page


def read_by_page(page: Page, texts: list[str]) -> list[list[str]]:
    read: list[list[str]] = page.evaluate(READ, [static("web/js/entry/number-text.js"), texts])
    return read


def kind_by_server(text: str, mark: DecimalMark | None) -> str:
    try:
        read = parse_number(text, mark=mark)
    except CellRefused:
        return "!"
    return "blank" if read is None else "na" if read is NA else canonical_number(read)


def values(page: Page, *codes: str) -> list[str]:
    return [page.input_value(f"#c-{code}") for code in codes]


def preview(page: Page) -> list[list[str]]:
    rows: list[list[str]] = page.eval_on_selector_all("[data-paste-rows] tr:not(.remark)", ROWS)
    return rows


def open_dialog(page: Page, text: str) -> None:
    page.click(".entry-section .link-button >> nth=0")
    page.fill("#paste-text", text)


def test_the_page_reads_what_the_table_says(page: Page, transactional_db: None) -> None:
    page.goto("/dang-nhap/")
    for row, read in zip(TABLE, read_by_page(page, [row["text"] for row in TABLE]), strict=True):
        assert read == [row[mark] for mark in MARKS], row["text"]


def test_the_page_and_the_server_read_any_text_alike(page: Page, transactional_db: None) -> None:
    page.goto("/dang-nhap/")
    letters = st.text(alphabet="0123456789., -\u00a0\u2212\u200bnaNA/x\t", max_size=14)

    @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(letters | st.text(max_size=8), min_size=50, max_size=100))
    def agree(texts: list[str]) -> None:
        for text, read in zip(texts, read_by_page(page, texts), strict=True):
            by_page = ["!" if each.startswith("!") else each for each in read]
            assert by_page == [kind_by_server(text, mark) for mark in MARKS.values()], ascii(text)

    agree()


def test_a_column_is_shown_first_and_filled_in_only_when_told(form: Page) -> None:
    open_dialog(form, "1.234\n0\nna\n12 cuộc\n")
    assert [row[1:3] for row in preview(form)] == [
        ["1.234", "1.234"],
        ["0", "0"],
        ["na", "không áp dụng"],
        ["12 cuộc", "–"],
    ]
    assert "“12 cuộc” không phải là số" in preview(form)[3][3]
    assert values(form, "B01", "B02", "M01", "P01") == ["", "", "", ""]
    form.click("[data-paste-fill]")
    assert values(form, "B01", "B02", "M01", "P01") == ["1.234", "0", "", ""]
    assert form.is_checked('input[name="na-M01"]')
    expect(form.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)


def test_the_declared_mark_decides_and_without_one_an_ambiguous_number_is_named(form: Page) -> None:
    open_dialog(form, "\n\n1,234\n")
    assert "1,234 có quá nhiều chữ số thập phân" in preview(form)[2][3]
    form.check("input[name=paste-mark][value=point]")
    assert preview(form)[2][2] == "1.234"
    form.check('input[name=paste-mark][value=""]')
    assert "“1,234” là 1,234 nếu dấu phẩy là dấu thập phân và là 1.234 nếu dấu chấm" in preview(form)[2][3]
    assert form.is_disabled("[data-paste-fill]")


def test_a_block_with_codes_finds_its_cells_and_names_what_does_not_fit(form: Page) -> None:
    open_dialog(form, "Mã\tSố liệu\nP01\t120\nm01\t1,5\nB01\t7\nB01\t8\nZ99\t1\nB02\t-4\n")
    found = {row[0].split()[0] + row[1]: row[3] for row in preview(form)}
    assert found["M011,5"] == found["B017"] == ""
    assert "100" in found["P01120"]
    assert "hai dòng" in next(said for key, said in found.items() if key.startswith("Dòng") and "B01" in key)
    assert "Z99" in next(said for key, said in found.items() if "Z99" in key)
    assert "số âm" in found["B02-4"]
    form.click("[data-paste-fill]")
    assert values(form, "B01", "B02", "M01", "P01") == ["7", "", "1,5", ""]


def test_the_column_of_values_can_be_chosen(form: Page) -> None:
    open_dialog(form, "B01\t5\t6\nB02\t50\t60\n")
    form.select_option("#paste-column", "2")
    form.click("[data-paste-fill]")
    assert values(form, "B01", "B02") == ["6", "60"]


def test_a_column_pasted_into_a_cell_goes_down_from_there_and_a_single_value_is_pasted_as_ever(
    form: Page,
) -> None:
    assert not form.evaluate(PASTE, ["#c-B02", "12\r\n"])
    assert form.evaluate(PASTE, ["#c-B02", "3\r\n4,25\r\n\r\n9\r\n"])
    assert [row[0].split()[0] for row in preview(form)] == ["B02", "M01", "P01", "Dòng"]
    assert "không còn ô nào" in preview(form)[3][3]
    form.click("[data-paste-fill]")
    assert values(form, "B01", "B02", "M01", "P01") == ["", "3", "4,25", ""]


def test_a_blank_line_leaves_its_cell_and_cancelling_leaves_all(form: Page) -> None:
    form.fill("#c-B01", "5")
    open_dialog(form, "\n6\n")
    form.keyboard.press("Escape")
    assert values(form, "B01", "B02") == ["5", ""]
    open_dialog(form, "\n6\n")
    form.click("[data-paste-fill]")
    assert values(form, "B01", "B02") == ["5", "6"]


def test_the_keyboard_is_enough_and_comes_back_to_the_cell(form: Page) -> None:
    form.focus(".entry-section .link-button")
    form.keyboard.press("Enter")
    expect(form.locator("#paste-text")).to_be_focused()
    form.keyboard.type("4")
    for _ in range(12):
        form.keyboard.press("Tab")
        if form.evaluate("document.activeElement.hasAttribute('data-paste-fill')"):
            break
    form.keyboard.press("Enter")
    expect(form.locator("#c-B01")).to_be_focused()
    assert values(form, "B01") == ["4"]


def test_the_dialog_breaks_no_rule_of_accessibility_and_fits_a_phone(form: Page) -> None:
    open_dialog(form, "1\nx\n")
    assert Axe().run(form, options=RULES).response["violations"] == []
    assert form.evaluate("document.documentElement.scrollWidth") <= 360
    assert form.evaluate(
        "document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth"
    )


def test_the_page_of_an_upload_breaks_no_rule_and_fits_a_phone(form: Page, tmp_path: Path) -> None:
    with form.expect_download() as download:
        form.click("text=Tải bảng tính về")
    download.value.save_as(tmp_path / "a.xlsx")
    form.set_input_files("#workbook", tmp_path / "a.xlsx")
    form.fill("#c-B01", "3")
    expect(form.locator("[data-saved]")).to_contain_text("Đã lưu", timeout=10_000)
    form.click("#so-tinh button[type=submit]")
    expect(form.locator("h1")).to_contain_text("Hai bản")
    assert Axe().run(form, options=RULES).response["violations"] == []
    form.click("main form button[type=submit]")
    form.wait_for_url("**/so-tinh/*/")
    expect(form.locator("#read")).to_be_visible()
    assert Axe().run(form, options=RULES).response["violations"] == []
    assert form.evaluate("document.documentElement.scrollWidth") <= 360
