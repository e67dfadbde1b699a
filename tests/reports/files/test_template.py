import subprocess
from pathlib import Path

import openpyxl
import pytest
import python_calamine

from phoihop.periods import parse_period
from phoihop.programmes.models import Content
from phoihop.reports.files.bulk_template import Shape, bulk_workbook
from phoihop.reports.files.layout import FIRST_ROW, HEADER_ROW, Column, Language, scope_of
from phoihop.reports.files.outcomes import LoadState
from phoihop.reports.files.wanted import reports_under
from phoihop.web.queries.entry_form import entry_form
from tests.reports.world import accepted


def column(book, number) -> list[object]:
    sheet = book["Báo cáo"]
    return [sheet.cell(row, number + 1).value for row in range(FIRST_ROW, sheet.max_row + 1)]


def through_office(path: Path, target: Path) -> Path:
    """Opened, recalculated and saved by LibreOffice."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{target}/profile", "--headless", "--convert-to", "xlsx",
         "--outdir", str(target), str(path)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target / path.name


def test_a_template_has_a_row_for_every_cell_of_the_unit(desk):
    book = openpyxl.load_workbook(desk.template())

    assert book.sheetnames == ["Báo cáo", "Thuyết minh", "meta"]
    assert column(book, Column.CODE) == ["A01", "B01", "B02", "M01", "P01"]
    assert column(book, Column.VALUE) == [None] * 5
    assert set(column(book, Column.SCOPE)) == {"Số của đơn vị"}
    assert book["Báo cáo"].cell(HEADER_ROW, 1).value == "Mã chỉ tiêu"
    assert book["Báo cáo"]["A2"].value == desk.report().organisation.name_vi


def test_rows_stand_under_the_programmes_contents_in_its_order_and_read_back(desk):
    """As on the form, row by row: a column copied from one goes down the cells of the other."""
    programme = desk.world.programme
    for code, order, codes in (("9", 1, ["M01"]), ("8", 2, ["A01", "B02"])):
        content = Content.objects.create(
            programme=programme, code=code, order=order, title_vi=code, title_en=code
        )
        programme.selections.filter(indicator__code__in=codes).update(content=content)
    path = desk.filled({"M01": 1.5, "B01": 4})
    book = openpyxl.load_workbook(path)
    codes = column(book, Column.CODE)
    assert codes == ["M01", "A01", "B02", "B01", "P01"]
    assert codes == [row.code for section in entry_form(desk.report()).sections for row in section.rows]
    first = [book["Báo cáo"].cell(FIRST_ROW + index, 1).border.top.style for index in range(5)]
    assert first == ["medium", "medium", "thin", "medium", "thin"]
    assert "G14" in str(book["Báo cáo"].data_validations.dataValidation[-1].sqref)  # the one percentage, last
    assert desk.load(path).problems == []
    assert desk.cells() == {"B01": "4", "M01": "1.5"}


def test_a_template_names_its_period_days_and_deadline(desk):
    sheet = openpyxl.load_workbook(desk.template())["Báo cáo"]

    assert sheet["C4"].value == parse_period("ADM-2026-H1").short_label()
    assert sheet["G4"].value == "ADM-2026-H1"
    assert sheet["C5"].value == "15/12/2025 – 14/06/2026"
    assert sheet["G5"].value == desk.report().deadline.strftime("%d/%m/%Y")


@pytest.mark.parametrize(
    ("language", "heading", "sheets"),
    [
        (Language.VIETNAMESE, "Mã chỉ tiêu", ["Báo cáo", "Thuyết minh"]),
        (Language.ENGLISH, "Indicator code", ["Report sheet", "Narrative"]),
        (Language.BOTH, "Mã chỉ tiêu\nIndicator code", ["Báo cáo", "Thuyết minh"]),
    ],
)
def test_a_template_speaks_its_language_and_reads_back_in_any(desk, language, heading, sheets):
    path = desk.template(language=language)
    book = openpyxl.load_workbook(path)
    sheet = book[sheets[0]]
    assert book.sheetnames[:2] == sheets
    assert sheet.cell(HEADER_ROW, 1).value == heading

    sheet.cell(FIRST_ROW, Column.VALUE + 1).value = 7
    book.save(path)
    assert desk.load(path).problems == []
    assert desk.cells() == {"A01": "7"}


def test_only_the_answers_are_open(desk):
    book = openpyxl.load_workbook(desk.template())
    sheet = book["Báo cáo"]

    assert all(book[name].protection.sheet for name in book.sheetnames)
    assert book["meta"].sheet_state == "hidden"
    assert book.security.lockStructure
    is_open = [not sheet.cell(FIRST_ROW, each + 1).protection.locked for each in Column]
    assert [each for each, free in zip(Column, is_open, strict=True) if free] == [Column.VALUE, Column.NOTE]
    assert sheet.freeze_panes == "C10"
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$9:$9", "landscape")


def test_values_and_scopes_are_validated_while_typed(desk):
    report = desk.world.report_of(desk.world.desk)
    desk.world.units[0] = report.organisation
    sheet = openpyxl.load_workbook(desk.template())["Báo cáo"]
    rules = {rule.type: rule for rule in sheet.data_validations.dataValidation if "100" not in rule.formula1}

    assert rules["custom"].formula1 == 'IF(ISNUMBER(G10),AND(G10>=0),LOWER(G10)="na")'
    assert rules["list"].formula1 == '"Số của đơn vị,Số tổng hợp"'
    assert any("<=100" in rule.formula1 for rule in sheet.data_validations.dataValidation)


def test_what_was_reported_before_is_shown_beside(desk):
    accepted(desk.report(), {"B01": "5", "B02": "na"})
    period = desk.report().period
    period.code, later = "ADM-2025-H2", period
    period.save()
    desk.world.open(parse_period("ADM-2026-H1"))
    desk.world.report_of = lambda unit, _of=later: unit.reports.exclude(period=_of).get()
    book = openpyxl.load_workbook(desk.template())

    assert column(book, Column.PREVIOUS) == [None, 5, "na", None, None]
    assert column(book, Column.LAST_YEAR) == [None] * 5


def test_an_empty_template_is_refused_as_a_report_without_figures(desk):
    outcome = desk.load(desk.template())

    assert outcome.state is LoadState.REFUSED
    assert "has no figure at all" in outcome.problems[0].sentence


def test_the_fast_reader_and_the_writer_agree(desk):
    path = desk.filled({"B01": 4, "M01": 1234.5})
    sheet = python_calamine.load_workbook(path).get_sheet_by_name("Báo cáo")
    values = [row[Column.VALUE] for row in sheet.to_python(skip_empty_area=False)[FIRST_ROW - 1 :]]

    assert values[:5] == ["", 4, "", 1234.5, ""]


@pytest.mark.office
def test_a_workbook_recalculated_by_libreoffice_still_loads(desk, tmp_path):
    path = desk.filled({"B01": "=2+2", "B02": "1.234", "M01": 1.25}, note={"B02": "ước tính"})
    assert [problem.cell for problem in desk.load(path).problems] == ["G11"]
    (tmp_path / "office").mkdir()

    outcome = desk.load(through_office(path, tmp_path / "office"))

    assert outcome.problems == [] or all("B02" in problem.sentence for problem in outcome.problems)
    assert desk.cells() == {"B01": "4", "B02": "1234", "M01": "1.25"}
    assert desk.report().latest_version.notes == {"B02": "ước tính"}


@pytest.mark.office
def test_formula_errors_saved_by_libreoffice_are_refused(desk, tmp_path):
    path = desk.filled({"B01": "=1/0"})
    (tmp_path / "office").mkdir()

    outcome = desk.load(through_office(path, tmp_path / "office"))

    assert [problem.value for problem in outcome.problems] == ["#DIV/0!"]


def test_a_long_table_for_all_units_under_an_area_reads_back(desk):
    reports = reports_under(
        desk.world.province.codes.get().code, form="half", period="ADM-2026-H1", party="police"
    )
    path = desk.folder / "long.xlsx"
    book = bulk_workbook(reports, Shape.LONG)
    book.save(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    headings = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, headings.index("indicator") + 1).value == "A01":
            sheet.cell(row, headings.index("value") + 1).value = row
    book.save(path)

    outcome = desk.load(path)

    assert outcome.problems == []
    assert outcome.versions_made == len(reports) == 3
    assert desk.cells().keys() == {"A01"}


def test_a_wide_table_for_all_units_reads_back(desk):
    reports = reports_under(desk.world.province.codes.get().code, form="half", period="ADM-2026-H1")
    path = desk.folder / "wide.xlsx"
    bulk_workbook(reports, Shape.WIDE).save(path)
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, [cell.value for cell in sheet[1]].index("A01") + 1).value = row
    book.save(path)

    assert desk.load(path).versions_made == 3


def test_scopes_are_read_in_both_languages(desk):
    assert {scope_of(text) for text in ("own", "Own", "Số của đơn vị", " số của đơn vị ")} == {
        scope_of("own")
    }
    assert scope_of("all") is None
