import csv
from datetime import date

import pytest
import time_machine
from django.utils import translation

from phoihop.areas import queries
from phoihop.areas.actions import rebuild_derived
from phoihop.areas.actions.loading import DATA_FOLDER
from phoihop.areas.enums import Level
from phoihop.areas.models import Area, AreaCode
from phoihop.core.errors import DomainError
from tests.factories.areas import area_under, nation, put_under, succeed

REFORM = date(2025, 7, 1)
BEFORE, AFTER = date(2024, 3, 11), date(2026, 11, 23)

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> dict[str, Area]:
    """Kon Tum passed into Quảng Ngãi; its two communes became one, which took the code of the first."""
    top = nation()
    old = {"valid_until": REFORM}
    new = {"valid_from": REFORM}
    kon_tum = area_under(top, Level.PROVINCE, "Kon Tum", **old)
    district = area_under(kon_tum, Level.DISTRICT, "Đăk Hà", **old)
    first = area_under(district, Level.COMMUNE, "Đắk Mar", **old)
    second = area_under(district, Level.COMMUNE, "Dăk Ui", **old)
    province = area_under(top, Level.PROVINCE, "Quảng Ngãi", **new)
    heir = area_under(province, Level.COMMUNE, "Đăk Mar", **new)
    AreaCode.objects.filter(area=heir).update(code=first.codes.get().code)
    succeed(kon_tum, province, on=REFORM)
    succeed(first, heir, on=REFORM)
    succeed(second, heir, on=REFORM)
    rebuild_derived()
    return {
        "nation": top,
        "kon_tum": kon_tum,
        "district": district,
        "first": first,
        "second": second,
        "province": province,
        "heir": heir,
    }


def test_code_stands_for_the_unit_of_the_day(country: dict[str, Area]) -> None:
    code = country["first"].codes.get().code

    assert queries.area_by_code(code, BEFORE) == country["first"]
    assert queries.area_by_code(f" {code} ", AFTER, Level.COMMUNE) == country["heir"]


def test_code_of_another_day_is_refused_with_what_it_stood_for(country: dict[str, Area]) -> None:
    code = country["kon_tum"].codes.get().code

    with translation.override("en"), pytest.raises(DomainError) as refused:
        queries.area_by_code(code, AFTER)
    assert str(refused.value) == (
        f"On 23/11/2026 no administrative unit has the code “{code}”; it stood for"
        " Tỉnh Kon Tum (… – 01/07/2025). Use the code in force on that day, or another day."
    )


def test_unknown_code_is_refused(country: dict[str, Area]) -> None:
    code = country["kon_tum"].codes.get().code

    with translation.override("en"), pytest.raises(DomainError) as refused:
        queries.area_by_code(code, BEFORE, Level.COMMUNE)
    assert str(refused.value) == (
        f"No administrative unit has the code “{code}” (Commune). Look the unit up by its name."
    )


def test_children_are_those_of_the_day_in_vietnamese_order(country: dict[str, Area]) -> None:
    names = [area.name for area in queries.children_of(country["district"], BEFORE)]

    assert names == ["Dăk Ui", "Đắk Mar"]
    assert list(queries.children_of(country["district"], AFTER)) == []
    assert list(queries.children_of(country["nation"], AFTER)) == [country["province"]]


def test_path_begins_at_the_nation(country: dict[str, Area]) -> None:
    assert queries.path_of(country["first"], BEFORE) == [
        country[key] for key in ("nation", "kon_tum", "district", "first")
    ]
    assert queries.path_of(country["nation"], AFTER) == [country["nation"]]


