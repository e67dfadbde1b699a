"""The columnar ledger beside the database: whatever happens to the files, no figure is lost or doubled."""

import hashlib
import os
import signal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.db import connection
from pytest_django import Settings

from phoihop.core.errors import DomainError
from phoihop.reports.models import Report, ReportVersion
from phoihop.rollup import ledger
from phoihop.rollup.compute import compute_partials
from phoihop.rollup.ledger import (
    FACTS,
    flush_ledger,
    ledger_hash,
    rebuild_ledger,
    root,
    standing_segments,
    tail,
)
from phoihop.rollup.ledger_check import verify_ledger
from phoihop.rollup.models import LedgerSegment
from tests.factories.areas import area_under, nation
from tests.factories.indicators import indicator, programme_in
from tests.factories.orgs import police_of
from tests.factories.reports import accepted, enter, expected, half, half_form

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def ledger_dir(tmp_path: Path, settings: Settings) -> Path:
    settings.LEDGER_DIR = tmp_path / "ledger"
    return tmp_path / "ledger"


@pytest.fixture
def reports() -> list[Report]:
    """Three communes that owe one half-year."""
    top = nation()
    programme = programme_in(top)
    indicator("B01", programme=programme)
    indicator("B02", programme=programme)
    period = half(half_form(programme), 2025, 1)
    return [expected(period, police_of(area_under(top, "commune", name))) for name in "ABC"]


def partials() -> list[dict[str, object]]:
    rows: list[dict[str, object]] = compute_partials(map_keys=["reported"], states=["received"]).to_pylist()
    return rows


def test_flush_moves_the_tail_to_a_segment(reports: list[Report]) -> None:
    for report in reports:
        accepted(report, {"B01": "1.5", "B02": "na"})
    before = partials()
    (segment,) = flush_ledger()
    assert (segment.first_seq, segment.last_seq, segment.facts) == (1, 3, 6)
    assert tail(standing_segments()).num_rows == 0
    assert partials() == before
    assert flush_ledger() == []


def test_flush_waits_for_enough_entries(reports: list[Report]) -> None:
    accepted(reports[0], {"B01": "1"})
    assert flush_ledger(least=2) == []
    accepted(reports[1], {"B01": "1"})
    assert len(flush_ledger(least=2)) == 1


def test_segments_follow_one_another(reports: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "ENTRIES_A_SEGMENT", 2)
    for report in reports:
        accepted(report, {"B01": "1"})
    seen: list[tuple[int, int]] = []
    flush_ledger(progress=lambda done, of: seen.append((done, of)))
    bounds = LedgerSegment.objects.order_by("first_seq").values_list("first_seq", "last_seq")
    assert list(bounds) == [(1, 2), (3, 3)]
    assert seen == [(2, 3), (3, 3)]
    assert list(verify_ledger()) == []


def test_facts_repeat_the_cells(reports: list[Report]) -> None:
    version = accepted(reports[0], {"B02": "na", "B01": "12.3456"}, consolidated=["B01"])
    (segment,) = flush_ledger()
    rows = pq.read_table(root() / segment.path / FACTS).to_pylist()
    assert [(row["version_id"], row["value"], row["consolidated"]) for row in rows] == [
        (version.pk, 123_456, 1),
        (version.pk, None, 0),
    ]


