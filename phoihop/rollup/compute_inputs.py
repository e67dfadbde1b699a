"""The input tables of the SQL steps from plain rows: one function a table. No database."""

from collections.abc import Iterable, Mapping

import pyarrow as pa

from phoihop.indicators.enums import Rule as Combining
from phoihop.indicators.enums import WindowKind
from phoihop.periods import SpanCover
from phoihop.rollup.compute_places import table
from phoihop.rollup.compute_rules import CatalogueRow, Duties, ReportRow

EARLIER, LAST = 0, 1  # the two slots of a span's windows of one kind
COMMUNES_IN_FORCE = "K00"
MEASURED = {"K05N": "accepted", "K05D": "expected", "K06N": "timely"}  # counted from the reports themselves
KINDS = tuple(WindowKind.values)


def report_table(
    reports: Iterable[ReportRow],
    duties: Duties,
    slots: Mapping[int, int],
    *,
    accepted: Mapping[int, int],
    standing: Mapping[int, int],
    confirmed: Mapping[int, int],
) -> pa.Table:
    """Reports due, each with the version whose values stand (none: it adds to what is expected only)."""
    rows = (
        (
            report.id,
            standing.get(report.id),
            slots[report.period_id],
            report.area_id,
            report.covers_until.toordinal() - 1,
            duties.id_of(report),
            int(report.is_submitted),
            int(report.is_on_time),
            int(report.id in accepted),
            int(report.is_on_time and report.id in accepted),
            int(report.id in confirmed),
        )
        for report in reports
    )
    return table(
        rows,
        report_id=int, version_id=int, slot_id=int, area_id=int, last_day=int, duty_id=int,
        submitted=int, on_time=int, accepted=int, timely=int, confirmed=int,
    )  # fmt: skip


def slot_of(kind: str, *, is_last: bool) -> int:
    return 2 * KINDS.index(kind) + (LAST if is_last else EARLIER)


def taken_table(indicators: Iterable[CatalogueRow], covers: Mapping[str, SpanCover]) -> pa.Table:
    """The time rules: which slots of its windows an indicator takes; all enter one term, the span."""
    rows = [
        (slot, row.indicator_id, 0)
        for row in indicators
        for slot in slots_taken(row, len(covers[row.window].periods))
    ]
    return table(rows, slot_id=int, indicator_id=int, term_id=int)


def taken_apart(indicators: Iterable[int], slots: Iterable[int]) -> pa.Table:
    """No time rule: every window is a term of its own."""
    rows = ((slot, indicator, slot) for slot in slots for indicator in sorted(indicators))
    return table(rows, slot_id=int, indicator_id=int, term_id=int)


def slots_taken(row: CatalogueRow, windows: int) -> list[int]:
    earlier, last = slot_of(row.window, is_last=False), slot_of(row.window, is_last=True)
    match row.over_time:
        case Combining.ADD if windows:
            return [earlier, last]
        case Combining.LAST if windows:
            return [last]
        case Combining.NONE if windows == 1:
            return [last]
        case _:
            return []


def ratio_table(indicators: Iterable[CatalogueRow]) -> pa.Table:
    rows = [
        (row.indicator_id, row.numerator_id, row.denominator_id)
        for row in indicators
        if row.numerator_id and row.denominator_id
    ]
    return table(rows, indicator_id=int, numerator_id=int, denominator_id=int)


def measured_table(indicators: Iterable[CatalogueRow]) -> pa.Table:
    rows = [(row.indicator_id, MEASURED[row.code]) for row in indicators if row.code in MEASURED]
    return table(rows, indicator_id=int, measure=str)


def target_table(
    targets: Mapping[tuple[int, str], int],
    indicators: Mapping[int, CatalogueRow],
    covers: Mapping[str, SpanCover],
) -> pa.Table:
    """A target is set for one window: what adds up over time is asked that many times."""
    rows = []
    for (indicator_id, level), value in sorted(targets.items()):
        row = indicators[indicator_id]
        windows = len(covers[row.window].periods) if row.over_time == Combining.ADD else 1
        rows.append((indicator_id, level, value * windows))
    return table(rows, indicator_id=int, level=str, value=int)
