"""The pages: who opens them, what they show and refuse."""

from datetime import date, timedelta

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from phoihop.assignments.actions import (
    answer_proposal,
    ask_extension,
    cascade_assignment,
    grant_extension,
    issue_conclusion,
    report_done,
    return_assignment,
    send_proposal,
)
from phoihop.assignments.enums import AssignmentState, Audience
from phoihop.assignments.models import Assignment, Conclusion, Extension, Proposal
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.assignments.pages import LIST, OVERDUE, PDF, page, text_of
from tests.factories.assignments import DUE, assigned, closed, drafted, issued, paragraph
from tests.reports.world import World, front_of
from tests.web.world import client_of


def test_public_conclusions_open_without_signing_in(world: World) -> None:
    task = issued(world.centre, world.programme, world.desk, audience=Audience.PUBLIC)[0]
    guest = Client()
    slug = task.paragraph.conclusion.slug
    assert task.text_vi in text_of(guest, f"/ket-luan/{slug}/")
    assert slug in text_of(guest, "/ket-luan/")
    assert guest.get(page(task)).status_code == 302  # to the sign-in page


def test_conclusions_for_their_parties_are_not_there_for_others(world: World, task: Assignment) -> None:
    slug = task.paragraph.conclusion.slug
    assert Client().get(f"/ket-luan/{slug}/").status_code == 404
    assert "Chưa có kết luận nào công khai" in text_of(Client(), "/ket-luan/")
    assert task.text_vi in text_of(client_of(world.provincial_desk), f"/ket-luan/{slug}/")


def test_no_link_leads_to_a_page_that_is_refused(world: World) -> None:
    """A commune reads what public conclusions give another, and its own part of what the desk's part is a part of."""
    reader = client_of(world.officer())
    for lead, is_open in ((world.units[0], True), (world.units[1], False)):
        task = issued(world.centre, world.programme, lead, audience=Audience.PUBLIC)[0]
        duties = f"/nhiem-vu/co-quan/{lead.slug}/"
        assert (f'href="{duties}"' in text_of(reader, page(task))) == is_open
        assert reader.get(duties).status_code == (200 if is_open else 403)
    front = front_of(world.country)
    whole = issued(world.centre, world.programme, world.centre, co_issuers=[front])[0]
    (desk,) = cascade_assignment(assignment=whole, level="province", by=None)
    part = next(
        each
        for each in cascade_assignment(assignment=desk, level="commune", by=None)
        if each.lead == world.units[0]
    )
    assert f'href="{page(desk)}"' not in text_of(reader, page(part))
    assert reader.get(page(desk)).status_code == 404
    assert f'href="{page(desk)}"' in text_of(client_of(world.provincial_desk), page(part))


def test_empty_pages_say_what_will_be_there(world: World) -> None:
    client = client_of(world.officer())
    assert "Chưa có nhiệm vụ nào" in text_of(client, LIST)
    assert "hôm nay không có nhiệm vụ quá hạn" in text_of(client, OVERDUE)
    assert "Chưa có kiến nghị nào gửi đến cơ quan anh/chị" in text_of(client, "/kien-nghi/")
    assert "chưa có nhiệm vụ" in text_of(client, f"/nhiem-vu/co-quan/{world.units[0].slug}/")


