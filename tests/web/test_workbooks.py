"""The officer's report as a workbook: out, filled in, in again, and what becomes of what is wrong in it."""

import os
import time
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phoihop.core import storage
from phoihop.orgs.enums import Role
from phoihop.periods import parse_period
from phoihop.reports.actions import save_draft
from phoihop.reports.content import revision_of
from phoihop.reports.files import kept
from phoihop.reports.files.layout import FIRST_ROW, NARRATIVE_FIRST_ROW, NARRATIVE_TEXT_COLUMN, Column
from phoihop.reports.files.looks import INPUT
from phoihop.reports.models import Report, ReportVersion
from tests.factories.indicators import indicator
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World, accepted, submitted
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
Book = openpyxl.Workbook
BEFORE = parse_period("ADM-2025-H2")
YEAR_BEFORE = parse_period("ADM-2025-H1")


@pytest.fixture
def reported(world: World) -> Report:
    for code in ("A01", "A02"):
        indicator(code, programme=world.programme, decimals=1)
    world.open()
    return world.report_of(world.units[0])


def address(report: Report, part: str = "so-tinh/") -> str:
    return f"/bao-cao/{report.pk}/{part}"


def downloaded(client: Client, report: Report) -> Book:
    answer = client.get(address(report))
    assert answer["Content-Disposition"].startswith("attachment")
    return openpyxl.load_workbook(BytesIO(answer.content))


def row_of(book: Book, code: str) -> int:
    sheet = book.worksheets[0]
    return next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value == code)


def at(book: Book, code: str, column: Column = Column.VALUE) -> Any:
    return book.worksheets[0].cell(row_of(book, code), column + 1)


def typed(book: Book, **values: object) -> Book:
    for code, value in values.items():
        at(book, code).value = value
    return book


def as_file(book: Book, name: str = "bảng tính.xlsx") -> SimpleUploadedFile:
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile(name, file.getvalue())


def upload(client: Client, report: Report, book: Book | SimpleUploadedFile) -> Any:
    file = book if isinstance(book, SimpleUploadedFile) else as_file(book)
    return client.post(address(report), {"workbook": file}, follow=True)


def asks(answer: Any) -> bool:
    """Which of two copies."""
    return "Chưa có gì bị ghi đè" in answer.content.decode()


def latest(report: Report) -> ReportVersion:
    found = Report.objects.get(pk=report.pk).latest_version
    assert found is not None
    return found


