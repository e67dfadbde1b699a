"""Which figures are a least: a part of what stands unallocated above may belong to the unit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet

from phoihop.areas.models import AreaAncestor, AreaCandidate, AreaTarget, MapEpoch
from phoihop.indicators.enums import IndicatorKind
from phoihop.indicators.models import IndicatorVersion
from phoihop.periods import SpanCover
from phoihop.reports.content import NOT_APPLICABLE
from phoihop.reports.models import LedgerEntry, Report, ReportVersion
from phoihop.reviews.compose.gathering.question import REPORTED, Question
from phoihop.rollup.compute_figures import RollupRow, RollupTable

Codes = set[str]


@dataclass(slots=True)
class AtLeast:
    """(unit, indicator) pairs of one roll-up; on the map of each report nothing is unallocated."""

    pairs: set[tuple[int, str]] = field(default_factory=set)

    def holds(self, area_id: int, code: str) -> bool:
        return (area_id, code) in self.pairs

    @classmethod
    def of(
        cls, question: Question, table: RollupTable, rows: Mapping[tuple[int, str], RollupRow]
    ) -> "AtLeast":
        held: dict[int, Codes] = defaultdict(set)
        for (area_id, code), row in rows.items():
            if row.unallocated:
                held[area_id].add(code)
        if question.map_key == REPORTED or not held:
            return cls()
        epoch = MapEpoch.objects.get(key=question.map_key)
        split = AreaTarget.objects.filter(epoch=epoch, is_whole=False, target__in=held)
        target_of = dict(split.values_list("area_id", "target_id"))
        given = _given(target_of, table.covers, table.ledger_seq)
        return cls(
            {
                (unit, code)
                for source, unit in _parts(epoch, target_of)
                for code in given[source] & held[target_of[source]]
            }
        )


def _parts(epoch: MapEpoch, target_of: Mapping[int, int]) -> set[tuple[int, int]]:
    """(source, unit): every unit below the source's target that may hold a part of the source."""
    candidates = AreaCandidate.objects.filter(epoch=epoch, area__in=target_of)
    pairs = list(candidates.values_list("area_id", "unit_id"))
    links = AreaAncestor.objects.as_of(epoch.last_day).filter(area__in={unit for _, unit in pairs})
    above: dict[int, dict[int, int]] = defaultdict(dict)
    for unit, ancestor, depth in links.values_list("area_id", "ancestor_id", "depth"):
        above[unit][ancestor] = depth
    found: set[tuple[int, int]] = set()
    for source, unit in pairs:
        if (limit := above[unit].get(target_of[source])) is not None:
            found |= {
                (source, unit),
                *((source, each) for each, depth in above[unit].items() if depth < limit),
            }
    return found


def _given(sources: Iterable[int], covers: Mapping[str, SpanCover], upto: int) -> dict[int, Codes]:
    """Source -> indicators its counting party gave in the windows taken; what the system counts, every unit has."""
    versions_of = IndicatorVersion.objects.order_by("number")
    counting = dict(versions_of.values_list("indicator__code", "counting_party"))
    counted = versions_of.filter(kind=IndicatorKind.SYSTEM).values_list("indicator__code", flat=True)
    always = set(counted)
    found: dict[int, Codes] = {source: set(always) for source in sources}
    versions = ReportVersion.objects.filter(pk__in=_standing(found, covers, upto))
    rows = versions.values_list("report__area_id", "report__level", "report__party", "cells")
    for area_id, level, party, cells in rows.iterator(chunk_size=2_000):
        found[area_id] |= {
            code
            for code, value in cells.items()
            if value != NOT_APPLICABLE and counting.get(code, {}).get(level) == party
        }
    return found


def _standing(sources: Iterable[int], covers: Mapping[str, SpanCover], upto: int) -> QuerySet[Any]:
    windows = Q(pk__in=())
    for kind, cover in covers.items():
        windows |= Q(period__form__window=kind, period__code__in=[period.code for period in cover.periods])
    last = (
        LedgerEntry.objects.filter(report=OuterRef("pk"), seq__lte=upto)
        .order_by("-seq")
        .values("version")[:1]
    )
    reports = Report.objects.expected().filter(windows, area__in=list(sources)).annotate(standing=last)
    found: QuerySet[Any] = reports.filter(standing__isnull=False).values("standing")
    return found
