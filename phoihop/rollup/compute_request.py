"""One question to the roll-up: these programmes, these days, this map, these levels."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pyarrow as pa
from django.db.models import Q
from django.utils.translation import get_language

from phoihop.areas.enums import Level
from phoihop.areas.queries.maps import REPORTED
from phoihop.indicators.enums import WindowKind
from phoihop.indicators.models import Indicator, Target
from phoihop.periods import Span, SpanCover
from phoihop.programmes.models import Programme
from phoihop.reports.content import SCALE
from phoihop.reports.models import ReportForm, ReportingPeriod
from phoihop.rollup import compute_inputs as inputs
from phoihop.rollup.compute_basis import Basis, MapBasis
from phoihop.rollup.compute_places import table
from phoihop.rollup.compute_rows import AreaCodes, map_day
from phoihop.rollup.compute_rules import CatalogueRow, PeriodRow
from phoihop.rollup.compute_windows import cover
from phoihop.rollup.errors import no_whole_window
from phoihop.rollup.ledger import last_seq


@dataclass(frozen=True)
class Request:
    programmes: list[Programme]
    covers: Mapping[str, SpanCover]
    map_key: str
    state: str
    levels: tuple[str, ...]
    basis: Basis

    @classmethod
    def of(
        cls,
        programmes: list[Programme],
        span: Span,
        map_key: str,
        state: str,
        levels: tuple[str, ...],
        upto: int | None,
        dated_map: MapBasis | None = None,
    ) -> "Request":
        covers = {kind: cover(span, kind) for kind in WindowKind.values}
        if not any(each.periods for each in covers.values()):
            raise no_whole_window([covers[WindowKind.HALF].sentence(get_language() or "vi")])
        forms = list(ReportForm.objects.filter(programmes__in=programmes).distinct())
        periods = _periods_taken(forms, covers)
        basis = Basis.load(periods, last_seq() if upto is None else upto, forms=forms, dated_map=dated_map)
        return cls(programmes, covers, map_key, state, levels, basis)

    def inputs(self) -> dict[str, pa.Table]:
        units = self._units_in_force()
        needed = {report.area_id for report in self.basis.reports} | set(units["area_id"].to_pylist())
        areas = ((area.id, area.level) for area in self.basis.map.areas.values())
        known = self._known.values()
        return {
            **self.basis.report_inputs(self.state, self._slot_of),
            **self.basis.map.tables(self.map_key, self.levels, needed=needed),
            "unit": table(areas, area_id=int, level=str),
            "unit_in_force": units,
            "taken": inputs.taken_table(known, self.covers),
            "measured": inputs.measured_table(known),
            "ratio": inputs.ratio_table(known),
            "target": inputs.target_table(self._targets(), self._known, self.covers),
        }

    def wanted(self) -> dict[int, CatalogueRow]:
        """The indicators selected, in the catalogue's order."""
        selected = Indicator.objects.filter(selections__programme__in=self.programmes).distinct()
        ids = selected.order_by("order", "code").values_list("pk", flat=True)
        return {pk: self._known[pk] for pk in ids if pk in self._known}

    def area_codes(self) -> dict[int, str]:
        """Each area's official code on the map's day."""
        day = self.last_day if self.map_key == REPORTED else date.fromordinal(map_day(self.map_key))
        codes = AreaCodes.load()
        return {area_id: codes.on(area_id, day) for area_id in self.basis.map.areas}

    @property
    def last_day(self) -> date:
        return max(each.periods[-1].last for each in self.covers.values() if each.periods)

    @cached_property
    def _known(self) -> dict[int, CatalogueRow]:
        return self.basis.catalogue.latest(self.last_day)

    def _slot_of(self, period: PeriodRow) -> int:
        is_last = period.code == self.covers[period.window].periods[-1].code
        return inputs.slot_of(period.window, is_last=is_last)

    def _units_in_force(self) -> pa.Table:
        """Communes of the last day of the last window taken, each at its own place."""
        rows: list[tuple[int, int, int]] = []
        for row in self._known.values():
            periods = self.covers[row.window].periods
            if row.code == inputs.COMMUNES_IN_FORCE and periods:
                day = periods[-1].last.toordinal()
                rows += [
                    (area.id, row.indicator_id, day)
                    for area in self.basis.map.areas.values()
                    if area.level == Level.COMMUNE and area.first_day <= day < area.end_day
                ]
        return table(rows, area_id=int, indicator_id=int, last_day=int)

    def _targets(self) -> dict[tuple[int, str], int]:
        """Where several programmes set one, the first named speaks."""
        found: dict[tuple[int, str], int] = {}
        for programme in reversed(self.programmes):
            rows = Target.objects.filter(selection__programme=programme)
            for indicator_id, level, value in rows.values_list("selection__indicator", "level", "value"):
                if indicator_id in self._known:
                    found[indicator_id, level] = int(value * SCALE)
        return found


def _periods_taken(forms: Iterable[ReportForm], covers: Mapping[str, SpanCover]) -> Iterable[ReportingPeriod]:
    taken = Q(pk__in=())
    for kind, each in covers.items():
        taken |= Q(form__window=kind, code__in=[period.code for period in each.periods])
    return ReportingPeriod.objects.filter(taken, form__in=list(forms)).select_related("form").order_by("pk")