def test_a_whole_conclusion_by_its_pages(world: World) -> None:
    desk = client_of(world.central_desk)
    made = desk.post(
        "/ket-luan/moi/",
        {
            "lead_issuer": world.centre.slug, "kind": "conference", "title_vi": "Kết luận hội nghị sơ kết",
            "concluded_on": "2026-03-11", "programmes": [world.programme.pk], "co_issuers": "",
            "audience": "public",
        },
    )  # fmt: skip
    assert made.status_code == 302, made.content.decode()
    conclusion = Conclusion.objects.get()
    draft = f"/ket-luan/{conclusion.slug}/soan/"
    assert made["Location"] == draft
    assert desk.post(f"{draft}doan/", {"label": "1", "text_vi": "Đẩy mạnh tuyên truyền."}).status_code == 302
    where = conclusion.paragraphs.get()
    prefix = f"p{where.pk}"
    told = {
        f"{prefix}-verb_vi": "Ban hành", f"{prefix}-text_vi": "kế hoạch tuyên truyền", f"{prefix}-lead": world.desk.name_vi,
        f"{prefix}-due_on": "2026-07-31",
    }  # fmt: skip
    wrong = desk.post(f"{draft}doan/{where.pk}/giao/", {**told, f"{prefix}-lead": "Cơ quan không có"})
    assert wrong.status_code == 400
    assert "kế hoạch tuyên truyền" in wrong.content.decode()  # what was typed stays
    assert desk.post(f"{draft}doan/{where.pk}/giao/", told).status_code == 302
    task = Assignment.objects.get()
    assert task.lead == world.desk
    cascaded = desk.post(f"{draft}nhiem-vu/{task.pk}/chia/", {"level": "commune", "party": "police"})
    assert cascaded.status_code == 302
    assert task.children.count() == 2
    assert desk.post(f"/ket-luan/{conclusion.slug}/ban-hanh/", {"number": "12/TB-BCĐ"}).status_code == 302
    conclusion.refresh_from_db()
    assert (conclusion.stage, conclusion.number) == ("issued", "12/TB-BCĐ")
    assert "12/TB-BCĐ" in text_of(Client(), f"/ket-luan/{conclusion.slug}/")
    assert desk.get(draft).status_code == 409  # nothing changes once it is issued


def test_a_drafted_assignment_is_changed_in_both_languages(world: World) -> None:
    desk = client_of(world.central_desk)
    conclusion = drafted(world.centre, world.programme)
    task = assigned(paragraph(conclusion), world.desk)
    cascade_assignment(assignment=task, level="commune", by=None)
    address = f"/ket-luan/{conclusion.slug}/soan/nhiem-vu/{task.pk}/"
    assert f'href="{address}"' in text_of(desk, f"/ket-luan/{conclusion.slug}/soan/")
    assert 'value="Kế hoạch tuyên truyền"' in text_of(desk, address)
    told = {
        "verb_vi": "Ban hành", "verb_en": "Issue", "text_vi": "kế hoạch mới", "text_en": "a new plan", "product_en": "Plan",
        "lead": world.desk.name_vi, "review_dates": "30/09/2026; 30/12/2026",
    }  # fmt: skip
    refused = desk.post(address, {**told, "lead": world.units[0].name_vi})  # the parts are its lead's
    assert refused.status_code == 409
    assert "a new plan" in refused.content.decode()
    assert desk.post(address, told).status_code == 302
    task.refresh_from_db()
    assert (task.text_en, task.is_standing, task.due_on) == ("a new plan", True, date(2026, 9, 30))
    assert task.review_dates.count() == 2
    assert set(task.children.values_list("text_vi", "text_en")) == {("kế hoạch mới", "a new plan")}
    issue_conclusion(conclusion=conclusion, by=None)
    assert desk.post(address, told).status_code == 409


def test_a_day_that_passed_is_confirmed_on_the_page(world: World) -> None:
    desk = client_of(world.central_desk)
    conclusion = drafted(world.centre, world.programme)
    where = paragraph(conclusion)
    draft, prefix = f"/ket-luan/{conclusion.slug}/soan/", f"p{where.pk}"
    told = {
        f"{prefix}-verb_vi": "Ban hành", f"{prefix}-text_vi": "kế hoạch", f"{prefix}-lead": world.desk.name_vi,
        f"{prefix}-due_on": "2026-06-15",
    }  # fmt: skip
    refused = desk.post(f"{draft}doan/{where.pk}/giao/", told)
    assert refused.status_code == 400
    assert f'name="{prefix}-is_past_meant"' in refused.content.decode()
    assert (
        desk.post(f"{draft}doan/{where.pk}/giao/", {**told, f"{prefix}-is_past_meant": "1"}).status_code
        == 302
    )
    assert "1 nhiệm vụ có thời hạn trước hôm nay" in text_of(desk, draft)
    assert desk.post(f"/ket-luan/{conclusion.slug}/ban-hanh/", {}).status_code == 409
    assert desk.post(f"/ket-luan/{conclusion.slug}/ban-hanh/", {"is_past_meant": "1"}).status_code == 302


