"""What may be attached, by its content."""

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import override_settings
from django.utils import translation
from PIL import Image

from phoihop.core.files import FileRefused
from phoihop.core.uploads import DOCX, JPEG, PDF, clean_name, taken


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def picture(kind: str, **options: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(out, kind, **options)
    return out.getvalue()


def office(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return out.getvalue()


def test_a_photograph_loses_its_place_its_camera_and_its_tail() -> None:
    exif = Image.Exif()
    exif[0x010F] = "CANARY-CAMERA"
    exif[0x8825] = {1: "N", 2: (21.0, 1.0, 0.0)}
    sent = picture("JPEG", exif=exif, comment=b"CANARY-COMMENT") + b"CANARY-TAIL"
    kept = taken("ảnh.jpg", sent)
    assert kept.media_type == JPEG
    assert b"CANARY" in sent
    assert b"CANARY" not in kept.content
    with Image.open(BytesIO(kept.content)) as opened:
        assert (opened.size, dict(opened.getexif())) == ((40, 20), {})


def test_a_turned_photograph_is_kept_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held on its side
    with Image.open(BytesIO(taken("a.jpeg", picture("JPEG", exif=exif)).content)) as opened:
        assert opened.size == (20, 40)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("kế hoạch.pdf", b"%PDF-1.7\n1 0 obj\n", PDF), ("a.DOCX", office("word/document.xml"), DOCX)],
)
def test_documents_are_kept_as_they_are(name: str, content: bytes, kind: str) -> None:
    kept = taken(name, content)
    assert (kept.name, kept.media_type, kept.content) == (name, kind, content)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("thiệp.pdf", b"MZ\x90\x00\x03\x00\x00\x00" + bytes(200), "by its content"),
        ("a.pdf", b"\x7fELF" + bytes(60), "by its content"),
        ("a.pdf", b"<html><script>alert(1)</script></html>", "by its content"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "by its content"),
        ("a.jpg", picture("PNG"), "another kind"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40), "by its content"),
        ("a.docx", office("word/document.xml", "word/vbaProject.bin"), "macros"),
        ("a.zip", office("readme.txt"), "by its content"),
        ("Báo cáo MẬT.pdf", b"%PDF-1.7\n", "State secrecy"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_what_is_not_taken(name: str, content: bytes, words: str) -> None:
    with pytest.raises(FileRefused, match=words):
        taken(name, content)


@override_settings(MAX_ATTACHMENT_BYTES=1024 * 1024)
def test_a_file_too_large_is_refused_with_both_sizes() -> None:
    with pytest.raises(FileRefused, match="2 MB; an attachment may have at most 1 MB"):
        taken("a.pdf", b"%PDF-" + bytes(1024 * 1024))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\x\\a.pdf", "a.pdf"),
        ("a\u202efdp.exe\n.pdf", "afdp.exe.pdf"),
        (f"{'dài' * 100}.pdf", f"{('dài' * 100)[:146]}.pdf"),
        ("...", "file"),
    ],
)
def test_names_are_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept
