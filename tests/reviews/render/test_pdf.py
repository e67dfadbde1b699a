import re
import unicodedata
from io import BytesIO

import pypdf
import pytest

from phoihop.reviews.render import render_pdf
from tests.reviews.render.contexts import HOSTILE, national, provincial, short, with_sentence

MARK = "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"


def opened(context, lang="vi"):
    return pypdf.PdfReader(BytesIO(render_pdf(context, lang)))


def text_of(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture(scope="module")
def joint():
    return opened(national())


def test_vietnamese_can_be_read_back_composed(joint):
    text = text_of(joint)
    assert text == unicodedata.normalize("NFC", text)
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "thu hút 45.890.217 lượt người tham dự, tăng 12,5" in text
    assert "đ) Mô hình tuyến biển" in text


def test_every_font_is_in_the_file(joint):
    fonts = {}
    for page in joint.pages:
        for font in page["/Resources"]["/Font"].values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            fonts[below["/BaseFont"]] = "/FontFile2" in below["/FontDescriptor"]
    assert fonts
    assert all(fonts.values())
    assert {re.sub(r"^/[A-Z]+\+|-.*$", "", name) for name in fonts} == {"LiberationSerif", "PhoiHopSans"}


def test_document_is_named_tagged_and_in_vietnamese(joint):
    root = joint.trailer["/Root"]
    assert joint.metadata.title.startswith("BÁO CÁO: Sơ kết 5 năm")
    assert joint.metadata.author.startswith("Ban Dân vận Trung ương; Bộ Công an")
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_bookmarks_follow_the_parts_and_the_annexes(joint):
    top = [item.title for item in joint.outline if not isinstance(item, list)]
    assert top[:2] == ["Phần thứ nhất TÌNH HÌNH VÀ KẾT QUẢ THỰC HIỆN", "Phần thứ hai ĐÁNH GIÁ CHUNG"]
    assert top[-1] == "Phụ lục IX ĐƠN VỊ CHƯA BÁO CÁO"


def test_text_and_each_annex_are_numbered_from_one_with_the_first_number_hidden(joint):
    labels = joint.page_labels
    assert labels.count("1") == 1 + len(national()["annexes"])
    for page, number in zip(joint.pages, labels, strict=True):
        top = page.extract_text().split(MARK)[0].strip()
        assert top == ("" if number == "1" else number)


def test_sheets_lie_across_only_under_wide_tables(joint):
    across = [page.mediabox.width > page.mediabox.height for page in joint.pages]
    assert across.count(True) == 4  # three sheets of provinces, one of models
    assert not across[0]


def test_demonstration_mark_is_on_every_page(joint):
    assert all(MARK in page.extract_text() for page in joint.pages)


def test_a_review_of_real_figures_carries_no_mark():
    assert MARK not in text_of(opened(provincial()))


def test_long_table_repeats_its_head(joint):
    heads = [
        page.extract_text().count("Lượt người dự") for page in joint.pages if "Đơn vị" in page.extract_text()
    ]
    assert sum("TT Đơn vị" in " ".join(page.extract_text().split()) for page in joint.pages) == 3, heads


def test_nothing_claims_to_be_signed(joint):
    assert "đã ký)" not in text_of(joint)


def test_hostile_text_is_printed_as_it_was_typed():
    text = text_of(opened(with_sentence(short(national()), HOSTILE)))
    assert HOSTILE.replace(" ", "") in text.replace(" ", "")


def test_a_word_longer_than_the_line_is_broken_over_lines():
    lines = opened(with_sentence(short(national()), "dài" * 200)).pages[0].extract_text().splitlines()
    parts = [line.strip() for line in lines if "dàidài" in line]
    assert "".join(parts).startswith("dài" * 200)
    assert max(map(len, parts)) < 120


def test_a_character_outside_the_fonts_does_not_stop_the_document():
    assert "Biểu tượng" in text_of(opened(with_sentence(short(national()), "Biểu tượng 😀 và 漢.")))


def test_english_reads_in_english():
    reader = opened(short(national()), "en")
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    text = text_of(reader)
    assert "SOCIALIST REPUBLIC OF VIET NAM Independence - Freedom - Happiness" in text
    assert "45,890,217 attendances, up 12.5" in text
    assert "Part One SITUATION AND RESULTS" in text