def test_conclusions_of_a_written_review_lead_back_to_it(world: World) -> None:
    desk = client_of(world.central_desk)
    asked = "?kind=written_review&origin=review:so-ket&origin_path=/so-ket/so-ket/"
    assert 'value="review:so-ket"' in text_of(desk, f"/ket-luan/moi/{asked}")
    told = {
        "lead_issuer": world.centre.slug, "kind": "written_review", "title_vi": "Kết luận sơ kết", "concluded_on": "2026-03-11",
        "programmes": [world.programme.pk], "audience": "parties", "origin": "review:so-ket", "origin_path": "/so-ket/so-ket/",
    }  # fmt: skip
    assert desk.post("/ket-luan/moi/", {**told, "origin_path": "//example.org/x/"}).status_code == 422
    assert desk.post("/ket-luan/moi/", told).status_code == 302
    made = Conclusion.objects.get()
    assert made.origin == "review:so-ket"
    assert 'href="/so-ket/so-ket/"' in text_of(desk, f"/ket-luan/{made.slug}/")


def test_the_form_begins_with_what_a_review_hands_over(world: World) -> None:
    asked = (
        "?kind=written_review&title_vi=Kết luận sơ kết&title_en=Conclusions&concluded_on=2026-03-11"
        f"&lead_issuer={world.centre.slug}&co_issuers={world.desk.name_vi}&programme={world.programme.slug}"
    )
    form = client_of(world.central_desk).get(f"/ket-luan/moi/{asked}").context["form"]
    assert form["programmes"].value() == [world.programme.pk]
    told = ("title_vi", "title_en", "concluded_on", "lead_issuer", "co_issuers")
    assert [form[name].value() for name in told] == [
        "Kết luận sơ kết", "Conclusions", "2026-03-11", world.centre.slug, world.desk.name_vi,
    ]  # fmt: skip
    assert client_of(world.central_desk).get(f"/ket-luan/moi/{asked}").content.decode().count(" checked") == 1


def test_joint_conclusions_name_all_their_issuers(world: World) -> None:
    task = issued(world.centre, world.programme, world.units[0], co_issuers=[world.desk])[0]
    desk = client_of(world.central_desk)
    both = f"{world.centre.name_vi}; {world.desk.name_vi}"
    assert f"<dd>{both}</dd>" in text_of(desk, "/ket-luan/")
    assert f"<dd>{both}</dd>" in text_of(desk, page(task))


def test_from_acknowledging_to_closing(world: World, task: Assignment) -> None:
    lead, issuer = client_of(world.user(world.desk, Role.REPORTING_OFFICER)), client_of(world.central_desk)
    assert "Tiếp nhận nhiệm vụ" in text_of(lead, page(task))
    assert lead.post(f"{page(task)}tiep-nhan/").status_code == 302
    file = SimpleUploadedFile("ke-hoach.pdf", PDF)
    said = {"text": "Đã ban hành kế hoạch", "link": "/su-kien/1/", "file": file}
    assert lead.post(f"{page(task)}tien-do/", said).status_code == 302
    assert (
        lead.post(f"{page(task)}gia-han/", {"wanted_on": "2026-08-31", "reason": "Mưa lũ"}).status_code == 302
    )
    asked = Extension.objects.get()
    assert issuer.post(f"{page(task)}gia-han/{asked.pk}/dong-y/", {"until": "2026-08-15"}).status_code == 302
    assert lead.post(f"{page(task)}hoan-thanh/", {"done_on": "2026-06-16"}).status_code == 302
    refused = lead.post(f"{page(task)}dong/", {})
    assert refused.status_code == 403
    assert "cơ quan thực hiện không tự kết thúc" in refused.content.decode()
    assert issuer.post(f"{page(task)}dong/", {}).status_code == 302
    task.refresh_from_db()
    assert (task.state, task.due_on, task.original_due_on) == (AssignmentState.CLOSED, date(2026, 8, 15), DUE)
    shown = text_of(lead, page(task))
    for part in (
        "Đã ban hành kế hoạch",
        "Gia hạn từ 31/07/2026 đến 15/08/2026",
        "ban đầu: 31/07/2026",
        "ke-hoach.pdf",
    ):
        assert part in shown, part
    handed = lead.get(f"{page(task)}tien-do/1/tep/")
    assert b"".join(handed.streaming_content) == PDF
    assert client_of(world.officer(1)).get(f"{page(task)}tien-do/1/tep/").status_code == 404


