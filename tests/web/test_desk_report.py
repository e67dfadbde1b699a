"""A report's page for who decides on it."""

import html
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.areas.enums import Level
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Post
from phoihop.reports.actions import (
    accept_report,
    attach_file,
    close_period,
    correct_report,
    extend_deadline,
    grant_exception,
    remind_units,
    reopen_period,
    return_report,
    save_draft,
    submit_report,
)
from phoihop.reports.checks.today import findings_today
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, Waiver
from phoihop.web.queries.desk_beside import Against, large_move
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.factories.reports import accepted as accepted_report
from tests.factories.reports import expected, half
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World, submitted
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
WAITS = (
    "Phiên bản 2, nộp lúc ",
    "Phiên bản 1 vẫn được tính cho đến khi",
    "được tính vào tổng sau khi tiếp nhận",
)


@pytest.fixture
def handed_in(world: World) -> Report:
    for year in (2023, 2024, 2025):
        for index in (1, 2):
            accepted_report(
                expected(half(world.form, year, index), world.units[0]), {"B01": "40", "B02": "400"}
            )
    world.open()
    report = world.units[0].reports.get(period__code="ADM-2026-H1")
    return submitted(report, {"B01": "120", "B02": "400"}, notes={"B01": "Đợt cao điểm"})


@pytest.fixture
def desk(world: World) -> Client:
    return client_of(world.provincial_desk)


def address(report: Report, part: str = "") -> str:
    return f"/bao-cao/{report.pk}/{part}"


def test_figures_stand_beside_last_year_with_what_is_unusual_in_words(
    world: World, handed_in: Report, desk: Client
) -> None:
    page = desk.get(address(handed_in))
    columns = page.context["desk"].columns
    year = columns.beside["B01"].year_before
    assert (year.shown, year.difference, year.percent, year.is_marked) == ("40", 80, 200, True)
    assert (columns.beside["B02"].year_before, columns.beside["B02"].outliers) == (Against("400"), ())
    assert (columns.previous, columns.has_year_before) == (None, True)
    text = page.content.decode()
    assert "cao gấp 3 lần trung vị 6 kỳ trước (40)" in text
    assert "Đợt cao điểm" in text
    officer = client_of(world.officer()).get(address(handed_in)).content.decode()
    assert "khác thường" not in officer
    assert "tiep-nhan" not in officer


def test_the_version_before_has_a_column_with_the_change(
    world: World, handed_in: Report, desk: Client
) -> None:
    return_report(report=handed_in, reason="Xem lại B01", by=None)
    submitted(handed_in, {"B01": "100", "B02": "400"}, notes={"B01": "Đếm lại"})
    page = desk.get(address(handed_in))
    columns = page.context["desk"].columns
    assert (columns.previous, columns.beside["B01"].previous) == (
        1, Against("120", Decimal(-20), Decimal(-20) * 100 / 120, is_marked=True),
    )  # fmt: skip
    assert columns.beside["B02"].previous == Against("400")
    heads = re.findall(r"<th[^>]*columnheader.*?</th>", page.content.decode(), re.DOTALL)
    assert [re.sub(r"<[^>]+>", " ", each).split() for each in heads] == [
        ["Chỉ", "tiêu"], ["Phiên", "bản", "2"], ["Phiên", "bản", "1", "bản", "trước"],
        ["Cùng", "kỳ", "năm", "trước"], ["Cách", "tính"],
    ]  # fmt: skip
    assert "▼ 20" in page.content.decode()
    first = desk.get(address(handed_in) + "?version=1").context["desk"].columns
    assert first.previous is None


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        ("5", "5", Against("5")),
        ("5", "", Against("", is_marked=True)),
        ("", "5", Against("5", is_marked=True)),
        ("na", "5", Against("5", is_marked=True)),
        ("na", "na", Against("na")),
        ("5", "0", Against("0", Decimal(5), None, is_marked=True)),
        ("6", "-5", Against("-5", Decimal(11), Decimal(220), is_marked=True)),
        ("14", "10", Against("10", Decimal(4), Decimal(40))),
        ("15", "10", Against("10", Decimal(5), Decimal(50), is_marked=True)),
    ],
)
def test_a_figure_against_last_years(now: str, before: str, expected: Against) -> None:
    assert large_move(now, before) == expected


