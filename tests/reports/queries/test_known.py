"""What is offered beside a report's cells: events counted once in its days, the last stock of the same definition."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from phoihop.events.actions import cancel_event, merge_events
from phoihop.indicators.models import IndicatorVersion
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.reports.models import Report
from phoihop.reports.queries.cells import cells_of
from phoihop.reports.queries.known import Known, KnownFrom, events_behind, known_figures
from phoihop.reports.queries.values import Given
from tests.events.conftest import front as front  # noqa: PLC0414
from tests.events.conftest import police as police  # noqa: PLC0414
from tests.factories.events import held
from tests.factories.indicators import ALL_LEVELS, indicator
from tests.reports.world import World

BOTH = [PartyKind.POLICE, PartyKind.FRONT]


@pytest.fixture
def report(world: World, police: Organisation) -> Report:
    """The commune's police are asked for sessions beside the Front, and alone for festival points and groups."""
    IndicatorVersion.objects.filter(indicator__code__in=["B01", "B02"]).update(
        asked_of=dict.fromkeys(ALL_LEVELS, BOTH)
    )
    indicator("E02", programme=world.programme, levels=["commune"])
    indicator("D01", "stock", programme=world.programme)
    world.open()
    return world.report_of(police)


def known(report: Report, **before: str) -> dict[str, Known]:
    return known_figures(report, cells_of(report), Given(before) if before else None)


def counts(report: Report) -> dict[str, tuple[str, int, int]]:
    return {code: (each.value, each.events, each.uncounted) for code, each in known(report).items()}


def behind(report: Report, code: str) -> set[Any]:
    version = next(cell.version for cell in cells_of(report) if cell.code == code)
    return set(events_behind(report, version))


def test_nothing_entered_is_nothing_known_not_zero(report: Report) -> None:
    assert known(report) == {}


def test_events_of_the_reports_days_are_counted_with_their_attendances(
    report: Report, police: Organisation
) -> None:
    inside = {held(police, held_on=day) for day in (date(2025, 12, 15), date(2026, 6, 14))}
    for day in (date(2025, 12, 14), date(2026, 6, 15)):
        held(police, held_on=day)
    held(police, kind="class")
    assert counts(report) == {"B01": ("2", 2, 0), "B02": ("240", 2, 0)}
    assert behind(report, "B01") == behind(report, "B02") == inside


def test_what_nobody_counted_is_said(report: Report, police: Organisation) -> None:
    held(police, attendances=None)
    assert counts(report) == {"B01": ("1", 1, 0)}
    held(police, attendances=0)
    assert counts(report)["B02"] == ("0", 2, 1)


def test_a_joint_event_is_counted_once_by_its_lead(
    report: Report, police: Organisation, front: Organisation
) -> None:
    own, theirs = held(police, co_organisers=[front]), held(front, lead=police)
    assert counts(report)["B01"] == ("2", 2, 0)
    merge_events(counted=own, other=theirs, by=None)
    assert counts(report) == {"B01": ("1", 1, 0), "B02": ("120", 1, 0)}
    held(police, lead=front)
    assert counts(report)["B01"] == ("1", 1, 0)
    cancel_event(event=own, reason="Nhầm", by=None)
    assert behind(report, "B01") == {theirs}


def test_a_party_asked_alone_speaks_for_its_area(
    world: World, report: Report, police: Organisation, front: Organisation
) -> None:
    """No province is asked for festival points, so one it led in the commune is the commune's."""
    fronts = held(front, kind="festival")
    provinces = held(world.desk, kind="festival", area=world.communes[0])
    held(world.desk, kind="festival")
    held(world.units[1], kind="festival")
    assert counts(report)["E02"] == ("2", 2, 0)
    assert behind(report, "E02") == {fronts, provinces}


def test_an_event_led_by_a_level_that_is_asked_is_that_levels(
    world: World, report: Report, police: Organisation
) -> None:
    IndicatorVersion.objects.filter(indicator__code="E02").update(levels=["commune", "province"])
    held(world.desk, kind="festival", area=world.communes[0])
    assert known(report) == {}


def test_the_last_stock_is_offered_a_flow_is_not(report: Report) -> None:
    assert known(report, D01="12", B01="5") == {"D01": Known("D01", "12", KnownFrom.STOCK)}


@pytest.mark.parametrize("given", ["", "na"])
def test_a_stock_that_was_not_given_is_not_known(report: Report, given: str) -> None:
    assert known(report, D01=given) == {}


def test_a_stock_is_not_offered_under_a_new_definition_or_for_units_below(report: Report) -> None:
    standing = Given({"D01": "12"}, frozenset({"D01"}))
    assert known_figures(report, cells_of(report), standing) == {}
    IndicatorVersion.objects.filter(indicator__code="D01").update(valid_from=date(2025, 12, 15))
    fresh = Report.objects.get(pk=report.pk)
    assert known(fresh, D01="12") == {}


def test_the_register_is_asked_once_for_all_cells(
    report: Report, police: Organisation, django_assert_num_queries: Any
) -> None:
    held(police)
    cells = cells_of(report)
    with django_assert_num_queries(1):
        known_figures(report, cells, None)
    assert Decimal(known(report)["B02"].value) == 120
