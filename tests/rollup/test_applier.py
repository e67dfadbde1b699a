"""The applier under random histories, crashes and crowds."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.audit.actions import record
from phoihop.core.errors import DomainError
from phoihop.reports.actions import accept_report, correct_report, return_report, submit_report
from phoihop.reports.enums import Origin
from phoihop.reports.models import Report, ReportingPeriod
from phoihop.rollup.live import apply_pending, ensure_fresh, recount_coverage, verify_live
from phoihop.rollup.models import Coverage, Partial
from tests.factories.reports import enter

from .live_world import ACROSS, BEFORE, World, add_report, build_world, open_half

FIRST = ("Nation", "North", "South", "Ash", "Birch", "Cedar", "Ash front")
SECOND = ("Nation", "North", "Middle", "Ash", "Alder", "Dale")
BELOW = {
    "Nation": ("North", "South", "Middle"),
    "North": ("Ash", "Birch", "Cedar"),
    "Middle": ("Alder", "Dale"),
}

texts = st.one_of(
    st.just("na"), st.integers(0, 50).map(str), st.decimals(0, 9, places=4).map(lambda d: f"{d:f}")
)
cells = st.dictionaries(st.sampled_from(["F1", "S1", "U1"]), st.tuples(texts, st.booleans()), max_size=3)
steps = st.one_of(
    st.tuples(st.just("accept"), st.sampled_from([BEFORE, ACROSS]), st.integers(0, 9), cells),
    st.tuples(st.just("withdraw"), st.sampled_from([BEFORE, ACROSS]), st.integers(0, 9), st.none()),
    st.tuples(st.just("restore"), st.sampled_from([BEFORE, ACROSS]), st.integers(0, 9), st.none()),
    st.tuples(st.just("shorten"), st.just(ACROSS), st.integers(0, 9), st.none()),
    st.tuples(
        st.just("add"), st.just(ACROSS), st.sampled_from(["South", "Birch", "Middle front"]), st.none()
    ),
    st.tuples(st.just("submit"), st.sampled_from([BEFORE, ACROSS]), st.integers(0, 9), st.booleans()),
    st.tuples(st.just("apply"), st.just(""), st.sampled_from([1, 2, None]), st.none()),
)


decisions = st.sampled_from([accept_report, return_report, None])
handed_in = st.tuples(
    st.just("hand in"), st.sampled_from([BEFORE, ACROSS]), st.integers(0, 9),
    st.tuples(st.fixed_dictionaries({"F1": st.integers(0, 50).map(str)}), decisions),
)  # fmt: skip
acted = st.lists(st.one_of(handed_in, handed_in, handed_in, steps), min_size=8, max_size=25)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.one_of(st.lists(steps, max_size=25), acted))
def test_after_any_history_the_live_tables_are_a_full_computation(history: list[tuple[object, ...]]) -> None:
    with transaction.atomic():
        world = build_world()
        open_half(world, 2025, 1, *FIRST)
        open_half(world, 2025, 2, *SECOND)
        ensure_fresh()
        for step in history:
            _take(world, *step)
        assert list(verify_live()) == []
        assert apply_pending() == 0
        transaction.set_rollback(True)


def _take(world: World, kind: str, period: str, which: object, extra: object) -> None:
    if kind == "apply":
        apply_pending(limit=which)  # type: ignore[arg-type]
        return
    if kind == "add":
        if (which, period) not in world.reports:
            add_report(world, ReportingPeriod.objects.get(code=period), str(which))
        return
    names = [name for name, code in world.reports if code == period]
    name = names[which % len(names)]  # type: ignore[operator]
    report = world.report(name, period)
    _HANDLED[kind](world, name, period, report, extra)


def _accept(world: World, name: str, period: str, report: Report, given_cells: object) -> None:
    if report.state == "withdrawn":
        return
    below = [each for each in BELOW.get(name, ()) if (each, period) in world.reports]
    pins = [
        version for version in world.standing(*below, period=period) if version.report.state != "withdrawn"
    ]
    told = {code: ("*" if whole else "") + text for code, (text, whole) in dict(given_cells).items()}  # type: ignore[call-overload]
    world.accept(name, period, pins=pins, **told)


def _hand_in(world: World, name: str, period: str, report: Report, extra: Any) -> None:
    """By the actions themselves, and their acts."""
    given_cells, decide = extra
    act = correct_report if report.accepted_version_id else submit_report
    with suppress(DomainError):  # what the unit is not asked, or the state does not allow
        act(report=report, cells=given_cells, by=None, origin=Origin.FORM, reason="counted again")
        if decide is accept_report:
            accept_report(report=report, by=None)
        elif decide is return_report:
            return_report(report=report, reason="blurred", by=None)


def _withdraw(world: World, name: str, period: str, report: Report, _extra: object) -> None:
    if report.state != "withdrawn":
        world.withdraw(name, period)
        _note(report)


def _restore(world: World, name: str, period: str, report: Report, _extra: object) -> None:
    if report.state == "withdrawn":
        report.state = "accepted" if report.accepted_version_id else "expected"
        report.save()
        if report.accepted_version_id:
            enter(report, report.accepted_version)
        else:
            _note(report)


def _shorten(world: World, name: str, period: str, report: Report, _extra: object) -> None:
    """A reorganisation cut its days: the list followed, and its accepted version was entered again."""
    if report.covers_until == report.period.end and report.state != "withdrawn":
        report.covers_until = date(2025, 11, 1)
        report.save()
        if report.accepted_version_id:
            enter(report, report.accepted_version)
        else:
            _note(report)


def _submit(world: World, name: str, period: str, report: Report, on_time: object) -> None:
    if report.state == "expected":
        report.first_submitted_at, report.is_on_time, report.state = (
            report.period.opened_at,
            on_time,
            "submitted",
        )
        report.save()
        _note(report)


def _note(report: Report) -> None:
    """Every action leaves an audit event; the factories write the rows without the actions."""
    record("test", report, by=None)


_HANDLED = {
    "accept": _accept,
    "hand in": _hand_in,
    "withdraw": _withdraw,
    "restore": _restore,
    "shorten": _shorten,
    "submit": _submit,
}


@pytest.mark.django_db
def test_a_window_can_be_recounted_at_will() -> None:
    world = build_world()
    period = open_half(world, 2025, 1, *FIRST)
    ensure_fresh()
    Coverage.objects.all().delete()
    recount_coverage(period)
    assert list(verify_live()) == []


# The rest needs processes of their own on a file of their own.


@pytest.fixture
def waiting(tmp_path: Path, transactional_db: None) -> tuple[World, Path]:
    """A database in which one entry was applied and two wait."""
    world = build_world()
    open_half(world, 2025, 1, *FIRST)
    world.accept("Ash", BEFORE, F1="1")
    ensure_fresh()
    world.accept("Ash", BEFORE, F1="5")
    world.accept("Birch", BEFORE, F1="7")
    file = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return world, file


on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="copies a SQLite file for a second process"
)
COLUMNS = (
    "map_key",
    "state",
    "period_id",
    "area_id",
    "indicator_id",
    "total",
    "own",
    "unallocated",
    "reported",
)
START = "import django; django.setup(); from phoihop.rollup.live import apply_pending; "
KILLED = """
import sys
import django
django.setup()
from phoihop.rollup.live import applier

