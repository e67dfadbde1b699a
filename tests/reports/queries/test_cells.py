from datetime import date
from typing import Any

import pytest
from django.utils import translation

from phoihop.areas.enums import Level
from phoihop.orgs.enums import PartyKind
from phoihop.orgs.models import Organisation
from phoihop.programmes.models import Programme
from phoihop.reports.enums import Scope
from phoihop.reports.models import ReportForm
from phoihop.reports.queries.cells import cells_for, cells_of
from tests.factories.areas import area_under
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import police_of
from tests.reports.world import World, front_of

DAY = date(2025, 12, 15)


def codes(form: ReportForm, level: str = "commune", party: str = "police", day: date = DAY) -> list[str]:
    fresh = ReportForm.objects.get(pk=form.pk)
    return [cell.code for cell in cells_for(fresh, day, level, party)]


def test_cells_are_those_selected_by_any_programme_of_the_form(world: World) -> None:
    other = programme_in(world.country)
    indicator("X01", programme=other)
    indicator("X02")
    assert codes(world.form) == ["B01", "B02"]

    world.form.programmes.add(other)

    assert codes(world.form) == ["B01", "B02", "X01"]


def test_indicator_selected_twice_is_one_cell(world: World) -> None:
    other = programme_in(world.country)
    other.selections.create(indicator=indicator("X01", programme=world.programme))
    world.form.programmes.add(other)

    assert codes(world.form) == ["B01", "B02", "X01"]


@pytest.mark.parametrize(
    "fields",
    [
        {"window": "year"},
        {"asked_of": {"commune": ["front"]}},
        {"asked_of": {"province": ["police"]}},
        {"valid_from": date(2025, 12, 16)},
        {"valid_until": DAY},
    ],
)
def test_other_windows_parties_levels_and_days_are_not_asked(world: World, fields: dict[str, Any]) -> None:
    indicator("X01", programme=world.programme, **fields)

    assert codes(world.form) == ["B01", "B02"]


def test_version_is_that_of_the_first_day(world: World) -> None:
    first = indicator("X01", programme=world.programme, valid_until=date(2026, 1, 1), name_vi="Cũ")
    version = first.versions.get()
    version.pk, version.number, version.name_vi = None, 2, "Mới"
    version.valid_from, version.valid_until = date(2026, 1, 1), None
    version.save(force_insert=True)

    names = {cell.code: cell.name for cell in cells_for(world.form, DAY, "commune", "police")}

    assert names["X01"] == "Cũ"


def test_cell_knows_whether_it_counts_and_in_which_scopes(world: World) -> None:
    indicator(
        "X01",
        programme=world.programme,
        levels=["commune"],
        counting_party={"commune": "police"},
        asked_of={"commune": ["police", "front"], "province": ["police"]},
    )

    def cell(level: str, party: str) -> tuple[bool, frozenset[Scope]]:
        found = {each.code: each for each in cells_for(world.form, DAY, level, party)}["X01"]
        return found.is_counting, found.scopes_allowed

    assert cell("commune", PartyKind.POLICE) == (True, frozenset({Scope.OWN}))
    assert cell("commune", PartyKind.FRONT) == (False, frozenset({Scope.OWN}))
    assert cell("province", PartyKind.POLICE) == (False, frozenset({Scope.CONSOLIDATED}))
    both = {each.code: each for each in cells_for(world.form, DAY, "province", "police")}["B01"]
    assert both.scopes_allowed == frozenset(Scope)


def test_cells_come_in_the_order_of_the_catalogue(world: World) -> None:
    last = indicator("A01", programme=world.programme)
    last.order = 9
    last.save()

    assert codes(world.form) == ["B01", "B02", "A01"]


def test_name_and_unit_follow_the_language(world: World) -> None:
    [cell, _] = cells_for(world.form, DAY, "commune", "police")

    assert (cell.name, cell.unit, cell.label) == ("Chỉ tiêu B01", "cuộc", "B01 (Chỉ tiêu B01)")
    with translation.override("en"):
        assert (cell.name, cell.unit) == ("Indicator B01", "sessions")


def test_many_reports_of_one_form_cost_the_mark_and_one_query(
    world: World, django_assert_num_queries: Any
) -> None:
    period = world.open()
    form = ReportForm.objects.get(pk=world.form.pk)

    with django_assert_num_queries(2):
        for _ in range(3):
            for level in ("commune", "province"):
                cells_for(form, period.start, level, "police")


def test_cells_of_a_report(world: World) -> None:
    world.open()

    assert [cell.code for cell in cells_of(world.report_of(world.units[0]))] == ["B01", "B02"]


@pytest.mark.parametrize(
    ("term", "asked"),
    [
        ({"term_until": DAY}, False),
        ({"term_until": date(2025, 12, 16)}, True),
        ({"term_from": DAY}, True),
        ({"term_from": date(2025, 12, 16)}, False),
    ],
)
def test_programme_asks_while_its_term_runs(world: World, term: dict[str, date], asked: bool) -> None:
    Programme.objects.filter(pk=world.programme.pk).update(**term)

    assert codes(world.form) == (["B01", "B02"] if asked else [])


def test_unit_without_reports_below_answers_for_what_is_entered_there(world: World) -> None:
    """By its counting party only; where units below report, they enter it themselves."""
    indicator(
        "C02",
        "stock",
        programme=world.programme,
        levels=["commune"],
        counting_party={"commune": "police", "province": "police"},
        asked_of={"commune": ["police", "front"]},
    )
    bare = police_of(area_under(world.country, Level.PROVINCE, "Hà Giang"))
    front = front_of(bare.area)
    world.ask(Level.PROVINCE, world.country, PartyKind.FRONT)
    world.open()

    def asked(organisation: Organisation) -> dict[str, frozenset[Scope]]:
        return {cell.code: cell.scopes_allowed for cell in cells_of(world.report_of(organisation))}

    assert asked(bare)["C02"] == {Scope.CONSOLIDATED}
    assert "C02" not in asked(world.desk)
    assert "C02" not in asked(front)
    assert asked(world.units[0])["C02"] == {Scope.OWN}