def test_hash_is_of_content_hashes_in_order_whatever_the_segments(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = [accepted(report, {"B01": "1"}) for report in reports]
    enter(reports[0], None)
    lines = [*(version.content_hash for version in versions), "left"]
    expected_hash = hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()
    assert ledger_hash() == expected_hash
    flush_ledger()
    monkeypatch.setattr(ledger, "ENTRIES_A_SEGMENT", 1)
    rebuild_ledger()
    assert ledger_hash() == expected_hash
    assert ledger_hash(2) == hashlib.sha256("".join(f"{line}\n" for line in lines[:2]).encode()).hexdigest()


def test_rebuilt_ledger_is_identical(reports: list[Report]) -> None:
    for report in reports:
        accepted(report, {"B01": "1", "B02": "2"})
    accepted(reports[0], {"B01": "7"})
    (before,) = flush_ledger()
    table = pq.read_table(root() / before.path / FACTS)
    (after,) = rebuild_ledger()
    assert after.content_hash == before.content_hash
    assert pq.read_table(root() / after.path / FACTS).equals(table)
    assert not (root() / before.path).exists()


def test_version_entered_twice_counts_once(reports: list[Report]) -> None:
    """Its report left the list and came back."""
    version = accepted(reports[0], {"B01": "5"})
    flush_ledger()
    enter(reports[0], None)
    enter(reports[0], version)
    (row,) = [each for each in partials() if each["area_id"] == reports[0].area_id]
    assert row["total"] == 50_000
    flush_ledger()
    (again,) = [each for each in partials() if each["area_id"] == reports[0].area_id]
    assert again == row
    assert list(verify_ledger()) == []


def test_kill_between_the_stores_leaves_an_orphan_that_changes_nothing(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files are in place, the manifest does not list them yet, and the process is gone (kill -9)."""
    if connection.vendor != "sqlite":
        pytest.skip("a forked child would talk over the parent's connection to the server")
    accepted(reports[0], {"B01": "5"})
    before = partials()
    with monkeypatch.context() as crash:
        crash.setattr(LedgerSegment, "save", _kill_this_process)
        child = os.fork()
        if child == 0:
            flush_ledger()
            os._exit(0)
        _, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    assert len(_folders()) == 1
    assert LedgerSegment.objects.count() == 0
    assert partials() == before
    (segment,) = flush_ledger()
    assert _folders() == [segment.path]
    assert partials() == before


def test_crash_while_writing_leaves_no_segment(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    accepted(reports[0], {"B01": "5"})
    with monkeypatch.context() as crash:
        crash.setattr(Path, "rename", _killed)
        with pytest.raises(KeyboardInterrupt):
            flush_ledger()
    assert LedgerSegment.objects.count() == 0
    flush_ledger()
    assert len(_folders()) == 1
    assert list(verify_ledger()) == []


def test_lost_segment_is_read_from_the_database_and_said(reports: list[Report]) -> None:
    accepted(reports[0], {"B01": "5"})
    flush_ledger()
    accepted(reports[1], {"B01": "6"})
    (lost, _kept) = (*LedgerSegment.objects.all(), *flush_ledger())
    before = partials()
    (root() / lost.path / FACTS).unlink()
    assert partials() == before
    (sentence,) = verify_ledger()
    assert lost.path in sentence
    rebuild_ledger()
    assert list(verify_ledger()) == []
    assert partials() == before


def test_altered_segment_is_found(reports: list[Report]) -> None:
    version = accepted(reports[0], {"B01": "5"})
    (segment,) = flush_ledger()
    path = root() / segment.path / FACTS
    table = pq.read_table(path)
    pq.write_table(table.set_column(3, "value", table["version_id"]), path)
    (sentence,) = verify_ledger()
    assert f" {version.pk}." in sentence


def test_unreadable_segment_is_found(reports: list[Report]) -> None:
    accepted(reports[0], {"B01": "5"})
    (segment,) = flush_ledger()
    (root() / segment.path / FACTS).write_bytes(b"not a table")
    (sentence,) = verify_ledger()
    assert segment.path in sentence


def test_changed_cells_and_missing_manifest_rows_are_found(
    reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger, "ENTRIES_A_SEGMENT", 1)
    versions = [accepted(report, {"B01": "5"}) for report in reports]
    first, _second, _third = flush_ledger()
    first.delete()
    ReportVersion.objects.filter(pk=versions[1].pk).update(cells={"B01": "50"})
    gap, changed = verify_ledger()
    assert "1" in gap
    assert f" {versions[1].pk}." in changed


def test_unknown_indicator_in_a_version_is_refused_by_name(reports: list[Report]) -> None:
    accepted(reports[0], {"X99": "5"})
    with pytest.raises(DomainError, match="X99"):
        flush_ledger()


def _folders() -> list[str]:
    return sorted(path.name for path in root().iterdir() if path.is_dir())


def _kill_this_process(*_args: object, **_kwargs: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _killed(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt
