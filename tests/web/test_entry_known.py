"""Figures filled in from what the system knows: their marks travel with the draft, their confirmation with the report."""

import re
from datetime import date

import pytest
from django.test import Client

from phoihop.audit.models import AuditEvent
from phoihop.reports.actions import save_draft
from phoihop.reports.models import Report, ReportVersion
from tests.factories.events import held
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.web.test_entry import address, page_fields, sent
from tests.web.world import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(world: World) -> Report:
    world.open()
    return world.report_of(world.units[0])


@pytest.fixture
def officer(world: World, reported: Report) -> Client:
    return client_of(world.officer())


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
    }
    officer.post(
        address(reported), page_fields(**given, action="submit")
    )  # where no script runs, B01 typed over
    version = ReportVersion.objects.get()
    assert (version.state, version.prefilled) == ("submitted", {"B02": True})
    told = AuditEvent.objects.filter(action="submit_report").get().details
    assert told["prefilled"] == ["B02"]
    said = client_of(world.provincial_desk).get(f"/bao-cao/{reported.pk}/").content.decode()
    assert said.count("đơn vị xác nhận giữ nguyên") == 1


def test_a_mark_stays_where_another_way_of_saving_leaves_the_figure(
    world: World, officer: Client, reported: Report
) -> None:
    held(reported.organisation, held_on=date(2026, 5, 20), attendances=1200)
    sent(officer, reported, cells={"B01": "1", "B02": "1.200"}, prefilled={"B01": "0", "B02": "0"})
    save_draft(report=reported, cells={"B01": "3", "B02": "1200"}, by=world.officer())  # a workbook, a quote
    assert ReportVersion.objects.get().prefilled == {"B02": False}
