"""The pages: who opens them, what they show and refuse, and what a list costs."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from phoihop.accounts.models import User
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
from phoihop.assignments.enums import AssignmentState, Audience, Cell
from phoihop.assignments.models import Assignment, CalendarFeed, Conclusion, Extension, Proposal
from phoihop.assignments.queries.behind import seen_by
from phoihop.assignments.queries.detail import parts_below
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.assignments.queries.lists import AssignmentFilter, found_assignments
from phoihop.core import clock
from phoihop.core.templatetags.vietnamese import areaname
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.factories.assignments import DUE, assigned, closed, drafted, issued, paragraph
from tests.factories.orgs import user_for
from tests.reports.world import World, front_of
from tests.web.world import client_of

LIST, OVERDUE = "/nhiem-vu/", "/nhiem-vu/qua-han/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def page(task: Assignment) -> str:
    return f"/nhiem-vu/{task.pk}/"


def fresh(task: Assignment) -> Assignment:
    return Assignment.objects.get(pk=task.pk)


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()


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


def test_empty_pages_say_what_will_be_there(world: World) -> None:
    client = client_of(world.officer())
    assert "Chưa có nhiệm vụ nào" in text_of(client, LIST)
    assert "hôm nay không có nhiệm vụ quá hạn" in text_of(client, OVERDUE)
    assert "Chưa có kiến nghị nào gửi đến cơ quan bạn" in text_of(client, "/kien-nghi/")
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


def test_the_list_is_narrowed_by_cell_and_counts_all_four(world: World) -> None:
    late, on_time, open_one = issued(world.centre, world.programme, world.desk, world.desk, world.desk)
    Assignment.objects.filter(pk=late.pk).update(due_on=date(2026, 6, 15), original_due_on=date(2026, 6, 15))
    report_done(assignment=on_time, by=None)
    client = client_of(world.provincial_desk)
    found = text_of(client, f"{LIST}?cell=open-overdue")
    assert page(late) in found
    assert page(open_one) not in found
    assert page(on_time) not in found
    with translation.override("vi"):
        assert "Tổng số 3 nhiệm vụ" in found
    assert page(late) in text_of(client, OVERDUE)
    assert page(open_one) not in text_of(client, OVERDUE)


def told_to(user: User) -> tuple[list[Assignment], list[Assignment], list[Assignment]]:
    """What is to be closed, what of one's own giving is late, and where a later date is asked for."""
    duties = assignment_duties(user)
    assert (duties.to_close_total, duties.late_given_total) == (len(duties.to_close), len(duties.late_given))
    return (
        list(duties.to_close),
        list(duties.late_given),
        [each.assignment for each in duties.extensions],
    )


def test_what_joint_issuers_give_to_the_first_of_them_waits_for_the_others(world: World) -> None:
    other = front_of(world.country)
    done, late, asked = issued(world.centre, world.programme, *[world.centre] * 3, co_issuers=[other])
    usual = issued(world.centre, world.programme, world.desk)[0]
    for each in (done, usual):
        report_done(assignment=each, by=None)
    ask_extension(assignment=asked, wanted_on=date(2026, 9, 30), reason="Mưa lũ", by=None)
    Assignment.objects.filter(pk=late.pk).update(due_on=date(2026, 6, 8), original_due_on=date(2026, 6, 8))
    approver = user_for(other, Role.APPROVER)
    assert told_to(approver) == ([done], [late], [asked])
    assert told_to(world.central_desk) == ([usual], [], [])
    given = f"{LIST}?scope=given"
    theirs, ours = (text_of(client_of(each), given) for each in (approver, world.central_desk))
    assert [page(each) in theirs for each in (done, late, asked, usual)] == [True, True, True, False]
    assert [page(each) in ours for each in (done, late, asked, usual)] == [False, False, False, True]
    assert client_of(approver).post(f"{page(done)}dong/").status_code == 302
    assert fresh(done).state == AssignmentState.CLOSED
    assert page(done) in text_of(client_of(approver), given)  # also once it is settled


def test_the_heir_of_a_joint_issuer_is_told_and_closes(world: World, front: Organisation) -> None:
    old = front_of(world.country)
    task = issued(world.centre, world.programme, world.centre, co_issuers=[old])[0]
    report_done(assignment=task, by=None)
    Organisation.objects.filter(pk=old.pk).update(valid_until=date(2026, 6, 10))
    OrganisationSuccession.objects.create(predecessor=old, successor=front, on=date(2026, 6, 10))
    heir = user_for(front, Role.APPROVER)
    assert told_to(heir) == ([task], [], [])
    assert client_of(heir).post(f"{page(task)}dong/").status_code == 302
    assert fresh(task).state == AssignmentState.CLOSED


