import os
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.utils.translation import override

from phoihop.core.files import FileKind, FileRefused, has_secret_name, is_secrecy_mark, open_safely


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


def workbook_bytes() -> bytes:
    target = BytesIO()
    openpyxl.Workbook().save(target)
    return target.getvalue()


def saved(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        open_safely(path)
    return str(caught.value)


def with_part(name: str, content: bytes) -> bytes:
    """A workbook with one more part."""
    target = BytesIO(workbook_bytes())
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_a_workbook_opens_with_its_parts_and_hash(tmp_path):
    file = open_safely(saved(tmp_path, "a.xlsx", workbook_bytes()))

    assert file.kind is FileKind.WORKBOOK
    assert "xl/workbook.xml" in file.parts
    assert len(file.sha256) == 64


def test_a_table_of_text_opens(tmp_path):
    assert open_safely(saved(tmp_path, "a.csv", b"period,value\n")).kind is FileKind.TEXT


def test_a_200_megabyte_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("wb") as target:
        os.truncate(target.fileno(), 200 * 1024 * 1024)  # sparse: takes no room

    assert refusal(path) == "“big.csv” has 200 MB; a file may have at most 20 MB. Split it by unit or period."


def test_the_largest_allowed_file_is_read(tmp_path, settings):
    settings.MAX_UPLOAD_BYTES = 10
    assert open_safely(saved(tmp_path, "a.csv", b"0123456789")).content == b"0123456789"
    assert "at most" in refusal(saved(tmp_path, "b.csv", b"0123456789x"))


def test_a_zip_bomb_is_refused_by_its_directory(tmp_path):
    path = saved(tmp_path, "bomb.xlsx", with_part("xl/worksheets/sheet9.xml", b"0" * 60_000_000))

    assert path.stat().st_size < 200_000
    assert refusal(path).startswith("“bomb.xlsx” unpacks to far more than a workbook holds")


def test_a_zip_bomb_whose_directory_lies_is_refused(tmp_path):
    """The directory claims 1,000 bytes; the stream would give 50 million."""
    content = with_part("xl/media/x.bin", b"0" * 50_000_000)
    claimed, real = (1_000).to_bytes(4, "little"), (50_000_000).to_bytes(4, "little")
    path = saved(tmp_path, "liar.xlsx", content.replace(real, claimed))

    assert refusal(path).startswith("“liar.xlsx” unpacks to far more")


def test_a_part_that_does_not_match_its_checksum_is_refused(tmp_path):
    content = with_part("xl/media/x.bin", b"figures")
    checksum = zlib.crc32(b"figures").to_bytes(4, "little")
    path = saved(tmp_path, "torn.xlsx", content.replace(checksum, b"\0\0\0\0"))

    assert refusal(path).startswith("“torn.xlsx” is not a workbook")


def test_more_parts_than_a_workbook_has_are_refused(tmp_path):
    target = BytesIO(workbook_bytes())
    with zipfile.ZipFile(target, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/media/{number}", b"")

    assert refusal(saved(tmp_path, "many.xlsx", target.getvalue())).startswith("“many.xlsx” unpacks")


@pytest.mark.parametrize(
    ("name", "content", "start"),
    [
        ("a.xlsx", b"period,value\n1,2\n", "“a.xlsx” is not a workbook"),
        ("a.csv", workbook_bytes(), "“a.csv” is not a workbook"),
        ("a.xlsx", b"PK\x03\x04 torn", "“a.xlsx” is not a workbook"),
        ("a.pdf", b"%PDF-1.7", "“a.pdf” is not a workbook"),
        ("a.csv", b"<html><table>", "“a.csv” is not a workbook"),
        ("a.xls", bytes.fromhex("d0cf11e0a1b11ae1") + b"old", "“a.xls” is not a workbook"),
        (
            "a.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "“a.xlsx” is protected by a password",
        ),
        ("a.xlsm", workbook_bytes(), "“a.xlsm” carries macros"),
        ("a.xlsx", with_part("xl/vbaProject.bin", b"Sub x"), "“a.xlsx” carries macros"),
        ("a.csv", b" \r\n ", "“a.csv” is empty"),
    ],
)
def test_what_is_not_a_plain_table_is_refused(tmp_path, name, content, start):
    assert refusal(saved(tmp_path, name, content)).startswith(start)


def test_a_zip_of_something_else_is_refused(tmp_path):
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")

    assert refusal(saved(tmp_path, "a.xlsx", target.getvalue())).startswith("“a.xlsx” is not a workbook")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert refusal(tmp_path / "a.csv").startswith("There is no file")


def test_a_folder_or_a_pipe_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(tmp_path / "pipe.csv").startswith("There is no file")


@pytest.mark.parametrize(
    ("text", "is_mark"),
    [
        ("MẬT", True),
        ("TỐI MẬT", True),
        ("TUYỆT  MẬT", True),
        ("[Tuyệt mật]", True),
        ("Độ mật: MẬT", True),
        ("MA\u0302\u0323T", True),  # the same letters, decomposed
        ("BẢO MẬT", False),
        ("Mặt trận", False),
        ("mật ong", False),
        ("Công tác bảo vệ bí mật nhà nước", False),
        ("MAT", False),
    ],
)
def test_secrecy_marks_are_told_from_other_words(text, is_mark):
    assert is_secrecy_mark(text) is is_mark


@pytest.mark.parametrize(
    ("name", "is_secret"),
    [
        ("Báo cáo MẬT.xlsx", True),
        ("bao-cao_tuyệt-mật_2026.csv", True),
        ("bảo mật thông tin.csv", False),
        ("bao-cao-mat-tran.csv", False),
    ],
)
def test_secrecy_marked_names_are_told(name, is_secret):
    assert has_secret_name(name) is is_secret


def test_a_secrecy_marked_file_is_refused_unread(tmp_path):
    assert "not for State secrets" in refusal(saved(tmp_path, "MẬT.csv", b"period\n"))