def test_a_version_is_accepted_on_its_own_page(handed_in: Report, desk: Client) -> None:
    assert desk.post(address(handed_in, "tiep-nhan/"), {"number": "1"}, follow=True).status_code == 200
    assert Report.objects.get(pk=handed_in.pk).state == "accepted"
    assert desk.post(address(handed_in, "tiep-nhan/"), {"number": "1"}).status_code == 409


def test_a_reason_is_needed_to_return_and_nothing_typed_is_lost(
    world: World, handed_in: Report, desk: Client
) -> None:
    back = address(handed_in, "tra-lai/")
    assert desk.post(back, {"number": "1", "reason": " "}).status_code == 400
    too_long = desk.post(back, {"number": "1", "reason": "Giữ lại " * 80})
    assert (too_long.status_code, "Giữ lại Giữ lại" in too_long.content.decode()) == (400, True)
    desk.post(back, {"number": "1", "reason": "Xem lại B01"})
    assert Report.objects.get(pk=handed_in.pk).latest_version.return_reason == "Xem lại B01"
    assert "Xem lại B01" in client_of(world.officer()).get(address(handed_in)).content.decode()


def test_who_may_not_is_told_who_can(world: World, handed_in: Report) -> None:
    for user in (world.officer(), world.central_desk):
        for part in ("tiep-nhan/", "tra-lai/", "nhac/"):
            answer = client_of(user).post(address(handed_in, part), {"number": "1", "reason": "x"})
            assert answer.status_code == 403
            assert world.desk.name_vi in answer.content.decode()
    stranger = client_of(world.officer(1))
    assert stranger.post(address(handed_in, "tiep-nhan/"), {"number": "1"}).status_code == 404
    assert Report.objects.get(pk=handed_in.pk).state == "submitted"


def test_a_version_not_read_is_not_decided(handed_in: Report, desk: Client) -> None:
    submitted(handed_in, {"B01": "41", "B02": "400"}, notes={"B02": "Đếm kỹ"})
    assert desk.post(address(handed_in, "tiep-nhan/"), {"number": "1"}).status_code == 409
    assert desk.get(address(handed_in)).context["page"].version.number == 2
    assert "Mở bản đang chờ" in desk.get(address(handed_in) + "?version=1").content.decode()


def test_a_correction_that_waits_is_what_the_desk_and_the_unit_see_first(
    world: World, handed_in: Report, desk: Client
) -> None:
    desk.post(address(handed_in, "tiep-nhan/"), {"number": "1"})
    cells = {"B01": "44", "B02": "400"}
    submit: Any = {
        "cells": cells,
        "notes": {"B02": "Đếm kỹ"},
        "by": world.officer(),
        "origin": Origin.FORM,
        "simulated": True,
    }
    correct_report(report=handed_in, reason="Đếm lại", **submit)
    assert desk.get(address(handed_in)).context["page"].version.number == 2
    officer = client_of(world.officer())
    own = officer.get(address(handed_in))
    assert own.context["page"].version.number == 2
    assert [each in own.content.decode() for each in (*WAITS, "Mở phiên bản 2")] == [True, True, True, False]
    first = officer.get(address(handed_in) + "?version=1").content.decode()
    assert [each in first for each in (*WAITS, "Mở phiên bản 2")] == [True, True, False, True]
    others = client_of(world.central_desk).get(address(handed_in)).context["page"]
    assert others.version.number == 1
    return_report(report=handed_in, reason="Chưa đủ căn cứ", by=None)
    back = officer.get(address(handed_in)).content.decode()
    assert "đã trả lại phiên bản 2: Chưa đủ căn cứ" in back
    assert "Sửa và nộp lại" in back


def test_what_was_just_handed_in_says_who_it_waits_for_and_that_it_does_not_count_yet(
    world: World, handed_in: Report
) -> None:
    page = client_of(world.officer()).get(address(handed_in)).content.decode()
    assert f"đang chờ {handed_in.superior.name_vi} tiếp nhận." in page
    assert "được tính vào tổng sau khi tiếp nhận" in page
    assert "vẫn được tính" not in page


def test_a_draft_is_the_units_own(world: World, handed_in: Report, desk: Client) -> None:
    return_report(report=handed_in, reason="Thiếu", by=None)
    save_draft(report=handed_in, cells={"B01": "7"}, by=world.officer())
    assert [each.number for each in desk.get(address(handed_in)).context["page"].versions] == [1]
    own = client_of(world.officer()).get(address(handed_in)).context["page"].versions
    assert [each.number for each in own] == [2, 1]


