"""The reports behind communes, which have no live rows: a few versions, read when they are asked for."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from phoihop.areas.models import AreaTarget
from phoihop.reports.models import Report
from phoihop.rollup.compute_rules import PeriodRow, ReportRow
from phoihop.rollup.enums import FigureState
from phoihop.rollup.queries.confirmed import confirmed_of
from phoihop.rollup.queries.rows import MapDays


@dataclass(frozen=True)
class LeafReport:
    """A report that stands at a commune, and the cells of the version that stands."""

    report: ReportRow
    area_id: int  # where it stands
    is_whole: bool
    cells: Mapping[str, str]
    consolidated: Collection[str]
    version_id: int | None = None


def leaf_reports(
    periods: Iterable[PeriodRow], leaves: Collection[int], days: MapDays, state: str
) -> list[LeafReport]:
    """Reports due that stand at these communes, in these windows; without a version where none stands."""
    stands = _stands_at(leaves, days)
    rows = (
        Report.objects.expected()
        .filter(period__in=[period.id for period in periods], area__in=stands)
        .values_list(
            "pk", "period_id", "area_id", "level", "party", "covers_until", "organisation_id", "superior_id",
            "accepted_version_id", "accepted_version__cells", "accepted_version__consolidated",
        )
    )  # fmt: skip
    reports = [(ReportRow(*row[:8]), *row[8:]) for row in rows]
    if state == FigureState.CONFIRMED:
        standing = confirmed_of([report for report, *_ in reports])
        return [
            _leaf(report, stands[report.area_id], standing.get(report.id, (None, {}, ())))
            for report, *_version in reports
        ]
    return [
        _leaf(report, stands[report.area_id], (version, cells or {}, consolidated or ()))
        for report, version, cells, consolidated in reports
    ]


def _leaf(
    report: ReportRow,
    stands: tuple[int, bool],
    version: tuple[int | None, Mapping[str, str], Collection[str]],
) -> LeafReport:
    return LeafReport(report, stands[0], stands[1], version[1], version[2], version[0])


def _stands_at(leaves: Collection[int], days: MapDays) -> dict[int, tuple[int, bool]]:
    """Area of a report -> the commune where it stands on the map, and whether wholly."""
    if days.epoch_id is None:
        return {area: (area, True) for area in leaves}
    targets = AreaTarget.objects.filter(epoch=days.epoch_id, target__in=leaves)
    return {
        area: (target, whole)
        for area, target, whole in targets.values_list("area_id", "target_id", "is_whole")
    }
