"""The central desk's windows: extended, excepted, closed, and who is late."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from phoihop.areas.enums import Level
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import PartyKind
from phoihop.periods import parse_period
from phoihop.reports.actions import accept_report, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import DeadlineChange, Report, ReportingPeriod
from phoihop.web.queries.central import burdens, burdens_by_level
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.world import CELLS, World, submitted
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
AFTER = datetime(2026, 7, 10, 3, tzinfo=UTC)


@pytest.fixture
def period(world: World) -> ReportingPeriod:
    return world.open()


@pytest.fixture
def centre(world: World) -> Client:
    return client_of(world.central_desk)


def post(client: Client, period: ReportingPeriod, part: str, **fields: str) -> Any:
    return client.post(f"/ky-bao-cao/{period.pk}/{part}/", fields, follow=True)


def test_the_page_counts_each_level_and_lists_who_is_missing(
    world: World, period: ReportingPeriod, centre: Client, time_machine: Any
) -> None:
    submit_report(report=world.report_of(world.units[0]), cells=CELLS, by=world.officer(), origin=Origin.FORM)
    time_machine.move_to(AFTER)
    centre = client_of(world.central_desk)  # weeks later a session has ended
    address = f"/ky-bao-cao/{period.pk}/"
    page = centre.get(address)
    state = page.context["state"]
    counts = {
        row.level: (row.expected, row.on_time, row.late, row.missing, row.waiting) for row in state.rows
    }
    assert counts == {"province": (1, 0, 0, 1, 0), "commune": (2, 1, 0, 1, 1)}
    missing = centre.get(address, {"standing": "missing", "level": "commune"}).context["reports"]
    assert [report.organisation for report in missing] == [world.units[1]]
    found = centre.get(address, {"q": "dak to"}).context["reports"]
    assert [report.area.name for report in found] == ["Đăk Tô"]


def test_completeness_is_of_reports_accepted_and_timeliness_of_those_handed_in(
    world: World, period: ReportingPeriod, centre: Client
) -> None:
    """As the indicators and the glossary say; what waits is counted beside."""
    first = submitted(world.report_of(world.units[0]))

    def told() -> list[tuple[str, ...]]:
        page = centre.get(f"/ky-bao-cao/{period.pk}/").content.decode()
        rows = re.findall(r'row">Cấp xã</th>(.*?)</tr>', page, re.DOTALL)
        return [tuple(re.findall(r'class="num">([^<]*)<', row))[-4:] for row in rows]

    assert told() == [("1", "0", "0,0 %", "50,0 %")]
    accept_report(report=first, by=None)
    assert told() == [("0", "1", "50,0 %", "50,0 %")]


def test_who_is_late_is_counted_and_listed_by_level(
    world: World, period: ReportingPeriod, time_machine: Any
) -> None:
    submitted(world.report_of(world.units[0]))
    submitted(world.report_of(world.units[1]), at=AFTER)
    submitted(world.report_of(world.desk), at=AFTER)
    time_machine.move_to(AFTER)
    centre = client_of(world.central_desk)
    address = f"/ky-bao-cao/{period.pk}/"

    page = centre.get(address, {"standing": "late", "level": "commune"})

    counts = {
        row.level: (row.expected, row.on_time, row.late, row.missing) for row in page.context["state"].rows
    }
    assert counts == {"province": (1, 0, 1, 0), "commune": (2, 1, 1, 0)}
    assert [report.organisation for report in page.context["reports"]] == [world.units[1]]
    both = centre.get(address, {"standing": "late"}).context["reports"]
    assert {report.organisation for report in both} == {world.units[1], world.desk}
    on_time = centre.get(address, {"standing": "on_time"}).context["reports"]
    assert [report.organisation for report in on_time] == [world.units[0]]


def test_how_a_report_stands_is_not_called_how_a_figure_counts(
    period: ReportingPeriod, centre: Client
) -> None:
    page = centre.get(f"/ky-bao-cao/{period.pk}/").content.decode()
    assert '<label for="standing">Tình trạng nộp</label>' in page


def test_a_deadline_is_moved_an_exception_granted_and_the_window_closed(
    world: World, period: ReportingPeriod, centre: Client, time_machine: Any
) -> None:
    page = post(centre, period, "gia-han", level="commune", until="2026-06-30", reason="Bão số 3")
    assert "Bão số 3" in page.content.decode()
    time_machine.move_to(AFTER)
    centre = client_of(world.central_desk)
    report = world.report_of(world.units[0])
    page = post(centre, period, f"ngoai-le/{report.pk}", until="2026-08-01", reason="Mất điện")
    assert Report.objects.get(pk=report.pk).open_until.isoformat() == "2026-08-01"
    assert DeadlineChange.objects.count() == 2
    post(centre, period, "dong", reason="Hết hạn")
    period.refresh_from_db()
    assert period.closed_at is not None
    post(centre, period, "dong", reason="Mở lại")
    period.refresh_from_db()
    assert period.closed_at is None
    closings = centre.get(f"/ky-bao-cao/{period.pk}/").context["closings"]
    assert [(each.is_closing, each.reason) for each in closings] == [(False, "Mở lại"), (True, "Hết hạn")]


@pytest.mark.parametrize(
    "fields",
    [
        {"level": "commune", "until": "2026-06-16", "reason": "x"},
        {"level": "commune", "until": "hôm qua", "reason": "x"},
        {"level": "commune", "until": "2026-06-30", "reason": ""},
        {"level": "x", "until": "2026-06-30", "reason": "x"},
    ],
)
def test_what_cannot_be_done_is_said_on_the_page(
    period: ReportingPeriod, centre: Client, fields: dict[str, str]
) -> None:
    page = post(centre, period, "gia-han", **fields)
    assert (page.status_code, len(page.context["refusals"])) == (400, 1)
    assert not DeadlineChange.objects.exists()


def test_what_was_typed_comes_back_with_the_refusal(
    world: World, period: ReportingPeriod, centre: Client
) -> None:
    report = world.report_of(world.units[0])
    for part, fields in {
        "gia-han": {"level": "commune", "until": "2026-06-01", "reason": "Bão số 3"},
        "dong": {"reason": "Hết hạn sớm"},
        f"ngoai-le/{report.pk}": {"until": "2026-06-01", "reason": "Mất điện"},
    }.items():
        page = post(centre, period, part, **fields)
        assert page.status_code == 400
        for typed in fields.values():
            assert f'value="{typed}"' in page.content.decode()


def test_only_the_central_desk_opens_these_pages(world: World, period: ReportingPeriod) -> None:
    for user in (world.provincial_desk, world.officer()):
        client = client_of(user)
        for address in ("/ky-bao-cao/", f"/ky-bao-cao/{period.pk}/", "/ky-bao-cao/ganh-nang/"):
            assert client.get(address).status_code == 403
        assert client.post(f"/ky-bao-cao/{period.pk}/dong/", {"reason": "x"}).status_code == 403


def test_the_burden_says_how_many_cells_are_asked_and_which_elsewhere_too(
    world: World, period: ReportingPeriod, centre: Client
) -> None:
    found = {each.level: (each.cells, each.elsewhere, each.cells_a_year, each.units) for each in burdens()}
    assert found["commune"] == (2, 0, 4, 2)
    world.ask(Level.COMMUNE, world.province, PartyKind.FRONT)
    IndicatorVersion.objects.filter(indicator__code="B01").update(asked_of={"commune": ["police", "front"]})
    rows = burdens()
    again = {(each.level, each.party): (each.cells, each.elsewhere) for each in rows}
    assert [again["commune", "police"], again["commune", "front"]] == [(2, 1), (1, 1)]
    by_level = {each.level: (each.cells, each.elsewhere) for each in burdens_by_level(rows)}
    assert by_level == {"province": (1, 0), "commune": (3, 2)}

    page = centre.get("/ky-bao-cao/ganh-nang/").content.decode()

    title = world.form.title_vi
    assert figures_by_row(page) == {
        "Cấp tỉnh": ["1", "0", "2"],
        "Cấp xã": ["3", "2", "8"],
        "Cấp tỉnh, Công an": [title, "1", "0", "2", "1", "2"],
        "Cấp xã, Công an": [title, "2", "1", "4", "2", "8"],
        "Cấp xã, Mặt trận Tổ quốc": [title, "1", "1", "2", "0", "0"],
    }


def figures_by_row(page: str) -> dict[str, list[str]]:
    """What stands in each row of the page's tables, by its head."""
    rows = re.findall(r'<th scope="row">(.*?)</th>(.*?)</tr>', page, re.DOTALL)
    return {head: re.findall(r"<td[^>]*>(.*?)</td>", cells, re.DOTALL) for head, cells in rows}


