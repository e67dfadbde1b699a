"""What must hold before a map is written: the official counts, and that no territory is lost or invented."""

from collections import Counter

from maps import Keys
from names import split_kind
from packages import Map
from succession import Pairs

UNCHANGED = {"01", "04", "11", "12", "14", "20", "22", "38", "40", "42", "46"}


def expect(what: str, found: object, wanted: object) -> None:
    if found != wanted:
        raise SystemExit(f"{what}: found {found}, expected {wanted}.")


def check_counts(old: Map, new: Map, keys: Keys) -> None:
    expect("old provinces, districts, communes", sizes(old), (63, 696, 10_035))
    expect("new provinces, districts, communes", sizes(new), (34, 0, 3_321))
    kinds = Counter(split_kind(unit.full_name)[0] for unit in new.communes.values())
    expect("kinds of new communes", dict(kinds), {"xã": 2_621, "phường": 687, "đặc khu": 13})
    expect("provinces the reform left unchanged", keys.unchanged, UNCHANGED)


def sizes(units: Map) -> tuple[int, int, int]:
    return len(units.provinces), len(units.districts), len(units.communes)


def shares(heirs: Pairs) -> tuple[int, int, int]:
    """(carried whole, split, heirs of the split ones)"""
    split = [codes for codes in heirs.values() if len(codes) > 1]
    return len(heirs) - len(split), len(split), sum(map(len, split))


def check_heirs(heirs: Pairs, old: Map, new: Map, provinces: Pairs) -> None:
    parents = {unit.parent_code for unit in old.communes.values()}
    childless = set(old.districts) - parents
    expect("districts without communes", len(childless), 5)
    expect("units with heirs", set(heirs), set(old.communes) | childless)
    expect(
        "new communes with a source", {code for codes in heirs.values() for code in codes}, set(new.communes)
    )
    for code, codes in heirs.items():
        expect(f"{code}: heirs named once", len(set(codes)), len(codes))
        district = code if code in childless else old.communes[code].parent_code
        allowed = provinces[old.districts[district].parent_code]
        outside = [heir for heir in codes if new.communes[heir].parent_code not in allowed]
        expect(f"{code}: heirs outside the province's own heir", outside, [])


def check_sources_share_a_province(heirs: Pairs, old: Map) -> None:
    """The 2025 communes were drawn inside the old provinces, before those merged; only a namesake's heir breaks this."""
    provinces: dict[str, set[str]] = {}
    for code, codes in heirs.items():
        district = old.communes[code].parent_code if code in old.communes else code
        for heir in codes:
            provinces.setdefault(heir, set()).add(old.districts[district].parent_code)
    expect(
        "new communes with sources in two old provinces",
        [c for c, found in provinces.items() if len(found) > 1],
        [],
    )


def check_reused_codes(heirs: Pairs, old: Map, new: Map) -> None:
    """Decision 19/2025 gives a new commune the code of one of its own sources: an independent test of the conversion."""
    reused = [code for code in new.communes if code in old.communes]
    expect("new communes with an old commune's code", len(reused), 3_316)
    expect("codes not inherited from a source", [code for code in reused if code not in heirs[code]], [])
