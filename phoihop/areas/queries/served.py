from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from phoihop.areas.models import Area, AreaAncestor, AreaCandidate, AreaTarget


def areas_served(areas: Iterable[int], day: date) -> QuerySet[Area, dict[str, Any]]:
    """The areas, the units below them that day, and units of older maps that stand, wholly or not, in those."""
    served = list(areas)
    below = AreaAncestor.objects.as_of(day).filter(ancestor__in=served).values("area")
    targets = AreaTarget.objects.filter(map_of(day), Q(target__in=served) | Q(target__in=below))
    candidates = AreaCandidate.objects.filter(map_of(day), Q(unit__in=served) | Q(unit__in=below))
    return Area.objects.filter(
        Q(pk__in=served)
        | Q(pk__in=below)
        | Q(pk__in=targets.values("area"))
        | Q(pk__in=candidates.values("area"))
    ).values("pk")


def map_of(day: date) -> Q:
    """The map in force on a day, for rows that belong to one."""
    starts = Q(epoch__start__isnull=True) | Q(epoch__start__lte=day)
    return starts & (Q(epoch__end__isnull=True) | Q(epoch__end__gt=day))
