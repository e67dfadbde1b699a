"""Figures filled in from what the system knows: their marks travel with the draft, their confirmation with the report."""

import re
from datetime import date

import pytest
from django.test import Client

from phoihop.audit.models import AuditEvent
from phoihop.events.actions import cancel_event
from phoihop.reports.actions import save_draft
from phoihop.reports.models import Report, ReportVersion
from tests.factories.events import held
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.entry import address, page_fields, sent
from tests.web.world import client_of

pytestmark = pytest.mark.django_db


def test_a_mark_goes_with_the_draft_and_the_submission_says_what_was_confirmed_untouched(
    world: World, officer: Client, reported: Report
) -> None:
    """What a device sends, what another device is shown, what the desk reads."""
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    sent(officer, reported, cells={"B01": "1", "B02": "1.200"}, prefilled={"B01": "1", "B02": "0"})
    page = officer.get(address(reported)).content.decode()  # on another device
    assert 'name="pre-B01" value="1"' in page
    assert 'name="pre-B02" value="0"' in page
    assert page.count("data-known-mark >") == 1
    draft = ReportVersion.objects.get()
    assert draft.prefilled == {"B01": True, "B02": False}
    assert "đơn vị chưa xác nhận" in officer.get(f"/bao-cao/{reported.pk}/").content.decode()

    base = re.search(r'name="base" value="([^"]*)"', page)[1]  # type: ignore[index]
    given = {
        "base": base,
        "c-B01": "3",
        "of-B01": "1",
        "pre-B01": "1",
        "c-B02": "1.200",
        "of-B02": "1.200",
        "pre-B02": "0",
        "action": "submit",
    }  # where no script runs, B01 typed over
    refused = officer.post(address(reported), page_fields(**given))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "B02 được điền sẵn" in page
    assert "đánh dấu “Xác nhận B02”" in page
    assert re.search(r'type="checkbox" name="sure-B02" value="1"', page)
    assert (page.count('href="#c-B02"'), page.count('href="#c-B01"')) == (1, 0)
    assert ReportVersion.objects.get().state == "draft"

    officer.post(address(reported), page_fields(**given, **{"sure-B02": "1"}))
    version = ReportVersion.objects.get()
    assert (version.state, version.prefilled) == ("submitted", {"B02": True})
    told = AuditEvent.objects.filter(action="submit_report").get().details
    assert told["prefilled"] == ["B02"]
    said = client_of(world.provincial_desk).get(f"/bao-cao/{reported.pk}/").content.decode()
    assert said.count("đơn vị xác nhận giữ nguyên") == 1


def test_a_device_cannot_hand_in_what_nobody_confirmed(
    world: World, officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=400)
    known = {"B01": "1", "B02": "400"}
    status, said = sent(officer, reported, cells=known, prefilled={"B01": "0", "B02": "0"}, submit=True)
    assert (status, said["status"]) == (422, "findings")
    assert [each["codes"] for each in said["findings"]] == [["B01"], ["B02"]]
    assert Report.objects.get(pk=reported.pk).latest_version is None
    stale = {"B01": "1", "B02": "390"}  # filled in before one more event was entered
    status, said = sent(officer, reported, cells=stale, prefilled={"B01": "1", "B02": "0"}, submit=True)
    assert (status, [each["codes"] for each in said["findings"]]) == (422, [["B02"]])
    assert sent(officer, reported, cells=known, prefilled={"B01": "1", "B02": "1"}, submit=True)[0] == 200
    assert ReportVersion.objects.get().prefilled == {"B01": True, "B02": True}


def test_a_typed_figure_is_never_marked_as_the_registers(
    world: World, officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    typed, marks = {"B01": "7", "B02": "1.200"}, {"B01": "1", "B02": "1"}
    sent(officer, reported, cells=typed, prefilled=marks)
    assert ReportVersion.objects.get().prefilled == {"B02": True}
    sent(officer, reported, base=None, cells=typed, prefilled=marks, submit=True)
    version = ReportVersion.objects.get()
    assert (version.state, version.prefilled) == ("submitted", {"B02": True})
    said = client_of(world.provincial_desk).get(f"/bao-cao/{reported.pk}/").content.decode()
    assert said.count("đơn vị xác nhận giữ nguyên") == 1


@pytest.mark.parametrize(("mark", "shown"), [("0", 1), ("1", 0)])
def test_a_mark_stays_although_the_event_behind_it_is_cancelled(
    officer: Client, reported: Report, mark: str, shown: int
) -> None:
    event = held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    sent(officer, reported, cells={"B02": "1.200"}, prefilled={"B02": mark})
    cancel_event(event=event, reason="Nhập nhầm", by=None)
    page = officer.get(address(reported)).content.decode()
    assert "sổ sự kiện" not in page
    assert "không còn trong hệ thống" in page
    assert f'name="pre-B02" value="{mark}"' in page
    assert 'name="of-B02" value="1.200"' in page
    assert page.count("data-known-mark >") == shown
    sent(
        officer, reported, base=None, cells={"B02": "1.200"}, prefilled={"B02": mark}
    )  # as it saves by itself
    assert ReportVersion.objects.get().prefilled == {"B02": mark == "1"}


def test_a_mark_is_of_the_figure_filled_in_though_the_register_has_moved(
    officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    sent(officer, reported, cells={"B01": "1", "B02": "1.200"}, prefilled={"B02": "0"})
    held(reported.organisation, held_on=date(2026, 5, 21), attendances=100)
    page = officer.get(address(reported)).content.decode()
    assert "1.300" in page
    assert 'name="of-B02" value="1.200"' in page
    given = {"c-B01": "1", "c-B02": "1.200", "of-B02": "1.200", "pre-B02": "0", "sure-B02": "1"}
    base = re.search(r'name="base" value="([^"]*)"', page)[1]  # type: ignore[index]
    officer.post(address(reported), page_fields(**given, base=base))
    assert ReportVersion.objects.get().prefilled == {"B02": True}


def test_a_mark_stays_where_another_way_of_saving_leaves_the_figure(
    world: World, officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    sent(officer, reported, cells={"B01": "1", "B02": "1.200"}, prefilled={"B01": "0", "B02": "0"})
    save_draft(report=reported, cells={"B01": "3", "B02": "1200"}, by=world.officer())  # a workbook, a quote
    assert ReportVersion.objects.get().prefilled == {"B02": False}
