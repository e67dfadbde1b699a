"""The values of every party beside each other: one counts, the others are kept and shown."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models.fields.json import KeyTextTransform

from phoihop.areas.models import Area
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.programmes.models import Programme
from phoihop.reports.content import NOT_APPLICABLE, scaled
from phoihop.rollup.compute_figures import exact
from phoihop.rollup.compute_rules import ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.facts import Rule, is_counted, is_owed
from phoihop.rollup.live import ensure_fresh
from phoihop.rollup.live.counting import duty_of, reports_below_areas, with_units_below
from phoihop.rollup.queries.columns import Column, columns_for
from phoihop.rollup.queries.confirmed import Version, confirmed_of
from phoihop.rollup.queries.rows import MapDays
from phoihop.rollup.queries.sources import parties_asked, reports_behind


@dataclass(frozen=True, slots=True)
class PartyFigure:
    """What the figure would be if this party's values counted.

    Missing: None where the party gave no number.
    """

    party: str
    value: Decimal | None
    reported: int
    expected: int
    is_counting: bool  # at one level at least
    levels: tuple[str, ...]  # where the party is asked


@dataclass(slots=True)
class _Sum:
    total: int = 0
    reported: int = 0
    numbers: int = 0
    expected: int = 0


def parties_side_by_side(
    *,
    indicator: str,
    area: Area,
    span: Span,
    map_key: str = REPORTED,
    state: str = FigureState.RECEIVED,
    programmes: Iterable[Programme] | None = None,
) -> tuple[PartyFigure, ...]:
    """The counting party first. A ratio or a figure the system counts has no parties: an empty answer."""
    ensure_fresh()
    days = MapDays.of(map_key, span)
    column = columns_for(programmes, span, [indicator]).every[indicator]
    latest = column.rule_on(column.cover.periods[-1].start) if column.cover.periods else None
    if latest is None or not latest.rule.levels:
        return ()
    asked = {
        party: [level for level, parties in latest.rule.asked_of.items() if party in parties]
        for party in parties_asked(column)
    }
    counting = set(latest.rule.counting_party.values())
    sums = _sums(column, area, days, str(state))
    found = [
        PartyFigure(
            party,
            exact(sums[party].total) if sums[party].numbers else None,
            sums[party].reported,
            sums[party].expected,
            party in counting,
            tuple(levels),
        )
        for party, levels in asked.items()
    ]
    return tuple(sorted(found, key=lambda each: (not each.is_counting, each.party)))


def _sums(column: Column, area: Area, days: MapDays, state: str) -> dict[str, _Sum]:
    code = column.indicator.code
    given = _given(column, area, days, state)
    periods = {period.id: period for period in column.periods}
    above_others = with_units_below(report for report, *_ in given)
    below = reports_below_areas(periods, above_others) if above_others else {}
    sums: dict[str, _Sum] = defaultdict(_Sum)
    for report, cell, consolidated in given:
        period = periods[report.period_id]
        row = column.rule_on(period.start)
        if row is None:
            continue
        rule, duty, entry = (
            _as_counting(row.rule, report.party),
            duty_of(report, period, below),
            sums[report.party],
        )
        entry.expected += is_owed(rule, duty)
        if cell is not None and is_counted(rule, duty, consolidated=code in consolidated):
            entry.reported += 1
            if cell != NOT_APPLICABLE:
                entry.numbers += 1
                entry.total += scaled(cell)
    return sums


def _given(
    column: Column, area: Area, days: MapDays, state: str
) -> list[tuple[ReportRow, str | None, Collection[str]]]:
    code = column.indicator.code
    reports = reports_behind(area.pk, column.periods, days, climbs=column.climbs)
    rows = (
        reports.filter(party__in=parties_asked(column))
        .annotate(cell=KeyTextTransform(code, "accepted_version__cells"))
        .values_list(
            "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
            "cell", "accepted_version__consolidated",
        )
    )  # fmt: skip
    if state != FigureState.CONFIRMED:
        return [(ReportRow(*row[:8]), row[8], row[9] or ()) for row in rows]
    plain = [ReportRow(*row[:8]) for row in rows]
    standing = confirmed_of(plain)
    nothing: Version = (0, {}, ())
    return [
        (report, version[1].get(code), version[2])
        for report in plain
        for version in [standing.get(report.id, nothing)]
    ]


def _as_counting(rule: Rule, party: str) -> Rule:
    """The same rule, had this party's values been the ones to count."""
    mine = {level: party for level, asked in rule.asked_of.items() if party in asked}
    above = {level: party for level in rule.counting_party if level not in rule.levels}
    return replace(rule, counting_party={**above, **mine})
