import pytest

from phoihop.reviews.render.metrics import balanced_mm, longest_line_mm, width_mm
from phoihop.reviews.render.plan import build_plan
from phoihop.reviews.render.plan.shapes import Heading, Paragraph
from phoihop.reviews.render.plan.tables import fit
from tests.reviews.render.contexts import national, provincial, short


def headings(plan):
    return [piece for piece in plan.body if isinstance(piece, Heading)]


def texts(plan, kind="text"):
    return [piece.text for piece in plan.body if isinstance(piece, Paragraph) and piece.kind == kind]


def table_of(context, key, lang="vi"):
    context["annexes"] = [{**context["annexes"][0], "tables": [key], "charts": []}]
    return build_plan(context, lang).annexes[0].pieces[0]


def test_numbers_of_headings_follow_their_depth():
    numbers = {
        heading.depth: heading.number for heading in reversed(headings(build_plan(provincial(), "vi")))
    }
    assert numbers == {1: "Phần thứ nhất", 2: "I.", 3: "1.", 4: "a)"}


@pytest.mark.parametrize(("lang", "written"), [("vi", "4.913/4.980"), ("en", "4,913/4,980")])
def test_coverage_in_a_table_is_written_as_other_numbers_are(lang, written):
    context = provincial()
    table = {
        "title": {"vi": "Tên", "en": "Title"},
        "columns": [
            {"key": "number", "label": {"vi": "Số", "en": "Number"}, "align": "left"},
            {"key": "coverage", "label": {"vi": "Báo cáo", "en": "Reports"}, "align": "right"},
        ],
        "rows": [{"cells": {"number": "1270/2017", "coverage": "4913/4980"}, "kind": "row"}],
    }
    context["tables"]["made"] = {**table, "note": None, "source": {"vi": "", "en": ""}}
    assert table_of(context, "made", lang).rows[0].cells == ("1270/2017", written)


def test_parts_are_numbered_in_english_words():
    parts = [each.number for each in headings(build_plan(provincial(), "en")) if each.depth == 1]
    assert parts == ["Part One", "Part Two", "Part Three"]


def test_point_given_as_a_figure_gets_its_vietnamese_letter():
    context = short(provincial())
    context["sections"] = [
        {"key": str(n), "number": str(n), "depth": 4, "title": {"vi": "Điểm", "en": "Point"}, "blocks": []}
        for n in range(4, 9)
    ]
    assert [each.number for each in headings(build_plan(context, "vi"))] == ["d)", "đ)", "e)", "g)", "h)"]


def test_bookmark_levels_have_no_gaps_when_a_review_has_no_parts():
    context = short(provincial())
    context["sections"] = [section for section in context["sections"] if section["depth"] != 1]
    assert {(each.depth, each.level) for each in headings(build_plan(context, "vi"))} == {
        (2, 1),
        (3, 2),
        (4, 3),
    }


def test_consecutive_sentences_run_on_and_a_break_parts_them():
    text = next(
        text for text in texts(build_plan(provincial(), "vi")) if text.startswith("Trong kỳ, các cấp")
    )
    assert text == (
        "Trong kỳ, các cấp đã ban hành 262 văn bản chỉ đạo, hướng dẫn, tăng 17\u00a0% so với kỳ trước. Các bên tổ"
        " chức 77 cuộc giao ban liên ngành (chưa có số liệu để so sánh) và 38 cuộc kiểm tra liên ngành."
    )


@pytest.mark.parametrize(
    ("block", "ending"),
    [
        ({"kind": "sentence", "vi": "Hết.", "en": "End."}, "Hết./."),
        ({"kind": "bullet", "vi": "Hết;", "en": "End;"}, "- Hết./."),
        ({"kind": "table", "table": "oversight_short", "title": {"vi": "Bảng", "en": "Table"}}, "./."),
    ],
)
def test_text_ends_with_the_closing_mark(block, ending):
    context = provincial()
    context["sections"][-1]["blocks"] = [block]
    assert build_plan(context, "vi").body[-1].text == ending


def test_report_sent_up_is_addressed_and_says_as_above_first():
    plan = build_plan(provincial(), "vi")
    assert plan.head.addressed_to == (
        "Ban Chỉ đạo Trung ương thực hiện phong trào Toàn dân bảo vệ an ninh Tổ quốc;",
        "Ban Thường vụ Tỉnh ủy.",
    )
    assert plan.recipients == (
        "- Như trên;",
        "- Thành viên Ban Chỉ đạo;",
        "- Các huyện, thị xã, thành phố;",
        "- Lưu: VT, PV05.",
    )


