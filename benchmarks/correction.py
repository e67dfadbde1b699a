"""Prints how long after its commit a corrected report is in the national figure. See benchmarks/README.md.

python -m benchmarks.correction                 38 million facts in the ledger, 4 windows in the database
python -m benchmarks.correction --windows 12    more of them, and longer to build
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import duckdb

from benchmarks import country, database
from phoihop.areas.models import Area
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.actions import accept_report, correct_report, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, ReportingPeriod, ReportVersion
from phoihop.rollup.compute import PARTIAL_COLUMNS, compute_partials
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.live.places import kept_units
from phoihop.rollup.models import Partial
from phoihop.rollup.queries import figures

CORRECTIONS, OTHERS = 50, 10
WINDOW = database.MONTHS - 1  # the last one: every correction is made in it
DAY = "2024-12-20"  # a few days after it closed
_NOTES = dict.fromkeys(database.CODES, "Đã kiểm tra lại")  # the figures jump from year to year, and say why


class Took(NamedTuple):
    """Seconds since the commit: until the live tables have it, until the figure is read."""

    applied: float
    read: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--windows", type=int, default=4)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        _measure(options.windows)
        return
    with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
        environment = {**os.environ, "PHOIHOP_VAR": folder, "PHOIHOP_TODAY": DAY}
        environment.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "benchmarks.correction", "--here", "--windows", str(options.windows)]
        subprocess.run(command, check=True, env=environment)


def _measure(windows: int) -> None:
    seconds = _timed(lambda: database.build(windows))
    print(f"Built in {seconds:.0f} s, {windows} windows of {database.MONTHS}: {_sizes()}", flush=True)
    g: list[float] = []
    lines: dict[str, list[Took]] = {}
    for name, number, act, read in _measured(windows):
        lines[name] = []
        for each, report in enumerate(_reports(name, number)):
            if each % 10 == 0:
                g.append(_timed(_group_by))
            lines[name].append(_one(report, act, read))
    _print(lines, statistics.median(g), f"best {min(g):.3f} s, worst {max(g):.3f} s, {len(g)} times")
    print(_compared_with_a_full_count())


def _measured(windows: int) -> Iterator[tuple[str, int, Callable[[Report], object], Callable[[], object]]]:
    nation = Area.objects.get(pk=country.NATION)
    span = Span(database.half(database.MONTHS - windows)[1], database.half(WINDOW)[2])
    asked = {"programmes": [Programme.objects.get()], "span": span}

    def one() -> object:
        return figures(**asked, areas=[nation], indicators=[database.CODES[0]])

    yield "a correction, one national figure", CORRECTIONS, _correct, one
    yield "a correction, 60 national figures", OTHERS, _correct, lambda: figures(**asked, areas=[nation])
    yield (
        "a correction, one figure, 63 provinces",
        OTHERS,
        _correct,
        lambda: figures(**asked, under=nation, indicators=[database.CODES[0]]),
    )
    yield "a first report, one national figure", OTHERS, _submit, one
    yield "a superior's report, one national figure", OTHERS, _confirm, one


def _reports(name: str, number: int) -> list[Report]:
    reports = Report.objects.filter(period=WINDOW).order_by("pk")
    if "superior" in name:
        found = reports.filter(level="province", is_out_of_step=True)
    else:
        found = reports.filter(level="commune", accepted_version__isnull="first" in name)
    return random.Random(name).sample(list(found), number)


def _one(report: Report, act: Callable[[Report], object], read: Callable[[], object]) -> Took:
    """The submission was applied before: what is timed begins when the acceptance is committed."""
    act(report)
    ensure_fresh()
    accept_report(report=report, by=None)
    start = time.perf_counter()
    ensure_fresh()
    applied = time.perf_counter()
    read()
    return Took(applied - start, time.perf_counter() - start)


def _correct(report: Report) -> object:
    """Every value another one: no row above stays as it was."""
    old = report.accepted_version.cells
    cells = {code: str(int(value) + 1 + report.pk % 7) for code, value in old.items()}
    return correct_report(
        report=report, cells=cells, notes=_NOTES, by=None, origin=Origin.FORM, reason="Đếm lại"
    )


def _submit(report: Report) -> object:
    cells = {code: str((report.pk + number) % 200) for number, code in enumerate(database.CODES)}
    return submit_report(report=report, cells=cells, notes=_NOTES, by=None, origin=Origin.FORM)


def _confirm(report: Report) -> object:
    """Handed in again, it pins what was corrected below since."""
    return correct_report(report=report, cells={}, by=None, origin=Origin.FORM, reason="Ghim lại")


def _group_by() -> None:
    with duckdb.connect() as connection:
        connection.execute(
            "SELECT indicator_id, period_id, SUM(value) FROM read_parquet($files) GROUP BY 1, 2",
            {"files": database.facts()},
        ).fetchall()


def _print(lines: dict[str, list[Took]], g: float, spread: str) -> None:
    print(
        f"G = {g:.3f} s ({spread}); load {os.getloadavg()[0]:.1f}. Milliseconds after the commit, and in G:"
    )
    print(f"{'':42}{'p50':>16}{'p95':>17}    p50 of applying it")
    for name, took in lines.items():
        read, applied = sorted(each.read for each in took), statistics.median(each.applied for each in took)
        middle, late = statistics.median(read), read[int(0.95 * len(read))]
        print(
            f"{name:42}{middle * 1000:7.1f} = {middle / g:4.2f} G{late * 1000:8.1f} = {late / g:4.2f} G"
            f"{applied * 1000:8.1f} ms"
        )


def _compared_with_a_full_count() -> str:
    kept, key = kept_units(), 5
    found = compute_partials(
        map_keys=["reported", "open", database.MERGER.isoformat()],
        states=["received", "confirmed"],
        periods=ReportingPeriod.objects.filter(pk=WINDOW),
    )
    columns = (found[name].to_pylist() for name in PARTIAL_COLUMNS)
    full = {row[:key]: row[key:] for row in zip(*columns, strict=True) if row[3] in kept}
    rows = Partial.objects.filter(period=WINDOW).values_list(*PARTIAL_COLUMNS)
    live = {row[:key]: row[key:] for row in rows}
    differing = sum(full.get(each) != live.get(each) for each in full.keys() | live.keys())
    return f"Afterwards {differing} of {len(full):,} live rows of the window differ from a full count."


def _sizes() -> str:
    counted = (Report, ReportVersion, Partial)
    return ", ".join(f"{model.objects.count():,} {model._meta.verbose_name}s" for model in counted)


def _timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
