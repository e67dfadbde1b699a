"""Names offered while one writes: not all of ten thousand organisations, those that are likely."""

from collections.abc import Sequence

from phoihop.areas.enums import Level
from phoihop.areas.models import Area
from phoihop.assignments.models import Conclusion
from phoihop.core import clock
from phoihop.orgs.models import Organisation

_BELOW = {Level.NATION: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}
_MOST = 600


def likely_performers(conclusion: Conclusion) -> Sequence[Organisation]:
    """In the area itself, then one level below."""
    today, area = clock.today(), conclusion.area
    levels = [area.level, _BELOW.get(Level(area.level), area.level)]
    inside = Area.objects.under(area, today).filter(level__in=levels)
    found = Organisation.objects.as_of(today).filter(area__in=inside).select_related("area")
    ordered = sorted(found, key=lambda each: (each.area.level != area.level, each.name_sort))
    return ordered[:_MOST]
