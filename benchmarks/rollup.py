"""Prints what a national roll-up costs, in seconds, in G and in memory. See benchmarks/README.md.

python -m benchmarks.rollup                    38 million facts
python -m benchmarks.rollup --facts 4m         a tenth of that
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import country
from phoihop.rollup.compute_inputs import EARLIER, LAST, taken_apart
from phoihop.rollup.compute_places import Nodes, table
from phoihop.rollup.compute_steps import PARTIALS, SPAN, steps
from phoihop.rollup.engines import DuckDB, FactSource
from phoihop.rollup.ledger_segments import ENTRIES, FACT_SCHEMA, FACTS

DUTY = 0
RATIOS = {900 + n: (2 * n, 2 * n + 1) for n in range(5)}  # indicator -> numerator, denominator
ABOVE_COMMUNES = ("nation", "province", "district")
REPEATS = 3


def main() -> None:
    options = _options()
    if options.measure:
        print(json.dumps(_measure(options.measure, options.ledger, country.MONTHS[options.facts])))
        return
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        ledger = Path(folder)
        made = _child("generate", ledger, options.facts)
        print(
            f"{made['rows']:,} facts; each line its own process, the best of {REPEATS} runs beside the best G"
        )
        for what in [f"span:{name}" for name in country.MAPS] + [f"windows:{name}" for name in country.MAPS]:
            found = _child(what, ledger, options.facts)
            print(
                f"{_label(what):46} {found['seconds']:6.2f} s = {found['seconds'] / found['g']:4.1f} G"
                f" (G {found['g']:.2f} s); of processor {found['cpu'] / found['g_cpu']:4.1f} G;"
                f" {found['peak_gb']:4.2f} GB {found['rows']:>9,} rows",
                flush=True,
            )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--facts", choices=country.MONTHS, default="38m")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _label(what: str) -> str:
    kind, name = what.split(":")
    units = "span, all levels" if kind == "span" else "every window, above communes"
    return f"{units}, map {name!r}"


def _child(what: str, ledger: Path, facts: str) -> dict[str, float]:
    command = [
        sys.executable,
        "-m",
        "benchmarks.rollup",
        "--measure",
        what,
        "--ledger",
        str(ledger),
        "--facts",
        facts,
    ]
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


def _measure(what: str, ledger: Path, months: int) -> dict[str, float]:
    kind, _, name = what.partition(":")
    if kind == "generate":
        return {"rows": country.write_ledger(ledger, months)}
    run = _span if kind == "span" else _windows
    bare, full = [], []
    for _ in range(REPEATS):
        bare.append(_timed(lambda: _group_by(ledger)))
        full.append(_timed(lambda: run(ledger, name, months)))
    return {
        "seconds": min(each.seconds for each in full),
        "g": min(each.seconds for each in bare),
        "cpu": min(each.cpu for each in full),
        "g_cpu": min(each.cpu for each in bare),
        "peak_gb": _peak_gb(),
        "rows": full[-1].rows,
    }


class Timed(NamedTuple):
    seconds: float
    cpu: float  # of all threads: says more than the clock on a machine that others use too
    rows: int


def _timed(run: Callable[[], int]) -> Timed:
    start, cpu = time.perf_counter(), time.process_time()
    rows = run()
    return Timed(time.perf_counter() - start, time.process_time() - cpu, rows)


def _peak_gb() -> float:
    """Of this process alone; getrusage would count what the parent held when it started us."""
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1e6


def _group_by(ledger: Path) -> int:
    with duckdb.connect() as connection:
        files = [str(path) for path in ledger.rglob(FACTS)]
        found = connection.execute(
            "SELECT indicator_id, period_id, SUM(value) FROM read_parquet($files) GROUP BY 1, 2",
            {"files": files},
        )
        return len(found.fetchall())


def _span(ledger: Path, name: str, months: int) -> int:
    """One figure a unit and indicator over all the months, with completeness, rates and targets."""
    inputs = {
        **_reports(ledger, months, slot=lambda month: LAST if month == months - 1 else EARLIER),
        **_nodes(name, months, levels=set(country.levels().values())),
        **_rules(months),
        "taken": table(_time_rules(), slot_id=int, indicator_id=int, term_id=int),
    }
    found = DuckDB().run(steps(SPAN), inputs=inputs, facts=_facts(ledger), wanted=["figure"])
    return int(found["figure"].num_rows)


def _windows(ledger: Path, name: str, months: int) -> int:
    """Every month apart, for the units above the communes, with the reports due."""
    inputs = {
        **_reports(ledger, months, slot=lambda month: month),
        **_nodes(name, months, levels=ABOVE_COMMUNES),
        **_rules(months),
        "taken": taken_apart(range(country.INDICATORS), range(months)),
    }
    wanted = ["climbed", "coverage"]
    found = DuckDB().run(steps([*PARTIALS, "coverage"]), inputs=inputs, facts=_facts(ledger), wanted=wanted)
    return sum(found[each].num_rows for each in wanted)


def _facts(ledger: Path) -> FactSource:
    return FactSource(tuple(sorted(ledger.rglob(FACTS))), FACT_SCHEMA.empty_table())


def _reports(ledger: Path, months: int, slot: Callable[[int], int]) -> dict[str, pa.Table]:
    """Every commune owes every month; of each report the ledger's last version stands."""
    entries = pa.concat_tables(
        pq.read_table(path, columns=["seq", "report_id", "version_id"])
        for path in sorted(ledger.rglob(ENTRIES))
    )
    calendar = table(
        ((month, slot(month), country.last_day(month)) for month in range(months)),
        month=int,
        slot_id=int,
        day=int,
    )
    with duckdb.connect() as connection:
        connection.register("entries", entries)
        connection.register("calendar", calendar)
        params = {"communes": country.COMMUNES, "first": country.COMMUNE}
        return {"report": connection.sql(_REPORT, params=params).to_arrow_table()}


