"""Files attached to a report: who may fetch and remove them, and what of a photograph is kept."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from phoihop.reports.actions import return_report
from phoihop.reports.models import Report
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.entry import address, sent
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
CANARY = b"CANARY-14.39-N"


def test_files_are_attached_fetched_and_removed(officer: Client, reported: Report) -> None:
    wrong = SimpleUploadedFile("hoá đơn.pdf", b"MZ\x90\x00")
    page = officer.post(address(reported, "tep"), {"file": wrong}, follow=True).content.decode()
    assert "hoá đơn.pdf" in page
    assert reported.attachments.count() == 0
    officer.post(address(reported, "tep"), {"file": SimpleUploadedFile("kế hoạch.pdf", b"%PDF-1.7 x")})
    kept = reported.attachments.get()
    got = officer.get(f"/bao-cao/{reported.pk}/tep/{kept.pk}/")
    assert got["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content) == b"%PDF-1.7 x"
    officer.post(f"/bao-cao/{reported.pk}/tep/{kept.pk}/go/")
    officer.get(address(reported))  # what was attached and removed is said once
    assert "kế hoạch.pdf" not in officer.get(address(reported)).content.decode()


def test_a_file_of_a_draft_is_the_units_own_until_it_is_handed_in(
    world: World, officer: Client, reported: Report
) -> None:
    """Its address has a number anybody can count up to."""
    superior = client_of(world.provincial_desk)
    for name in ("kế hoạch.pdf", "bản nháp.pdf"):
        file = SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode())
        officer.post(address(reported, "tep"), {"file": file})
    plan, dropped = reported.attachments.all()
    of_plan, of_dropped = (f"/bao-cao/{reported.pk}/tep/{each.pk}/" for each in (plan, dropped))
    assert [officer.get(each).status_code for each in (of_plan, of_dropped)] == [200, 200]
    assert [superior.get(each).status_code for each in (of_plan, of_dropped)] == [404, 404]
    officer.post(f"{of_dropped}go/")
    sent(officer, reported, submit=True)
    assert [superior.get(each).status_code for each in (of_plan, of_dropped)] == [200, 404]
    assert [officer.get(each).status_code for each in (of_plan, of_dropped)] == [200, 404]
    return_report(report=reported, reason="Thiếu phụ lục", by=world.provincial_desk)
    officer.post(f"{of_plan}go/")
    assert [each.get(of_plan).status_code for each in (superior, officer)] == [200, 200]  # version 1 keeps it


def test_files_are_for_nobody_else_and_each_hangs_on_its_own_report(
    world: World, officer: Client, reported: Report
) -> None:
    other = world.report_of(world.units[1])
    stranger, superior = client_of(world.officer(1)), client_of(world.provincial_desk)
    officer.post(address(reported, "tep"), {"file": SimpleUploadedFile("kế hoạch.pdf", b"%PDF-1.7 x")})
    kept = reported.attachments.get()
    own, crossed = (f"/bao-cao/{each.pk}/tep/{kept.pk}/" for each in (reported, other))
    for step in ("draft", "submitted"):
        if step == "submitted":
            sent(officer, reported, submit=True)
        assert (stranger.get(own).status_code, stranger.post(f"{own}go/").status_code) == (404, 404)
        assert (stranger.get(crossed).status_code, stranger.post(f"{crossed}go/").status_code) == (404, 404)
        assert (Client().get(own).status_code, Client().post(f"{own}go/").status_code) == (302, 302)
        assert superior.get(crossed).status_code == 404
        assert superior.post(f"{own}go/").status_code == 403
    kept.refresh_from_db()
    assert not kept.is_removed


def photograph() -> bytes:
    """As a telephone takes it: where it was taken, with what, and a tail."""
    exif = Image.Exif()
    exif[0x010F] = CANARY.decode()
    exif[0x8825] = {1: "N", 2: (14.0, 39.0, 0.0), 27: b"ASCII\x00\x00\x00" + CANARY}
    file = BytesIO()
    Image.new("RGB", (40, 20), (200, 30, 30)).save(file, "JPEG", exif=exif, comment=CANARY)
    return file.getvalue() + CANARY


def test_the_place_of_a_photograph_is_neither_kept_nor_given_out(
    officer: Client, reported: Report, settings: Any, tmp_path: Path
) -> None:
    settings.FILES_DIR = tmp_path
    sent_file = photograph()
    assert sent_file.count(CANARY) == 4

    officer.post(address(reported, "tep"), {"file": SimpleUploadedFile("ảnh.jpg", sent_file)})

    kept = reported.attachments.get()
    given = b"".join(officer.get(f"/bao-cao/{reported.pk}/tep/{kept.pk}/").streaming_content)  # type: ignore[arg-type]
    with Image.open(BytesIO(given)) as opened:
        assert (opened.size, dict(opened.getexif())) == ((40, 20), {})
    on_disk = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert given in on_disk
    assert [CANARY in content for content in (given, *on_disk)] == [False] * (len(on_disk) + 1)
    assert (kept.size, kept.sha256) == (len(given), sha256(given).hexdigest())
