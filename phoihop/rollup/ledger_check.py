"""Whether the columnar ledger still says what the database says. Every finding is a sentence; none: all is well."""

from collections import defaultdict
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq
from django.utils.translation import gettext as _

from phoihop.reports.models import LedgerEntry
from phoihop.rollup.ledger import entry_table, facts_between, hash_of, last_seq, root
from phoihop.rollup.ledger_segments import ENTRIES, FACTS, is_whole
from phoihop.rollup.models import LedgerSegment

NAMED_AT_MOST = 5


def verify_ledger() -> Iterator[str]:
    """Compares every segment with the cells in the database, regrouped by version; then the numbering."""
    expected = 1
    for segment in LedgerSegment.objects.order_by("first_seq"):
        if segment.first_seq != expected:
            yield (
                _("The ledger's segments leave out or repeat entries between %(first)s and %(last)s.")
                % {
                    "first": min(expected, segment.first_seq),
                    "last": max(expected, segment.first_seq),
                }
                + _rebuild()
            )
        expected = segment.last_seq + 1
        yield from _verify_segment(segment)
    last = last_seq()
    if LedgerEntry.objects.count() != last:
        yield _("The ledger's entries are numbered up to %(last)s, but %(count)s are there.") % {
            "last": last,
            "count": LedgerEntry.objects.count(),
        }


def _verify_segment(segment: LedgerSegment) -> Iterator[str]:
    if not is_whole(root(), segment.path):
        yield (
            _("The ledger's segment “%(name)s” is missing; its figures are read from the database.")
            % {"name": segment.path}
            + _rebuild()
        )
        return
    try:
        facts = pq.read_table(root() / segment.path / FACTS)
        entries = pq.read_table(root() / segment.path / ENTRIES)
    except (pa.ArrowException, OSError) as fault:
        yield (
            _("The ledger's segment “%(name)s” cannot be read (%(reason)s).")
            % {
                "name": segment.path,
                "reason": str(fault).splitlines()[0],
            }
            + _rebuild()
        )
        return
    yield from _compare(segment, facts, entries)


def _compare(segment: LedgerSegment, facts: pa.Table, entries: pa.Table) -> Iterator[str]:
    between = LedgerEntry.objects.filter(seq__range=(segment.first_seq, segment.last_seq))
    named = ("seq", "report_id", "version_id", "content_hash")
    same_entries = entries.select(named).equals(entry_table(between).select(named))
    if not same_entries or hash_of(entries["content_hash"].to_pylist()) != segment.content_hash:
        yield (
            _("The entries of the ledger's segment “%(name)s” are not those of the database.")
            % {"name": segment.path}
            + _rebuild()
        )
    expected = facts_between(segment.first_seq, segment.last_seq)
    if facts.equals(expected):
        if facts.num_rows != segment.facts:
            yield (
                _("The ledger's segment “%(name)s” holds %(found)s facts; the manifest says %(said)s.")
                % {
                    "name": segment.path,
                    "found": facts.num_rows,
                    "said": segment.facts,
                }
                + _rebuild()
            )
        return
    yield (
        _(
            "The ledger's segment “%(name)s” holds other figures than the database, in the report versions %(versions)s."
        )
        % {"name": segment.path, "versions": _named(_differing(facts, expected))}
        + _rebuild()
    )


def _differing(found: pa.Table, expected: pa.Table) -> list[int]:
    ours, theirs = _by_version(found), _by_version(expected)
    return sorted(
        version for version in ours.keys() | theirs.keys() if ours.get(version) != theirs.get(version)
    )


def _by_version(facts: pa.Table) -> dict[int, list[tuple[int, int | None, int]]]:
    cells: dict[int, list[tuple[int, int | None, int]]] = defaultdict(list)
    for row in facts.sort_by([("indicator_id", "ascending")]).to_pylist():
        cells[row["version_id"]].append((row["indicator_id"], row["value"], row["consolidated"]))
    return dict(cells)


def _named(versions: list[int]) -> str:
    shown = ", ".join(str(version) for version in versions[:NAMED_AT_MOST])
    return f"{shown}, …" if len(versions) > NAMED_AT_MOST else shown or "–"


def _rebuild() -> str:
    return " " + _("Rebuild the ledger from the database: “phoihop rebuild_ledger”.")
