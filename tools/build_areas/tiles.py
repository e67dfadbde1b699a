"""Tile-grid maps: one equal tile per province, drawn as text so that a person can move one."""

from collections.abc import Iterator
from pathlib import Path

from maps import Keys
from packages import Map

ISLANDS = {
    "*HS": ("Hoàng Sa", "48", "d63-498", "c34-20333"),
    "*TS": ("Trường Sa", "56", "d63-576", "c34-22736"),
}

Row = dict[str, str]


def cells(drawing: Path) -> Iterator[tuple[int, int, str]]:
    """(column, row, abbreviation), both counted from 1; "." is sea or a neighbouring country."""
    for row_number, line in enumerate(drawing.read_text(encoding="utf-8").splitlines(), start=1):
        for column, mark in enumerate(line.split(), start=1):
            if mark != ".":
                yield column, row_number, mark


def build_tiles(
    tables: Path, names: list[Row], old: Map, new: Map, keys: Keys
) -> tuple[list[Row], list[Row]]:
    tiles, islands = [], []
    for map_name, units, key_of in (("63", old, keys.old_province), ("34", new, keys.new_province)):
        codes = {row["abbr"]: row[f"code_{map_name}"] for row in names if row[f"code_{map_name}"]}
        check_names(names, map_name, units)
        drawn = list(cells(tables / f"tiles_{map_name}.txt"))
        if sorted(mark for *_, mark in drawn if mark not in ISLANDS) != sorted(codes):
            raise SystemExit(
                f"tiles_{map_name}.txt must show every province of abbreviations.csv exactly once."
            )
        for column, row, mark in drawn:
            place = {"map": map_name, "column": str(column), "row": str(row)}
            if mark in ISLANDS:
                label, province, *island_keys = ISLANDS[mark]
                key = island_keys[map_name == "34"]
                islands.append(place | {"key": key, "label": label, "province_key": key_of(province)})
            else:
                tiles.append(place | {"key": key_of(codes[mark]), "abbr": mark})
    return tiles, islands


def check_names(names: list[Row], map_name: str, units: Map) -> None:
    written = {row[f"code_{map_name}"]: row["name"] for row in names if row[f"code_{map_name}"]}
    official = {
        code: unit.full_name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
        for code, unit in units.provinces.items()
    }
    wrong = {code for code in written.keys() | official.keys() if written.get(code) != official.get(code)}
    if wrong:
        raise SystemExit(
            f"abbreviations.csv, map {map_name}: wrong or missing names for the codes {sorted(wrong)}."
        )
