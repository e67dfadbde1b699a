"""Areas with our own keys, and their dated parents, from the two maps."""

from dataclasses import asdict, dataclass

from names import CENTRAL_CITY, short_name, split_kind, with_kind
from packages import Map, Unit

REFORM = "2025-07-01"
PROVINCE_ACT = "Nghị quyết 202/2025/QH15 ngày 12/6/2025"
DISTRICT_ACT = "Nghị quyết 203/2025/QH15 ngày 16/6/2025"
COMMUNE_ACT = "Nghị quyết {number} ngày 16/6/2025"


@dataclass(frozen=True)
class Area:
    key: str
    level: str
    kind: str
    name: str
    full_name: str
    code: str
    valid_from: str = ""
    valid_until: str = ""
    established_by: str = ""
    abolished_by: str = ""


@dataclass(frozen=True)
class Parent:
    key: str
    parent_key: str
    valid_from: str = ""
    valid_until: str = ""


class Keys:
    """Our identities. A province whose only source is itself kept its territory and keeps one area across the reform;
    every commune of the new map is a new area, also where it carries one old commune whole."""

    def __init__(self, merged_from: dict[str, list[str]]) -> None:
        self.merged_from = merged_from
        self.unchanged = {new for new, sources in merged_from.items() if sources == [new]}

    def old_province(self, code: str) -> str:
        return f"p-{code}" if code in self.unchanged else f"p63-{code}"

    def new_province(self, code: str) -> str:
        return f"p-{code}" if code in self.unchanged else f"p34-{code}"

    def district(self, code: str) -> str:
        return f"d63-{code}"

    def old_commune(self, code: str) -> str:
        return f"c63-{code}"

    def new_commune(self, code: str) -> str:
        return f"c34-{code}"


@dataclass(frozen=True)
class CommuneActs:
    """The Standing Committee's resolution of 16/6/2025 for each new province."""

    number_by_new_province: dict[str, str]
    new_province_of_old: dict[str, str]

    def for_new(self, province_code: str) -> str:
        return COMMUNE_ACT.format(number=self.number_by_new_province[province_code])

    def for_old(self, province_code: str) -> str:
        return self.for_new(self.new_province_of_old[province_code])


def area_of(unit: Unit, key: str, level: str, **dates_and_acts: str) -> Area:
    kind, bare = split_kind(unit.full_name)
    if level == "province" and kind == "thành phố":
        kind = CENTRAL_CITY
    name, full_name = short_name(kind, bare), with_kind(kind, bare)
    return Area(key, level, kind, name, full_name, unit.code, **dates_and_acts)


def build_areas(old: Map, new: Map, keys: Keys, acts: CommuneActs) -> list[Area]:
    areas = [Area("VN", "nation", "quốc gia", "Việt Nam", "Nước Cộng hòa xã hội chủ nghĩa Việt Nam", "")]
    for unit in old.provinces.values():
        ends = {} if unit.code in keys.unchanged else {"valid_until": REFORM, "abolished_by": PROVINCE_ACT}
        areas.append(area_of(unit, keys.old_province(unit.code), "province", **ends))
    for unit in new.provinces.values():
        if unit.code not in keys.unchanged:
            starts = {"valid_from": REFORM, "established_by": PROVINCE_ACT}
            areas.append(area_of(unit, keys.new_province(unit.code), "province", **starts))
    for unit in old.districts.values():
        ends = {"valid_until": REFORM, "abolished_by": DISTRICT_ACT}
        areas.append(area_of(unit, keys.district(unit.code), "district", **ends))
    for unit in old.communes.values():
        act = acts.for_old(old.districts[unit.parent_code].parent_code)
        ends = {"valid_until": REFORM, "abolished_by": act}
        areas.append(area_of(unit, keys.old_commune(unit.code), "commune", **ends))
    for unit in new.communes.values():
        starts = {"valid_from": REFORM, "established_by": acts.for_new(unit.parent_code)}
        areas.append(area_of(unit, keys.new_commune(unit.code), "commune", **starts))
    return areas


def build_parents(old: Map, new: Map, keys: Keys) -> list[Parent]:
    kept = [Parent(keys.new_province(code), "VN") for code in keys.unchanged]
    ended = [
        Parent(keys.old_province(code), "VN", "", REFORM) for code in old.provinces.keys() - keys.unchanged
    ]
    begun = [Parent(keys.new_province(code), "VN", REFORM) for code in new.provinces.keys() - keys.unchanged]
    districts = [
        Parent(keys.district(unit.code), keys.old_province(unit.parent_code), "", REFORM)
        for unit in old.districts.values()
    ]
    old_communes = [
        Parent(keys.old_commune(unit.code), keys.district(unit.parent_code), "", REFORM)
        for unit in old.communes.values()
    ]
    new_communes = [
        Parent(keys.new_commune(unit.code), keys.new_province(unit.parent_code), REFORM)
        for unit in new.communes.values()
    ]
    return kept + ended + begun + districts + old_communes + new_communes


def rows(records: list[Area] | list[Parent]) -> list[dict[str, str]]:
    return [asdict(record) for record in records]