def test_the_history_names_posts_and_says_what_was_done(
    world: World, handed_in: Report, desk: Client
) -> None:
    post = Post.objects.create(organisation=world.desk, slug="pho", title_vi="Phó trưởng phòng")
    world.provincial_desk.memberships.update(post=post)
    desk.post(address(handed_in, "tra-lai/"), {"number": "1", "reason": "Thiếu B02"})
    remind_units(reports=[handed_in], by=world.provincial_desk)
    done = desk.get(address(handed_in)).context["desk"].history
    assert [(each.action, each.who.split(",")[0]) for each in done] == [
        ("submit_report", ""), ("return_report", "Phó trưởng phòng"), ("remind_unit", "Phó trưởng phòng"),
    ]  # fmt: skip
    assert done[1].details["reason"] == "Thiếu B02"


def test_files_of_the_version_can_be_fetched_by_the_desk(world: World, desk: Client) -> None:
    world.open()
    report = world.report_of(world.units[0])
    file = SimpleUploadedFile("kế hoạch.pdf", b"%PDF-1.7 x")
    kept = attach_file(report=report, name=file.name or "", content=file.read(), by=None)
    submitted(report)
    page = desk.get(address(report)).content.decode()
    assert f"/bao-cao/{report.pk}/tep/{kept.pk}/" in page
    assert "kế hoạch.pdf" in page


def test_what_is_missing_is_reminded_of_from_its_page(world: World, desk: Client) -> None:
    world.open()
    report = world.report_of(world.units[0])
    for said in ("Đã nhắc đơn vị", "nhiều nhất một lần"):
        assert said in desk.post(address(report, "nhac/"), follow=True).content.decode()
    assert report.reminders.count() == 1


def test_ones_own_submission_is_left_to_another(world: World) -> None:
    world.open()
    report = world.report_of(world.units[0])
    user = world.user(world.desk, Role.APPROVER)
    world.user(world.units[0], Role.APPROVER)
    user.memberships.create(organisation=world.units[0], role=Role.APPROVER)
    submit_report(report=report, cells={"B01": "4", "B02": "400"}, by=user, origin=Origin.FORM)
    client = client_of(user)
    page: Any = client.get(address(report))
    assert page.context["desk"].decision.is_own
    assert "tiep-nhan" not in page.content.decode()
    assert client.post(address(report, "tiep-nhan/"), {"number": "1"}).status_code == 403


def test_peers_cost_no_queries(world: World, handed_in: Report, desk: Client) -> None:
    before = _queries(desk, handed_in)
    for number in range(12):
        peer = police_of(area_under(world.province, Level.COMMUNE, f"Bạn {number}"), world.desk)
        accepted_report(expected(handed_in.period, peer), {"B01": "5", "B02": "50"})
    assert _queries(desk, handed_in) == before


def _queries(client: Client, report: Report) -> int:
    client.get(address(report))
    with CaptureQueriesContext(connection) as asked:
        client.get(address(report))
    return len(asked)


def test_a_report_out_of_step_names_what_moved_below(world: World, desk: Client) -> None:
    world.open()
    below, other = (accept_report(report=submitted(world.report_of(unit)), by=None) for unit in world.units)
    own = accept_report(report=submitted(world.report_of(world.desk)), by=None)
    assert desk.get(address(own)).context["moved_below"] == []
    corrected = submitted(below, {"B01": "5", "B02": "400"}, reason="Sót một cuộc")
    accept_report(report=corrected, by=world.provincial_desk)
    page = desk.get(address(own))
    moved = page.context["moved_below"]
    assert [(each.report, each.confirmed.number, each.now.number) for each in moved] == [(below, 1, 2)]
    text = page.content.decode()
    assert f'href="{address(below)}?version=2"' in text
    assert ("Sót một cuộc" in text, address(other) in text) == (True, False)


def test_the_history_says_why_more_time_was_granted(world: World) -> None:
    """The log keeps the seal of the reason; the words stand in the row of the act."""
    world.open()
    report = world.report_of(world.units[0])
    grant_exception(report=report, until=date(2026, 7, 31), reason="Mưa lũ", by=None)
    done = client_of(world.provincial_desk).get(address(report)).context["desk"].history
    assert [(each.action, each.details["reason"]) for each in done] == [("grant_exception", "Mưa lũ")]


