"""Who inherited whose territory on 1 July 2025: the package's name-keyed conversion resolved to codes, then corrected."""

from collections import defaultdict

from maps import PROVINCE_ACT, REFORM, CommuneActs, Keys
from packages import CONVERSION, Map, Unit, read

Pairs = dict[str, list[str]]  # predecessor's code -> its heirs' codes


class Unresolved(SystemExit):
    def __init__(self, key: tuple[str, ...]) -> None:
        super().__init__(
            f"The conversion names {'/'.join(key)}, which is no unit of its map: resolve it by hand first."
        )


def resolve(units: Map, key: tuple[str, ...]) -> Unit:
    if key not in units.keys:
        raise Unresolved(key)
    return units.keys[key]


def resolve_old(old: Map, folded: str) -> Unit:
    """Takes province_district_commune; with an empty commune it is a district without communes."""
    province, district, commune = folded.split("_")
    return resolve(old, (province, district, commune) if commune else (province, district))


def province_heirs(old: Map, new: Map) -> Pairs:
    heirs: Pairs = {}
    for heir, sources in read(CONVERSION)["DICT_PROVINCE"].items():
        for source in sources:
            heirs.setdefault(resolve(old, (source,)).code, []).append(resolve(new, (heir,)).code)
    return heirs


def commune_heirs(old: Map, new: Map) -> Pairs:
    """As the package has it: carried whole (one heir) or divided (several).

    A district without communes stands for itself under its three-digit code; communes have five digits.
    """
    source = read(CONVERSION)
    heirs: Pairs = defaultdict(list)
    for province, communes in source["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, sources in communes.items():
            heir = resolve(new, (province, commune))
            for folded in sources:
                heirs[resolve_old(old, folded).code].append(heir.code)
    for province, divided in source["DICT_PROVINCE_WARD_DIVIDED"].items():
        for folded, parts in divided.items():
            unit = resolve_old(old, folded)
            if unit.code in heirs:
                raise SystemExit(f"{unit.full_name} ({unit.code}) is both divided and carried whole.")
            heirs[unit.code] = [resolve(new, (province, part["newWardKey"])).code for part in parts]
    return dict(heirs)


def drop_wrong_heirs(heirs: Pairs, wrong: list[dict[str, str]]) -> Pairs:
    """The package gives namesakes inside one new province the union of their heirs; the table says which are wrong."""
    corrected = {code: list(codes) for code, codes in heirs.items()}
    for row in wrong:
        if row["wrong_heir"] not in corrected.get(row["predecessor"], []):
            raise SystemExit(
                f"wrong_heirs.csv: {row['predecessor']} -> {row['wrong_heir']} is not in the package."
            )
        corrected[row["predecessor"]].remove(row["wrong_heir"])
    return corrected


def share(heirs: list[str]) -> str:
    return "whole" if len(heirs) == 1 else "part"


def build_successions(
    provinces: Pairs, communes: Pairs, keys: Keys, acts: CommuneActs, new: Map
) -> list[dict[str, str]]:
    rows = []
    for predecessor, heirs in provinces.items():
        for heir in heirs:
            if predecessor != heir or heir not in keys.unchanged:
                ends = keys.old_province(predecessor), keys.new_province(heir)
                rows.append(row(*ends, share(heirs), PROVINCE_ACT))
    for predecessor, heirs in communes.items():
        key = keys.old_commune(predecessor) if len(predecessor) == 5 else keys.district(predecessor)
        for heir in heirs:
            act = acts.for_new(new.communes[heir].parent_code)
            rows.append(row(key, keys.new_commune(heir), share(heirs), act))
    return rows


def row(predecessor: str, successor: str, share: str, act: str) -> dict[str, str]:
    return {
        "predecessor_key": predecessor,
        "successor_key": successor,
        "on": REFORM,
        "share": share,
        "act": act,
    }
