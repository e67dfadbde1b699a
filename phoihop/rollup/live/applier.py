"""Moves the live tables to the ledger's last number, and to the lists of reports as they stand."""

from collections import defaultdict
from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from phoihop.areas.models import MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.reports.models import LedgerEntry, ReportingPeriod
from phoihop.rollup.compute import PARTIAL_COLUMNS, compute_partials
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import lists
from phoihop.rollup.live.acts import Acts
from phoihop.rollup.live.counting import PartialKey, Sums
from phoihop.rollup.live.moves import Run, apply_moves
from phoihop.rollup.live.places import kept_units
from phoihop.rollup.live.progress import apply_gains, gained_by_moves, gained_by_submissions
from phoihop.rollup.live.tables import replace_lists, replace_partials
from phoihop.rollup.live.windows import Listing, count_lists, count_partials
from phoihop.rollup.models import AppliedPosition, CountedList, Coverage, DutyCount, Partial

FULL_AFTER = 2_000  # versions: from here on an engine counts whole windows sooner than rows are moved


def apply_pending(limit: int | None = None) -> int:
    """Bring the live tables up to the ledger, or `limit` entries nearer; how many entries were applied.

    One transaction under the lock of the one position row: the rows, the lists and the position move together or
    not at all, so a crash costs nothing and the same entries applied again change nothing.
    """
    return _brought_up(limit)[1]


def ensure_fresh() -> AppliedPosition:
    """Cheap when nothing happened: one query. Otherwise applies the few entries that wait."""
    position = lists.marked_position()
    if position is not None:
        now = lists.marks(position)
        if (position.seq, position.pulse, position.stamp) == now:
            return position
    return _brought_up()[0]


def rebuild_live() -> int:
    """Count every window anew from the ledger; the ledger number reached."""
    with transaction.atomic():
        position = _locked_position()
        now = lists.marks(position)
        position.awaited = list(Acts.since(position, now.pulse, ()).awaited)
        _count_everything(now.seq)
        position.seq, position.has_simulated = 0, False
        _move(position, now.seq, now)
        return now.seq


def recount_coverage(period: ReportingPeriod) -> None:
    """Count a window's list again, now: who owes what, who submitted."""
    with transaction.atomic():
        position, before = _locked_position(), lists.fingerprints([period.pk])
        _count_lists([period.pk], position.seq)
        lists.remember(lists.unmoved(before))


def _brought_up(limit: int | None = None) -> tuple[AppliedPosition, int]:
    with transaction.atomic():
        position = _locked_position()
        now = lists.marks(position)
        after = position.seq
        until = now.seq if limit is None else min(now.seq, after + limit)
        if position.stamp != now.stamp or until - after > FULL_AFTER:
            position.awaited = list(Acts.since(position, now.pulse, ()).awaited)
            _count_everything(until)
        else:
            _apply(position, until, now)
        _move(position, until, now)
        return position, until - after


def _apply(position: AppliedPosition, until: int, marks: lists.Marks) -> None:
    """By windows: a list that moved is counted whole, for it moves the rules of counting too."""
    run = Run.between(position.seq, until)
    acts = Acts.since(position, marks.pulse, run.entered)
    known, now = lists.known_fingerprints(acts.windows), lists.summaries(acts.windows)
    after = {window: summary.fingerprint for window, summary in now.items()}
    moved = {each for each in after if each not in known or known[each].members != after[each].members}
    moves = run.moves(besides=moved)
    if len(moves) > FULL_AFTER:
        moved |= {move.report.period_id for move in moves}
        after |= lists.fingerprints(moved - after.keys())
        moves = []
    _count_windows(moved, until)
    apply_moves(moves)
    progressed = {each for each in after.keys() - moved if known[each].progress != after[each].progress}
    first = _told_apart(acts.first_submissions(progressed), now, known) if progressed else []
    apply_gains([*gained_by_moves(moves), *gained_by_submissions(first)])
    listed = progressed - {report.period_id for report in first}
    _count_lists(listed, until)
    after |= lists.unmoved({each: after[each] for each in moved | listed})
    lists.remember({each: after[each] for each in after if known.get(each) != after[each]})
    position.awaited = list(acts.awaited)


def _told_apart(
    first: Collection[ReportRow], now: Mapping[int, lists.Summary], known: Mapping[int, lists.Fingerprint]
) -> list[ReportRow]:
    """First submissions of the windows in which nothing else moved: without them the list is what it was."""
    by_window = defaultdict(list)
    for report in first:
        by_window[report.period_id].append(report)
    return [
        report
        for window, reports in by_window.items()
        if now[window].progress_before(reports) == known[window].progress
        for report in reports
    ]


def _count_everything(until: int) -> None:
    for model in (Partial, Coverage, DutyCount, CountedList):
        model._default_manager.all().delete()
    before = lists.fingerprints(ReportingPeriod.objects.values_list("pk", flat=True))
    _count_windows(before, until)
    lists.remember(lists.unmoved(before))


def _count_windows(periods: Collection[int], until: int) -> None:
    for period in sorted(periods):
        listing = Listing.load([period], until)
        if len(listing.accepted) + len(listing.confirmed) > FULL_AFTER:
            rows = _engine_partials(period, until)
        else:
            rows = count_partials(listing)
        replace_partials([period], rows)
        replace_lists([period], *count_lists(listing))


def _count_lists(periods: Collection[int], until: int) -> None:
    for period in sorted(periods):
        replace_lists([period], *count_lists(Listing.load([period], until)))


def _engine_partials(period: int, until: int) -> dict[PartialKey, Sums]:
    found = compute_partials(
        map_keys=[REPORTED, *MapEpoch.objects.values_list("key", flat=True)],
        states=FigureState.values,
        periods=ReportingPeriod.objects.filter(pk=period),
        upto=until,
    )
    units = pa.array(sorted(kept_units()), found["area_id"].type)
    kept = found.filter(pc.is_in(found["area_id"], value_set=units))
    rows = zip(*(kept[name].to_pylist() for name in PARTIAL_COLUMNS), strict=True)
    return {PartialKey(*row[:5]): Sums(*row[5:]) for row in rows}


def _locked_position() -> AppliedPosition:
    """The marks are read under the lock: of several that wait for it, the later ones find the work done."""
    if connection.features.has_select_for_update:  # elsewhere the transaction itself is the lock
        AppliedPosition.objects.select_for_update().get_or_create(pk=1)
    if (position := lists.marked_position()) is None:
        AppliedPosition.objects.create(pk=1)
        return _locked_position()
    return position


def _move(position: AppliedPosition, until: int, now: lists.Marks) -> None:
    entered = LedgerEntry.objects.filter(seq__gt=position.seq, seq__lte=until)
    if not position.has_simulated:
        position.has_simulated = entered.filter(version__is_simulated=True).exists()
    if last := entered.filter(seq=until).values_list("at", flat=True):
        position.at = last[0]
    position.seq, position.pulse, position.stamp = until, now.pulse, now.stamp
    position.save()
