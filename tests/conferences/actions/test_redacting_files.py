"""A person's data goes out of documents of the agenda and out of issued conclusions with their notice."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
import typst
from django.test import Client

from phoihop.assignments.actions import add_paragraph, assign, issue_conclusion, strike_issued_words
from phoihop.assignments.models import Assignment, Conclusion, Paragraph
from phoihop.audit.actions import broken_links, seal_events
from phoihop.audit.models import AuditEvent, WordSeal
from phoihop.audit.words import TAKEN_OUT, broken_words
from phoihop.conferences.actions import (
    attach_document,
    close_conference,
    draft_conclusion,
    draft_minutes,
    freeze_minutes,
    make_notice,
    redact_conclusion_words,
    redact_document,
    redact_said,
    show_scene,
)
from phoihop.conferences.enums import Scene
from phoihop.conferences.log_check import broken_logs
from phoihop.conferences.models import ItemDocument, NoticeFile
from phoihop.core import storage
from phoihop.core.errors import Conflict, DomainError, NotAllowed
from phoihop.orgs.enums import Role
from tests.conferences.actions.test_concluding import held as held  # noqa: PLC0414
from tests.conferences.world import ConferenceWorld
from tests.factories.orgs import user_for
from tests.web.world import client_of

NAMED, WHY = "Bà Trần Thị B, 0901234567", "Có số điện thoại của công dân"
FILE_NAME = "don-cua-ba-tran-thi-b.pdf"


def pdf(*pages: str) -> bytes:
    return bytes(typst.compile({"main.typ": "\n#pagebreak()\n".join(pages).encode()}, format="pdf"))


def attached(world: ConferenceWorld, number: int, *pages: str, name: str = FILE_NAME) -> ItemDocument:
    return attach_document(item=world.items[number], name=name, content=pdf(*pages), by=None)


def exist(paths: list[str]) -> list[bool]:
    return [storage.place_of(path).exists() for path in paths]


def test_a_documents_bytes_pages_and_name_are_gone_and_its_hash_stays_in_the_log(
    world: ConferenceWorld, django_capture_on_commit_callbacks: Any
) -> None:
    """The very same file of another item too; a page that another document shows as well keeps its picture."""
    world.in_session()
    content = pdf(NAMED, "Trang chung")
    first, second = (
        attach_document(item=world.items[number], name=FILE_NAME, content=content, by=None)
        for number in (0, 1)
    )
    other = attached(world, 2, "Khác", "Trang chung", name="khac.pdf")
    own, shared = first.pages
    assert shared in other.pages
    kept = exist([first.path, own, shared])
    show_scene(
        conference=world.conference, scene=Scene.DOCUMENT, by=None, document=first.pk, page=1, view="whole"
    )
    seal_events()
    with django_capture_on_commit_callbacks(execute=True):
        redact_said(conference=world.refreshed(), place="document", pk=first.pk, reason=WHY, by=None)
    assert (kept, exist([first.path, own, shared, other.path])) == ([True] * 3, [False, False, True, True])
    for each in (first, second):
        each.refresh_from_db()
        assert (each.path, each.pages, each.sha256, each.name, each.is_removed) == (
            "",
            [],
            "",
            TAKEN_OUT,
            True,
        )
    other.refresh_from_db()
    assert (other.name, other.is_removed) == ("khac.pdf", False)
    conference = world.refreshed()
    assert conference.hall == {"scene": "speaker"}
    told = conference.events.filter(type="attach_document").order_by("seq")
    assert [(each.payload["name"], len(each.payload["sha256"])) for each in told] == [
        (TAKEN_OUT, 64), (TAKEN_OUT, 64), ("khac.pdf", 64)
    ]  # fmt: skip
    (tombstone,) = conference.redactions.all()
    assert (tombstone.label, tombstone.reason) == ("document", WHY)
    seal_events()
    assert [*broken_words(), *broken_links(), *broken_logs()] == []


def test_minutes_drawn_from_the_log_before_still_hold(world: ConferenceWorld) -> None:
    world.in_session()
    document = attached(world, 0, NAMED)
    close_conference(conference=world.conference, by=None)
    freeze_minutes(minutes=draft_minutes(conference=world.conference, by=None), by=None)
    redact_document(document=document, reason=WHY, by=None)
    assert list(broken_logs()) == []


def test_a_document_is_taken_out_by_the_centre_with_a_reason_once(world: ConferenceWorld) -> None:
    document, desk = attached(world, 0, NAMED), user_for(world.centre, Role.CENTRAL_DESK)
    with pytest.raises(NotAllowed):
        redact_document(document=document, reason=WHY, by=world.officials["chair"])
    with pytest.raises(DomainError, match="lý do"):
        redact_document(document=document, reason=" ", by=desk)
    redact_document(document=document, reason=WHY, by=desk)
    with pytest.raises(DomainError, match="Tài liệu"):
        redact_document(document=document, reason=WHY, by=desk)


def test_a_browser_asks_before_it_shows_a_page_again_and_is_given_none_once_it_was_taken_out(
    world: ConferenceWorld,
) -> None:
    document, reader = attached(world, 0, NAMED), client_of(world.desk)
    file = f"/hoi-nghi/hoi-nghi-thu/tai-lieu/{document.pk}/"
    page = f"{file}trang-1.png"
    first = reader.get(page)
    kept = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert (first.status_code, first["Cache-Control"], first["Content-Type"]) == (
        200, "private, no-cache", "image/png",
    )  # fmt: skip
    content = b"".join(first.streaming_content)
    assert first["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    again = reader.get(page, **kept)
    assert (again.status_code, again.content, again["ETag"], again["Cache-Control"]) == (
        304, b"", first["ETag"], "private, no-cache",
    )  # fmt: skip
    assert reader.get(page, HTTP_IF_NONE_MATCH='"of another page"').status_code == 200
    assert reader.get(file)["Cache-Control"] == "private, no-cache"
    redact_document(document=document, reason=WHY, by=None)
    assert [reader.get(where, **kept).status_code for where in (page, file)] == [404, 404]


def test_the_page_lists_documents_and_takes_one_out(world: ConferenceWorld) -> None:
    document, centre = attached(world, 0, NAMED), client_of(world.desk)
    page, file = "/hoi-nghi/hoi-nghi-thu/go-noi-dung/", f"/hoi-nghi/hoi-nghi-thu/tai-lieu/{document.pk}/"
    assert FILE_NAME in centre.get(page).content.decode()
    assert centre.get(file).status_code == 200
    done = centre.post(page, {"place": "document", "pk": document.pk, "reason": WHY}, follow=True)
    assert (FILE_NAME in done.content.decode(), WHY in done.content.decode()) == (False, True)
    assert centre.get(file).status_code == 404
    assert centre.post(page, {"place": "document", "pk": 10**9, "reason": WHY}).status_code == 400


@pytest.fixture
def issued(held: ConferenceWorld) -> Conclusion:
    """Its paragraph and an assignment name a person; numbered, its notice made twice."""
    drafted = draft_conclusion(conference=held.conference, by=None)
    said = f"Xem xét trường hợp {NAMED}, trả lời dân."
    assign(
        paragraph=add_paragraph(conclusion=drafted, label="1", text_vi=said, by=None), verb_vi="Giải quyết",
        text_vi=f"đơn của {NAMED} trước hạn", lead=held.bodies[1], due_on=date(2026, 9, 1), by=None,
    )  # fmt: skip
    out = issue_conclusion(conclusion=drafted, number="15/TB-BCA", is_past_meant=True, by=None)
    for _edition in range(2):
        make_notice(conclusion=out, conference=held.conference, by=None)
    return out


def in_word(file: NoticeFile) -> str:
    with ZipFile(BytesIO(storage.place_of(file.path).read_bytes())) as archive:
        return archive.read("word/document.xml").decode()


def test_issued_conclusions_lose_the_words_and_keep_what_is_in_force(
    held: ConferenceWorld, issued: Conclusion, django_capture_on_commit_callbacks: Any
) -> None:
    before = list(NoticeFile.objects.order_by("pk"))
    assert "0901234567" in in_word(before[0])
    task = Assignment.objects.get()
    seal_events()
    with django_capture_on_commit_callbacks(execute=True):
        redact_conclusion_words(conclusion=issued, words=NAMED, reason=WHY, by=None)
    assert Paragraph.objects.get().text_vi == f"Xem xét trường hợp {TAKEN_OUT}, trả lời dân."
    now = Assignment.objects.get()
    assert now.text_vi == f"đơn của {TAKEN_OUT} trước hạn"
    assert (now.due_on, now.lead_id, now.given_at) == (task.due_on, task.lead_id, task.given_at)
    issued.refresh_from_db()
    assert (issued.number, issued.stage) == ("15/TB-BCA", "issued")
    gone, standing = NoticeFile.objects.filter(path=""), NoticeFile.objects.exclude(path="")
    assert ({each.edition for each in gone}, {each.edition for each in standing}) == ({1, 2}, {3})
    assert not any(exist([each.path for each in before]))
    anew = standing.get(kind="docx", language="vi")
    assert ("0901234567" in in_word(anew), "trả lời dân" in in_word(anew)) == (False, True)
    told = AuditEvent.objects.filter(action="make_notice").order_by("pk")
    assert [len(each.details["files"]) for each in told] == [4, 4]  # the hashes of what is gone
    assert "0901234567" not in str(list(AuditEvent.objects.values("details")))
    assert {each.redaction_reason for each in WordSeal.objects.exclude(redacted_at=None)} == {WHY}
    seal_events()
    assert [*broken_words(), *broken_links()] == []
    Paragraph.objects.update(text_vi="Xem xét trường hợp khác.")
    assert len(list(broken_words())) == 1


def test_issued_words_are_taken_out_by_the_centre_where_they_stand(
    held: ConferenceWorld, issued: Conclusion
) -> None:
    desk = user_for(held.centre, Role.CENTRAL_DESK)
    draft = draft_conclusion(conference=held.conference, by=None)
    refusals: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"by": held.officials["chair"]}, NotAllowed),
        ({"reason": " "}, DomainError),
        ({"words": "không có ở đâu cả"}, DomainError),
        ({"words": "B"}, DomainError),
        ({"conclusion": draft}, Conflict),
    ]
    asked = {"conclusion": issued, "words": NAMED, "reason": WHY, "by": desk}
    for told, refusal in refusals:
        with pytest.raises(refusal):
            strike_issued_words(**(asked | told))
    assert NAMED in Paragraph.objects.get().text_vi


def test_the_page_of_issued_conclusions_takes_words_out(
    held: ConferenceWorld, issued: Conclusion, client: Client
) -> None:
    centre, home = client_of(held.desk), f"/ket-luan/{issued.slug}/"
    page = f"{home}go-noi-dung/"
    assert page in centre.get(home).content.decode()
    refused = centre.post(page, {"words": "không có ở đâu cả", "reason": WHY})
    assert (refused.status_code, "không có ở đâu cả" in refused.content.decode()) == (400, True)
    done = centre.post(page, {"words": NAMED, "reason": WHY}, follow=True).content.decode()
    assert (NAMED in done, WHY in done) == (False, True)
    said = centre.get(home).content.decode()
    assert (NAMED in said, TAKEN_OUT in said, WHY in said) == (False, True, True)
    listed = centre.get("/hoi-nghi/hoi-nghi-thu/ket-luan/").content.decode()
    assert listed.count("đã gỡ") == 8
    gone = NoticeFile.objects.filter(path="").first()
    assert gone is not None
    assert centre.get(f"/hoi-nghi/hoi-nghi-thu/ket-luan/tep/{gone.pk}/").status_code == 404
    assert client.get(page).status_code in {302, 403}
