"""Whatever is done, in whatever order: no version is lost, and what is in force was accepted."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from phoihop.core import clock
from phoihop.core.errors import DomainError
from phoihop.reports.actions import (
    accept_report,
    follow_reorganisations,
    lock_reports,
    return_report,
    save_draft,
    submit_report,
)
from phoihop.reports.content import content_hash, version_key
from phoihop.reports.enums import Origin, VersionState
from phoihop.reports.models import (
    Exemption,
    LedgerCounter,
    LedgerEntry,
    Report,
    ReportingPeriod,
    ReportVersion,
)
from tests.reports.world import IN_TIME, LATE, World

UNITS = st.integers(0, 2)  # two communes and their province
FIGURES = st.integers(0, 3).map(str)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["draft", "submit", "correct"]), UNITS, FIGURES),
        st.tuples(st.sampled_from(["return", "accept", "exempt", "lift"]), UNITS),
        st.tuples(st.just("lock")),
    ),
    min_size=3,
    max_size=25,
)


class Life:
    """Actions on three reports; a refusal is an answer like any other."""

    def __init__(self, world: World, period: ReportingPeriod) -> None:
        self.world, self.period = world, period
        self.organisations = [*world.units, world.desk]

    def do(self, name: str, *args: Any) -> None:
        steps: dict[str, Callable[..., Any]] = {
            "draft": lambda at, b01: save_draft(report=self.report(at), cells={"B01": b01}, by=None),
            "submit": lambda at, b01: self.submit(at, b01, ""),
            "correct": lambda at, b01: self.submit(at, b01, "Sửa"),
            "return": lambda at: return_report(report=self.report(at), reason="Sai", by=None),
            "accept": lambda at: accept_report(report=self.report(at), by=None),
            "exempt": self.exempt,
            "lift": self.lift,
            "lock": lambda: lock_reports(period=self.period, by=None),
        }
        with suppress(DomainError):
            steps[name](*args)

    def report(self, at: int) -> Report:
        return self.world.report_of(self.organisations[at])

    def submit(self, at: int, b01: str, reason: str) -> None:
        with clock.pinned(IN_TIME if int(b01) % 2 else LATE):
            submit_report(
                report=self.report(at), cells={"B01": b01}, reason=reason, by=None, origin=Origin.FORM
            )

    def exempt(self, at: int) -> None:
        Exemption.objects.create(form=self.world.form, area=self.organisations[at].area, reason="Lũ")
        follow_reorganisations(period=self.period, by=None)

    def lift(self, at: int) -> None:
        Exemption.objects.filter(area=self.organisations[at].area).delete()
        follow_reorganisations(period=self.period, by=None)


def submitted_versions() -> dict[int, tuple[Any, ...]]:
    """What must never change once handed in."""
    rows = ReportVersion.objects.exclude(state=VersionState.DRAFT)
    return {row.pk: (row.report_id, row.number, str(row.cells), row.content_hash) for row in rows}


def check_what_always_holds() -> None:
    for report in Report.objects.prefetch_related("versions"):
        numbers = [version.number for version in report.versions.all()]
        assert numbers == list(range(1, len(numbers) + 1))
        assert report.latest_version_id == (report.versions.last().pk if numbers else None)  # type: ignore[union-attr]
        if report.accepted_version:
            assert report.accepted_version.state == VersionState.ACCEPTED
            assert report.versions.filter(state=VersionState.ACCEPTED).last() == report.accepted_version
        entry = report.ledger_entries.order_by("-seq").first()
        in_force = None if report.state == "withdrawn" else report.accepted_version
        assert (entry.version if entry else None) == in_force
        if report.accepted_version:
            pins = report.accepted_version.pins.all()
            stale = any(
                pin.report.accepted_version_id != pin.pk or pin.report.state == "withdrawn" for pin in pins
            )
            assert report.is_out_of_step == stale
    for version in ReportVersion.objects.exclude(state=VersionState.DRAFT):
        assert content_hash(version_key(version), version) == version.content_hash
    seqs = list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))
    assert seqs == list(range(1, len(seqs) + 1))
    assert LedgerCounter.objects.filter(last=len(seqs)).exists() == bool(seqs)


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_no_sequence_of_actions_loses_a_version(world: World, steps: list[tuple[Any, ...]]) -> None:
    with transaction.atomic():
        life = Life(world, world.open())
        kept: dict[int, tuple[Any, ...]] = {}
        for name, *args in steps:
            life.do(name, *args)
            now = submitted_versions()
            assert kept.items() <= now.items(), name
            kept = now
            check_what_always_holds()
        transaction.set_rollback(True)
