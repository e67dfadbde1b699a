"""The committed map of phoihop/areas/data/: official counts, identities, dates, parents, succession, tiles."""

import csv
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2] / "phoihop" / "areas" / "data"
REFORM = "2025-07-01"
TABLES = ("areas", "areas_parents", "successions", "kind_changes", "tiles", "tiles_islands", "differences")


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def areas() -> dict[str, dict[str, str]]:
    return {row["key"]: row for row in table("areas")}


@cache
def parents() -> dict[str, str]:
    return {row["key"]: row["parent_key"] for row in table("areas_parents")}


@cache
def sources() -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    for row in table("successions"):
        found[row["successor_key"]].append(row)
    return found


def in_force(level: str, on: str) -> list[dict[str, str]]:
    return [
        area
        for area in areas().values()
        if area["level"] == level
        and area["valid_from"] <= on
        and (not area["valid_until"] or on < area["valid_until"])
    ]


def province_of(key: str) -> str:
    while areas()[key]["level"] != "province":
        key = parents()[key]
    return key


def communes_of(province: str) -> list[str]:
    return [
        key for key, area in areas().items() if area["level"] == "commune" and province_of(key) == province
    ]


def key_named(full_name: str, prefix: str) -> str:
    (key,) = [
        key for key, area in areas().items() if key.startswith(prefix) and area["full_name"] == full_name
    ]
    return key


@pytest.mark.parametrize(
    ("on", "counts"),
    [("2019-03-11", (63, 696, 10_035)), ("2025-06-30", (63, 696, 10_035)), (REFORM, (34, 0, 3_321))],
)
def test_map_has_the_official_counts_on_either_side_of_the_reform(on, counts):
    assert tuple(len(in_force(level, on)) for level in ("province", "district", "commune")) == counts


def test_new_map_has_the_official_kinds():
    assert Counter(area["kind"] for area in in_force("commune", REFORM)) == {
        "xã": 2_621,
        "phường": 687,
        "đặc khu": 13,
    }
    assert Counter(area["kind"] for area in in_force("province", REFORM)) == {
        "tỉnh": 28,
        "thành phố trung ương": 6,
    }


def test_old_map_has_617_thi_tran():
    assert Counter(area["kind"] for area in in_force("commune", "2025-06-30"))["thị trấn"] == 617


def test_eleven_provinces_keep_their_identity_across_the_reform():
    kept = {area["name"] for area in in_force("province", "2025-06-30")} & {
        area["name"] for key, area in areas().items() if key.startswith("p-")
    }
    assert kept == {
        "Hà Nội", "Huế", "Lai Châu", "Điện Biên", "Sơn La", "Lạng Sơn", "Quảng Ninh", "Thanh Hóa", "Nghệ An", "Hà Tĩnh",
        "Cao Bằng",
    }  # fmt: skip


def test_keys_are_unique_and_codes_are_unique_per_map():
    assert len(areas()) == len(table("areas"))
    for on in ("2025-06-30", REFORM):
        for level in ("province", "district", "commune"):
            codes = [area["code"] for area in in_force(level, on)]
            assert len(set(codes)) == len(codes)


def test_new_codes_reuse_old_ones_so_a_code_is_no_identity():
    old = {area["code"]: area for area in in_force("commune", "2025-06-30")}
    reused = [area for area in in_force("commune", REFORM) if area["code"] in old]
    same_name = [area for area in reused if area["full_name"] == old[area["code"]]["full_name"]]
    assert (len(reused), len(same_name)) == (3_316, 1_171)


def test_a_reused_code_comes_from_one_of_the_units_own_sources():
    old = {area["code"] for area in in_force("commune", "2025-06-30")}
    for key, area in areas().items():
        if key.startswith("c34-") and area["code"] in old:
            assert area["code"] in {areas()[row["predecessor_key"]]["code"] for row in sources()[key]}


@pytest.mark.parametrize("name", TABLES)
def test_text_is_nfc_trimmed_and_sorted(name):
    raw = (DATA / f"{name}.csv").read_bytes()
    text = raw.decode("utf-8")
    assert b"\r" not in raw
    assert unicodedata.is_normalized("NFC", text)
    rows = [tuple(row.values()) for row in table(name)]
    assert rows == sorted(rows)
    assert (
        all(cell == cell.strip() and "  " not in cell for row in rows for cell in row)
        or name == "differences"
    )


def test_full_name_is_kind_and_name():
    for area in areas().values():
        if area["level"] != "nation":
            kind = "thành phố" if area["kind"] == "thành phố trung ương" else area["kind"]
            numbered = area["full_name"][len(kind) + 1].isdigit()
            assert area["full_name"] == (area["name"] if numbered else f"{kind.capitalize()} {area['name']}")


def test_every_area_but_the_nation_has_one_parent_for_all_its_days():
    dates = {row["key"]: (row["valid_from"], row["valid_until"]) for row in table("areas_parents")}
    assert len(dates) == len(table("areas_parents"))
    assert dates == {key: (a["valid_from"], a["valid_until"]) for key, a in areas().items() if key != "VN"}


