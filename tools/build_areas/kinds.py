"""Units that changed kind after the reform (xã to phường, province to city) and kept code, territory and parent."""

from maps import Area, Keys
from names import split_kind, with_kind
from packages import Map


def build_kind_changes(
    changes: list[dict[str, str]], areas: list[Area], new: Map, keys: Keys
) -> list[dict[str, str]]:
    by_key = {area.key: area for area in areas}
    rows = []
    for change in changes:
        code, kind = change["code"], change["kind"]
        province = len(code) == 2
        key = keys.new_province(code) if province else keys.new_commune(code)
        unit = (new.provinces if province else new.communes)[code]
        if by_key[key].kind == kind:
            raise SystemExit(f"kind_changes.csv: {unit.full_name} ({code}) is already {kind}.")
        full_name = with_kind(kind, split_kind(unit.full_name)[1])
        rows.append(
            {"key": key, "on": change["on"], "kind": kind, "full_name": full_name, "act": change["act"]}
        )
    return rows
