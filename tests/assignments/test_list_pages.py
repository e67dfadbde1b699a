"""Lists, files and calendars of assignments: what they hold, for whom, and what a list costs."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from icalendar import Calendar

from phoihop.accounts.models import User
from phoihop.assignments.actions import (
    ask_extension,
    cascade_assignment,
    grant_extension,
    report_done,
)
from phoihop.assignments.enums import AssignmentState, Cell
from phoihop.assignments.models import Assignment, CalendarFeed
from phoihop.assignments.queries.behind import seen_by
from phoihop.assignments.queries.detail import parts_below
from phoihop.assignments.queries.duties import assignment_duties
from phoihop.assignments.queries.lists import AssignmentFilter, found_assignments
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from tests.assignments.pages import LIST, OVERDUE, fresh, page, text_of
from tests.factories.assignments import issued
from tests.factories.orgs import user_for
from tests.reports.world import World, front_of
from tests.web.world import client_of


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


def _feed_address(text: str) -> str:
    return text.split("<code>http://testserver")[1].split("</code>", maxsplit=1)[0]
