import codecs
import re
import unicodedata
import zipfile
from io import BytesIO

import openpyxl
import pytest

from phoihop.core.files import FileRefused, open_safely
from phoihop.reports.files import read
from phoihop.reports.files.errors import CellRefused
from phoihop.reports.files.grids import Grid
from phoihop.reports.files.numbers import DecimalMark
from phoihop.reports.files.read import read_grids

TABLE = "organisation,period,note\nabc,ADM-2026-H1,Báo cáo đúng hạn\n"


def text_file(folder, content, name="a.csv"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_safely(path)


def sheet_of(folder, book) -> Grid:
    book.save(folder / "a.xlsx")
    [grid], _mark = read_grids(open_safely(folder / "a.xlsx"))
    return grid


def rewritten(folder, part, change) -> object:
    """The workbook a.xlsx with one part's XML changed."""
    target = BytesIO()
    with zipfile.ZipFile(folder / "a.xlsx") as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, change(content) if name == part else content)
    (folder / "b.xlsx").write_bytes(target.getvalue())
    return open_safely(folder / "b.xlsx")


def refusal(reading, *given) -> str:
    with pytest.raises((FileRefused, CellRefused)) as caught:
        reading(*given)
    return str(caught.value)


@pytest.mark.parametrize("head", [b"", codecs.BOM_UTF8])
def test_utf8_is_read_with_or_without_a_byte_order_mark(tmp_path, head):
    [grid], _mark = read_grids(text_file(tmp_path, head + TABLE.encode()))

    assert grid.rows[0][0] == "organisation"
    assert grid.words(1, 2) == "Báo cáo đúng hạn"


@pytest.mark.parametrize(
    ("content", "guess"),
    [
        (TABLE.encode("utf-16"), "UTF-16"),
        (TABLE.encode("utf-16-le"), "UTF-16"),
        (
            unicodedata.normalize("NFD", TABLE).replace("\u0323", "").encode("cp1258", "replace"),
            "windows-1258",
        ),
        ("organisation,note\nabc,B¸o c¸o ®óng h¹n\n".encode("latin-1"), "windows-1258, TCVN3, VNI"),
        ("organisation,note\nabc,B¸o c¸o ®óng h¹n\n", "TCVN3, VNI"),
        (TABLE.encode().decode("latin-1"), "TCVN3, VNI"),
    ],
)
def test_another_encoding_is_refused_with_how_to_save(tmp_path, content, guess):
    sentence = refusal(read_grids, text_file(tmp_path, content))

    assert sentence.startswith(f"“a.csv” is not in UTF-8; it looks like {guess}")
    assert "CSV UTF-8 (Comma delimited)" in sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_that_of_the_heading(tmp_path, delimiter):
    row = delimiter.join(["x", '"a,b;c\td"', "1"])
    [grid], _mark = read_grids(text_file(tmp_path, f"organisation{delimiter}note{delimiter}B01\n{row}\n"))

    assert grid.rows[1] == ["x", "a,b;c\td", "1"]


@pytest.mark.parametrize(
    ("line", "mark"),
    [("#decimal=comma", DecimalMark.COMMA), ("# Decimal = point;;;", DecimalMark.POINT), ("#decimal=comma,,", DecimalMark.COMMA)],
)  # fmt: skip
def test_a_table_may_declare_its_decimal_mark(tmp_path, line, mark):
    [grid], declared = read_grids(text_file(tmp_path, f"{line}\r\n{TABLE}"))

    assert declared is mark
    assert list(grid.rows[0]) == []
    assert grid.rows[1][0] == "organisation"


def test_an_unknown_decimal_mark_is_refused(tmp_path):
    assert "declares the decimal mark “dot”" in refusal(
        read_grids, text_file(tmp_path, f"#decimal=dot\n{TABLE}")
    )


def test_a_quote_that_never_ends_is_refused(tmp_path):
    assert "cannot be read as a table" in refusal(read_grids, text_file(tmp_path, 'a,b\n"x,1\n'))


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT"])
def test_a_secrecy_mark_in_a_cell_refuses_the_file(tmp_path, mark):
    book = openpyxl.Workbook()
    book.active.append(["organisation", "period"])
    hidden = book.create_sheet("old")
    hidden.sheet_state = "hidden"
    hidden["C7"] = mark
    book.save(tmp_path / "a.xlsx")

    assert "not for State secrets" in refusal(read_grids, open_safely(tmp_path / "a.xlsx"))
    assert "not for State secrets" in refusal(
        read_grids, text_file(tmp_path, f"organisation,note\nx,{mark}\n")
    )


def test_a_sheet_keeps_addresses_where_the_used_area_begins_late(tmp_path):
    book = openpyxl.Workbook()
    book.active["C4"] = 5

    assert sheet_of(tmp_path, book).raw(3, 2) == 5