def test_the_list_of_windows_takes_the_same_queries_however_many(
    world: World, period: ReportingPeriod, centre: Client, django_assert_num_queries: Any
) -> None:
    centre.get("/ky-bao-cao/")
    with django_assert_num_queries(9):
        centre.get("/ky-bao-cao/")
    world.open(parse_period("ADM-2025-H2"))
    with django_assert_num_queries(9):
        centre.get("/ky-bao-cao/")


def test_a_window_is_read_then_opened(world: World, centre: Client) -> None:
    page = centre.get("/ky-bao-cao/")
    assert "cần mở" in page.content.decode()
    address = "/ky-bao-cao/mo/?form=half&period=ADM-2026-H1"
    assert address.replace("&", "&amp;").replace("half", world.form.code) in page.content.decode()
    asked = {"form": world.form.code, "period": "ADM-2026-H1"}
    look = centre.get("/ky-bao-cao/mo/", asked)
    assert [(row.level, row.units) for row in look.context["rows"]] == [("province", 1), ("commune", 2)]
    assert not ReportingPeriod.objects.exists()
    opened = centre.post("/ky-bao-cao/mo/", asked, follow=True)
    assert "3 báo cáo phải nộp" in opened.content.decode()
    assert ReportingPeriod.objects.get().reports.count() == 3
    assert centre.post("/ky-bao-cao/mo/", asked).status_code == 404


def test_a_window_that_has_not_begun_is_refused_with_its_first_day(
    world: World, period: ReportingPeriod, centre: Client
) -> None:
    asked = {"form": world.form.code, "period": "ADM-2027-H1"}
    assert (
        '<button class="button" type="submit">Mở kỳ'
        not in centre.get("/ky-bao-cao/mo/", asked).content.decode()
    )
    refused = centre.post("/ky-bao-cao/mo/", asked)
    assert (refused.status_code, ReportingPeriod.objects.count()) == (400, 1)
    assert "15/12/2026" in refused.context["refusal"]
    assert client_of(world.provincial_desk).post("/ky-bao-cao/mo/", asked).status_code == 403


def test_who_moved_a_deadline_is_said_by_post(world: World, period: ReportingPeriod, centre: Client) -> None:
    page = post(
        centre, period, "gia-han", level="commune", until="2026-06-30", reason="Bão số 3"
    ).content.decode()
    assert f"Bão số 3. Đầu mối Trung ương, {world.centre.name_vi}" in page
    assert f">{world.central_desk.username}" not in page