def test_path_follows_a_unit_that_moved(country: dict[str, Area]) -> None:
    staying = area_under(country["district"], Level.COMMUNE, "Ngọk Réo")
    staying.parent_links.update(valid_until=REFORM)
    put_under(staying, country["province"], valid_from=REFORM)
    rebuild_derived()

    assert staying not in queries.children_of(country["district"], AFTER)
    assert staying in queries.children_of(country["province"], AFTER)
    assert [area.name for area in queries.path_of(staying, AFTER)] == ["Việt Nam", "Quảng Ngãi", "Ngọk Réo"]
    assert [area.name for area in queries.path_of(staying, BEFORE)] == [
        "Việt Nam",
        "Kon Tum",
        "Đăk Hà",
        "Ngọk Réo",
    ]


def test_heirs_and_sources_carry_day_and_share(country: dict[str, Area]) -> None:
    assert [(row.successor, row.on, row.share) for row in queries.heirs_of(country["first"])] == [
        (country["heir"], REFORM, "whole")
    ]
    assert [row.predecessor.name for row in queries.sources_of(country["heir"])] == ["Dăk Ui", "Đắk Mar"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Đắk", ["Đắk Mar", "Đăk Hà", "Dăk Ui"]),
        ("đăk", ["Đăk Hà", "Dăk Ui", "Đắk Mar"]),
        ("dak", ["Đăk Hà", "Dăk Ui", "Đắk Mar"]),
        ("DAK  MAR", ["Đắk Mar"]),
        ("kon", ["Kon Tum"]),
        ("đà nẵng", []),
        ("  ", []),
    ],
)
def test_search_puts_the_very_accents_first(country: dict[str, Area], text: str, names: list[str]) -> None:
    assert [area.name for area in queries.search_areas(text, BEFORE)] == names


def test_search_finds_units_in_force_only(country: dict[str, Area]) -> None:
    assert queries.search_areas("kon tum", AFTER) == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("as_reported", "reported"),
        ("reported", "reported"),
        ("open", "open"),
        ("2019-03-11", "open"),
        ("30/06/2025", "open"),
        ("2025-07-01", "2025-07-01"),
        ("1/7/2025", "2025-07-01"),
        (" 23/11/2026 ", "2025-07-01"),
    ],
)
def test_map_is_found_by_any_of_its_days(country: dict[str, Area], text: str, key: str) -> None:
    assert queries.resolve_map(text) == key


@pytest.mark.parametrize("text", ["", "today", "31/02/2025", "2025", "7/2025"])
def test_what_is_not_a_map_is_refused(country: dict[str, Area], text: str) -> None:
    with translation.override("en"), pytest.raises(DomainError, match=f"“{text}” is not a map"):
        queries.resolve_map(text)


def test_current_epoch_is_that_of_the_clock(country: dict[str, Area]) -> None:
    with time_machine.travel("2025-06-30T16:59:00Z"):
        assert queries.current_epoch().key == "open"
    with time_machine.travel("2025-06-30T17:00:00Z"):  # midnight in Viet Nam
        assert queries.current_epoch().key == "2025-07-01"


def test_epoch_without_a_map_is_refused() -> None:
    with pytest.raises(DomainError, match="load_areas"):
        queries.epoch_on(AFTER)


def test_no_tiles_where_no_grid_was_drawn(country: dict[str, Area]) -> None:
    assert queries.tiles("open") == ()


def test_tiles_are_those_of_the_provinces_in_force() -> None:
    with (DATA_FOLDER / "areas.csv").open(encoding="utf-8", newline="") as file:
        units = list(csv.DictReader(file))
    keys = {unit["key"] for unit in units if unit["level"] == "province" and not unit["valid_until"]}
    top = nation()
    for number, key in enumerate(sorted(keys)):
        province = area_under(top, Level.PROVINCE, f"P{number}")
        Area.objects.filter(pk=province.pk).update(key=key)
    rebuild_derived()

    drawn = queries.tiles("reported")
    assert {tile.key for tile in drawn} == keys
    assert len({(tile.column, tile.row) for tile in drawn}) == 34
    assert [(tile.label, tile.province_key) for tile in queries.island_tiles("open")] == [
        ("Hoàng Sa", "p34-48"),
        ("Trường Sa", "p34-56"),
    ]
