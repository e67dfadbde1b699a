"""The Word document, part by part, against Decree 30/2020/NĐ-CP (domain notes, section 4.1)."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm

from phoihop.reviews.render import render_docx
from phoihop.reviews.render.metrics import is_unbroken
from tests.reviews.render.contexts import HOSTILE, national, provincial, short, with_sentence

MARK = "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"


def opened(context, lang="vi"):
    return docx.Document(BytesIO(render_docx(context, lang)))


@pytest.fixture(scope="module")
def joint():
    return opened(national())


@pytest.fixture(scope="module")
def local():
    return opened(provincial())


def styled(document, style):
    """Texts of one style, wherever they stand."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    places = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    return [paragraph.text for paragraph in places if paragraph.style.name == style]


def test_every_sheet_is_a4_with_the_decrees_margins(joint):
    for section in joint.sections:
        assert sorted(round(side.mm, 1) for side in (section.page_width, section.page_height)) == [210, 297]
        assert Mm(20) <= section.top_margin <= Mm(25)
        assert Mm(20) <= section.bottom_margin <= Mm(25)
        assert Mm(30) <= section.left_margin <= Mm(35)
        assert Mm(15) <= section.right_margin <= Mm(20)


def test_times_new_roman_is_named_for_every_script_of_every_style(joint):
    scripts = [qn(f"w:{script}") for script in ("ascii", "hAnsi", "cs", "eastAsia")]
    for style in joint.styles:
        if style.name in {"Nội dung", "Tên loại", "Quốc hiệu", "Bảng - số", "Phụ lục", "Normal"}:
            fonts = style.element.rPr.find(qn("w:rFonts"))
            assert [fonts.get(script) for script in scripts] == ["Times New Roman"] * 4
    assert b"asciiTheme" not in joint.styles.element.xml.encode()


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic", "alignment"),
    [
        ("Quốc hiệu", 13, True, False, ALIGN.CENTER),
        ("Tiêu ngữ", 14, True, False, ALIGN.CENTER),
        ("Tên cơ quan chủ quản", 13, False, False, ALIGN.CENTER),
        ("Tên cơ quan", 13, True, False, ALIGN.CENTER),
        ("Số ký hiệu", 13, False, False, ALIGN.CENTER),
        ("Địa danh", 14, False, True, ALIGN.CENTER),
        ("Tên loại", 14, True, False, ALIGN.CENTER),
        ("Trích yếu", 14, True, False, ALIGN.CENTER),
        ("Căn cứ", 14, False, True, ALIGN.JUSTIFY),
        ("Nội dung", 14, False, False, ALIGN.JUSTIFY),
        ("Phần", 14, True, False, ALIGN.CENTER),
        ("Mục", 14, True, False, ALIGN.LEFT),
        ("Nơi nhận", 12, True, True, ALIGN.LEFT),
        ("Danh sách nơi nhận", 11, False, False, ALIGN.LEFT),
        ("Quyền hạn, chức vụ", 14, True, False, ALIGN.CENTER),
        ("Phụ lục", 14, True, False, ALIGN.CENTER),
        ("Dẫn chiếu phụ lục", 14, False, True, ALIGN.CENTER),
        ("Số trang", 13, False, False, ALIGN.CENTER),
    ],
)
def test_style_has_the_size_and_weight_the_decree_gives(local, style, size, bold, italic, alignment):
    font, form = local.styles[style].font, local.styles[style].paragraph_format
    assert (font.size.pt, bool(font.bold), bool(font.italic), form.alignment) == (
        size,
        bold,
        italic,
        alignment,
    )


def test_running_text_is_indented_spaced_and_set_apart(local):
    form = local.styles["Nội dung"].paragraph_format
    assert round(form.first_line_indent.mm, 1) == 12.7
    assert form.space_after.pt >= 6
    assert 1.15 <= form.line_spacing <= 1.3


def test_gallery_holds_this_forms_styles_only(local):
    names = {style.name for style in local.styles}
    assert not {name for name in names if name.startswith(("Heading", "Light", "Medium", "List"))}


def test_blocks_stand_in_the_decrees_order(local):
    order = [paragraph.style.name for paragraph in local.paragraphs]
    first = [
        order.index(style)
        for style in ("Tên loại", "Trích yếu", "Kính gửi", "Căn cứ", "Nội dung", "Phần", "Phụ lục")
    ]
    assert first == sorted(first)
    body = [child.tag for child in local.element.body]
    assert body[0] == qn("w:tbl")


