"""Prints how many reports a second are taken in, beside a bare durable insert. See benchmarks/README.md.

python -m benchmarks.storm                                     SQLite
python -m benchmarks.storm --database postgres://u@host/name   PostgreSQL: beside that database, in a new one
python -m benchmarks.storm --profile                           where the time of a submission goes; no server
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import cache
from uuid import uuid4

from django.conf import settings
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import bare, reporting, server
from benchmarks.apart import run_apart
from benchmarks.urls import INSERT
from phoihop.accounts.models import User
from phoihop.orgs.enums import Role
from phoihop.reports.models import Report, ReportVersion
from phoihop.reports.queries.cells import form_fingerprint

WINDOWS = 3
IN_PROCESS = 60

Waiting = Iterator[tuple[Report, str, str]]  # a report, its officer's session, what the device sends


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", default="", metavar="URL")
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 64])
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--var", help="keep what was built in this folder, or use what is there (SQLite)")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        _measure(options)
    elif options.var:
        run_apart("benchmarks.storm", reporting.DAY, options.var)
    else:
        with tempfile.TemporaryDirectory(prefix="phoihop-bench-") as folder:
            run_apart("benchmarks.storm", reporting.DAY, folder, options.database)


def _measure(options: argparse.Namespace) -> None:
    url = os.environ["BENCH_DATABASE"]
    start = time.perf_counter()
    with connection.cursor() as cursor:
        if not connection.introspection.table_names(cursor):
            reporting.build(WINDOWS)
        cursor.execute(bare.TABLE[connection.vendor])
    waiting = _officers()
    print(f"Built in {time.perf_counter() - start:.0f} s. {_durability()}", flush=True)
    if options.profile:
        _profile(waiting)
        return
    print(f"A submission: {_queries(waiting)} SQL statements; its payload {_payload_size(waiting)}.")
    connections.close_all()
    with server.served({}) as port, server.served_bare("benchmarks.bare:application", {}) as bare_port:
        for clients in options.clients:
            _line(url, clients, options.seconds, waiting, port, bare_port)
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, clients and servers together.")
    print(_taken_in())


def _line(url: str, clients: int, seconds: float, waiting: Waiting, port: int, bare_port: int) -> None:
    _report, session, payload = next(waiting)
    loop = bare.written_a_second(url, payload, clients, seconds)
    asked = server.repeated(server.request("/", session, payload))
    view = server.answered_a_second(bare_port, asked, clients, seconds)
    asked = server.repeated(server.request(INSERT, session, payload))
    plain = server.answered_a_second(port, asked, clients, seconds)
    submissions = (server.request(_address(report), session, payload) for report, session, payload in waiting)
    taken = server.answered_a_second(port, submissions, clients, seconds)
    print(
        f"{clients:3} clients: driver loop {loop:6.0f}/s, bare WSGI view {view:6.0f}/s, plain Django view {plain:5.0f}/s,"
        f" submissions {taken:5.0f}/s = {taken / loop:.2f} of the loop, {taken / view:.2f} of the bare view,"
        f" {taken / plain:.2f} of the plain view; the plain view {plain / loop:.2f} of the loop",
        flush=True,
    )


def _officers() -> Waiting:
    """Every unit that has not reported, with an officer of its own, signed in."""
    reports = list(
        Report.objects.filter(period__code=reporting.WINDOW, level="commune", state="expected")
        .select_related("period__form")
        .order_by("?")
    )
    form = reports[0].period.form
    for report in reports:
        report.period.form = form
    users = reporting.people(Role.REPORTING_OFFICER, [report.organisation_id for report in reports])
    figures = reporting.figures_for(reports)
    fingerprint = form_fingerprint(reports[0])  # of every commune the same
    rows = zip(reports, users, reporting.sessions(users), strict=True)
    return (
        (report, session, _payload(figures[report.pk], user, fingerprint)) for report, user, session in rows
    )


def _payload(figures: dict[str, str], user: User, fingerprint: str) -> str:
    return json.dumps(
        {
            "key": str(uuid4()),
            "user": user.username,
            "mark": "comma",
            "cells": figures,
            "na": [],
            "consolidated": [],
            "notes": reporting.NOTES,
            "narrative": reporting.NARRATIVE,
            "reason": "",
            "base": "",
            "fingerprint": fingerprint,
            "submit": True,
            "beside": False,
        }
    )


def _address(report: Report) -> str:
    return f"/bao-cao/{report.pk}/gui/"


def _payload_size(waiting: Waiting) -> str:
    return f"{len(next(waiting)[2].encode()):,} bytes"


def _queries(waiting: Waiting) -> int:
    """Once what a process keeps is there; the commit's own statements are not counted."""
    for _number in range(3):
        with CaptureQueriesContext(connection) as captured:
            _submit(*next(waiting))
    return len(captured)


def _profile(waiting: Waiting) -> None:
    with CaptureQueriesContext(connection) as captured:
        _submit(*next(waiting))
        _submit(*next(waiting))
    for query in captured.captured_queries[len(captured) // 2 :]:
        print(f"{float(query['time']) * 1000:6.1f} ms  {query['sql'][:230]}")
    _report, session, payload = next(waiting)
    plain = _processor(lambda: _post(INSERT, session, payload))
    own = _processor(lambda: _submit(*next(waiting)))
    print(f"Milliseconds of processor, in process: a submission {own:.1f}, the plain view {plain:.1f}")
    profile = cProfile.Profile()
    profile.enable()
    for _number in range(IN_PROCESS):
        _submit(*next(waiting))
    profile.disable()
    pstats.Stats(profile).sort_stats("cumulative").print_stats(110)


def _processor(run: Callable[[], object]) -> float:
    """The best of five rounds: what others do on the machine makes caches cold, not warm."""
    rounds = []
    for _round in range(5):
        start = time.process_time()
        for _number in range(IN_PROCESS):
            run()
        rounds.append((time.process_time() - start) * 1000 / IN_PROCESS)
    return min(rounds)


@cache
def _client() -> Client:
    return Client()


def _submit(report: Report, session: str, payload: str) -> None:
    _post(_address(report), session, payload)


def _post(path: str, session: str, payload: str) -> None:
    client = _client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    answer = client.post(path, payload, content_type="application/json")
    if answer.status_code != 200:
        raise RuntimeError(answer.content.decode()[:600])


def _durability() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            return f"SQLite, WAL, synchronous={cursor.fetchone()[0]} (2 is FULL)."
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    warning = "" if fsync == "on" else " NOT DURABLE: compare ratios only."
    return f"PostgreSQL, fsync {fsync}, synchronous_commit {commit}.{warning}"


def _taken_in() -> str:
    versions = ReportVersion.objects.filter(report__period__code=reporting.WINDOW, state="submitted")
    reports = versions.values("report").distinct().count()
    return f"{versions.count():,} versions of {reports:,} reports stand submitted."


if __name__ == "__main__":
    main()
