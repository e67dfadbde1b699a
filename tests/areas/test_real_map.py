"""Where the 14,139 real units stand on the other map."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from phoihop.areas.actions.files import as_day, read_files
from phoihop.areas.actions.loading import DATA_FOLDER
from phoihop.areas.mapping import TerritoryMap
from phoihop.areas.territory import ParentLink, Succession, Unit

OLD, NEW = "open", "2025-07-01"
WRONG_HEIRS = Path(__file__).parents[2] / "tools" / "build_areas" / "tables" / "wrong_heirs.csv"

Row = dict[str, str]


def dates(row: Row) -> dict[str, date | None]:
    return {name: as_day(row[name]) for name in ("valid_from", "valid_until")}


@pytest.fixture(scope="module")
def ids() -> dict[str, int]:
    return {row["key"]: number for number, row in enumerate(read_files(DATA_FOLDER).areas, start=1)}


@pytest.fixture(scope="module")
def areas(ids: dict[str, int]) -> TerritoryMap:
    files = read_files(DATA_FOLDER)
    return TerritoryMap.of(
        (Unit(ids[row["key"]], row["level"], row["key"], **dates(row)) for row in files.areas),
        (ParentLink(ids[row["key"]], ids[row["parent_key"]], **dates(row)) for row in files.parents),
        (
            Succession(
                ids[row["predecessor_key"]],
                ids[row["successor_key"]],
                date.fromisoformat(row["on"]),
                row["share"],
            )
            for row in files.successions
        ),
    )


def standing(areas: TerritoryMap, epoch_key: str) -> Counter[tuple[str, str, bool]]:
    """How many units of a level, not on the map themselves, stand at a unit of a level, whole or not."""

    def each() -> Iterator[tuple[str, str, bool]]:
        for unit in areas.units.values():
            target = areas.target(unit.id, epoch_key)
            if target.area_id != unit.id:
                yield unit.level, areas.units[target.area_id].level, target.is_whole

    return Counter(each())


def test_old_units_on_the_new_map(areas: TerritoryMap) -> None:
    assert standing(areas, NEW) == {
        ("commune", "commune", True): 9_593,
        ("commune", "province", False): 442,
        ("district", "province", False): 682,
        ("district", "commune", True): 14,
        ("province", "province", True): 52,
    }


def test_new_units_on_the_old_map(areas: TerritoryMap) -> None:
    assert standing(areas, OLD) == {
        ("commune", "commune", True): 135,
        ("commune", "district", True): 5,  # special zones of districts without communes
        ("commune", "district", False): 2_884,
        ("commune", "province", False): 297,
        ("province", "nation", False): 23,
    }


def test_no_new_commune_falls_to_the_nation_but_by_the_heirs_that_were_removed(
    areas: TerritoryMap, ids: dict[str, int]
) -> None:
    """With the package's 31 wrong heirs put back, the first count: 137 + 2,867, 294 and 23 (measurements.md).

    That count held two of the five special zones for communes and three for districts: 137 + 2,867 = 3,004.
    """
    with WRONG_HEIRS.open(encoding="utf-8", newline="") as file:
        wrong = [
            Succession(
                ids[f"c63-{row['predecessor']}"], ids[f"c34-{row['wrong_heir']}"], date(2025, 7, 1), "part"
            )
            for row in csv.DictReader(file)
        ]
    as_packaged = TerritoryMap(areas.units, areas.parents, (*areas.successions, *wrong))

    levels: Counter[str] = Counter()
    for (level, target_level, _whole), count in standing(as_packaged, OLD).items():
        levels[target_level] += count if level == "commune" else 0

    assert len(wrong) == 31
    assert levels == {"commune": 135, "district": 5 + 2_864, "province": 294, "nation": 23}
    assert levels["commune"] + levels["district"] == 137 + 2_867


def test_kon_tum_stands_at_quang_ngai(areas: TerritoryMap, ids: dict[str, int]) -> None:
    kon_tum, old_quang_ngai, quang_ngai = ids["p63-62"], ids["p63-51"], ids["p34-51"]

    assert areas.target(kon_tum, NEW).area_id == quang_ngai
    assert areas.target(quang_ngai, OLD) == (ids["VN"], False, {kon_tum, old_quang_ngai})


def test_unchanged_province_is_one_unit_on_both_maps(areas: TerritoryMap, ids: dict[str, int]) -> None:
    ha_noi = ids["p-01"]

    assert [areas.target(ha_noi, key).area_id for key in (OLD, NEW)] == [ha_noi, ha_noi]