def test_parents_exist_are_in_force_longer_and_of_a_higher_level():
    rank = ["nation", "province", "district", "commune"]
    for key, parent_key in parents().items():
        area, parent = areas()[key], areas()[parent_key]
        assert rank.index(parent["level"]) < rank.index(area["level"])
        assert parent["valid_from"] <= area["valid_from"]
        assert not parent["valid_until"] or area["valid_until"] == parent["valid_until"]


def test_old_communes_hang_under_districts_and_new_ones_under_provinces():
    levels = Counter((key[:3], areas()[parents()[key]]["level"]) for key in areas() if key.startswith("c"))
    assert levels == {("c63", "district"): 10_035, ("c34", "province"): 3_321}


def test_successions_join_areas_of_one_level_across_the_reform():
    for row in table("successions"):
        predecessor, successor = areas()[row["predecessor_key"]], areas()[row["successor_key"]]
        assert (row["on"], predecessor["valid_until"], successor["valid_from"]) == (REFORM, REFORM, REFORM)
        assert row["act"] == successor["established_by"]
        if predecessor["level"] != "district":
            assert predecessor["level"] == successor["level"]


def test_every_abolished_unit_has_heirs_but_districts_live_on_in_their_communes():
    with_heirs = {row["predecessor_key"] for row in table("successions")}
    abolished = {key for key, area in areas().items() if area["valid_until"]}
    with_communes = {parents()[key] for key in areas() if key.startswith("c63-")}
    assert abolished - with_heirs == with_communes


def test_every_unit_established_by_the_reform_has_a_source():
    assert set(sources()) == {key for key, area in areas().items() if area["valid_from"]}


def test_shares_say_whole_for_one_heir_and_part_for_several():
    heirs = Counter(row["predecessor_key"] for row in table("successions"))
    assert len({(row["predecessor_key"], row["successor_key"]) for row in table("successions")}) == sum(
        heirs.values()
    )
    assert {row["share"] for row in table("successions") if heirs[row["predecessor_key"]] == 1} == {"whole"}
    assert {row["share"] for row in table("successions") if heirs[row["predecessor_key"]] > 1} == {"part"}


def test_counts_of_succession():
    levels = Counter((areas()[row["predecessor_key"]]["level"], row["share"]) for row in table("successions"))
    assert levels == {
        ("province", "whole"): 52,
        ("district", "whole"): 5,
        ("commune", "whole"): 9_593,
        ("commune", "part"): 973,
    }
    assert len({row["predecessor_key"] for row in table("successions") if row["share"] == "part"}) == 442


def test_communes_follow_their_province_and_no_new_commune_crosses_an_old_province():
    heir_of = {row["predecessor_key"]: row["successor_key"] for row in table("successions")}
    for key, rows in sources().items():
        if key.startswith("c34-"):
            (old_province,) = {province_of(row["predecessor_key"]) for row in rows}
            assert province_of(key) == heir_of.get(old_province, old_province)


def test_five_districts_without_communes_became_special_zones():
    zones = {
        areas()[row["predecessor_key"]]["full_name"]: areas()[row["successor_key"]]["full_name"]
        for row in table("successions")
        if row["predecessor_key"].startswith("d63-")
    }
    names = ("Bạch Long Vĩ", "Cồn Cỏ", "Côn Đảo", "Hoàng Sa", "Lý Sơn")
    assert zones == {f"Huyện {name}": f"Đặc khu {name}" for name in names}


def test_kon_tum_went_whole_into_quang_ngai():
    assert [len(communes_of(key)) for key in ("p63-62", "p63-51", "p34-51")] == [102, 170, 96]
    assert {(row["predecessor_key"], row["share"]) for row in sources()["p34-51"]} == {
        ("p63-62", "whole"),
        ("p63-51", "whole"),
    }
    of_kon_tum = set(communes_of("p63-62"))
    rows = [row for row in table("successions") if row["predecessor_key"] in of_kon_tum]
    assert {row["share"] for row in rows} == {"whole"}
    assert len({row["successor_key"] for row in rows}) == 40
    assert areas()["p63-62"]["abolished_by"] == "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
    assert {areas()[key]["established_by"] for key in communes_of("p34-51")} == {
        "Nghị quyết 1677/NQ-UBTVQH15 ngày 16/6/2025"
    }


@pytest.mark.parametrize(
    ("predecessor", "heirs"),
    [
        ("c63-27691", {"c34-27694"}),  # Phường 4 of Tân An, not of Tây Ninh
        ("c63-25462", {"c34-25459"}),  # Phường 4 of Tây Ninh, not of Tân An
        ("c63-31379", {"c34-31378"}),  # Phú Tân of Châu Thành, Hậu Giang
        ("c63-31582", {"c34-31582"}),  # Phú Tân of Châu Thành, Sóc Trăng
        ("c63-10798", {"c34-10804", "c34-10843"}),  # Hòa Bình of Kim Thành, divided
        ("c63-11890", {"c34-11911"}),  # Hòa Bình of Vĩnh Bảo
    ],
)
def test_namesakes_keep_their_own_heirs(predecessor, heirs):
    assert {
        row["successor_key"] for row in table("successions") if row["predecessor_key"] == predecessor
    } == heirs