def stop(*_args):
    print("applying", flush=True)
    sys.stdin.read()

applier._move = stop
applier.apply_pending()
"""
JOB = """
import time
import django
django.setup()
from phoihop.rollup.jobs import Applier
from phoihop.rollup.models import AppliedPosition

job = Applier(poll_seconds=0.02)
with job:
    until = time.monotonic() + 30
    while AppliedPosition.objects.get().seq < 3 and time.monotonic() < until:
        time.sleep(0.02)
print(AppliedPosition.objects.get().seq, job.is_alive())
"""
SEALER = """
import time
import django
django.setup()
from phoihop.audit.actions import broken_links, record
from phoihop.audit.models import AuditEvent, AuditSeal
from phoihop.rollup.jobs import Applier
from phoihop.rollup.models import AppliedPosition

for _each in range(3):
    record("save_draft", AppliedPosition.objects.get())
with Applier(poll_seconds=0.02, seal_seconds=0):
    until = time.monotonic() + 30
    while AuditSeal.objects.count() < AuditEvent.objects.count() and time.monotonic() < until:
        time.sleep(0.02)
print(AuditEvent.objects.count(), AuditSeal.objects.count(), list(broken_links()))
"""


@on_sqlite
def test_a_kill_between_acceptance_and_application_costs_nothing(waiting: tuple[World, Path]) -> None:
    _world, file = waiting
    before = _rows(file)
    _kill_while_applying(file)
    assert (_position(file), _rows(file)) == (1, before)
    assert _run(file, START + "print(apply_pending())") == "2"
    assert apply_pending() == 2
    assert _rows(file) == list(Partial.objects.order_by(*COLUMNS).values_list(*COLUMNS))


@on_sqlite
def test_appliers_that_come_together_apply_each_entry_once(waiting: tuple[World, Path]) -> None:
    _world, file = waiting
    crowd = [_start(file, START + "print(apply_pending())") for _ in range(3)]
    assert sorted(each.communicate()[0].strip() for each in crowd) == ["0", "0", "2"]
    apply_pending()
    assert _rows(file) == list(Partial.objects.order_by(*COLUMNS).values_list(*COLUMNS))


@on_sqlite
def test_the_job_applies_what_waits_and_stops_when_asked(waiting: tuple[World, Path]) -> None:
    assert _run(waiting[1], JOB) == "3 False"


@on_sqlite
def test_the_job_seals_what_was_recorded(waiting: tuple[World, Path]) -> None:
    assert _run(waiting[1], SEALER) == "3 3 []"


def _rows(file: Path) -> list[tuple[object, ...]]:
    names = ", ".join(COLUMNS)
    with closing(sqlite3.connect(file)) as database:
        return database.execute(f"SELECT {names} FROM rollup_partial ORDER BY {names}").fetchall()


def _position(file: Path) -> int:
    with closing(sqlite3.connect(file)) as database:
        [(seq,)] = database.execute("SELECT seq FROM rollup_appliedposition").fetchall()
        return int(seq)


def _kill_while_applying(file: Path) -> None:
    """Stops inside the transaction, rows written and the position not yet, and dies there."""
    with _start(file, KILLED) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "applying\n"
        process.send_signal(signal.SIGKILL)


def _run(file: Path, code: str) -> str:
    with _start(file, code) as process:
        return process.communicate()[0].strip()


def _start(file: Path, code: str) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "phoihop.config.settings.test",
    }
    return subprocess.Popen(
        [sys.executable, "-c", code],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