def test_what_the_fast_reader_shows_as_blank_is_found(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = "=1+1", "#DIV/0!"
    book.active["B1"].data_type = "e"
    grid = sheet_of(tmp_path, book)

    assert [grid.raw(0, 0), grid.raw(0, 1)] == ["", ""]
    assert "formula whose result was not saved" in refusal(grid.value, 0, 0)
    assert "formula error #DIV/0!" in refusal(grid.value, 0, 1)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (b'<c r="A1"><f>1+1</f><v>2</v></c>', 2),
        (b'<c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>', ""),
        (b'<c r="A1"><f t="shared" si="0"/><v>3</v></c>', 3),
    ],
)
def test_a_formula_with_its_result_is_read(tmp_path, cell, expected):
    book = openpyxl.Workbook()
    book.active["A1"] = 7
    book.save(tmp_path / "a.xlsx")
    file = rewritten(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"<c r=.*?</c>", cell, xml))

    [grid], _mark = read_grids(file)
    assert grid.value(0, 0) == expected


@pytest.mark.parametrize(
    "cell", [b'<c r="A1"><f>1+1</f></c>', b'<c r="A1"><f>1+1</f><v/></c>', b"<c><f>1</f></c>"]
)
def test_a_formula_without_its_result_is_found_however_written(tmp_path, cell):
    book = openpyxl.Workbook()
    book.active["A1"] = 7
    book.save(tmp_path / "a.xlsx")
    file = rewritten(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"<c r=.*?</c>", cell, xml))

    [grid], _mark = read_grids(file)
    assert grid.uncached == {(0, 0)}


def test_two_cells_in_opposite_corners_are_refused_before_they_fill_the_memory(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = 1, 1
    book.save(tmp_path / "a.xlsx")

    assert "last used cell is too far out" in refusal(read_grids, open_safely(tmp_path / "a.xlsx"))


def test_one_long_text_repeated_by_many_cells_is_refused(tmp_path, monkeypatch):
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(tmp_path / "a.xlsx")
    cells = b'<c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>0</v></c>'
    shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>' + b"x" * 500
    target = BytesIO((tmp_path / "a.xlsx").read_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        if "xl/sharedStrings.xml" not in archive.namelist():
            archive.writestr("xl/sharedStrings.xml", shared + b"</t></si></sst>")
    (tmp_path / "a.xlsx").write_bytes(target.getvalue())
    file = rewritten(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"<c r=.*?</c>", cells, xml))
    monkeypatch.setattr(read, "MAX_REPEATED_TEXT", 100)

    assert "unpacks to far more" in refusal(read_grids, file)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_of_its_own_is_refused(tmp_path, part):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    file = rewritten(tmp_path, part, lambda xml: bomb + xml)

    assert refusal(read_grids, file).startswith("“b.xlsx” is not a workbook")


def test_broken_xml_is_refused(tmp_path):
    openpyxl.Workbook().save(tmp_path / "a.xlsx")
    file = rewritten(tmp_path, "xl/worksheets/sheet1.xml", lambda xml: xml[:-20])

    assert refusal(read_grids, file).startswith("“b.xlsx” is not a workbook")


def test_text_in_a_legacy_font_is_refused_in_notes(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "B¸o c¸o ®óng h¹n"

    assert "legacy font encoding" in refusal(sheet_of(tmp_path, book).words, 0, 0)


def test_a_text_too_long_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "x" * 501

    assert refusal(lambda: sheet_of(tmp_path, book).words(0, 0, limit=500)).startswith(
        "The text has 501 characters"
    )


@pytest.mark.parametrize(
    ("header", "row", "mark", "is_refused"),
    [
        ("organisation,period,indicator,value,note", "x,ADM-2026-H1,B01,1,5", None, True),
        ("organisation,period,indicator,value,note", "x,ADM-2026-H1,B01,1,5", DecimalMark.COMMA, True),
        ("organisation,period,indicator,value,note", "x,ADM-2026-H1,B01,1,5", DecimalMark.POINT, False),
        ("organisation,period,indicator,value,note", 'x,ADM-2026-H1,B01,"1,5",', DecimalMark.COMMA, False),
        ("organisation;period;indicator;value;note", "x;ADM-2026-H1;B01;1,5;", DecimalMark.COMMA, False),
        ("organisation,period,B01,B02", "x,ADM-2026-H1,4,400", None, False),
        ("organisation,period,B01,B02", "x,ADM-2026-H1,4,400", DecimalMark.COMMA, True),
    ],
)
def test_a_number_torn_at_its_comma_is_never_read_as_two_cells(tmp_path, header, row, mark, is_refused):
    file = text_file(tmp_path, f"{header}\n{row}\n")

    if is_refused:
        assert refusal(read_grids, file, mark).startswith("“a.csv”, line 2: “")
    else:
        assert len(read_grids(file, mark)[0][0].rows) == 2
