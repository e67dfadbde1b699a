"""The letters: what stands on them and what does not, in both forms; the calendar file."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import docx
import pypdf
import pytest
from icalendar import Calendar

from phoihop.conferences.actions import add_item, edit_conference
from phoihop.conferences.codes import code_for
from phoihop.conferences.enums import ConferenceKind, ItemKind, Visibility
from phoihop.conferences.facts import ConferenceFacts, ItemFacts, facts_of
from phoihop.conferences.letters import archived, calendar_of, letter_of
from phoihop.conferences.models import Organiser
from phoihop.conferences.permissions import attendee_of
from phoihop.conferences.queries.inviting import letter_for, letter_sites
from phoihop.conferences.views.preparing.page import tabs
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Post
from phoihop.reviews.render import docx as word
from phoihop.reviews.render import pdf
from phoihop.reviews.render.labels import Language
from phoihop.reviews.render.plan.shapes import Plan
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import OrganisationFactory
from tests.web.world import client_of

ORIGIN = "https://phoihop.example"


def plan_of(world: ConferenceWorld, number: int = 1, lang: Language = "vi") -> Plan:
    held = world.refreshed()
    invited = letter_sites(held, ORIGIN, [world.sites[number]])[0]
    return letter_of(letter_for(held, ORIGIN), invited, lang)


def said(plan: Plan) -> str:
    return "\n".join(piece.text for piece in plan.body if piece.kind in {"text", "bullet"})


def test_a_letter_says_who_is_invited_to_what_when_and_where(world: ConferenceWorld) -> None:
    delegation = world.sites[1].delegations.get()
    delegation.posts = ["Giám đốc", "Phó Giám đốc"]
    delegation.save()
    plan = plan_of(world)
    text = said(plan)
    assert (plan.head.type, plan.head.abstract, plan.head.addressed_to) == (
        "GIẤY MỜI",
        "Dự hội nghị trực tuyến",
        (),
    )
    assert "- Đoàn Tỉnh Tỉnh 0 (12 đại biểu): Giám đốc; Phó Giám đốc." in text
    assert "Thời gian: từ 10 giờ 00 phút đến 13 giờ 00 phút, ngày 16/06/2026." in text
    assert "Điểm cầu của đơn vị: Điểm cầu Tỉnh Tỉnh 0." in text
    assert text.endswith("đúng thời gian./.")


def test_the_agenda_of_delegates_stands_on_it_and_what_is_hidden_does_not(world: ConferenceWorld) -> None:
    for visibility in (Visibility.INTERNAL, Visibility.HIDDEN):
        facts = ItemFacts(kind=ItemKind.BREAK, title_vi=f"Mục {visibility.value}", visibility=visibility)
        add_item(conference=world.conference, facts=facts, by=None)
    agenda = next(piece for piece in plan_of(world).body if piece.kind == "table")
    assert [row.cells[:2] for row in agenda.rows] == [
        ("10:00", "Nội dung 1"), ("10:20", "Nội dung 2"), ("10:40", "Nội dung 3"), ("11:00", "Nội dung 4"),
        ("11:20", "Mục internal"),
    ]  # fmt: skip


def test_the_address_and_the_codes_stand_on_a_sheet_of_their_own(world: ConferenceWorld) -> None:
    site = world.sites[1]
    codes = [code_for(kind, site.pk, site.code_edition) for kind in ("room", "view")]
    reader = pypdf.PdfReader(BytesIO(pdf.write(plan_of(world))))
    pages = [page.extract_text() for page in reader.pages]
    assert [[code in page for code in codes] for page in pages[:-1]] == [[False, False]] * (len(pages) - 1)
    assert all(code in pages[-1] for code in codes)
    assert "diem-cau=diem-1" in pages[-1].replace("\n", "")
    assert plan_of(world, 2).annexes != plan_of(world, 1).annexes


def test_joint_issuers_stand_side_by_side_each_with_its_signature(world: ConferenceWorld) -> None:
    front = OrganisationFactory(area=world.conference.area, party=PartyKind.FRONT, name_vi="Ủy ban Mặt trận")
    post = Post.objects.create(
        organisation=front, slug="ct", title_vi="Chủ tịch", may_sign=True, signing_vi="TM. BAN THƯỜNG TRỰC"
    )
    Organiser.objects.create(conference=world.conference, organisation=front, post=post, order=1)
    plan = plan_of(world)
    assert [issuer.name for issuer in plan.head.issuers] == [world.centre.name_vi.upper(), "ỦY BAN MẶT TRẬN"]
    assert plan.signatures[1].lines == ("TM. BAN THƯỜNG TRỰC", "ỦY BAN MẶT TRẬN", "CHỦ TỊCH")
    document = docx.Document(BytesIO(word.write(plan)))
    row = [cell.text.strip() for cell in document.tables[1].rows[0].cells]
    assert row == [world.centre.name_vi.upper(), "ỦY BAN MẶT TRẬN"]


@pytest.mark.parametrize(
    ("number", "day", "line", "place"),
    [
        ("", None, "Số: ........./GM", "Hà Nội, ngày ..... tháng ..... năm ......."),
        ("5/GM-BCA", date(2026, 6, 5), "Số: 05/GM-BCA", "Hà Nội, ngày 05 tháng 6 năm 2026"),
    ],
)
def test_number_and_day_are_written_or_left_open(
    world: ConferenceWorld, number: str, day: object, line: str, place: str
) -> None:
    world.conference.letter_number, world.conference.letter_on = number, day
    world.conference.save()
    head = plan_of(world).head
    assert (head.issuers[0].number, head.place_and_date) == (line, place)


def test_a_simulated_conference_says_so_on_every_page(world: ConferenceWorld) -> None:
    marks = []
    for simulated in (False, True):
        world.conference.is_simulated = simulated
        world.conference.save()
        marks.append(plan_of(world).mark)
    assert marks == ["", "BẢN TRÌNH DIỄN – SỐ LIỆU MÔ PHỎNG"]


def test_in_writing_an_official_letter_asks_and_invites_nobody(world: ConferenceWorld) -> None:
    """Công văn: no type, what it is about under the number, to whom, where and by when to answer; no code."""
    world.conference.kind = ConferenceKind.WRITTEN
    world.conference.save()
    plan = plan_of(world)
    text = said(plan)
    head = (plan.head.type, plan.head.abstract, plan.head.issuers[0].number, plan.head.addressed_to)
    number = "Số: ........./.....\nV/v lấy ý kiến bằng văn bản"
    assert (head, plan.annexes) == (("", "", number, ("Tỉnh Tỉnh 0.",)), ())
    assert "Đề nghị gửi ý kiến bằng văn bản chậm nhất 13 giờ 00 phút, ngày 16/06/2026." in text
    assert f"tại địa chỉ {ORIGIN}/hoi-nghi/hoi-nghi-thu/y-kien/, đăng nhập" in text
    assert [each for each in ("kính mời", "Tới dự", "đến dự", "trưởng điểm cầu") if each in text] == []
    assert "V/v lấy ý kiến bằng văn bản" in pypdf.PdfReader(BytesIO(pdf.write(plan))).pages[0].extract_text()
    assert "GIẤY MỜI" not in "".join(
        each.text for each in docx.Document(BytesIO(word.write(plan))).paragraphs
    )


def test_the_pages_of_a_consultation_offer_nothing_of_a_session(world: ConferenceWorld) -> None:
    world.conference.kind = ConferenceKind.WRITTEN
    world.conference.save()
    by = attendee_of(world.refreshed(), world.desk)
    names = [name for name, _label, _url in tabs(world.conference, by)]
    assert names == ["prepare", "officials", "sites", "agenda", "documents", "invitations", "opinions"]
    page = client_of(world.officials["secretary"]).get("/hoi-nghi/hoi-nghi-thu/").content.decode()
    found = [
        each
        for each in ("dieu-hanh", "man-hinh", "diem-danh", "bieu-quyet", "tham-luan")
        if f"/{each}/" in page
    ]
    assert found == []


def test_whom_to_ring_stands_on_the_letter_and_on_the_sheet_of_codes(world: ConferenceWorld) -> None:
    facts = facts_of(world.conference, ConferenceFacts)
    named = {
        "technical_office_vi": "Phòng Kỹ thuật",
        "technical_office_en": "IT office",
        "technical_phone": "0692",
    }
    said_before = {name: getattr(facts, name) for name in ConferenceFacts.__dataclass_fields__}
    edit_conference(conference=world.conference, facts=ConferenceFacts(**said_before | named), by=None)
    for lang, line in (
        ("vi", "Bộ phận kỹ thuật: Phòng Kỹ thuật, điện thoại 0692."), ("en", "Technical office: IT office, telephone 0692."),
    ):  # fmt: skip
        plan = plan_of(world, lang=lang)
        assert (line in said(plan), line in plan.annexes[0].pieces[0].notes) == (True, True)
    page = client_of(world.desk).get("/hoi-nghi/hoi-nghi-thu/chuan-bi/ma/diem-1/").content.decode()
    assert "Phòng Kỹ thuật" in page


def test_an_english_letter_has_no_vietnamese_sentence(world: ConferenceWorld) -> None:
    plan = plan_of(world, lang="en")
    assert plan.head.type == "INVITATION"
    assert said(plan).startswith("Agency org-")
    assert "Time: 10:00 to 13:00, 16/06/2026." in said(plan)
    assert "kính mời" not in said(plan)


def test_the_calendar_file_is_read_back_and_a_moved_time_is_a_later_sequence(world: ConferenceWorld) -> None:
    first = _event(world)
    assert first["DTSTART"].dt == datetime(2026, 6, 16, 3, tzinfo=UTC)
    assert (first["UID"], str(first["LOCATION"])) == ("hoi-nghi-thu.diem-1@phoihop", "Điểm cầu Tỉnh Tỉnh 0")
    assert "10:20 Nội dung 2" in first["DESCRIPTION"]
    facts = facts_of(world.conference, ConferenceFacts)
    moved = {name: getattr(facts, name) for name in ConferenceFacts.__dataclass_fields__}
    edit_conference(
        conference=world.conference, facts=ConferenceFacts(**moved | {"venue_vi": "Hội trường A"}), by=None
    )
    second = _event(world)
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_the_calendar_file_holds_no_code(world: ConferenceWorld) -> None:
    site = world.sites[1]
    content = _calendar(world).decode()
    assert [code_for(kind, site.pk, site.code_edition) in content for kind in ("room", "view")] == [
        False,
        False,
    ]


def test_all_letters_come_in_one_archive(world: ConferenceWorld) -> None:
    answer = client_of(world.desk).get("/hoi-nghi/hoi-nghi-thu/chuan-bi/giay-moi/tat-ca.zip")
    archive = ZipFile(BytesIO(b"".join(answer)))
    names = archive.namelist()
    assert archive.testzip() is None
    assert names == [
        f"{kind}/giay-moi-{site.slug}.{kind}" for site in world.sites for kind in ("docx", "pdf", "ics")
    ]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert client_of(world.heads[1]).get(answer.request["PATH_INFO"]).status_code == 403


def test_the_archive_is_sent_while_its_letters_are_being_written(world: ConferenceWorld) -> None:
    """Each piece before the next letter is made; the request itself makes none of them."""
    made = []

    def letters() -> Iterator[tuple[str, bytes]]:
        for number in range(3):
            made.append(number)
            yield f"{number}.txt", b"x" * 1_000

    pieces = archived(letters())
    seen = [(len(next(pieces)) > 0, len(made)) for _piece in range(3)]
    assert seen == [(True, 1), (True, 2), (True, 3)]
    assert client_of(world.desk).get("/hoi-nghi/hoi-nghi-thu/chuan-bi/giay-moi/tat-ca.zip").streaming


@pytest.mark.office
def test_an_office_sees_the_codes_on_a_sheet_of_their_own(world: ConferenceWorld, tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(word.write(plan_of(world)))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "letter.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "letter.pdf").pages]
    code = code_for("room", world.sites[1].pk, 1)
    assert [code in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "GIẤY MỜI" in pages[0]
    assert "Nội dung 4" in "".join(pages[:-1])


def _calendar(world: ConferenceWorld) -> bytes:
    held = world.refreshed()
    return calendar_of(letter_for(held, ORIGIN), letter_sites(held, ORIGIN, [world.sites[1]])[0])


def _event(world: ConferenceWorld) -> Any:
    return Calendar.from_ical(_calendar(world)).walk("VEVENT")[0]
