import hashlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import override_settings

from phoihop.core import storage
from phoihop.core.errors import DomainError, NotAllowed
from phoihop.reviews.actions import add_uploaded_file, freeze_review
from phoihop.reviews.models import ReviewVersion
from tests.reviews.world import ReviewWorld

PDF = b"%PDF-1.7 signed"


def word(*more: str, document: str = "word/document.xml") -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for part in ("[Content_Types].xml", document, *more):
            archive.writestr(part, "x")
    return packed.getvalue()


@pytest.fixture
def version(world: ReviewWorld) -> ReviewVersion:
    world.accept_all()
    return freeze_review(review=world.composed(), by=None, render=False)


@pytest.mark.parametrize(("name", "content"), [("Báo cáo ký.pdf", PDF), ("Báo cáo sửa.docx", word())])
def test_word_or_pdf_is_kept_beside_the_version_by_its_hash(
    version: ReviewVersion, name: str, content: bytes
) -> None:
    before = version.context

    kept = add_uploaded_file(version=version, name=f"C:\\tai lieu\\{name}", stream=BytesIO(content), by=None)

    assert (kept.name, kept.kind, kept.sha256) == (name, "uploaded", hashlib.sha256(content).hexdigest())
    assert storage.place_of(kept.path).read_bytes() == content
    version.refresh_from_db()
    assert version.context == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", word()),
        ("a.docx", PDF),
        ("a.exe", b"MZ"),
        ("a.docx", b"PK\x03\x04 torn"),
        ("a.docx", word(document="xl/workbook.xml")),
        ("a.docx", word("word/vbaProject.bin")),
        ("Tài liệu MẬT.pdf", PDF),
        ("a.pdf", b""),
    ],
)
def test_any_other_file_is_refused_and_nothing_kept(
    version: ReviewVersion, name: str, content: bytes
) -> None:
    with pytest.raises(DomainError):
        add_uploaded_file(version=version, name=name, stream=BytesIO(content), by=None)
    assert not version.files.exists()


@override_settings(MAX_UPLOAD_BYTES=10)
def test_file_over_the_limit_is_refused(version: ReviewVersion) -> None:
    with pytest.raises(DomainError):
        add_uploaded_file(version=version, name="a.pdf", stream=BytesIO(PDF), by=None)


def test_only_who_may_freeze_may_upload(world: ReviewWorld, version: ReviewVersion) -> None:
    with pytest.raises(NotAllowed):
        add_uploaded_file(version=version, name="a.pdf", stream=BytesIO(PDF), by=world.base.officer())