def test_kind_changes_of_2026_touch_three_provinces_and_22_communes():
    changes = table("kind_changes")
    assert Counter((row["on"], areas()[row["key"]]["level"]) for row in changes) == {
        ("2026-04-30", "province"): 1,
        ("2026-04-30", "commune"): 10,
        ("2026-09-01", "province"): 1,
        ("2026-09-20", "province"): 1,
        ("2026-09-20", "commune"): 12,
    }
    for row in changes:
        area = areas()[row["key"]]
        assert not area["valid_until"]
        assert row["kind"] != area["kind"]
        assert row["full_name"].endswith(" " + area["name"])
    assert key_named("Xã Nhơn Trạch", "c34-") in {row["key"] for row in changes}


def places(map_name: str) -> dict[str, tuple[int, int]]:
    rows = [row for row in table("tiles") if row["map"] == map_name]
    return {areas()[row["key"]]["name"]: (int(row["column"]), int(row["row"])) for row in rows}


@pytest.mark.parametrize(("map_name", "on", "count"), [("63", "2025-06-30", 63), ("34", REFORM, 34)])
def test_tiles_show_every_province_once_in_a_cell_of_its_own(map_name, on, count):
    rows = [row for row in table("tiles") if row["map"] == map_name]
    islands = [row for row in table("tiles_islands") if row["map"] == map_name]
    assert {row["key"] for row in rows} == {area["key"] for area in in_force("province", on)}
    assert len({(row["column"], row["row"]) for row in rows + islands}) == count + 2
    assert len({row["abbr"] for row in rows}) == count
    assert all(2 <= len(row["abbr"]) <= 4 for row in rows)
    assert max(int(row["column"]) for row in rows) <= 9
    assert max(int(row["row"]) for row in rows) <= 20


def test_both_archipelagos_are_on_both_tile_maps():
    shown = {
        (row["map"], row["label"], areas()[row["province_key"]]["name"]) for row in table("tiles_islands")
    }
    homes = {("Hoàng Sa", "Đà Nẵng"), ("Trường Sa", "Khánh Hòa")}
    assert shown == {(map_name, *home) for map_name in ("63", "34") for home in homes}
    for row in table("tiles_islands"):
        assert areas()[row["key"]]["name"] == row["label"]
        assert province_of(row["key"]) == row["province_key"]


@pytest.mark.parametrize(
    ("map_name", "one", "other", "step"),
    [
        ("63", "Kon Tum", "Quảng Ngãi", (1, 0)),
        ("63", "Kon Tum", "Gia Lai", (0, 1)),
        ("63", "Quảng Nam", "Kon Tum", (0, 1)),
        ("63", "Gia Lai", "Bình Định", (1, 0)),
        ("63", "Đắk Lắk", "Phú Yên", (1, 0)),
        ("63", "Hà Nội", "Hà Nam", (0, 1)),
        ("63", "Hà Nội", "Bắc Ninh", (1, 0)),
        ("63", "Vĩnh Phúc", "Hà Nội", (0, 1)),
        ("63", "Phú Thọ", "Hà Nội", (1, 0)),
        ("63", "Thanh Hóa", "Nghệ An", (0, 1)),
        ("63", "Long An", "Hồ Chí Minh", (1, 0)),
        ("63", "Cà Mau", "Bạc Liêu", (1, 0)),
        ("34", "Quảng Ngãi", "Gia Lai", (0, 1)),
        ("34", "Đà Nẵng", "Quảng Ngãi", (0, 1)),
        ("34", "Lâm Đồng", "Khánh Hòa", (1, 0)),
        ("34", "Tây Ninh", "Hồ Chí Minh", (1, 0)),
        ("34", "Phú Thọ", "Hà Nội", (0, 1)),
    ],
)
def test_tiles_of_neighbours_touch_on_the_right_side(map_name, one, other, step):
    (column, row), (other_column, other_row) = places(map_name)[one], places(map_name)[other]
    assert (other_column - column, other_row - row) == step


def test_differences_between_the_packages_are_counted():
    found = Counter((row["level"], row["difference"].split()[0]) for row in table("differences"))
    assert found == {
        ("province", "spelling"): 1,
        ("province", "name"): 1,
        ("district", "spelling"): 17,
        ("district", "name"): 3,
        ("district", "kind"): 10,
        ("district", "only"): 13,
        ("commune", "spelling"): 276,
        ("commune", "name"): 340,
        ("commune", "kind"): 132,
        ("commune", "parent"): 148,
        ("commune", "only"): 570,
    }
