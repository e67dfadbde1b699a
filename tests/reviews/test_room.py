"""The room where a review is written: who may do what there, what is kept, and what is refused in words."""

from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phoihop.orgs.enums import Role
from phoihop.reviews.models import IssuedNumber, Review, ReviewFile, ReviewVersion, Section, SectionText
from phoihop.reviews.pages.writing import lines_of
from tests.web.conftest import world as world  # noqa: PLC0414  the same world as the other pages
from tests.web.world import PageWorld, client_of

ROOM = "/so-ket/so-ket/soan/"
SECTION = f"{ROOM}muc/content-1/"


@pytest.fixture
def desk(world: PageWorld) -> Client:
    world.told.composed(state="received")
    return client_of(world.told.base.central_desk)


def section() -> Section:
    return Section.objects.get(key="content-1")


def save(client: Client, vi: str, en: str = "", seen: str | None = None) -> int:
    mark = client.get(SECTION).context["form"].initial["seen"] if seen is None else seen
    return client.post(SECTION, {"vi": vi, "en": en, "seen": mark}).status_code


def signed(version: ReviewVersion, said: str = "", **more: object) -> dict[str, object]:
    organisation = version.review.issuers.get().organisation_id
    return {
        "number": version.number,
        "organisation": organisation,
        "audience": "public",
        "said": said,
        **more,
    }


def word_file() -> SimpleUploadedFile:
    held = BytesIO()
    with ZipFile(held, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile("da-ky.docx", held.getvalue())


def test_room_lists_the_sections_and_what_may_be_done(desk: Client) -> None:
    page = unescape(desk.get(ROOM).content.decode())
    assert 'href="/so-ket/so-ket/soan/muc/content-1/"' in page
    assert "Còn chỗ để trống" in page
    assert "Khóa một phiên bản" in page
    assert "Chưa có phiên bản nào được khóa" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.CENTRAL_DESK, 200),
        (Role.AUDITOR, 403),
        (Role.PROVINCIAL_DESK, 404),
        (Role.REPORTING_OFFICER, 404),
    ],
)
def test_room_is_open_to_those_who_write_the_review(world: PageWorld, role: Role, status: int) -> None:
    world.told.composed(state="received")
    answer = client_of(world.people()[role]).get(ROOM)
    assert answer.status_code == status
    if status == 403:
        assert str(Role.CENTRAL_DESK.label) in unescape(answer.content.decode())


@pytest.mark.parametrize(
    "action", ["soan-lai", "don-vi-soan", "khoa", "cong-bo", "phe-duyet", "cap-so", "tep", "muc/content-1"]
)
def test_nobody_else_acts_in_the_room(world: PageWorld, action: str) -> None:
    world.frozen(state="received")
    auditor = client_of(world.people()[Role.AUDITOR])
    assert auditor.post(f"{ROOM}{action}/", {"vi": "x", "seen": "x"}).status_code == 403
    assert Client().post(f"{ROOM}{action}/").status_code in {302, 403}
    assert (SectionText.objects.count(), ReviewVersion.objects.count()) == (0, 1)


def test_saved_section_keeps_who_when_and_what_stood_before(desk: Client, world: PageWorld) -> None:
    before = section().blocks
    assert (
        save(desk, f"{lines_of(before, 'vi')}\n\nCâu thêm có [[B01]].\n- Một ý", lines_of(before, "en"))
        == 302
    )
    kinds = [block["kind"] for block in section().blocks]
    assert kinds == [*[block["kind"] for block in before], "paragraph_break", "sentence", "bullet"]
    assert section().blocks[: len(before)] == before
    texts = list(SectionText.objects.order_by("number"))
    assert [text.blocks for text in texts] == [before, section().blocks]
    assert [text.saved_by for text in texts] == [None, world.told.base.central_desk]
    page = unescape(desk.get(SECTION).content.decode())
    assert "Câu thêm có [[B01]]." in page
    assert "soạn từ số liệu" in page


def test_saving_nothing_new_keeps_no_text(desk: Client) -> None:
    blocks = section().blocks
    assert save(desk, lines_of(blocks, "vi"), lines_of(blocks, "en")) == 302
    assert (section().blocks, SectionText.objects.count()) == (blocks, 0)


def test_refused_text_stays_in_the_form_with_the_sentence(desk: Client) -> None:
    before = section().blocks
    mark = desk.get(SECTION).context["form"].initial["seen"]
    answer = desk.post(SECTION, {"vi": "Có [[X99]] nhé.", "en": "", "seen": mark})
    page = unescape(answer.content.decode())
    assert answer.status_code == 400
    assert "[[X99]] nhé." in page
    assert section().blocks == before


def test_text_saved_meanwhile_is_not_overwritten(desk: Client) -> None:
    mark = desk.get(SECTION).context["form"].initial["seen"]
    assert save(desk, "Của người thứ nhất.") == 302
    assert save(desk, "Của người thứ hai.", seen=mark) == 400
    assert [block["vi"] for block in section().blocks] == ["Của người thứ nhất."]


def test_the_room_says_that_an_approval_is_no_digital_signature(desk: Client, world: PageWorld) -> None:
    """Before one approves, and once one has."""
    assert desk.post(f"{ROOM}khoa/").status_code == 302
    before = unescape(desk.get(ROOM).content.decode())
    assert "Đây là phê duyệt trong hệ thống, không phải chữ ký số" in before
    approved = desk.post(f"{ROOM}phe-duyet/", signed(ReviewVersion.objects.get()), follow=True)
    assert "Đã phê duyệt phiên bản. Đây là phê duyệt, không phải chữ ký số." in unescape(
        approved.content.decode()
    )