def marks(book: Book) -> dict[str, str]:
    return {
        cell.coordinate: cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_the_workbook_carries_the_draft_with_blank_zero_and_not_applicable_apart(
    world: World, officer: Client, reported: Report
) -> None:
    save_draft(
        report=reported,
        cells={"B01": "1234", "B02": "0", "A01": "na"},
        notes={"B01": "=1+1"},
        narrative={"causes": "- Do mưa lũ"},
        by=world.officer(),
    )
    book = downloaded(officer, reported)
    assert [at(book, code).value for code in ("B01", "B02", "A01", "A02")] == [1234, 0, "na", None]
    assert [at(book, code).data_type for code in ("B01", "B02", "A01")] == ["n", "n", "s"]
    note = at(book, "B01", Column.NOTE)
    assert (note.value, note.data_type) == ("=1+1", "s")
    assert book.worksheets[1].cell(NARRATIVE_FIRST_ROW + 2, NARRATIVE_TEXT_COLUMN).value == "- Do mưa lũ"


def test_earlier_values_stand_beside_and_are_locked(world: World, officer: Client, reported: Report) -> None:
    for period, number in ((BEFORE, "7"), (YEAR_BEFORE, "0")):
        earlier = world.open(period)
        accepted(world.report_of(world.units[0], earlier), {"B01": number})
    reported = world.report_of(world.units[0], reported.period)
    book = downloaded(officer, reported)
    beside = [at(book, "B01", column) for column in (Column.PREVIOUS, Column.LAST_YEAR)]
    assert [cell.value for cell in beside] == [7, 0]
    assert [cell.protection.locked for cell in beside] == [True, True]
    assert book.worksheets[0].protection.sheet
    assert not at(book, "B01").protection.locked


def test_a_filled_workbook_becomes_the_draft_and_nothing_is_submitted(
    officer: Client, reported: Report
) -> None:
    book = typed(downloaded(officer, reported), B01=4, B02="1.234", A01="na", A02=2.5)
    at(book, "B01", Column.NOTE).value = "Đếm lại"
    book.worksheets[1].cell(NARRATIVE_FIRST_ROW, NARRATIVE_TEXT_COLUMN).value = "Đã làm"
    answer = upload(officer, reported, book)
    draft = latest(reported)
    assert (draft.state, draft.origin) == ("draft", "workbook")
    assert draft.cells == {"B01": "4", "B02": "1234", "A01": "na", "A02": "2.5"}
    assert (draft.notes, draft.narrative) == ({"B01": "Đếm lại"}, {"results": "Đã làm"})
    page = answer.content.decode()
    assert "Không có chỗ nào phải sửa" in page
    assert 'name="c-B02" value="1.234"' in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_workbook_sent_back_as_it_came_changes_nothing(
    world: World, officer: Client, reported: Report, language: str
) -> None:
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    save_draft(
        report=reported,
        cells={"B01": "100000000000", "B02": "0", "A01": "na", "A02": "1.5"},
        notes={"B01": "x" * 2_000, "B02": "Dòng 1\nDòng 2"},
        narrative={"results": "- Đã làm\n" + "y" * 19_000, "causes": "=1+1"},
        by=world.officer(),
    )
    before = latest(reported)
    upload(officer, reported, downloaded(officer, reported))
    after = latest(reported)
    assert after.origin == "workbook"
    assert revision_of(after) == revision_of(before)


def test_a_desk_keeps_what_stands_for_the_units_below(world: World, reported: Report) -> None:
    report = world.report_of(world.desk)
    client = client_of(world.user(world.desk, Role.REPORTING_OFFICER))
    save_draft(report=report, cells={"B01": "4", "B02": "9"}, consolidated=["B02"], by=None)
    upload(client, report, downloaded(client, report))
    assert (latest(report).origin, latest(report).consolidated) == ("workbook", ["B02"])


def test_good_cells_are_kept_and_each_bad_one_is_named_by_sheet_and_cell(
    officer: Client, reported: Report
) -> None:
    book = typed(downloaded(officer, reported), B01="bốn", B02=400, A01=-5.25)
    page = upload(officer, reported, book).content.decode()
    assert latest(reported).cells == {"B01": "bốn", "B02": "400", "A01": "-5.25"}
    for code, value in (("B01", "bốn"), ("A01", "-5,25")):
        assert f"Báo cáo, ô G{row_of(book, code)}<" in page
        assert f"đang ghi “{value}”" in page
    assert page.count('aria-invalid="true"') == 2


def test_a_text_refused_here_is_not_read_as_a_figure_there(officer: Client, reported: Report) -> None:
    upload(officer, reported, typed(downloaded(officer, reported), A01="12.34", A02="4"))
    assert latest(reported).cells == {"A02": "4"}


def test_the_copy_is_marked_at_the_very_cells_and_goes_on_from_the_draft(
    officer: Client, reported: Report
) -> None:
    book = typed(downloaded(officer, reported), B01="bốn", B02=400)
    at(book, "B02", Column.NOTE).value = "giữ nguyên"
    answer = upload(officer, reported, book)
    copy = officer.get(answer.redirect_chain[-1][0] + "danh-dau/")
    marked = openpyxl.load_workbook(BytesIO(copy.content))
    assert list(marks(marked)) == [f"G{row_of(book, 'B01')}"]
    assert "“bốn” không phải là số" in next(iter(marks(marked).values()))
    assert at(marked, "B01").fill != at(marked, "B02").fill
    assert at(marked, "B02", Column.NOTE).value == "giữ nguyên"
    assert marked.active.title == "Báo cáo"
    again = upload(officer, reported, typed(marked, B01=4))
    assert latest(reported).cells == {"B01": "4", "B02": "400"}
    clean = openpyxl.load_workbook(BytesIO(officer.get(again.redirect_chain[-1][0] + "danh-dau/").content))
    assert marks(clean) == {}
    assert at(clean, "B01").fill.fgColor.rgb == INPUT.fgColor.rgb


def test_marks_stand_at_a_note_a_scope_and_a_text_and_go_once_they_are_right(
    world: World, reported: Report
) -> None:
    report = world.report_of(world.desk)
    client = client_of(world.user(world.desk, Role.REPORTING_OFFICER))
    book = typed(downloaded(client, report), B01=4, B02=400)
    at(book, "B01", Column.NOTE).value = "x" * 2_001
    at(book, "B02", Column.SCOPE).value = "cả nước"
    narrative = book.worksheets[1]
    narrative.cell(NARRATIVE_FIRST_ROW + 1, NARRATIVE_TEXT_COLUMN).value = "y" * 20_001

    answer = upload(client, report, book)
    copy = openpyxl.load_workbook(BytesIO(client.get(answer.redirect_chain[-1][0] + "danh-dau/").content))

    note, scope = f"I{row_of(book, 'B01')}", f"H{row_of(book, 'B02')}"
    text = narrative.cell(NARRATIVE_FIRST_ROW + 1, NARRATIVE_TEXT_COLUMN).coordinate
    assert [sheet.title for sheet in copy][:2] == ["Báo cáo", "Thuyết minh"]
    said = marks_by_sheet(copy)
    assert said.keys() == {("Báo cáo", note), ("Báo cáo", scope), ("Thuyết minh", text)}
    assert "2001" in said["Báo cáo", note]
    assert "“cả nước”" in said["Báo cáo", scope]
    assert "20001" in said["Thuyết minh", text]
    marked_fills = {copy[sheet][cell].fill.fgColor.rgb for sheet, cell in said}
    assert marked_fills == {at(copy, "B01", Column.NOTE).fill.fgColor.rgb}
    assert marked_fills.isdisjoint({INPUT.fgColor.rgb, at(copy, "B01").fill.fgColor.rgb})
    page = answer.content.decode()
    assert all(f"ô {cell}<" in page for cell in (note, scope, text))

    at(copy, "B01", Column.NOTE).value = "Đếm lại"
    at(copy, "B02", Column.SCOPE).value = "consolidated"
    copy.worksheets[1][text].value = "Còn hạn chế"
    again = upload(client, report, copy)
    clean = openpyxl.load_workbook(BytesIO(client.get(again.redirect_chain[-1][0] + "danh-dau/").content))
    draft = latest(report)
    assert marks_by_sheet(clean) == {}
    assert (draft.notes, draft.consolidated) == ({"B01": "Đếm lại"}, ["B02"])
    assert draft.narrative == {"shortcomings": "Còn hạn chế"}


def marks_by_sheet(book: Book) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_a_warning_stands_at_its_cell_until_a_note_explains_it(officer: Client, reported: Report) -> None:
    book = typed(downloaded(officer, reported), B01=1, B02=4000)
    answer = upload(officer, reported, book)
    copy = openpyxl.load_workbook(BytesIO(officer.get(answer.redirect_chain[-1][0] + "danh-dau/").content))
    assert list(marks(copy)) == [f"G{row_of(book, 'B02')}"]
    assert "cần giải trình" in answer.content.decode()
    at(copy, "B02", Column.NOTE).value = "Mít tinh toàn xã"
    assert "cần giải trình" not in upload(officer, reported, copy).content.decode()


def test_another_units_workbook_is_refused_with_a_sentence(
    world: World, officer: Client, reported: Report
) -> None:
    other = world.report_of(world.units[1])
    book = downloaded(client_of(world.officer(1)), other)
    page = upload(officer, reported, typed(book, B01=9)).content.decode()
    assert world.units[1].name_vi in page
    assert "Không lấy gì từ tệp này" in page
    assert Report.objects.get(pk=reported.pk).latest_version is None


@pytest.mark.parametrize("period", [BEFORE, YEAR_BEFORE])
def test_another_periods_and_another_years_workbook_are_refused(
    world: World, officer: Client, reported: Report, period: Any
) -> None:
    world.open(period)
    earlier = Report.objects.exclude(pk=reported.pk).get(
        organisation=world.units[0], period__code=period.code
    )
    page = upload(officer, reported, downloaded(officer, earlier)).content.decode()
    assert period.label("vi") in page
    assert "Không lấy gì từ tệp này" in page
    assert Report.objects.get(pk=reported.pk).latest_version is None


def test_a_form_that_changed_since_the_download_is_refused(
    world: World, officer: Client, reported: Report
) -> None:
    book = downloaded(officer, reported)
    indicator("A09", programme=world.programme)
    assert "report_template" in upload(officer, reported, book).content.decode()
    assert Report.objects.get(pk=reported.pk).latest_version is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("so.csv", b"indicator,value\nB01,4\n", "không phải bảng tính của báo cáo này"),
        ("so.xlsx", b"MZ\x90\x00", "so.xlsx"),
        ("so.xlsx", b"", "so.xlsx"),
        ("MẬT 1.xlsx", b"PK\x03\x04", "bí mật nhà nước"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused(
    officer: Client, reported: Report, name: str, content: bytes, said: str
) -> None:
    page = upload(officer, reported, SimpleUploadedFile(name, content)).content.decode()
    assert said.casefold() in page.casefold()
    assert Report.objects.get(pk=reported.pk).latest_version is None


def test_a_workbook_blown_up_is_refused(officer: Client, reported: Report) -> None:
    book = downloaded(officer, reported)
    for row in range(100, 400):
        book.worksheets[0].cell(row, 1).value = os.urandom(15_000).hex()
    assert "quá xa" in upload(officer, reported, book).content.decode()
    assert Report.objects.get(pk=reported.pk).latest_version is None


def test_no_file_is_said(officer: Client, reported: Report) -> None:
    assert "Chưa chọn tệp" in officer.post(address(reported), follow=True).content.decode()


def test_a_newer_draft_is_never_overwritten_in_silence(
    world: World, officer: Client, reported: Report
) -> None:
    book = downloaded(officer, reported)
    save_draft(report=reported, cells={"B01": "7"}, by=world.officer())
    answer = upload(officer, reported, typed(book, B01=4))
    page = answer.content.decode()
    assert asks(answer)
    assert "<td>4</td><td>7</td>" in page
    assert latest(reported).cells == {"B01": "7"}
    base = page.partition('name="base" value="')[2].partition('"')[0]
    officer.post(answer.redirect_chain[-1][0], {"base": base})
    drafts = ReportVersion.objects.filter(report=reported).order_by("number")
    assert [draft.cells for draft in drafts] == [{"B01": "7"}, {"B01": "4"}]


def test_a_choice_made_on_an_outdated_page_is_asked_again(
    world: World, officer: Client, reported: Report
) -> None:
    book = downloaded(officer, reported)
    save_draft(report=reported, cells={"B01": "7"}, by=world.officer())
    chosen = upload(officer, reported, typed(book, B01=4)).redirect_chain[-1][0]
    save_draft(report=reported, cells={"B01": "8"}, by=world.officer())
    answer = officer.post(chosen, {"base": "0" * 16}, follow=True)
    assert asks(answer)
    assert latest(reported).cells == {"B01": "8"}


def test_the_same_file_put_right_and_sent_again_needs_no_choice(
    world: World, officer: Client, reported: Report
) -> None:
    book = typed(downloaded(officer, reported), B01="bốn")
    upload(officer, reported, book)
    assert not asks(upload(officer, reported, typed(book, B01=4)))
    assert latest(reported).cells == {"B01": "4"}
    save_draft(report=reported, cells={"B01": "9"}, by=world.officer())
    assert asks(upload(officer, reported, typed(book, B01=5)))
    assert latest(reported).cells == {"B01": "9"}


def test_another_download_of_the_same_draft_needs_a_choice(officer: Client, reported: Report) -> None:
    first, second = downloaded(officer, reported), downloaded(officer, reported)
    upload(officer, reported, typed(first, B01=4))
    assert asks(upload(officer, reported, typed(second, B01=5)))
    assert latest(reported).cells == {"B01": "4"}


def test_a_submitted_report_takes_no_workbook(officer: Client, reported: Report) -> None:
    book = downloaded(officer, reported)
    submitted(reported)
    upload(officer, reported, typed(book, B01=9))
    assert latest(reported).state == "submitted"
    assert "B01" in latest(reported).cells


def test_what_was_uploaded_is_its_officers_alone_and_kept_a_day(
    world: World, officer: Client, reported: Report
) -> None:
    chosen = upload(officer, reported, typed(downloaded(officer, reported), B01="bốn")).redirect_chain[-1][0]
    colleague = client_of(world.user(world.units[0], Role.APPROVER))
    assert "tải lên lại" in colleague.get(chosen, follow=True).content.decode()
    assert client_of(world.officer(1)).get(chosen).status_code == 404
    assert officer.get(chosen).status_code == 200
    token = chosen.rstrip("/").rpartition("/")[2]
    [folder] = (storage.root() / "tmp").glob(f"*{token}")
    old = time.time() + kept.KEPT_FOR * -2
    os.utime(folder, (old, old))
    kept.forget_old()
    assert not folder.exists()
    assert "tải lên lại" in officer.get(chosen + "danh-dau/", follow=True).content.decode()


def test_only_the_latest_uploads_are_kept(officer: Client, reported: Report) -> None:
    book = downloaded(officer, reported)
    first = upload(officer, reported, book).redirect_chain[-1][0]
    for value in range(kept.MOST):
        upload(officer, reported, typed(book, B01=value))
    assert "tải lên lại" in officer.get(first, follow=True).content.decode()


@pytest.mark.parametrize("token", ["..", "x" * 24, "a%2Fb" * 5, "../../etc/passwd"])
def test_a_forged_token_opens_nothing(officer: Client, reported: Report, token: str) -> None:
    answer = officer.get(address(reported, f"so-tinh/{token}/"), follow=True)
    assert answer.status_code in {200, 404}
    assert "Đã đọc" not in answer.content.decode()


def test_another_units_workbook_is_not_there_and_a_desk_hears_who_could(
    world: World, officer: Client, reported: Report
) -> None:
    assert officer.get(address(world.report_of(world.units[1]))).status_code == 404
    assert client_of(world.provincial_desk).get(address(reported)).status_code == 403
    assert str(settings.FILES_DIR) in str(storage.root())
