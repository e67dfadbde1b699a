"""Prints what pages cost with a national data set: server time, SQL statements, bytes. See benchmarks/README.md.

python -m benchmarks.pages                12 windows; as long to build as to drink a coffee
python -m benchmarks.pages --windows 4    fewer
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from benchmarks import country, reporting, server
from benchmarks.urls import BARE
from benchmarks.weight import LIMIT_BYTES, Sent, loaded, total
from phoihop.orgs.enums import Role
from phoihop.reports.models import Report

REQUESTS = 50
FORM = "the officer's form"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--var", help="keep what was built in this folder, or use what is there")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        _measure(options.windows)
    elif options.var:
        _again(options.var)
    else:
        with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
            _again(folder)


def _again(folder: str) -> None:
    """In a process whose settings are the benchmark's."""
    environment = {
        **os.environ, "PHOIHOP_VAR": folder, "PHOIHOP_TODAY": reporting.DAY,
        "DATABASE_URL": f"sqlite:///{folder}/phoihop.sqlite3", "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.pages", "--here", *sys.argv[1:]]
    sys.exit(subprocess.run(command, check=False, env=environment).returncode)


def _measure(windows: int) -> None:
    start = time.perf_counter()
    with connection.cursor() as cursor:
        is_built = bool(connection.introspection.table_names(cursor))
    if not is_built:
        reporting.fill_the_desk(reporting.build(windows))
    units = Report.objects.filter(period__code=reporting.WINDOW, superior=reporting.LARGE, level="commune")
    print(
        f"Built in {time.perf_counter() - start:.0f} s: {Report.objects.count():,} reports, of one province"
        f" {units.count()} communes x {Report.objects.values('period').distinct().count()} windows",
        flush=True,
    )
    unit = units.filter(state="expected").order_by("pk").first()
    officer, desk = (
        reporting.sessions(reporting.people(role, [pk]))[0]
        for role, pk in (
            (Role.REPORTING_OFFICER, unit.organisation_id),
            (Role.PROVINCIAL_DESK, reporting.LARGE),
        )
    )
    with server.served({}) as port:
        are_there = _print_times(unit, officer, desk)
        connections.close_all()
        host, form = f"http://127.0.0.1:{port}", reverse("web:entry", args=[unit.pk])
        is_within = print_bytes(loaded(form, lambda name: _fetched(host + name, officer)))
    if not (are_there and is_within):
        sys.exit("A page was skipped, or is over its limit; see above.")


def _print_times(unit: Report, officer: str, desk: str) -> bool:
    """The bare view's own requests stand between those of every page. False: a page was skipped."""
    asked = [
        (FORM, "web:entry", [unit.pk], officer),
        ("the inbox", "web:desk", [], desk),
        (f"the matrix of {country.PROVINCE}", "web:desk_matrix", [], desk),
        ("my reports", "web:my_reports", [], officer),
    ]
    print(f"Milliseconds of the server for {REQUESTS} requests, load {os.getloadavg()[0]:.1f}:")
    print(f"{'':24}{'p50':>8}{'p95':>8}{'bare p50':>10}{'p50/bare':>10}{'SQL':>6}{'rows':>7}{'bytes':>10}")
    skipped = [each for each in asked if not print_page(*each)]
    return not skipped


def print_page(name: str, address: str, arguments: list[int], session: str) -> bool:
    """False: there is no such page, so that nothing was measured."""
    try:
        path = reverse(address, args=arguments)
    except NoReverseMatch as fault:
        print(f"{name:24} SKIPPED: there is no such page ({fault})")
        return False
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    answer = client.get(path)
    answer = client.get(path)
    if answer.status_code != 200:
        print(f"{name:24} SKIPPED: the server answered {answer.status_code}")
        return False
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    statements = len(captured)  # the next request empties the list
    own, bare = [], []
    for _number in range(REQUESTS):
        own.append(_milliseconds(client, path))
        bare.append(_milliseconds(client, BARE))
    middle, reference = statistics.median(own), statistics.median(bare)
    rows = answer.content.count(b"<tr")
    print(
        f"{name:24}{middle:8.1f}{sorted(own)[int(0.95 * REQUESTS)]:8.1f}{reference:10.2f}{middle / reference:10.1f}"
        f"{statements:6}{rows:7}{len(answer.content):10,}",
        flush=True,
    )
    return True


def _milliseconds(client: Client, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - start) * 1000


def print_bytes(sizes: Mapping[str, Sent], limit: int = LIMIT_BYTES) -> bool:
    """False: more than is allowed."""
    print(f"{FORM}, as the server sends it and what it loads:")
    for name, each in sorted(sizes.items(), key=lambda each: -each[1].sent):
        print(f"{each.sent:10,}  {each.whole:10,}  {each.encoding:8} {name}")
    is_within = total(sizes) <= limit
    word = "within" if is_within else "OVER"
    print(f"{total(sizes):10,}  bytes in {len(sizes)} answers: {word} {limit:,}")
    return is_within


def _fetched(url: str, session: str) -> tuple[bytes, str]:
    asked = urllib.request.Request(
        url, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip, br"}
    )
    with urllib.request.urlopen(asked) as answer:
        return answer.read(), answer.headers.get("Content-Encoding", "")


if __name__ == "__main__":
    main()
