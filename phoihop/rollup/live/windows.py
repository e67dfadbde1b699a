"""A window counted whole, from its list and the versions that stand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from phoihop.reports.models import ReportingPeriod
from phoihop.rollup.compute_places import ITSELF
from phoihop.rollup.compute_rows import accepted_versions, confirmed_versions, period_rows, report_rows
from phoihop.rollup.compute_rules import PeriodRow, ReportRow, reports_below
from phoihop.rollup.enums import FigureState
from phoihop.rollup.live.counting import (
    BelowByArea,
    Counter,
    PartialKey,
    Rulebook,
    Sums,
    duty_of,
    duty_text,
    facts_of,
    last_day,
)
from phoihop.rollup.live.places import Places, above_links, places_of
from phoihop.rollup.live.tables import Counts, CoverageKey, DutyKey, add_counts

_VERSIONS_AT_ONCE = 500


@dataclass(frozen=True)
class Listing:
    """The lists of some windows as they stand, and which versions stand in them at a ledger number."""

    periods: Mapping[int, PeriodRow]
    reports: tuple[ReportRow, ...]
    accepted: Mapping[int, int]
    confirmed: Mapping[int, int]
    below: BelowByArea
    places: Places

    @classmethod
    def load(cls, periods: Collection[int], upto: int) -> "Listing":
        found = ReportingPeriod.objects.filter(pk__in=periods).select_related("form")
        rows = period_rows(found)
        reports = tuple(report_rows(periods))
        accepted = accepted_versions(periods, upto)
        confirmed = confirmed_versions(reports, accepted, periods, upto)
        areas = {report.area_id for report in reports}
        below = reports_below(reports, rows, above_links(areas))
        return cls(rows, reports, accepted, confirmed, below, places_of(areas))

    def standing(self, state: str) -> Mapping[int, int]:
        return self.accepted if state == FigureState.RECEIVED else self.confirmed


def count_partials(listing: Listing) -> dict[PartialKey, Sums]:
    rulebook = Rulebook.load()
    counter = Counter(rulebook, listing.periods, listing.places, listing.below)
    for some in _in_parts(listing.reports):
        versions = {listing.accepted.get(each.id) for each in some}
        versions |= {listing.confirmed.get(each.id) for each in some}
        facts = facts_of({version for version in versions if version}, rulebook.codes)
        for report in some:
            for state in FigureState.values:
                version = listing.standing(state).get(report.id)
                if version is not None:
                    counter.move(report, facts[version], state=state, sign=1)
    return counter.partials


def count_lists(listing: Listing) -> tuple[dict[CoverageKey, Counts], dict[DutyKey, tuple[int, int]]]:
    """Reports due at every unit: by party and level, and by duty."""
    coverage: dict[CoverageKey, Counts] = defaultdict(Counts)
    duties: dict[DutyKey, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for report in listing.reports:
        period = listing.periods[report.period_id]
        duty = duty_text(duty_of(report, period, listing.below))
        counts = _counts(report, listing)
        for map_key in listing.places.on_map:
            place = listing.places.of(map_key, report.area_id, last_day(report))
            for unit in place.chain:
                if unit in listing.places.kept:
                    own = int(unit == place.unit_id and place.fit == ITSELF)
                    at = (map_key, period.id, unit)
                    covered = CoverageKey(*at, report.party, report.level)
                    coverage[covered] = add_counts(coverage[covered], counts)
                    total, itself = duties[DutyKey(*at, duty)]
                    duties[DutyKey(*at, duty)] = total + 1, itself + own
    return coverage, duties


def _counts(report: ReportRow, listing: Listing) -> Counts:
    is_accepted = report.id in listing.accepted
    return Counts(
        expected=1,
        submitted=int(report.is_submitted),
        on_time=int(report.is_on_time),
        accepted=int(is_accepted),
        timely=int(report.is_on_time and is_accepted),
        confirmed=int(report.id in listing.confirmed),
    )


def _in_parts(reports: tuple[ReportRow, ...]) -> Iterable[tuple[ReportRow, ...]]:
    for start in range(0, len(reports), _VERSIONS_AT_ONCE):
        yield reports[start : start + _VERSIONS_AT_ONCE]
