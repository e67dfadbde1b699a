"""The columnar ledger: accepted versions as facts, append-only, rebuilt from the database at will.

The database is the truth. A segment counts when the manifest lists it and its files stand; every other entry
is read from the database (the tail). So a crash between the two stores can cost time, never a figure.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from phoihop.core import clock
from phoihop.indicators.models import Indicator
from phoihop.reports.models import LedgerEntry
from phoihop.rollup.engines.facts import FactSource
from phoihop.rollup.facts import explode
from phoihop.rollup.ledger_segments import (
    ENTRY_SCHEMA,
    FACT_SCHEMA,
    FACTS,
    is_whole,
    remove_orphans,
    write_segment,
)
from phoihop.rollup.models import LedgerSegment

ENTRIES_A_SEGMENT = 20_000  # about a million facts, and as much memory as the applier should need
LEFT = "left"  # stands in the hash for a report that left the list


def root() -> Path:
    return Path(settings.LEDGER_DIR)


def last_seq() -> int:
    return LedgerEntry.objects.aggregate(last=Max("seq"))["last"] or 0


def flush_ledger(
    *, least: int = 1, progress: Callable[[int, int], None] | None = None
) -> list[LedgerSegment]:
    """Write the entries after the last segment, where there are at least so many, to new segments."""
    with _one_writer():
        remove_orphans(root(), set(LedgerSegment.objects.values_list("path", flat=True)))
        flushed = LedgerSegment.objects.aggregate(last=Max("last_seq"))["last"] or 0
        until = last_seq()
        made: list[LedgerSegment] = []
        if until - flushed < least:
            return made
        for segment in _write_segments(flushed + 1, until):
            segment.save(force_insert=True)
            made.append(segment)
            if progress:
                progress(segment.last_seq - flushed, until - flushed)
        return made


def rebuild_ledger() -> list[LedgerSegment]:
    """Every segment again from the database; the old ones serve until the manifest changes, at once."""
    with _one_writer():
        segments = list(_write_segments(1, last_seq()))
        with transaction.atomic():
            LedgerSegment.objects.all().delete()
            LedgerSegment.objects.bulk_create(segments)
        remove_orphans(root(), {segment.path for segment in segments})
        return segments


def fact_source(*, periods: Iterable[int] | None = None) -> FactSource:
    """Every fact of the ledger as an engine reads it: segments, and the tail from the database.

    Periods: ids of reporting periods; no others are read.
    """
    wanted = None if periods is None else frozenset(periods)
    standing = standing_segments()
    paths = tuple(root() / segment.path / FACTS for segment in standing)
    return FactSource(paths, tail(standing, periods=wanted), wanted)


def standing_segments() -> list[LedgerSegment]:
    return [each for each in LedgerSegment.objects.order_by("first_seq") if is_whole(root(), each.path)]


def tail(segments: Iterable[LedgerSegment], *, periods: frozenset[int] | None = None) -> pa.Table:
    """Facts of the entries that no standing segment holds."""
    entries = _first_entries()
    for segment in segments:
        entries = entries.exclude(seq__range=(segment.first_seq, segment.last_seq))
    if periods is not None:
        entries = entries.filter(report__period__in=periods)
    return facts_of(entries)


def _first_entries() -> QuerySet[LedgerEntry]:
    """Where a version's facts are kept: a report that left the list and came back is entered twice."""
    earlier = LedgerEntry.objects.filter(version=OuterRef("version"), seq__lt=OuterRef("seq"))
    return LedgerEntry.objects.filter(version__isnull=False).exclude(Exists(earlier))


def facts_of(entries: QuerySet[LedgerEntry]) -> pa.Table:
    """The facts of the entries' versions, an indicator in one run: sums need less room, files too."""
    indicators = dict(Indicator.objects.values_list("code", "pk"))
    rows = entries.order_by("seq").values_list(
        "version_id", "report__period_id", "version__cells", "version__consolidated"
    )
    columns: tuple[list[Any], ...] = ([], [], [], [], [])
    for version_id, period_id, cells, consolidated in rows.iterator(chunk_size=2_000):
        for fact in explode(version_id, cells, consolidated, indicators):
            row = (period_id, fact.indicator_id, version_id, fact.value, int(fact.consolidated))
            for column, value in zip(columns, row, strict=True):
                column.append(value)
    table = pa.Table.from_arrays(
        [pa.array(c, t) for c, t in _typed(columns, FACT_SCHEMA)], schema=FACT_SCHEMA
    )
    return table.sort_by([(name, "ascending") for name in ("indicator_id", "period_id", "version_id")])


def ledger_hash(upto: int | None = None) -> str:
    """SHA-256 over the content hash of each entry up to a number, in order: the same for any segments."""
    entries = LedgerEntry.objects.filter(seq__lte=last_seq() if upto is None else upto)
    return hash_of(entries.order_by("seq").values_list("version__content_hash", flat=True).iterator())


def _write_segments(first: int, until: int) -> Iterator[LedgerSegment]:
    for start in range(first, until + 1, ENTRIES_A_SEGMENT):
        yield _write_segment(start, min(start + ENTRIES_A_SEGMENT - 1, until))


def _write_segment(first: int, last: int) -> LedgerSegment:
    facts = facts_between(first, last)
    entries = entry_table(LedgerEntry.objects.filter(seq__range=(first, last)))
    path = write_segment(root(), f"{first:012d}-{last:012d}", facts=facts, entries=entries)
    return LedgerSegment(
        first_seq=first,
        last_seq=last,
        path=path,
        facts=facts.num_rows,
        content_hash=hash_of(entries["content_hash"].to_pylist()),
        created_at=clock.now(),
    )


def facts_between(first: int, last: int) -> pa.Table:
    """The facts a segment of these entries holds."""
    return facts_of(_first_entries().filter(seq__range=(first, last)))


def entry_table(entries: QuerySet[LedgerEntry]) -> pa.Table:
    """One row an entry, with what was true of its report when it was written."""
    rows = entries.order_by("seq").values_list(
        "seq", "report_id", "version_id", "version__content_hash", "version__number",
        "version__is_simulated", "at", "report__period_id", "report__period__form__code",
        "report__period__start", "report__period__end", "report__area_id", "report__organisation_id",
        "report__party", "report__level", "report__covers_from", "report__covers_until",
    )  # fmt: skip
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in ENTRY_SCHEMA]
    at = ENTRY_SCHEMA.get_field_index("accepted_at")
    columns[at] = [instant.astimezone(UTC).replace(tzinfo=None) for instant in columns[at]]
    return pa.Table.from_arrays(
        [pa.array(c, t) for c, t in _typed(columns, ENTRY_SCHEMA)], schema=ENTRY_SCHEMA
    )


def _typed(columns: Iterable[list[Any]], schema: pa.Schema) -> Iterator[tuple[list[Any], Any]]:
    return zip(columns, schema.types, strict=True)


def hash_of(content_hashes: Iterable[str | None]) -> str:
    digest = hashlib.sha256()
    for content_hash in content_hashes:
        digest.update((content_hash or LEFT).encode() + b"\n")
    return digest.hexdigest()


@contextmanager
def _one_writer() -> Iterator[None]:
    root().mkdir(parents=True, exist_ok=True)
    with (root() / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
