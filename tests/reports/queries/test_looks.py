"""What is never taken in unlooked at: a correction, a blank cell, a figure far from the usual ones."""

import pytest

from phoihop.areas.enums import Level
from phoihop.reports.actions import correct_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.queries.looks import Look, looks_at
from phoihop.reports.queries.outliers import outliers_of, unusual_in
from tests.factories.areas import area_under
from tests.factories.orgs import police_of
from tests.factories.reports import accepted as accepted_report
from tests.factories.reports import expected, half
from tests.reports.world import World, accepted, submitted

pytestmark = pytest.mark.django_db


def look(report: Report) -> Look:
    return looks_at([Report.objects.select_related("latest_version").get(pk=report.pk)])[report.pk]


def test_cells_filled_of_those_asked_are_counted(world: World) -> None:
    world.open()
    whole, blank = (world.report_of(unit) for unit in world.units)
    assert looks_at([whole]) == {}  # not handed in
    submitted(whole, {"B01": "0", "B02": "na"})
    submitted(blank, {"B01": "4"})
    assert (look(whole), look(whole).is_needed) == (Look(2, 2, False, "", 0), False)
    assert (look(blank), look(blank).is_needed) == (Look(1, 2, False, "", 0), True)


def test_a_correction_is_told_with_its_reason_until_it_is_decided(world: World) -> None:
    world.open()
    report = accepted(world.report_of(world.units[0]))
    assert not look(report).is_needed
    correct_report(
        report=report, cells={"B01": "5", "B02": "400"}, reason="Đếm sót", by=None, origin=Origin.FORM,
        simulated=True,
    )  # fmt: skip
    assert (look(report).is_correction, look(report).reason, look(report).is_needed) == (
        True,
        "Đếm sót",
        True,
    )


@pytest.fixture
def many(world: World) -> list[Report]:
    """Seven units alike; the last says far more than the others, and than it ever did."""
    for number in range(5):
        commune = area_under(world.province, Level.COMMUNE, f"Xã {number}")
        world.units.append(police_of(commune, world.desk))
    last = world.units[-1]
    for year in range(2020, 2026):
        accepted_report(expected(half(world.form, year, 1), last), {"B01": "4", "B02": "400"})
    period = half(world.form, 2026, 1)
    for unit in world.units:
        accepted_report(expected(period, unit), {"B01": "90" if unit == last else "4", "B02": "400"})
    Report.objects.filter(period=period).update(state="submitted")
    reports = Report.objects.filter(period=period).order_by("pk")
    return list(reports.select_related("latest_version", "period__form"))


def test_unusual_figures_of_many_are_those_of_each(many: list[Report]) -> None:
    alone = {each.pk: len(outliers_of(each, each.latest_version)) for each in many if each.latest_version}
    assert unusual_in(many) == alone
    assert list(alone.values()) == [0, 0, 0, 0, 0, 0, 1]


def test_unusual_figures_of_many_cost_two_queries(
    many: list[Report], django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        unusual_in(many)
