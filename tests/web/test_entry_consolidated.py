"""A figure that stands for every unit below, through the form: kept, told, and never counted beside theirs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest
import time_machine
from django.test import Client

from phoihop.areas.actions.derived import rebuild_derived
from phoihop.orgs.enums import PartyKind, Role
from phoihop.reports.models import Report
from tests.factories.indicators import indicator
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import World
from tests.reviews.world import review_world
from tests.web.entry import address, page_fields, sent
from tests.web.world import PageWorld, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def own(world: World) -> Report:
    world.open()
    return world.report_of(world.desk)


@pytest.fixture
def province(world: World, own: Report) -> Client:
    return client_of(world.user(world.desk, Role.REPORTING_OFFICER))


def consolidated(report: Report) -> list[str]:
    version = Report.objects.get(pk=report.pk).latest_version
    assert version is not None
    return list(version.consolidated)


def box(page: str, code: str) -> str:
    found = re.search(rf'<input type="(\w+)" name="all-{code}" value="1"( checked)?', page)
    return found[0] if found else ""


def test_the_box_is_kept_with_the_draft_and_with_the_submission(province: Client, own: Report) -> None:
    given = {"c-B01": "10", "c-B02": "900", "all-B02": "1"}
    province.post(address(own), page_fields(**given))
    assert consolidated(own) == ["B02"]
    page = province.get(address(own)).content.decode()
    assert (box(page, "B01").endswith("checked"), box(page, "B02").endswith("checked")) == (False, True)
    base = re.search(r'name="base" value="([^"]*)"', page)[1]  # type: ignore[index]
    answer = province.post(address(own), page_fields(**given, base=base, action="submit"))
    assert (answer.status_code, consolidated(own)) == (302, ["B02"])
    said = province.get(f"/bao-cao/{own.pk}/").content.decode()
    assert said.count("số tổng hợp: thay cho mọi đơn vị trực thuộc") == 1


def test_a_device_sends_it_too(province: Client, own: Report) -> None:
    cells = {"B01": "10", "B02": "900"}
    sent(province, own, cells=cells, consolidated=["B01", "B02"])
    assert consolidated(own) == ["B01", "B02"]
    assert sent(province, own, base=None, cells=cells, consolidated=["B01"], submit=True)[0] == 200
    assert consolidated(own) == ["B01"]


def test_a_unit_with_nothing_below_is_neither_offered_it_nor_believed(world: World, own: Report) -> None:
    officer, report = client_of(world.officer()), world.report_of(world.units[0])
    assert "all-B0" not in officer.get(address(report)).content.decode()
    status, said = sent(officer, report, consolidated=["B02"], submit=True)
    assert (status, [each["codes"] for each in said["findings"]]) == (422, [["B02"]])


def test_what_only_the_units_below_enter_is_consolidated_without_being_asked(
    world: World, own: Report, province: Client
) -> None:
    indicator(
        "B03",
        programme=world.programme,
        levels=["commune"],
        asked_of={level: [PartyKind.POLICE] for level in ("commune", "province")},
        counting_party=dict.fromkeys(("commune", "province"), PartyKind.POLICE),
    )
    page = province.get(address(own)).content.decode()
    assert box(page, "B03") == '<input type="hidden" name="all-B03" value="1"'
    given = page_fields(**{"c-B01": "4", "c-B02": "400", "c-B03": "7", "action": "submit"})
    answer = province.post(address(own), given)
    assert answer.status_code == 422
    assert "B03" in answer.content.decode().split("data-error-summary")[1].split("</ul>")[0]
    assert province.post(address(own), {**given, "all-B03": "1"}).status_code == 302
    assert consolidated(own) == ["B03"]


@pytest.fixture
def pages(db: None) -> Iterator[PageWorld]:
    """The morning after the half closed: the communes are accepted, the province has not begun."""
    with time_machine.travel(datetime(2026, 6, 16, 2, tzinfo=UTC), tick=False):
        told = review_world()
        rebuild_derived()
        words = {"results": "Ra mắt tổ liên gia"}
        told.accept(told.units[0], {"B01": "4", "B02": "400"}, narrative=words)
        told.accept(told.units[1], {"B01": "6", "B02": "500"})
        yield PageWorld(told)


def national(world: PageWorld, code: str) -> Decimal | None:
    """Confirmed, as the centre reads it."""
    address = world.figure(code, state="confirmed")
    page = client_of(world.told.base.central_desk).get(address)
    value: Decimal | None = page.context["page"].figure.value
    return value


def test_a_province_consolidates_quotes_and_submits_and_the_nation_is_not_doubled(
    pages: PageWorld,
) -> None:
    """The communes' 4 and 6 sessions, 400 and 500 attendances; the province says 10 and 900 for both of them."""
    told = pages.told
    report = told.base.report_of(told.base.desk, told.period)
    province = client_of(told.base.user(told.base.desk, Role.REPORTING_OFFICER))
    centre = client_of(told.base.central_desk)
    page = unescape(province.get(address(report)).content.decode())
    assert re.search(r"10\s+\(2/2", page)
    assert re.search(r"900\s+\(2/2", page)
    commune = told.base.report_of(told.units[0], told.period)
    chosen = {"version": [commune.accepted_version_id]}
    assert province.post(f"/bao-cao/{report.pk}/cap-duoi/results/", chosen).status_code == 302
    page = unescape(province.get(address(report)).content.decode())
    words = re.search(r'<textarea id="s-results"[^>]*>(.*?)</textarea>', page, re.DOTALL)[1]  # type: ignore[index]
    assert words == f"“Ra mắt tổ liên gia” ({told.units[0].name_vi})"
    assert national(pages, "B01") is None

    base = re.search(r'name="base" value="([^"]*)"', page)[1]  # type: ignore[index]
    figures = {"c-B01": "10", "all-B01": "1", "c-B02": "900", "all-B02": "1"}
    given = page_fields(**figures, base=base, **{"s-results": words, "action": "submit"})
    assert province.post(address(report), given).status_code == 302
    assert consolidated(report) == ["B01", "B02"]
    assert centre.post(f"/bao-cao/{report.pk}/tiep-nhan/", {"number": "0"}).status_code == 409
    assert centre.post(f"/bao-cao/{report.pk}/tiep-nhan/", {"number": "1"}).status_code == 302
    kept = Report.objects.get(pk=report.pk)
    assert (kept.state, kept.accepted_version.narrative["results"]) == ("accepted", words)  # type: ignore[union-attr]
    assert {code: national(pages, code) for code in ("B01", "B02")} == {"B01": 10, "B02": 900}
