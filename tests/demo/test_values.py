from pathlib import Path

import pytest
from ruamel.yaml import YAML

from phoihop.demo.values import Draw, Unit, value

CATALOGUE = Path(__file__).parents[2] / "phoihop/indicators/data/indicators.yaml"
COMMUNE = Unit("c", "commune", 1, 0)
PROVINCE = Unit("p", "province", 160, 160)
ITEMS = [item for item in YAML(typ="safe").load(CATALOGUE)["indicators"] if item["levels"]]


def draw(unit: Unit, year: int = 2016, half: int = 1, party: str = "police") -> Draw:
    return Draw(unit, party, year, half)


def test_value_is_the_same_every_time():
    assert value("B01", draw(PROVINCE), consolidated=True) == value("B01", draw(PROVINCE), consolidated=True)
    assert value("B01", draw(PROVINCE), consolidated=True) != value(
        "B01", draw(PROVINCE, 2017), consolidated=True
    )


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item["code"])
@pytest.mark.parametrize("year", [2014, 2018, 2025])
def test_value_of_a_province_stays_inside_the_published_range(item, year):
    low, high = item["range"].get("province", (0, 10**9))
    for number in range(20):
        unit = Unit(f"p{number}", "province", 120 + 5 * number, 120 + 5 * number)
        drawn = value(item["code"], draw(unit, year), consolidated=True)
        assert drawn is not None
        assert low <= drawn <= high


def test_parts_never_pass_their_whole():
    for number in range(200):
        unit = Unit(f"c{number}", "commune", 1, 0)
        for part, all_of in [
            ("F02", "F01"),
            ("G02", "G01"),
            ("H04", "H03"),
            ("H12", "H11"),
            ("D08", "D07"),
            ("C08N", "C08D"),
        ]:
            assert value(part, draw(unit), consolidated=False) <= value(
                all_of, draw(unit), consolidated=False
            )


def test_model_points_follow_from_the_year_before():
    unit = Unit("c7", "commune", 1, 0)
    before = value("C02", draw(unit, 2016, 0), consolidated=False)
    new = sum(value("C06", draw(unit, 2017, half), consolidated=False) for half in (1, 2))
    stopped = sum(value("C07", draw(unit, 2017, half), consolidated=False) for half in (1, 2))
    assert value("C02", draw(unit, 2017, 0), consolidated=False) == before + new - stopped


def test_closing_report_holds_no_festival_and_decides_no_recognition():
    closing = Draw(PROVINCE, "police", 2025, 0, 0.5, holds_festival=False, to_the_end=False)
    for code in ("E01", "E02", "E03", "F04", "F08", "F09", "F10", "F11"):
        assert value(code, closing, consolidated=True) == 0


def test_stock_is_whole_on_any_day():
    half_the_days = Draw(PROVINCE, "police", 2025, 0, 0.5)
    assert value("D01", half_the_days, consolidated=True) == value(
        "D01", draw(PROVINCE, 2025, 0), consolidated=True
    )
