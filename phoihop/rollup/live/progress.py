"""What a first submission, an acceptance or a confirmation adds to the coverage of every unit above, uncounted."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live.counting import last_day
from phoihop.rollup.live.moves import Move
from phoihop.rollup.live.places import places_of
from phoihop.rollup.live.tables import Counts, CoverageKey, add_counts, move_coverage

Gain = tuple[ReportRow, Counts]


def gained_by_moves(moves: Iterable[Move]) -> list[Gain]:
    """Where a report became accepted or confirmed, or no longer is; a correction gains nothing."""
    found = []
    for move in moves:
        sign = (move.after is not None) - (move.before is not None)
        if sign and move.state == FigureState.RECEIVED:
            found.append((move.report, Counts(accepted=sign, timely=sign * move.report.is_on_time)))
        elif sign:
            found.append((move.report, Counts(confirmed=sign)))
    return found


def gained_by_submissions(reports: Iterable[ReportRow]) -> list[Gain]:
    return [(report, Counts(submitted=1, on_time=int(report.is_on_time))) for report in reports]


def apply_gains(gains: Collection[Gain]) -> None:
    if not gains:
        return
    places = places_of({report.area_id for report, _ in gains})
    moves: dict[CoverageKey, Counts] = defaultdict(Counts)
    for report, counts in gains:
        for map_key in places.on_map:
            for unit in places.of(map_key, report.area_id, last_day(report)).chain:
                if unit in places.kept:
                    key = CoverageKey(map_key, report.period_id, unit, report.party, report.level)
                    moves[key] = add_counts(moves[key], counts)
    move_coverage(moves)
