"""The Word document as LibreOffice opens it: what an office will see."""

import subprocess
import unicodedata
from pathlib import Path

import pypdf
import pytest

from phoihop.reviews.render import render_docx
from tests.reviews.render.contexts import HOSTILE, national, provincial, short, with_sentence

pytestmark = pytest.mark.office
MARK = "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"


def printed(context, folder: Path):
    (folder / "report.docx").write_bytes(render_docx(context))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), str(folder / "report.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return pypdf.PdfReader(folder / "report.pdf")


def text_of(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


@pytest.fixture(scope="module")
def joint(tmp_path_factory):
    return printed(national(), tmp_path_factory.mktemp("joint"))


def test_vietnamese_is_intact(joint):
    text = unicodedata.normalize("NFC", text_of(joint)).replace(
        " -CTr", "-CTr"
    )  # a no-break hyphen is a run of its own
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc" in text
    assert "Căn cứ Chương trình hành động số 22-CTr/ĐUCA-V28 của Đảng ủy Công an Trung ương;" in text
    assert "II. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO, QUÁN TRIỆT, KÝ KẾT, PHÂN CÔNG" in text
    assert "đ) Mô hình tuyến biển" in text


def test_demonstration_mark_is_on_every_page(joint):
    assert all(MARK in page.extract_text() for page in joint.pages)


def test_page_numbers_start_again_and_hide_on_first_pages(joint):
    numbers = [page.extract_text().split(MARK)[0].strip() for page in joint.pages]
    body = numbers[: numbers.index("", 1)]
    assert body == ["", *(str(number) for number in range(2, len(body) + 1))]
    assert numbers.count("") == 1 + len(national()["annexes"])


def test_no_page_is_blank(joint):
    assert all(len(page.extract_text().replace(MARK, "").strip()) > 20 for page in joint.pages)


def test_nobody_signs_an_empty_page(joint):
    page = next(page.extract_text() for page in joint.pages if "PHÓ CHỦ TỊCH" in page.extract_text())
    assert "./." in page
    assert "Nơi nhận:" in page


def test_provincial_report_opens_with_its_address(tmp_path):
    text = text_of(printed(short(provincial()), tmp_path))
    assert "Số: 05/BC-BCĐ Sông Thao, ngày 05 tháng 02 năm 2019" in text
    assert "Kính gửi: - Ban Chỉ đạo Trung ương thực hiện phong trào" in text


def test_hostile_text_is_printed_as_it_was_typed(tmp_path):
    text = text_of(printed(with_sentence(short(provincial()), HOSTILE), tmp_path))
    assert HOSTILE.replace(" ", "") in text.replace(" ", "")