def test_a_reported_day_waits_on_the_overdue_page_and_is_confirmed_by_the_issuer(
    world: World, task: Assignment
) -> None:
    Assignment.objects.filter(pk=task.pk).update(due_on=date(2026, 6, 1), original_due_on=date(2026, 6, 1))
    report_done(assignment=task, by=None)
    lead, issuer = client_of(world.provincial_desk), client_of(world.central_desk)
    assert page(task) in text_of(lead, OVERDUE)
    listed = text_of(lead, f"{LIST}?waiting=1")
    assert page(task) in listed
    assert "chờ cơ quan giao kết thúc: 1" in listed
    refused = issuer.post(f"{page(task)}dong/", {"done_on": "2026-06-15", "note": ""})
    assert refused.status_code == 400
    assert 'value="2026-06-15"' in refused.content.decode()
    told = {"done_on": "2026-06-15", "note": "Theo ngày ký"}
    assert issuer.post(f"{page(task)}dong/", told).status_code == 302
    assert "Đã kết thúc, hoàn thành ngày 15/06/2026" in text_of(lead, page(task))
    assert page(task) not in text_of(lead, OVERDUE)


def test_what_was_typed_stays_when_it_is_refused(world: World, task: Assignment) -> None:
    lead = client_of(world.provincial_desk)
    said = {"wanted_on": "2026-07-01", "reason": "Cần thêm thời gian"}
    refused = lead.post(f"{page(task)}gia-han/", said)
    assert refused.status_code == 400
    assert "không muộn hơn thời hạn hiện hành" in refused.content.decode()
    assert "Cần thêm thời gian" in refused.content.decode()


def test_an_organisation_counts_what_it_leads_and_names_the_rest_apart(world: World) -> None:
    own, other = issued(world.centre, world.programme, world.desk, world.units[0])
    for each in (own, other):
        Assignment.objects.filter(pk=each.pk).update(
            due_on=date(2026, 6, 1), original_due_on=date(2026, 6, 1)
        )
    other.co_organisations.add(world.desk)
    client = client_of(world.provincial_desk)
    shown = client.get(f"/nhiem-vu/co-quan/{world.desk.slug}/")
    assert (shown.context["cells"].total, shown.context["joined"]) == (1, [other])
    assert "Phối hợp thực hiện" in shown.content.decode()
    first = text_of(client, "/")
    assert 'Quá hạn <span class="num">(1)</span>' in first
    assert page(other) not in first.split("Chờ tiếp nhận")[0]


def test_an_heir_is_asked_for_what_is_open_and_told_from_its_namesake(world: World, task: Assignment) -> None:
    today, heirs = clock.today(), world.units
    Organisation.objects.filter(pk=world.desk.pk).update(valid_until=today)
    Organisation.objects.filter(pk=heirs[0].pk).update(
        name_vi=world.desk.name_vi, valid_from=date(2025, 7, 1)
    )
    for heir in heirs:
        OrganisationSuccession.objects.create(predecessor=world.desk, successor=heir, on=today)
    desk = client_of(world.central_desk)
    shown = text_of(desk, page(task))
    assert f"{world.desk.name_vi} ({areaname(heirs[0].area)}, từ 01/07/2025)</option>" in shown
    assert f"{heirs[1].name_vi}</option>" in shown
    closed(task)
    assert "<option" not in text_of(desk, page(task))


