"""What an officer may not do is refused with a sentence: on the page, and in the answer to a device."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from phoihop.reports.actions import accept_report, lock_reports, save_draft, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import CELLS, World
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
MEGABYTES = "x" * (10 * 1024 * 1024)
NOT_YOURS = (
    "Hiện nay anh/chị không phụ trách đơn vị của báo cáo này, hoặc báo cáo không có trong hệ thống. Nội dung đã nhập"
    " vẫn còn trên máy này. Nếu nhiệm vụ của đơn vị đã chuyển cho đơn vị khác, đầu mối cấp trên cho biết ai nhập báo cáo."
)
NOTHING_THERE = "Không có nội dung nào ở địa chỉ này."
TOO_LARGE = (
    "Nội dung gửi lên lớn hơn 5 MB nên không được nhận. Hãy rút gọn nội dung, hoặc đính kèm thành tệp."
)


@pytest.fixture
def report(reported: Report) -> Report:
    return reported


def sent(client: Client, pk: int, **fields: Any) -> tuple[int, str]:
    """The answer to a device."""
    body = {"key": str(uuid4()), "mark": "comma", "cells": CELLS, "base": None, "submit": True, **fields}
    answer = client.post(f"/bao-cao/{pk}/gui/", json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()["sentence"]


def typed(client: Client, pk: int, **fields: str) -> tuple[int, str]:
    """The page after the form was sent."""
    body = {"mark": "comma", "c-B01": "4", "c-B02": "400", "base": "", "action": "submit", **fields}
    answer = client.post(f"/bao-cao/{pk}/nhap/", body)
    return answer.status_code, answer.content.decode()


def stands(report: Report) -> dict[str, str] | None:
    version = Report.objects.get(pk=report.pk).latest_version
    return version.cells if version else None


@pytest.mark.parametrize("whose", ["another unit's", "forged"])
def test_another_units_report_and_a_forged_number(world: World, officer: Client, whose: str) -> None:
    pk = world.report_of(world.units[1]).pk if whose == "another unit's" else 99_999_999
    assert sent(officer, pk) == (404, NOT_YOURS)
    status, page = typed(officer, pk)
    assert (status, NOTHING_THERE in page) == (404, True)
    assert not Report.objects.filter(latest_version__isnull=False).exists()


def test_a_report_one_may_read_but_not_enter(world: World, report: Report) -> None:
    sentence = (
        f"Anh/chị không có quyền nhập báo cáo của {report.organisation.name_vi}. Cán bộ báo cáo hoặc người duyệt của"
        f" {report.organisation.name_vi} có quyền này."
    )
    desk = client_of(world.provincial_desk)
    assert sent(desk, report.pk) == (403, sentence)
    status, page = typed(desk, report.pk)
    assert (status, escape(sentence) in page) == (403, True)


def test_after_the_lock_figures_change_only_with_a_reason(
    world: World, officer: Client, report: Report
) -> None:
    submit_report(report=report, cells=CELLS, by=world.officer(), origin=Origin.FORM)
    accept_report(report=report, by=world.provincial_desk)
    lock_reports(period=report.period, by=world.provincial_desk)
    sentence = (
        f"Báo cáo kỳ 6 tháng đầu năm 2026 (15/12/2025–14/06/2026) của {report.organisation.name_vi} đã được tiếp nhận."
        " Hãy ghi rõ lý do thay đổi số liệu."
    )
    other = {"B01": "9", "B02": "900"}
    assert sent(officer, report.pk, cells=other) == (400, sentence)
    base = officer.get(f"/bao-cao/{report.pk}/nhap/").context["form"].revision
    status, page = typed(officer, report.pk, **{"c-B01": "9", "base": base})
    assert (status, escape(sentence) in page) == (400, True)
    assert 'value="9"' in page
    assert (Report.objects.get(pk=report.pk).state, stands(report)) == ("locked", CELLS)


def test_a_stale_version_shows_both_copies(world: World, officer: Client, report: Report) -> None:
    save_draft(report=report, cells={"B01": "7"}, by=world.officer())
    sentence = (
        f"Báo cáo 6 tháng đầu năm 2026 (15/12/2025–14/06/2026) của {report.organisation.name_vi} đã được sửa trên"
        " thiết bị khác sau khi anh/chị mở. Cả hai bản đều được giữ lại: hãy đối chiếu và chọn một bản."
    )
    assert sent(officer, report.pk, base="") == (409, sentence)
    status, page = typed(officer, report.pk)
    assert (status, escape(sentence) in page) == (409, True)
    assert 'value="4"' in page
    assert '<dt>B01</dt><dd class="num">7</dd>' in page
    assert stands(report) == {"B01": "7"}


def test_a_note_of_ten_megabytes(officer: Client, report: Report) -> None:
    assert sent(officer, report.pk, notes={"B01": MEGABYTES}) == (400, TOO_LARGE)
    status, page = typed(officer, report.pk, **{"n-B01": MEGABYTES})
    assert (status, TOO_LARGE in page) == (413, True)
    sentence = (
        f"Đoạn văn bắt đầu bằng “{'x' * 40}…” có 2.001 ký tự; tối đa 2.000 ký tự được lưu. Hãy rút gọn hoặc đính kèm"
        " thành tệp."
    )
    assert sent(officer, report.pk, notes={"B01": "x" * 2_001}) == (400, sentence)
    assert stands(report) is None


@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_a_program_named_as_a_pdf(officer: Client, report: Report, content: bytes) -> None:
    file = SimpleUploadedFile("hoá đơn.pdf", content)
    page = officer.post(f"/bao-cao/{report.pk}/tep/", {"file": file}, follow=True).content.decode()
    assert "Xét theo nội dung, “hoá đơn.pdf” không phải loại tệp được đính kèm" in page
    assert report.attachments.count() == 0


def test_a_script_in_a_narrative_is_shown_as_text_on_every_page(
    world: World, officer: Client, report: Report
) -> None:
    evil = "<script>alert(1)</script>[x](javascript:alert(1))<img src=x onerror=alert(1)>"
    typed(officer, report.pk, **{"s-results": evil, "n-B01": evil})
    assert Report.objects.get(pk=report.pk).state == "submitted"
    accept_report(report=report, by=world.provincial_desk)
    own = world.report_of(world.desk)
    for user, address in (
        (world.officer(), f"/bao-cao/{report.pk}/"),
        (world.officer(), f"/bao-cao/{report.pk}/nhap/"),
        (world.provincial_desk, f"/bao-cao/{report.pk}/"),
        (world.central_desk, f"/bao-cao/{report.pk}/go-noi-dung/"),
        (world.provincial_desk, f"/bao-cao/{own.pk}/cap-duoi/results/"),
    ):
        page = client_of(user).get(address).content.decode()
        assert "<script>alert" not in page, address
        assert "<img src=x" not in page, address
        assert 'href="javascript:' not in page, address
        assert "&lt;script&gt;alert(1)" in page, address