def test_header_stands_issuer_left_and_nation_right(local):
    head = local.tables[0]
    assert [paragraph.text for paragraph in head.cell(0, 0).paragraphs] == [
        "ỦY BAN NHÂN DÂN TỈNH SÔNG THAO", "BAN CHỈ ĐẠO 138", "",
    ]  # fmt: skip
    assert [paragraph.text for paragraph in head.cell(0, 1).paragraphs] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "",
    ]  # fmt: skip
    assert head.cell(1, 0).text == "Số: 05/BC-BCĐ"
    assert head.cell(1, 1).text == "Sông Thao, ngày 05 tháng 02 năm 2019"
    assert head._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_three_issuers_stand_side_by_side_under_the_nation(joint):
    nation, issuers, foot = joint.tables[:3]
    assert nation.cell(0, 1).paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert [cell.paragraphs[0].text for cell in issuers.rows[0].cells] == [
        "BAN DÂN VẬN TRUNG ƯƠNG", "BỘ CÔNG AN", "ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM",
    ]  # fmt: skip
    assert foot.cell(0, 0).text == "Số: ........./BC"


def test_two_issuers_stand_side_by_side_across_the_sheet_each_with_its_number():
    context = short(national())
    context["document"]["issuers"] = context["document"]["issuers"][1:]
    context["document"]["issuers"][0]["number"] = "7/BC-BCA"
    nation, issuers, foot = opened(context).tables[:3]
    assert nation.cell(0, 1).paragraphs[0].text == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert [cell.paragraphs[0].text for cell in issuers.rows[0].cells] == [
        "BỘ CÔNG AN", "ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM",
    ]  # fmt: skip
    assert [cell.text for cell in issuers.rows[1].cells] == ["Số: 07/BC-BCA", "Số: ........./BC"]
    assert issuers.columns[0].width.mm > 70
    assert foot.cell(0, 1).text.startswith("Hà Nội, ngày")


def test_document_numbers_do_not_break_at_their_hyphens(joint):
    root = joint.element.body
    broken = [
        held.text for held in root.iter(qn("w:t")) if re.search(r"\d+[-/]CTr|CTr-|-BCA", held.text or "")
    ]
    assert not [text for text in broken if "-" in text.split("CTr")[-1]]
    assert len(list(root.iter(qn("w:noBreakHyphen")))) > 10
    assert any("số 22-CTr/ĐUCA-V28" in text for text in styled(joint, "Căn cứ"))


def test_only_document_numbers_are_kept_whole():
    kept = ["09/CTr-BCA-MTTQ", "22-CTr/ĐUCA-V28,", "30/2020/NĐ-CP", "2023-2033"]
    free = ["face-to-face", "-", "–", "MTTQ", "-BCA", "A-" * 30]
    assert [is_unbroken(word) for word in (*kept, *free)] == [True] * len(kept) + [False] * len(free)


@pytest.mark.parametrize(("unit", "line"), [(None, "- Lưu: VT, .........."), ("PV05", "- Lưu: VT, PV05.")])
def test_archive_names_the_drafting_unit_or_keeps_its_place(unit, line):
    context = short(national())
    context["document"]["drafting_unit"] = unit
    assert line in styled(opened(context), "Danh sách nơi nhận")


def test_words_left_in_vietnamese_are_marked_in_english():
    context = with_sentence(short(national()), "Xin giữ nguyên lời này.")
    context["sections"][0]["blocks"][0]["en"] = ""
    context["sections"][0]["blocks"].append(
        {"kind": "quote", "vi": "Lời trích.", "en": "", "source": {"vi": "Nguồn", "en": "Source"}}
    )
    document = opened(context, "en")
    said = next(each for each in document.paragraphs if "Xin giữ nguyên" in each.text)
    quoted = next(each for each in document.paragraphs if "Lời trích" in each.text)
    assert said.text == "Xin giữ nguyên lời này. [in Vietnamese]"
    assert quoted.text == "Lời trích. (Source, in Vietnamese)"
    languages = [each.runs[0]._r.rPr.find(qn("w:lang")).get(qn("w:val")) for each in (said, quoted)]
    assert languages == ["vi-VN", "vi-VN"]


def test_place_for_the_day_is_written_as_each_language_writes_it():
    context = short(national())
    places = [styled(opened(context, lang), "Địa danh") for lang in ("vi", "en")]
    assert places == [
        ["Hà Nội, ngày ..... tháng ..... năm ......."],
        ["Hà Nội, day ..... month ..... year ......."],
    ]


def test_rule_under_the_motto_is_as_long_as_the_motto(local):
    motto, line = local.tables[0].cell(0, 1).paragraphs[1:3]
    indents = line.paragraph_format.left_indent.mm + line.paragraph_format.right_indent.mm
    assert motto.text == "Độc lập - Tự do - Hạnh phúc"
    assert 96 - indents == pytest.approx(60.4, abs=0.5)