def test_an_organisations_page_is_for_its_members_and_those_above(world: World, task: Assignment) -> None:
    own = f"/nhiem-vu/co-quan/{world.desk.slug}/"
    assert task.text_vi in text_of(client_of(world.central_desk), own)
    assert client_of(world.officer()).get(own).status_code == 403


def test_a_proposal_by_its_pages(world: World) -> None:
    sender, receiver = client_of(world.provincial_desk), client_of(world.central_desk)
    told = {
        "sender": world.desk.slug, "receiver": world.centre.slug, "programme": world.programme.pk,
        "title": "Kinh phí", "text": "Đề nghị bố trí kinh phí", "answer_by": "2026-07-31",
    }  # fmt: skip
    late = sender.post("/kien-nghi/moi/", {**told, "answer_by": "2026-06-16"})
    assert late.status_code == 422
    assert "Đề nghị bố trí kinh phí" in late.content.decode()
    assert sender.post("/kien-nghi/moi/", told).status_code == 302
    proposal = Proposal.objects.get()
    assert "Kinh phí" in text_of(receiver, "/kien-nghi/")
    assert sender.post(f"/kien-nghi/{proposal.pk}/tra-loi/", {"answer": "Đồng ý"}).status_code == 403
    assert receiver.post(f"/kien-nghi/{proposal.pk}/tra-loi/", {"answer": " "}).status_code == 400
    assert receiver.post(f"/kien-nghi/{proposal.pk}/tra-loi/", {"answer": "Đồng ý"}).status_code == 302
    assert "Đồng ý" in text_of(sender, f"/kien-nghi/{proposal.pk}/")


def test_the_first_page_says_what_waits(world: World, task: Assignment) -> None:
    late = issued(world.centre, world.programme, world.desk, text_vi="việc đã quá hạn")[0]
    Assignment.objects.filter(pk=late.pk).update(due_on=date(2026, 6, 1), original_due_on=date(2026, 6, 1))
    ask_extension(assignment=task, wanted_on=date(2026, 8, 31), reason="Mưa lũ", by=None)
    send_proposal(
        sender=world.desk, receiver=world.centre, programme=world.programme, title="Kinh phí", text="Bố trí",
        answer_by=DUE, by=None,
    )  # fmt: skip
    lead = text_of(client_of(world.provincial_desk), "/")
    assert "việc đã quá hạn" in lead
    assert "Chờ tiếp nhận" in lead
    issuer = text_of(client_of(world.central_desk), "/")
    assert "31/07/2026 → 31/08/2026" in issuer
    assert "Kinh phí" in issuer


def test_the_first_page_tells_what_was_decided_and_answered(world: World, task: Assignment) -> None:
    returned, other = issued(world.centre, world.programme, world.desk, world.units[0])
    report_done(assignment=returned, by=None)
    return_assignment(assignment=returned, reason="Thiếu báo cáo kèm theo", by=None)
    asked = ask_extension(assignment=task, wanted_on=date(2026, 8, 31), reason="Mưa lũ", by=None)
    grant_extension(extension=asked, by=None)
    closed(other)
    proposal = send_proposal(
        sender=world.desk, receiver=world.centre, programme=world.programme, title="Kinh phí", text="Bố trí",
        answer_by=DUE, by=None,
    )  # fmt: skip
    answer_proposal(proposal=proposal, answer="Đồng ý", by=None)
    client = client_of(world.provincial_desk)
    found = client.get("/").context["assignment_duties"]
    assert {(each.assignment, each.reason) for each in found.news} == {
        (returned, "Thiếu báo cáo kèm theo"), (task, ""),
    }  # fmt: skip
    shown = text_of(client, "/")
    assert "Gia hạn đến 31/08/2026" in shown
    assert "Trả lời kiến nghị của cơ quan" in shown
    with time_machine.travel(clock.now() + timedelta(days=15), tick=False):
        assert not assignment_duties(world.provincial_desk).news
        assert not assignment_duties(world.provincial_desk).answers
