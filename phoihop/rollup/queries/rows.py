"""The units of a table, on its map."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.models import Area, AreaAncestor, MapEpoch
from phoihop.areas.queries.maps import REPORTED
from phoihop.periods import Span
from phoihop.rollup.errors import unknown_choice
from phoihop.rollup.queries.figure import FigureArea


@dataclass(frozen=True)
class MapDays:
    """The days a map is looked at: the last day of an epoch, or every day of the span as it was reported."""

    key: str
    start: date
    end: date  # exclusive
    epoch_id: int | None = None

    @classmethod
    def of(cls, map_key: str, span: Span) -> "MapDays":
        if map_key == REPORTED:
            return cls(map_key, span.start, span.end)
        epoch = MapEpoch.objects.filter(key=map_key).first()
        if epoch is None:
            raise unknown_choice("map", map_key, [REPORTED, *MapEpoch.objects.values_list("key", flat=True)])
        return cls(map_key, epoch.last_day, date.max, epoch.pk)

    @property
    def last(self) -> date:
        return self.start if self.epoch_id else date.fromordinal(self.end.toordinal() - 1)

    def links(self) -> QuerySet[AreaAncestor]:
        """Which unit stood under which; as reported, on any day of the span."""
        if self.epoch_id:
            return AreaAncestor.objects.as_of(self.start)
        return AreaAncestor.objects.overlapping(self.start, self.end)

    def holds(self, area: Area) -> bool:
        if self.epoch_id:
            return area.is_in_force(self.start)
        starts = area.valid_from is None or area.valid_from < self.end
        return starts and (area.valid_until is None or area.valid_until > self.start)


def rows_under(under: Area, level: str, days: MapDays) -> tuple[FigureArea, ...]:
    """The area itself, then its units of a level, in Vietnamese order."""
    below = days.links().filter(ancestor=under).values("area")
    found = Area.objects.filter(level=level, pk__in=below)
    found = found.as_of(days.start) if days.epoch_id else found.overlapping(days.start, days.end)
    return rows_of([under, *found.exclude(pk=under.pk).order_by("name_sort", "pk")], days)


def rows_of(areas: Iterable[Area], days: MapDays) -> tuple[FigureArea, ...]:
    wanted = list({area.pk: area for area in areas}.values())
    parents = _parents(wanted, days)
    return tuple(
        FigureArea(
            id=area.pk,
            key=area.key,
            name=area.full_name,
            level=area.level,
            parent_id=parents.get(area.pk),
            is_on_map=days.holds(area),
        )
        for area in wanted
    )


def _parents(areas: list[Area], days: MapDays) -> dict[int, int]:
    """The unit directly above; as reported, the last one it had."""
    links = days.links().filter(depth=1, area__in=[area.pk for area in areas])
    return dict(links.order_by("valid_from", "pk").values_list("area_id", "ancestor_id"))


def children_level(area: Area, days: MapDays) -> str:
    """The level of the units directly below; a commune has none and answers with its own."""
    levels = Area.objects.filter(
        pk__in=days.links().filter(ancestor=area, depth=1).values("area")
    ).values_list("level", flat=True)
    return min(set(levels), key=lambda level: LEVEL_ORDER[Level(level)], default=area.level)


def units_below(area_ids: Iterable[int], days: MapDays) -> Q:
    """Areas that are one of these or under one, on the map."""
    wanted = list(area_ids)
    return Q(pk__in=wanted) | Q(pk__in=days.links().filter(ancestor__in=wanted).values("area"))
