"""The desks' page of the parties' figures."""

import re
from typing import Any

import pytest
from django.test import Client

from phoihop.areas.enums import Level
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import PartyKind, Role
from phoihop.orgs.models import Organisation
from phoihop.reports.models import ReportingPeriod
from tests.factories.events import held
from tests.factories.orgs import user_for
from tests.factories.reports import expected
from tests.reports.conftest import world as world  # noqa: PLC0414  the small world of reports
from tests.reports.queries.test_reconciling import fronts as fronts  # noqa: PLC0414
from tests.reports.queries.test_reconciling import period as period  # noqa: PLC0414
from tests.reports.world import World, accepted, front_of
from tests.web.world import client_of

pytestmark = pytest.mark.django_db
PAGE = "/doi-chieu/"


@pytest.fixture
def desk(world: World) -> Client:
    return client_of(world.provincial_desk)


@pytest.fixture
def apart(world: World, fronts: list[Organisation], period: ReportingPeriod) -> list[int]:
    """The reports of the first commune's two parties, 40 against 50; the second's agree."""
    made = []
    for index, front in enumerate(("50", "40")):
        for unit, cells in ((world.units[index], {"B01": "40"}), (fronts[index], {"B01": front})):
            made.append(accepted(world.report_of(unit), cells).pk)
    return made[:2]


def names(page: str) -> list[str]:
    return re.findall(r'<th scope="row">\s*([^<]+?)\s*</th>', page)


def test_it_is_for_desks_and_auditors(world: World, apart: list[int]) -> None:
    people = {
        "provincial desk": world.provincial_desk,
        "central desk": world.central_desk,
        "auditor": user_for(world.centre, Role.AUDITOR),
        "officer": world.officer(),
        "approver": world.user(world.desk, Role.APPROVER),
    }
    assert {name: client_of(user).get(PAGE).status_code for name, user in people.items()} == {
        "provincial desk": 200, "central desk": 200, "auditor": 200, "officer": 403, "approver": 403,
    }  # fmt: skip


def test_both_figures_link_to_their_reports_with_the_one_that_counts(desk: Client, apart: list[int]) -> None:
    page = desk.get(PAGE).content.decode()
    assert names(page)[0] == "Xã Đăk Hà"
    for report, value in zip(apart, ("40", "50"), strict=True):
        assert f'<a href="/bao-cao/{report}/">{value}</a>' in page
    assert "25 %" in page
    assert page.count('<span class="cell-note">được tính</span>') == 2
    assert "Bên này chưa có số và không bên nào thay thế." in page
    assert "1 dòng vượt mức chênh cho phép" in page


def test_a_sum_with_a_part_missing_says_so(
    world: World, desk: Client, apart: list[int], period: ReportingPeriod
) -> None:
    expected(period, front_of(world.communes[0]))
    assert "của 2 báo cáo, 1 chưa có số" in desk.get(PAGE).content.decode()


def test_lines_are_narrowed(world: World, desk: Client, apart: list[int]) -> None:
    shown = {
        query: names(desk.get(PAGE + query).content.decode())
        for query in ("", "?beyond=1", "?beyond=1&tolerance=50", "?q=dak+to", f"?area={world.province.key}&indicator=B01")
    }  # fmt: skip
    every = ["Xã Đăk Hà", "Tỉnh Kon Tum", "Xã Đăk Tô"]
    assert shown == {
        "": every, "?beyond=1": every[:1], "?beyond=1&tolerance=50": [], "?q=dak+to": every[2:],
        f"?area={world.province.key}&indicator=B01": every,
    }  # fmt: skip
    assert "Không có hai bên nào chênh quá mức" in desk.get(f"{PAGE}?beyond=1&tolerance=50").content.decode()
    assert desk.get(f"{PAGE}?area={world.country.key}").status_code == 404
    assert desk.get(f"{PAGE}?period=999").status_code == 404


def test_events_led_in_the_unit_stand_beside(
    world: World, desk: Client, apart: list[int], fronts: list[Organisation]
) -> None:
    for organisation in (world.units[0], world.units[0], fronts[0]):
        held(organisation)
    file = desk.get(f"{PAGE}?download=csv").content.decode("utf-8-sig").splitlines()
    assert file[1].split(",")[-2:] == ["3", "Số liệu mô phỏng"]


def test_nothing_shared_says_so(world: World, desk: Client) -> None:
    world.open()
    assert "Chưa có chỉ tiêu nào do nhiều bên cùng báo cáo" in desk.get(PAGE).content.decode()


def test_the_page_asks_the_database_no_more_for_more_units(
    world: World, apart: list[int], period: ReportingPeriod, django_assert_num_queries: Any
) -> None:
    client = client_of(world.provincial_desk)
    with django_assert_num_queries(14):
        client.get(PAGE)
    IndicatorVersion.objects.filter(indicator__code="B02").update(
        asked_of=IndicatorVersion.objects.get(indicator__code="B01").asked_of
    )
    assert Level.COMMUNE in IndicatorVersion.objects.get(indicator__code="B02").asked_of
    front_of(world.communes[0])
    with django_assert_num_queries(15):  # the definitions, which have changed
        assert len(names(client.get(PAGE).content.decode())) == 6
    assert PartyKind.FRONT in IndicatorVersion.objects.get(indicator__code="B02").asked_of["commune"]