@pytest.mark.parametrize(
    ("address", "cost"),
    [(f"{LIST}?scope=given", 11), (f"{LIST}?scope=all&sort=-lead&cell=open-overdue", 17), (OVERDUE, 18)],
)
def test_a_list_costs_the_same_whatever_its_length(world: World, address: str, cost: int) -> None:
    client = client_of(world.provincial_desk)
    client.get(address)
    for leads in (world.units, [world.units[0]] * 45):
        issued(world.desk, world.programme, *leads)
        Assignment.objects.update(due_on=date(2026, 6, 1), original_due_on=date(2026, 6, 1))
        with CaptureQueriesContext(connection) as told:
            assert client.get(address).status_code == 200
        assert len(told) == cost


def test_three_thousand_parts_are_listed_in_a_fixed_number_of_queries(world: World) -> None:
    from tests.factories.orgs import OrganisationFactory

    Organisation.objects.bulk_create(
        OrganisationFactory.build(
            area=world.communes[n % 2], name_fold="x", name_sort=f"{n:04}", parent=world.desk
        )
        for n in range(3_319)
    )
    task = issued(world.centre, world.programme, world.desk)[0]
    parts = cascade_assignment(assignment=task, level="commune", by=None)
    assert len(parts) == 3_321
    client = client_of(world.provincial_desk)
    for address in (f"{LIST}?scope=all", f"{page(task)}phan/?page=30", page(task)):
        client.get(address)
        with CaptureQueriesContext(connection) as told:
            assert client.get(address).status_code == 200
        assert len(told) <= 28, (address, len(told))


def test_the_register_never_looks_itself_up_in_itself(world: World) -> None:
    """A server without statistics joins such a list row by row: minutes for some thousand parts."""
    person = world.provincial_desk
    wanted = AssignmentFilter(scope="all", cell=Cell.OPEN_OVERDUE, level="commune")
    for rows in (found_assignments(person, wanted), parts_below(Assignment(pk=1), person), seen_by(person)):
        # Once for the list, once for the conclusions that concern whoever has one of their assignments.
        assert str(rows.query).count('FROM "assignments_assignment"') == 2


def test_downloads_are_the_filtered_rows_and_never_formulas(world: World) -> None:
    issued(world.centre, world.programme, world.desk, verb_vi="=HYPERLINK", text_vi="(1)")
    client = client_of(world.provincial_desk)
    csv = client.get(f"{LIST}?download=csv").content.decode("utf-8-sig")
    assert "'=HYPERLINK (1)" in csv
    assert "2026-07-31" in csv
    assert client.get(f"{LIST}?download=xlsx").status_code == 200
    assert client.get(f"{LIST}?download=csv&cell=open-overdue").content.decode("utf-8-sig").count("\r\n") == 1


def test_a_file_tells_everything_in_words_and_local_time(world: World, task: Assignment) -> None:
    task.co_organisations.add(world.units[0])
    asked = ask_extension(assignment=task, wanted_on=date(2026, 8, 31), reason="Mưa lũ", by=None)
    grant_extension(extension=asked, by=None)
    report_done(assignment=task, by=None)
    answer = client_of(world.provincial_desk).get(f"{LIST}?download=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(StringIO(answer))
    told = {
        "Sản phẩm": "Kế hoạch tuyên truyền",
        "Cơ quan phối hợp": world.units[0].name_vi,
        "Thời hạn ban đầu": "2026-07-31",
        "Thời hạn hiện hành": "2026-08-31",
        "Đã gia hạn": "có",
        "Số lần gia hạn": "1",
        "Tình trạng": "đang thực hiện trong hạn",
        "Bước xử lý": "Đã báo cáo hoàn thành, chờ kết thúc",
        "Ngày hoàn thành theo báo cáo": "2026-06-16",
        "Ngày hoàn thành": "",
        "Cập nhật lần cuối": "2026-06-16 09:00",
        "Kết luận": "Thông báo kết luận Hội nghị sơ kết",
        "Số thứ tự của mục": "1",
        "Địa chỉ truy cập": f"http://testserver{page(task)}",
    }
    assert {name: row.get(name) for name in told} == told


def test_a_calendar_opens_by_its_address_until_it_is_changed(world: World, task: Assignment) -> None:
    client, slug = client_of(world.provincial_desk), world.desk.slug
    own = f"/nhiem-vu/co-quan/{slug}/"
    assert client.post(f"{own}lich/").status_code == 302
    address = _feed_address(text_of(client, own))
    body = Client().get(address)
    assert body.status_code == 200
    assert body["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;VALUE=DATE:20260731" in body.content
    told = Calendar.from_ical(body.content).walk("VEVENT")[0]
    assert (told["UID"], told["URL"]) == (f"assignment-{task.pk}@phoihop", f"http://testserver{page(task)}")
    assert Client().get(address.replace(".ics", "x.ics")).status_code == 404
    client.post(f"{own}lich/")
    assert Client().get(address).status_code == 404
    assert Client().get(_feed_address(text_of(client, own))).status_code == 200
    assert client_of(world.officer()).post(f"{own}lich/").status_code == 403
    assert CalendarFeed.objects.count() == 1


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


def _feed_address(text: str) -> str:
    return text.split("<code>http://testserver")[1].split("</code>", maxsplit=1)[0]