def test_review_is_composed_frozen_published_and_given_its_signed_file(desk: Client) -> None:
    assert desk.post(f"{ROOM}don-vi-soan/", {"vi": "V05.", "en": "V05"}).status_code == 302
    assert desk.post(f"{ROOM}soan-lai/").status_code == 302
    assert desk.post(f"{ROOM}khoa/").status_code == 302
    version = ReviewVersion.objects.get()
    assert '"drafting_unit":{"en":"V05","vi":"V05"}' in version.context
    publishing = {"number": 1, "audience": "public"}
    refused = desk.post(f"{ROOM}cong-bo/", publishing)
    centre = version.review.issuers.get().organisation
    assert (refused.status_code, centre.name_vi in unescape(refused.content.decode())) == (409, True)
    assert desk.post(f"{ROOM}phe-duyet/", signed(version, "Nhất trí")).status_code == 302
    assert desk.post(f"{ROOM}cong-bo/", publishing).status_code == 302
    version.refresh_from_db()
    assert (version.audience, version.published_at is not None) == ("public", True)
    sent = {"number": 1, "language": "vi", "file": word_file()}
    assert desk.post(f"{ROOM}tep/", sent).status_code == 302
    kept = ReviewFile.objects.get(kind="uploaded")
    page = desk.get(ROOM).content.decode()
    assert (kept.name, kept.sha256 in page) == ("da-ky.docx", True)


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("cong-bo", {"number": 1, "audience": "martians"}),
        ("cong-bo", {"number": 7, "audience": "public"}),
        ("tep", {"number": 1, "language": "vi", "file": SimpleUploadedFile("x.exe", b"MZ")}),
        ("tep", {"number": 1, "language": "vi"}),
    ],
)
def test_refusal_is_told_in_the_room(world: PageWorld, action: str, sent: dict[str, object]) -> None:
    version = world.frozen(state="received")
    answer = client_of(world.told.base.central_desk).post(f"{ROOM}{action}/", sent)
    version.refresh_from_db()
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert (version.published_at, ReviewFile.objects.count()) == (None, 0)


def test_approval_is_withdrawn_with_its_reason_and_stays_on_the_page(world: PageWorld) -> None:
    version = world.frozen(state="received")
    desk = client_of(world.told.base.central_desk)
    page = unescape(desk.get(ROOM).content.decode())
    assert "không phải chữ ký số" in page
    assert "Việc công bố cho đối tượng này (Mọi người đăng nhập) chờ phê duyệt của" in page
    desk.post(f"{ROOM}phe-duyet/", signed(version, "Nhất trí"))
    assert "có thể công bố cho đối tượng: Công khai" in unescape(desk.get(ROOM).content.decode())
    assert desk.post(f"{ROOM}rut-phe-duyet/", signed(version)).status_code == 400
    assert desk.post(f"{ROOM}rut-phe-duyet/", signed(version, "Sai phụ lục")).status_code == 302
    page = unescape(desk.get(ROOM).content.decode())
    assert "Sai phụ lục" in page
    assert "Việc công bố cho đối tượng này (Mọi người đăng nhập) chờ phê duyệt của" in page


def test_room_says_for_whom_a_version_may_go_out_and_who_is_waited_for(world: PageWorld) -> None:
    version = world.frozen(state="received")
    desk = client_of(world.told.base.central_desk)
    desk.post(f"{ROOM}phe-duyet/", signed(version, audience="signed_in"))
    assert "có thể công bố cho đối tượng: Mọi người đăng nhập." in unescape(desk.get(ROOM).content.decode())
    refused = desk.post(f"{ROOM}cong-bo/", {"number": 1, "audience": "public"})
    assert (refused.status_code, "Công khai" in unescape(refused.content.decode())) == (409, True)
    assert desk.post(f"{ROOM}cong-bo/", {"number": 1, "audience": "signed_in"}).status_code == 302
    (row,) = desk.get(ROOM).context["room"].versions[0].rows
    assert (list(row.to_approve), row.is_withdrawable) == (["public"], False)
    desk.post(f"{ROOM}phe-duyet/", signed(version))
    assert desk.post(f"{ROOM}cong-bo/", {"number": 1, "audience": "public"}).status_code == 302
    (row,) = desk.get(ROOM).context["room"].versions[0].rows
    assert (list(row.to_approve), row.is_withdrawable) == ([], False)


def test_simulated_review_takes_no_number(world: PageWorld) -> None:
    version = world.frozen(state="received")
    desk = client_of(world.told.base.central_desk)
    desk.post(f"{ROOM}phe-duyet/", signed(version))
    refused = desk.post(f"{ROOM}cap-so/", signed(version))
    assert (refused.status_code, IssuedNumber.objects.count()) == (409, 0)
    assert "mô phỏng" in unescape(refused.content.decode())


def test_number_is_given_and_cancelled_on_the_page(world: PageWorld) -> None:
    version = world.frozen(state="received")
    Review.objects.update(is_simulated=False)
    desk = client_of(world.told.base.central_desk)
    desk.post(f"{ROOM}phe-duyet/", signed(version))
    assert desk.post(f"{ROOM}cap-so/", signed(version, register_number="3")).status_code == 400
    given = signed(version, "Cấp cho văn bản ngoài hệ thống", register_number="3")
    assert desk.post(f"{ROOM}cap-so/", given).status_code == 302
    assert '<strong class="num">03</strong>' in desk.get(ROOM).content.decode()
    assert desk.post(f"{ROOM}huy-so/", signed(version, "Ghi nhầm")).status_code == 302
    assert [line.state for line in IssuedNumber.objects.order_by("number")] == [
        "skipped", "skipped", "cancelled",
    ]  # fmt: skip


def test_room_speaks_english(desk: Client) -> None:
    desk.cookies["django_language"] = "en"
    assert "Freeze a version" in desk.get(ROOM).content.decode()
