"""Moves the live tables to the ledger's last number, and to the lists of reports as they stand."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, transaction

from phoihop.areas.models import MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.reports.models import LedgerEntry, ReportingPeriod
from phoihop.rollup.compute import PARTIAL_COLUMNS, compute_partials
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live import lists
from phoihop.rollup.live.counting import PartialKey, Sums
from phoihop.rollup.live.moves import Run, apply_moves, changes_who_gave
from phoihop.rollup.live.places import kept_units
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
        _count_everything(now.seq)
        position.seq, position.has_simulated = 0, False
        _move(position, now.seq, now)
        return now.seq


def recount_coverage(period: ReportingPeriod) -> None:
    """Count a window's list again, now: who owes what, who submitted."""
    with transaction.atomic():
        position = _locked_position()
        _count_lists([period.pk], position.seq)
        lists.remember(lists.fingerprints([period.pk]))


def _brought_up(limit: int | None = None) -> tuple[AppliedPosition, int]:
    with transaction.atomic():
        position = _locked_position()
        now = lists.marks(position)
        after = position.seq
        until = now.seq if limit is None else min(now.seq, after + limit)
        if position.stamp != now.stamp or until - after > FULL_AFTER:
            _count_everything(until)
        else:
            _apply(position, until, now)
        _move(position, until, now)
        return position, until - after


def _apply(position: AppliedPosition, until: int, marks: lists.Marks) -> None:
    """By windows: a list that moved is counted whole, for it moves the rules of counting too."""
    run = Run.between(position.seq, until)
    looked_at = lists.windows_to_look_at(position.pulse, marks.pulse, run.entered)
    now, known = lists.fingerprints(looked_at), lists.known_fingerprints(looked_at)
    moved = {each for each in looked_at if each not in known or known[each].members != now[each].members}
    moves = run.moves(besides=moved)
    if len(moves) > FULL_AFTER:
        moved |= {move.report.period_id for move in moves}
        moves = []
    _count_windows(moved, until)
    apply_moves(moves)
    submitted = {each for each in looked_at - moved if known[each].progress != now[each].progress}
    _count_lists((submitted | changes_who_gave(moves)) - moved, until)
    lists.remember({each: now[each] for each in looked_at if known.get(each) != now[each]})


def _count_everything(until: int) -> None:
    for model in (Partial, Coverage, DutyCount, CountedList):
        model._default_manager.all().delete()
    periods = list(ReportingPeriod.objects.values_list("pk", flat=True))
    _count_windows(periods, until)
    lists.remember(lists.fingerprints(periods))


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