def test_page_number_is_a_field_in_the_top_margin_hidden_on_the_first_page(joint):
    section = joint.sections[0]
    assert section.different_first_page_header_footer is True
    number = section.header.paragraphs[0]
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")).strip() == "PAGE"
    assert number.style.paragraph_format.alignment == ALIGN.CENTER
    assert section.first_page_header.paragraphs[0]._p.find(qn("w:fldSimple")) is None
    assert section.footer.paragraphs == [] or not section.footer.paragraphs[0].text


def test_each_annex_is_numbered_from_one(joint):
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in joint.sections]
    counted = [start is not None and start.get(qn("w:start")) == "1" for start in starts]
    assert counted.count(True) == 1 + len(national()["annexes"])


def test_sheets_lie_across_only_under_wide_tables(joint):
    across = [section.orientation == WD_ORIENT.LANDSCAPE for section in joint.sections]
    # text, I, II (table), II (chart), III, IV ... IX
    assert across == [False, False, True, False, True, *[False] * 6]


def test_demonstration_mark_is_on_every_section_first_pages_included(joint):
    for section in joint.sections:
        assert len(section._sectPr.findall(qn("w:headerReference"))) == 2
        assert [paragraph.text for paragraph in section.header.paragraphs][-1] == MARK
        assert [paragraph.text for paragraph in section.first_page_header.paragraphs][-1] == MARK


def test_a_review_of_real_figures_carries_no_mark(local):
    assert all(
        MARK not in paragraph.text for section in local.sections for paragraph in section.header.paragraphs
    )


def test_signatures_stand_side_by_side_without_names_or_seals(joint):
    table = next(table for table in joint.tables if "TRƯỞNG BAN" in table.cell(0, 0).text)
    assert [cell.text.splitlines()[0] for cell in table.rows[0].cells] == [
        "TRƯỞNG BAN", "KT. BỘ TRƯỞNG", "TM. BAN THƯỜNG TRỰC",
    ]  # fmt: skip
    assert styled(joint, "Chữ ký") == ["", "", ""]
    assert "(đã ký)" not in joint.element.xml


def test_recipients_stand_left_of_the_single_signature(local):
    table = next(table for table in local.tables if table.cell(0, 0).text.startswith("Nơi nhận:"))
    assert table.cell(0, 0).text.splitlines() == [
        "Nơi nhận:", "- Như trên;", "- Thành viên Ban Chỉ đạo;", "- Các huyện, thị xã, thành phố;", "- Lưu: VT, PV05.",
    ]  # fmt: skip
    assert table.cell(0, 1).text.startswith("TM. BAN CHỈ ĐẠO")


def test_table_of_63_provinces_repeats_its_head_and_breaks_no_row(joint):
    table = next(table for table in joint.tables if len(table._tbl.tr_lst) == 65)
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    styles = {paragraph.style.name for paragraph in table.cell(5, 3).paragraphs}
    assert styles == {"Bảng - số"}


def test_annex_has_its_number_title_and_reference(joint):
    assert styled(joint, "Phụ lục")[:2] == ["Phụ lục I", "Phụ lục II"]
    assert styled(joint, "Dẫn chiếu phụ lục")[0] == "(Kèm theo Báo cáo sơ kết các chương trình phối hợp)"


def test_chart_has_words_for_who_cannot_see_it(joint):
    pictures = joint.element.body.iter(qn("wp:docPr"))
    described = [picture.get("descr") for picture in pictures]
    assert len(described) == 3
    assert "6T đầu 2016: –" in described[0]


def test_properties_name_the_document_and_its_issuers_only(joint):
    properties = joint.core_properties
    assert (
        properties.author == "Ban Dân vận Trung ương; Bộ Công an; Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"
    )
    assert properties.title.startswith("BÁO CÁO: Sơ kết 5 năm")
    assert (properties.language, properties.comments, properties.last_modified_by) == ("vi-VN", "", "")
    assert properties.created.isoformat() == "2019-03-04T02:15:00+00:00"


def test_package_carries_nothing_of_the_librarys_template():
    names = zipfile.ZipFile(BytesIO(render_docx(short(national())))).namelist()
    assert not [name for name in names if "thumbnail" in name or "app.xml" in name or "customXml" in name]


def test_language_of_the_text_is_declared():
    styles = zipfile.ZipFile(BytesIO(render_docx(short(national())))).read("word/styles.xml")
    assert b'w:lang w:val="vi-VN"' in styles


def test_hostile_text_is_written_as_it_was_typed():
    document = opened(with_sentence(short(national()), HOSTILE))
    assert document.paragraphs[[p.style.name for p in document.paragraphs].index("Nội dung")].text == HOSTILE


def test_control_characters_do_not_stop_the_document():
    document = opened(with_sentence(short(national()), "Một\x00 hai\x0b ba."))
    assert "Một hai ba." in styled(document, "Nội dung")