def test_a_superiors_report_shows_the_sums_from_below_with_their_coverage(
    world: World, handed_in: Report, desk: Client
) -> None:
    accept_report(report=handed_in, by=None)
    own = submitted(world.report_of(world.desk), {"B01": "7", "B02": "na"})
    for reader in (client_of(world.central_desk), desk):
        page = reader.get(address(own))
        below = page.context["from_below"]
        assert (below.below.accepted, below.below.expected) == (1, 2)
        rows = {
            row.definition.indicator.code: (row.own, row.below.total, row.below.reported)
            for row in below.rows
        }
        assert rows == {"B01": (7, 120, 1), "B02": (None, 400, 1)}
        assert "Tổng hợp từ các đơn vị bên dưới" in page.content.decode()
    page = desk.get(address(handed_in))
    assert page.context["from_below"] is None
    assert "Tổng hợp từ các đơn vị bên dưới" not in page.content.decode()


def test_every_unit_reads_why_its_window_moved_closed_and_opened_again(
    world: World, time_machine: Any
) -> None:
    period = world.open()
    time_machine.move_to(datetime(2026, 6, 15, 2, tzinfo=UTC))
    central = {"period": period, "by": world.central_desk}
    extend_deadline(**central, level="commune", until=date(2026, 6, 25), reason="Mưa lũ")
    extend_deadline(**central, level="province", until=date(2026, 7, 25), reason="Chờ cấp xã")
    time_machine.move_to(datetime(2026, 8, 1, 2, tzinfo=UTC))
    close_period(**central, reason="Đã hết hạn")
    reopen_period(**central, reason="Đóng nhầm")
    page = client_of(world.officer()).get(address(world.report_of(world.units[0])))
    done = [(each.action, each.details["reason"], bool(each.who)) for each in page.context["desk"].history]
    assert done == [
        ("extend_deadline", "Mưa lũ", True), ("close_period", "Đã hết hạn", True), ("reopen_period", "Đóng nhầm", True),
    ]  # fmt: skip
    text = page.content.decode()
    assert "16/06/2026 → 25/06/2026" in text
    assert "Chờ cấp xã" not in text
    for said in ("Mưa lũ", "Đã hết hạn", "Đóng nhầm", "đã mở lại kỳ báo cáo"):
        assert said in text


def test_not_applicable_is_not_said_to_count(world: World, desk: Client) -> None:
    world.open()
    report = submitted(world.report_of(world.units[0]), {"B01": "na", "B02": "na"})
    page = desk.get(address(report)).content.decode()
    assert page.count("không có số liệu để tính vào tổng") == 2
    assert "được tính vào tổng" not in page


def test_what_was_said_before_stands_beside_what_is_said_now(world: World, desk: Client) -> None:
    world.open()
    first = {"results": "Mở hai lớp", "causes": "Mưa"}
    report = submitted(world.report_of(world.units[0]), narrative=first)
    assert [each.before for each in desk.get(address(report)).context["page"].words] == [None, None]
    return_report(report=report, reason="Viết lại", by=None)
    submitted(report, narrative={"results": "Mở ba lớp", "causes": "Mưa", "proposals": "Thêm kinh phí"})
    page = desk.get(address(report))
    told = {each.part: (each.text, each.before) for each in page.context["page"].words}
    assert told == {
        "results": ("Mở ba lớp", "Mở hai lớp"), "causes": ("Mưa", None), "proposals": ("Thêm kinh phí", ""),
    }  # fmt: skip
    assert "Phiên bản 1 đã ghi:" in page.content.decode()


def test_the_page_tells_findings_with_what_the_officer_explained(handed_in: Report, desk: Client) -> None:
    version = handed_in.latest_version
    first = findings_today([(handed_in, version)])[handed_in.pk][0]
    before = html.unescape(desk.get(address(handed_in)).content.decode())
    assert first.sentence in before
    assert "Đợt cao điểm hè" not in before
    Waiver.objects.create(
        version=version, check_code=first.check, indicator_code=first.codes[0], explanation="Đợt cao điểm hè"
    )
    assert "Giải trình: Đợt cao điểm hè" in desk.get(address(handed_in)).content.decode()
