"""Rules and duties as SQL reads them: which reports owe an indicator, and whose values of it count. No database."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import pyarrow as pa

from phoihop.indicators.enums import Rule as Combining
from phoihop.rollup.compute_places import Above, table
from phoihop.rollup.facts import Below, Duty, Rule, is_counted, is_owed


class PeriodRow(NamedTuple):
    """A window of a form; `end` is exclusive."""

    id: int
    form_id: int
    window: str
    code: str
    start: date
    end: date


class ReportRow(NamedTuple):
    id: int
    period_id: int
    area_id: int
    level: str
    party: str
    covers_until: date  # exclusive
    organisation_id: int
    superior_id: int | None = None
    is_submitted: bool = False
    is_on_time: bool = False


@dataclass(frozen=True)
class CatalogueRow:
    """A version of an indicator while it is in force."""

    id: int
    code: str
    rule: Rule
    window: str
    over_time: str
    numerator_id: int | None = None
    denominator_id: int | None = None
    factor: int = 1
    decimals: int = 0
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def indicator_id(self) -> int:
        return self.rule.indicator_id

    def is_in_force(self, day: date) -> bool:
        return (self.valid_from or date.min) <= day < (self.valid_until or date.max)


@dataclass(frozen=True)
class Catalogue:
    rows: tuple[CatalogueRow, ...]
    selected: Mapping[int, Collection[int]]  # form -> indicators some programme of it selected

    def on(self, day: date) -> tuple[CatalogueRow, ...]:
        return tuple(row for row in self.rows if row.is_in_force(day))

    def latest(self, day: date) -> dict[int, CatalogueRow]:
        """Each indicator as last known on a day."""
        begun = [row for row in self.rows if (row.valid_from or date.min) <= day]
        begun.sort(key=lambda row: (row.valid_from or date.min, row.id))
        return {row.indicator_id: row for row in begun}


@dataclass
class Duties:
    """Numbers reports by all that the rules ask about them, and says what follows from each number."""

    catalogue: Catalogue
    periods: Mapping[int, PeriodRow]
    below: Mapping[tuple[int, int], frozenset[Below]]
    ids: dict[tuple[tuple[int, ...], int, str, Duty], int] = field(default_factory=dict)
    _in_force: dict[date, tuple[int, ...]] = field(default_factory=dict)

    def id_of(self, report: ReportRow) -> int:
        period = self.periods[report.period_id]
        if period.start not in self._in_force:
            self._in_force[period.start] = tuple(row.id for row in self.catalogue.on(period.start))
        key = (self._in_force[period.start], period.form_id, period.window, self.duty_of(report))
        return self.ids.setdefault(key, len(self.ids))

    def duty_of(self, report: ReportRow) -> Duty:
        return Duty(
            report.party,
            report.level,
            covers_last_day=report.covers_until == self.periods[report.period_id].end,
            below=self.below.get((report.period_id, report.area_id), frozenset()),
        )

    def tables(self) -> dict[str, pa.Table]:
        by_id = {row.id: row for row in self.catalogue.rows}
        counts, owes = [], []
        for (versions, form_id, window, duty), duty_id in self.ids.items():
            for row in (by_id[version] for version in versions):
                indicator_id, climbs = row.indicator_id, int(row.rule.climbs)
                counts += [
                    (indicator_id, duty_id, int(consolidated), climbs)
                    for consolidated in (False, True)
                    if is_counted(row.rule, duty, consolidated=consolidated)
                ]
                asked = row.window == window and indicator_id in self.catalogue.selected.get(form_id, ())
                if asked and is_owed(row.rule, duty):
                    owes.append((indicator_id, duty_id, climbs))
        duties = [(duty_id, key[3].party, key[3].level) for key, duty_id in self.ids.items()]
        return {
            "counts": table(counts, indicator_id=int, duty_id=int, consolidated=int, climbs=int),
            "owes": table(owes, indicator_id=int, duty_id=int, climbs=int),
            "duty": table(duties, duty_id=int, party=str, level=str),
        }


def reports_below(
    reports: Iterable[ReportRow], periods: Mapping[int, PeriodRow], above: Iterable[Above]
) -> dict[tuple[int, int], frozenset[Below]]:
    """(period, area) -> the kinds of report due under the area, each as it stood on its own last day."""
    links: dict[int, list[Above]] = defaultdict(list)
    for link in above:
        links[link.area_id].append(link)
    found: dict[tuple[int, int], set[Below]] = defaultdict(set)
    for report in reports:
        last_day = report.covers_until.toordinal() - 1
        kind = Below(report.party, report.level, report.covers_until == periods[report.period_id].end)
        for link in links.get(report.area_id, ()):
            if link.first_day <= last_day < link.end_day:
                found[report.period_id, link.ancestor_id].add(kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def climbs(over_units: str) -> bool:
    return over_units != Combining.NONE
