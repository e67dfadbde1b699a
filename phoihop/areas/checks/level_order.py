from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.enums import LEVEL_ORDER, Level
from phoihop.areas.territory import Territory


def parents_not_higher(territory: Territory) -> Iterator[str]:
    """A unit belongs to a unit of a higher level; levels may be passed over (no districts since 1/7/2025)."""
    for link in territory.parents:
        unit, parent = territory.units[link.unit], territory.units[link.parent]
        if LEVEL_ORDER[Level(parent.level)] >= LEVEL_ORDER[Level(unit.level)]:
            yield _(
                "%(unit)s (%(level)s) cannot belong to %(parent)s (%(parent_level)s)."
                " Name a superior unit of a higher level."
            ) % {
                "unit": unit.name,
                "level": Level(unit.level).label,
                "parent": parent.name,
                "parent_level": Level(parent.level).label,
            }
