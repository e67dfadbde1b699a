"""Everything a roll-up of some windows stands on, read once from the database."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from phoihop.areas.enums import Level
from phoihop.areas.queries.maps import REPORTED
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup.compute_inputs import report_table
from phoihop.rollup.compute_places import Above, Nodes, Place, places_as_reported, places_on_map
from phoihop.rollup.compute_rows import (
    AreaRow,
    Versions,
    above_rows,
    accepted_versions,
    area_rows,
    catalogue_rows,
    confirmed_versions,
    map_day,
    period_rows,
    report_rows,
    target_rows,
)
from phoihop.rollup.compute_rules import Catalogue, Duties, PeriodRow, ReportRow, reports_below
from phoihop.rollup.enums import FigureState
from phoihop.rollup.errors import no_place_on_map

EVERY_LEVEL = tuple(Level)


@dataclass(frozen=True)
class MapBasis:
    """The dated map."""

    areas: dict[int, AreaRow]
    above: list[Above]

    @classmethod
    def load(cls) -> "MapBasis":
        return cls(area_rows(), above_rows())

    def places(self, map_key: str) -> Iterable[Place]:
        """Where each area's reports stand; areas without a place on the map are left out."""
        if map_key == REPORTED:
            return places_as_reported(self.areas, self.above)
        return places_on_map(target_rows(map_key), self.above, map_day(map_key))

    def tables(
        self, map_key: str, levels: Collection[str] = EVERY_LEVEL, *, needed: Iterable[int] = ()
    ) -> dict[str, pa.Table]:
        """Raises: DomainError when a needed area has no place: figures are refused rather than lost."""
        shown = {area.id for area in self.areas.values() if area.level in levels}
        nodes = Nodes(shown)
        for place in self.places(map_key):
            nodes.add(place)
        missing = set(needed) - {row[0] for row in nodes.rows}
        if missing:
            raise no_place_on_map(sorted(self.areas[area].key for area in missing), map_key)
        return nodes.tables()


@dataclass(frozen=True)
class Basis:
    """Reports due in some windows, the rules of their days, and the versions that stand at a ledger number."""

    map: MapBasis
    catalogue: Catalogue
    periods: dict[int, PeriodRow]
    upto: int

    @classmethod
    def load(
        cls,
        periods: Iterable[ReportingPeriod],
        upto: int,
        *,
        forms: Iterable[ReportForm] | None = None,
        dated_map: MapBasis | None = None,
    ) -> "Basis":
        return cls(dated_map or MapBasis.load(), catalogue_rows(forms), period_rows(periods), upto)

    @cached_property
    def reports(self) -> list[ReportRow]:
        return report_rows(self.periods)

    @cached_property
    def duties(self) -> Duties:
        below = reports_below(self.reports, self.periods, self.map.above)
        return Duties(self.catalogue, self.periods, below)

    @cached_property
    def accepted(self) -> Versions:
        return accepted_versions(self.periods, self.upto)

    @cached_property
    def confirmed(self) -> Versions:
        return confirmed_versions(self.reports, self.accepted, self.periods, self.upto)

    def standing(self, state: str) -> Versions:
        return self.accepted if state == FigureState.RECEIVED else self.confirmed

    def report_inputs(self, state: str, slot_of: Callable[[PeriodRow], int]) -> dict[str, pa.Table]:
        slots = {period.id: slot_of(period) for period in self.periods.values()}
        report = report_table(
            self.reports,
            self.duties,
            slots,
            accepted=self.accepted,
            standing=self.standing(state),
            confirmed=self.confirmed,
        )
        return {"report": report, **self.duties.tables()}
