from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.areas.enums import Level
from phoihop.core import clock
from phoihop.orgs.enums import Role
from phoihop.orgs.models import Organisation, OrganisationSuccession
from phoihop.reports.models import Report, ReportForm, ReportingPeriod
from phoihop.web.queries.duties import integrity, waiting_for
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.web.world import GUEST, PageWorld, client_of


def test_a_guest_reads_what_this_is_and_the_programmes(world: PageWorld) -> None:
    page = client_of(world.people()[GUEST]).get("/")
    assert [programme for programme, _ in page.context["programmes"]] == [world.programme]
    assert "Các cơ quan ký chương trình phối hợp" in page.content.decode()


def test_the_desk_sees_its_windows_top_level_first(world: PageWorld) -> None:
    (panel,) = waiting_for(world.told.base.central_desk).desks
    rows = [(row.level, row.expected, row.submitted) for row in panel.windows[0].rows]
    assert rows == [("province", 1, 1), ("commune", 2, 2)]


def test_the_provincial_desk_counts_only_its_own_area(world: PageWorld) -> None:
    (panel,) = waiting_for(world.told.base.provincial_desk).desks
    assert {row.level for row in panel.windows[0].rows} == {"province", "commune"}


def test_an_officer_sees_the_reports_owed_with_their_deadline(world: PageWorld) -> None:
    base = world.told.base
    base.report_of(base.units[0]).__class__.objects.filter(organisation=base.units[0]).update(
        state="expected", accepted_version=None, first_submitted_at=None, is_on_time=None
    )
    page = client_of(base.officer()).get("/")
    (panel,) = page.context["waiting"].units
    assert [report.organisation for report in panel.due] == [base.units[0]]
    html = page.content.decode()
    assert "hạn nộp" in html
    owed = html[html.index("Báo cáo còn phải nộp") :]
    assert f">{panel.due[0].period.form.title_vi}<" in owed  # two of a unit may be of one window


def test_the_auditor_sees_whether_the_stores_are_in_step(world: PageWorld) -> None:
    waiting = waiting_for(world.people()[Role.AUDITOR])
    assert waiting.integrity is not None
    assert waiting.integrity.accepted == 3
    assert not integrity().is_in_step  # nothing applied and nothing sealed yet
    assert waiting_for(world.told.base.officer()).integrity is None


def test_a_reader_is_never_shown_an_empty_page(world: PageWorld) -> None:
    page = client_of(world.people()[Role.READER]).get("/")
    assert "Không có việc chờ xử lý" in page.content.decode()


def test_the_number_of_queries_does_not_grow_with_programmes(
    world: PageWorld, client: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(3):  # type: ignore[operator]
        client.get("/")


def test_it_costs_the_same_however_many_bodies_an_heir_took_over(world: PageWorld) -> None:
    base = world.told.base
    client, costs = client_of(base.provincial_desk), []
    for number in range(3):
        ended = police_of(area_under(base.province, Level.COMMUNE, f"Xã {number}"), base.desk)
        Organisation.objects.filter(pk=ended.pk).update(valid_until=clock.today())
        OrganisationSuccession.objects.create(predecessor=ended, successor=base.desk, on=clock.today())
        with CaptureQueriesContext(connection) as told:
            assert client.get("/").status_code == 200
        costs.append(len(told))
    assert costs == [costs[0]] * 3


def test_the_desk_goes_straight_to_what_waits(world: PageWorld) -> None:
    base = world.told.base
    late = base.report_of(base.units[0])
    Report.objects.filter(pk=late.pk).update(
        state="expected", accepted_version=None, first_submitted_at=None, is_on_time=None,
        deadline=date(2020, 1, 1),
    )  # fmt: skip
    page = client_of(base.provincial_desk).get("/")
    (panel,) = page.context["waiting"].desks
    assert (panel.counts["submitted"], panel.counts["late"]) == (0, 1)
    assert '/ban-lam-viec/?tab=late"><strong class="num">1</strong>' in page.content.decode()


def test_the_desk_sees_the_windows_nearest_their_end(world: PageWorld, time_machine: Any) -> None:
    """Not the one that was only just opened, of which nothing is due for a year."""
    form = ReportForm.objects.create(code="far", title_vi="Xa", title_en="Far", window="year")
    for code, start, end in (
        ("CAL-2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("CAL-2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("CAL-2024", date(2024, 1, 1), date(2025, 1, 1)),
    ):
        ReportingPeriod.objects.create(
            form=form, code=code, start=start, end=end, deadlines={}, opened_at=clock.now()
        )
    (panel,) = waiting_for(world.told.base.central_desk).desks
    assert [window.period.code for window in panel.windows] == ["CAL-2026", "ADM-2026-H1", "CAL-2025"]
