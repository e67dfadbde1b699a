"""What is never taken in unlooked at: a correction, a blank cell, a figure far from the usual ones."""

import pytest

from phoihop.reports.actions import correct_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report
from phoihop.reports.queries.looks import Look, looks_at
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
