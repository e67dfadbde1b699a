"""Prints what pages cost with a national data set: server time, SQL statements, bytes. See benchmarks/README.md.

python -m benchmarks.pages                12 windows; as long to build as to drink a coffee
python -m benchmarks.pages --windows 4    fewer
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from benchmarks import country, reporting, server
from benchmarks.urls import BARE
from phoihop.orgs.enums import Role
from phoihop.reports.models import Report

REQUESTS = 50
LIMIT_BYTES = 150_000
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
    subprocess.run(command, check=True, env=environment)


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
        _print_times(unit, officer, desk)
        connections.close_all()
        _print_bytes(f"http://127.0.0.1:{port}", reverse("web:entry", args=[unit.pk]), officer)


def _print_times(unit: Report, officer: str, desk: str) -> None:
    """The bare view's own requests stand between those of every page."""
    asked = [
        (FORM, "web:entry", [unit.pk], officer),
        ("the inbox", "web:desk", [], desk),
        (f"the matrix of {country.PROVINCE}", "web:desk_matrix", [], desk),
        ("my reports", "web:my_reports", [], officer),
    ]
    print(f"Milliseconds of the server for {REQUESTS} requests, load {os.getloadavg()[0]:.1f}:")
    print(f"{'':24}{'p50':>8}{'p95':>8}{'bare p50':>10}{'p50/bare':>10}{'SQL':>6}{'rows':>7}{'bytes':>10}")
    for name, address, arguments, session in asked:
        try:
            path = reverse(address, args=arguments)
        except NoReverseMatch as fault:
            print(f"{name:24} SKIPPED: there is no such page yet ({fault})")
            continue
        _print_page(name, path, session)


def _print_page(name: str, path: str, session: str) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    answer = client.get(path)
    answer = client.get(path)
    if answer.status_code != 200:
        print(f"{name:24} SKIPPED: the server answered {answer.status_code}")
        return
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


def _milliseconds(client: Client, path: str) -> float:
    start = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - start) * 1000


def _print_bytes(host: str, path: str, session: str) -> None:
    sizes = dict(_loaded(host, path, session))
    print(f"{FORM}, as the server sends it and what it loads:")
    for name, (sent, whole, encoding) in sorted(sizes.items(), key=lambda each: -each[1][0]):
        print(f"{sent:10,}  {whole:10,}  {encoding:8} {name}")
    total = sum(sent for sent, _whole, _encoding in sizes.values())
    word = "within" if total <= LIMIT_BYTES else "OVER"
    print(f"{total:10,}  bytes in {len(sizes)} answers: {word} {LIMIT_BYTES:,}")


def _loaded(host: str, path: str, session: str) -> Iterator[tuple[str, tuple[int, int, str]]]:
    """The page and everything it leads to: styles, their fonts, scripts, the modules these import, the icon."""
    waiting, seen = [path], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        sent, body, encoding = _fetched(host + name, session)
        yield name, (sent, len(body), encoding)
        if not name.endswith((".woff2", ".svg")):
            waiting += [found for found in _named(name, body.decode()) if found not in seen]


def _named(name: str, text: str) -> list[str]:
    patterns = {".css": _IN_STYLE, ".js": _IN_SCRIPT}.get(Path(name).suffix, _IN_PAGE)
    return [urljoin(name, found) for pattern in patterns for found in re.findall(pattern, text)]


_IN_PAGE = [
    r'<link rel="(?:icon|manifest|stylesheet)" href="([^"]+)"',
    r'<script[^>]* src="([^"]+)"',
    r'<img[^>]* src="([^"]+)"',
]
_IN_STYLE = [r'url\("?([^")]+)"?\)']
_IN_SCRIPT = [r'(?:from|import)\s*\(?"(\.[^"]+)"']


def _fetched(url: str, session: str) -> tuple[int, bytes, str]:
    asked = urllib.request.Request(
        url, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip, br"}
    )
    with urllib.request.urlopen(asked) as answer:
        sent, encoding = answer.read(), answer.headers.get("Content-Encoding", "")
    if encoding == "gzip":
        import gzip

        return len(sent), gzip.decompress(sent), encoding
    return len(sent), sent, encoding


if __name__ == "__main__":
    main()