def _nodes(name: str, months: int, levels: Iterable[str]) -> dict[str, pa.Table]:
    wanted = set(levels)
    nodes = Nodes({area for area, level in country.levels().items() if level in wanted})
    for place in country.places(name, months):
        nodes.add(place)
    return nodes.tables()


def _time_rules() -> Iterator[tuple[int, int, int]]:
    for indicator in range(country.INDICATORS):
        if indicator not in country.STOCKS:
            yield EARLIER, indicator, 0
        yield LAST, indicator, 0


def _rules(months: int) -> dict[str, pa.Table]:
    indicators = range(country.INDICATORS)
    targets = [(i, level, 10_000 * months) for i in indicators for level in ("commune", "province")]
    ratios = [(ratio, *parts) for ratio, parts in RATIOS.items()]
    return {
        "counts": table(
            ((i, DUTY, 0, 1) for i in indicators), indicator_id=int, duty_id=int, consolidated=int, climbs=int
        ),
        "owes": table(((i, DUTY, 1) for i in indicators), indicator_id=int, duty_id=int, climbs=int),
        "target": table(targets, indicator_id=int, level=str, value=int),
        "ratio": table(ratios, indicator_id=int, numerator_id=int, denominator_id=int),
        "unit": table(country.levels().items(), area_id=int, level=str),
        "measured": table((), indicator_id=int, measure=str),
        "unit_in_force": table((), area_id=int, indicator_id=int, last_day=int),
    }


_REPORT = """
WITH last AS (SELECT report_id, MAX(seq) AS seq FROM entries GROUP BY report_id)
SELECT
    k.month * 100000 + c.commune AS report_id, e.version_id, k.slot_id, c.commune + $first AS area_id,
    k.day AS last_day, 0 AS duty_id,
    CASE WHEN e.seq IS NULL THEN 0 ELSE 1 END AS submitted, CASE WHEN e.seq IS NULL THEN 0 ELSE 1 END AS on_time,
    CASE WHEN e.seq IS NULL THEN 0 ELSE 1 END AS accepted, CASE WHEN e.seq IS NULL THEN 0 ELSE 1 END AS timely,
    0 AS confirmed
FROM range($communes) c(commune)
CROSS JOIN calendar k
LEFT JOIN last l ON l.report_id = k.month * 100000 + c.commune
LEFT JOIN entries e ON e.seq = l.seq
"""

if __name__ == "__main__":
    main()
