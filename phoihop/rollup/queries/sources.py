"""The reports that stand at a unit or below it on a map, in the windows a figure took."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from phoihop.areas.models import AreaAncestor, AreaTarget
from phoihop.orgs.enums import PartyKind
from phoihop.reports.models import Report
from phoihop.rollup.compute_rules import PeriodRow
from phoihop.rollup.queries.columns import Column
from phoihop.rollup.queries.rows import MapDays


def reports_behind(
    area_id: int, periods: Iterable[PeriodRow], days: MapDays, *, climbs: bool = True
) -> QuerySet[Report]:
    """A distinct count does not climb: only the unit's own reports are behind it."""
    reports = Report.objects.expected().filter(period__in=[period.id for period in periods])
    if not climbs:
        return reports.filter(_stands_itself(area_id, days))
    if days.epoch_id is None:
        return reports.filter(Q(area=area_id) | Exists(_links_up_to(area_id)))
    inside = Q(target=area_id) | Q(target__in=days.links().filter(ancestor=area_id).values("area"))
    return reports.filter(area__in=AreaTarget.objects.filter(inside, epoch=days.epoch_id).values("area"))


def targets_of(areas: Iterable[int], days: MapDays) -> dict[int, tuple[int, bool]]:
    """Where each area's reports stand, and whether wholly."""
    if days.epoch_id is None:
        return {area: (area, True) for area in areas}
    rows = AreaTarget.objects.filter(epoch=days.epoch_id, area__in=list(areas))
    return {
        area: (target, whole) for area, target, whole in rows.values_list("area_id", "target_id", "is_whole")
    }


def parties_asked(column: Column) -> set[str]:
    rules = [row.rule for row in column.dated]
    return {
        party
        for party in PartyKind.values
        for rule in rules
        if party in rule.counting_party.values() or any(party in asked for asked in rule.asked_of.values())
    }


def _stands_itself(area_id: int, days: MapDays) -> Q:
    if days.epoch_id is None:
        return Q(area=area_id)
    stands = AreaTarget.objects.filter(epoch=days.epoch_id, area=area_id, target=area_id, is_whole=True)
    return Q(area__in=stands.values("area"))


def _links_up_to(area_id: int) -> QuerySet[AreaAncestor]:
    """From a report's area to this one, on the last day the report covers."""
    links = AreaAncestor.objects.filter(ancestor=area_id, area=OuterRef("area"))
    return links.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lt=OuterRef("covers_until")),
        Q(valid_until__isnull=True) | Q(valid_until__gte=OuterRef("covers_until")),
    )