def test_legal_bases_end_with_semicolons_and_a_full_stop():
    assert [basis[-1] for basis in build_plan(national(), "vi").head.legal_bases] == [";", ";", "."]


def test_each_party_signs_with_its_power_its_name_and_its_post():
    assert [signature.lines for signature in build_plan(national(), "vi").signatures] == [
        ("TRƯỞNG BAN", "BAN DÂN VẬN TRUNG ƯƠNG"),
        ("KT. BỘ TRƯỞNG", "BỘ CÔNG AN", "THỨ TRƯỞNG"),
        ("TM. BAN THƯỜNG TRỰC", "ỦY BAN TRUNG ƯƠNG MẶT TRẬN TỔ QUỐC VIỆT NAM", "PHÓ CHỦ TỊCH"),
    ]


def test_a_single_issuer_does_not_repeat_its_name_over_the_signature():
    assert build_plan(provincial(), "vi").signatures[0].lines == (
        "TM. BAN CHỈ ĐẠO",
        "TRƯỞNG BAN",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH",
    )


def test_party_body_writes_its_number_without_a_colon():
    context = national()
    for party, number in zip(context["document"]["issuers"], ["8-BC/BDVTW", "5/BC-BCA", None], strict=True):
        party["number"] = number
    lines = [issuer.number for issuer in build_plan(context, "vi").head.issuers]
    assert lines == ["Số 08-BC/BDVTW", "Số: 05/BC-BCA", "Số: ........./BC"]


def test_simulated_review_has_neither_number_nor_day():
    head = build_plan(national(), "vi").head
    assert (head.shared_number, head.place_and_date) == (
        "Số: ........./BC",
        "Hà Nội, ngày ..... tháng ..... năm .......",
    )


def test_table_writes_figures_with_their_indicators_decimals():
    context = national()
    rows = {row.cells[1]: row.cells for row in table_of(context, "by_period").rows if row.kind == "row"}
    assert rows["Tỷ lệ hòa giải thành"][3:] == ("81,90", "83,47", "1,9")
    assert rows["Lượt người dự tuyên truyền"][3:] == ("41.201.775", "45.890.217", "11,4")
    assert rows["Lớp tập huấn, bồi dưỡng"][5] == "0,0"


def test_table_says_why_a_figure_is_missing():
    assert "Dấu “–”: không có số liệu (chưa có báo cáo trong kỳ)." in table_of(national(), "by_period").notes


def test_table_carries_source_day_and_coverage():
    assert table_of(national(), "festival").notes[-1] == (
        "Nguồn: Báo cáo của các bên phối hợp, số liệu đã được xác nhận. Số liệu đến ngày 14/12/2018."
        " Đã nhận 612/630 báo cáo phải nộp."
    )


def test_year_in_a_centred_column_is_not_written_as_a_figure():
    assert table_of(national(), "festival").rows[0].cells[:2] == ("2014", "58.000")


def test_first_annex_says_how_its_figures_can_be_verified():
    notes = build_plan(national(), "vi").annexes[0].notes
    assert (
        notes[-1]
        == "Số liệu khóa lúc 09:15 04/03/2019, vị trí sổ số liệu 184233, mã kiểm tra 3fa9c1d27b64e805."
    )


@pytest.mark.parametrize("columns", [2, 6, 12, 20])
def test_column_widths_add_up_to_the_sheet(columns):
    widths, _ = fit(["Chỉ tiêu"] * columns, [["1.234.567"] * columns], 165, rows=1)
    assert round(sum(widths), 1) == 165


def test_figures_column_is_as_wide_as_its_longest_figure():
    widths, size = fit(["Đơn vị", "Số"], [["Bà Rịa - Vũng Tàu", "45.890.217"]], 165, rows=1)
    assert widths[1] > width_mm("45.890.217", size)


def test_abstract_is_not_broken_inside_a_document_number():
    abstract = build_plan(national(), "vi").head.abstract
    width = balanced_mm(abstract, 14, 157)
    assert 0 < longest_line_mm(abstract, 14, width) <= width <= 157


def test_metrics_are_those_of_times_new_roman():
    assert width_mm("m", 1000) == pytest.approx(0.778 * 1000 * 25.4 / 72, rel=0.001)
