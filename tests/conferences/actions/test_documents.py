"""Documents by what they are; real PDFs, real Word files."""

from io import BytesIO

import docx
import pytest
import typst
from PIL import Image

from phoihop.conferences.actions import attach_document, remove_document, show_scene
from phoihop.conferences.enums import Scene
from phoihop.conferences.models import ItemDocument
from phoihop.conferences.permissions import attendee_of
from phoihop.core import storage
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from tests.conferences.world import ConferenceWorld


def pdf(*pages: str) -> bytes:
    source = "\n#pagebreak()\n".join(f"= {page}" for page in pages)
    return bytes(typst.compile({"main.typ": source.encode()}, format="pdf"))


def word(*paragraphs: str) -> bytes:
    document, file = docx.Document(), BytesIO()
    for each in paragraphs:
        document.add_paragraph(each)
    document.save(file)
    return file.getvalue()


def attached(world: ConferenceWorld, name: str, content: bytes) -> ItemDocument:
    by = attendee_of(world.conference, world.desk)
    return attach_document(item=world.items[1], name=name, content=content, by=by)


def test_the_pages_of_a_pdf_are_drawn_once_as_wide_as_the_wall(world: ConferenceWorld) -> None:
    held = attached(world, "bao-cao.pdf", pdf("Một", "Hai", "Ba"))
    pictures = [Image.open(storage.place_of(path)) for path in held.pages]
    assert [(picture.format, max(picture.size)) for picture in pictures] == [("PNG", 1920)] * 3
    assert storage.hash_of(storage.place_of(held.path)) == held.sha256


def test_a_word_file_is_kept_for_reading_and_not_shown(world: ConferenceWorld) -> None:
    held = attached(world, "bao-cao.docx", word("Báo cáo tóm tắt"))
    assert (held.pages, held.name) == ([], "bao-cao.docx")


def test_a_picture_is_its_own_page(world: ConferenceWorld) -> None:
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "PNG")
    held = attached(world, "so-do.png", file.getvalue())
    assert held.pages == [held.path]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bao-cao-mat.pdf", None),
        ("bao-cao.pdf", pdf("MẬT")),
        ("bao-cao.pdf", pdf("Trang thường", "TỐI MẬT")),
        ("bao-cao.docx", word("Kế hoạch", "TUYỆT MẬT")),
    ],
)
def test_a_state_secret_is_refused_and_nothing_is_kept(
    world: ConferenceWorld, name: str, content: bytes | None
) -> None:
    shown = name if content else "báo cáo mật.pdf"
    with pytest.raises(DomainError, match=r"bí mật nhà nước|độ mật"):
        attached(world, shown, content or pdf("Báo cáo"))
    assert not ItemDocument.objects.exists()


def test_words_about_confidentiality_are_no_mark(world: ConferenceWorld) -> None:
    assert attached(world, "bao-mat.pdf", pdf("Công tác bảo mật thông tin")).pk


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("hong.pdf", b"%PDF-1.7\nnothing of the kind", "Không dựng được các trang"),
        ("la.exe", b"MZ\x90\x00", "không phải"),
        ("ten.pdf", word("x"), "tên đúng|loại khác"),
    ],
)
def test_what_cannot_be_shown_is_refused_with_a_sentence(
    world: ConferenceWorld, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(DomainError, match=sentence):
        attached(world, name, content)


def test_the_same_file_is_with_an_item_once(world: ConferenceWorld) -> None:
    content = pdf("Một")
    first = attached(world, "mot.pdf", content)
    with pytest.raises(Conflict, match=r"đã có đúng tệp đó, tên “mot\.pdf”"):
        attached(world, "hai.pdf", content)
    remove_document(document=first, by=attendee_of(world.conference, world.desk))
    assert attached(world, "hai.pdf", content).pk
    assert storage.place_of(first.path).is_file()


def test_a_document_on_the_halls_screen_stays(world: ConferenceWorld) -> None:
    held = attached(world, "mot.pdf", pdf("Một"))
    show_scene(conference=world.conference, scene=Scene.DOCUMENT, by=world.chair, document=held.pk, page=1)
    with pytest.raises(Conflict, match="đang trình chiếu"):
        remove_document(document=held, by=attendee_of(world.conference, world.desk))


def test_a_room_attaches_nothing(world: ConferenceWorld) -> None:
    with pytest.raises(NotAllowed):
        attach_document(item=world.items[0], name="a.pdf", content=pdf("x"), by=world.room(1))
