from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.territory import Territory


def parents_not_in_force(territory: Territory) -> Iterator[str]:
    """A superior unit is in force on every day a unit belongs to it."""
    for link in territory.parents:
        parent, unit = territory.units[link.parent], territory.units[link.unit]
        days = link.within(unit)
        if days is not None and not days.lies_in(parent):
            yield _(
                "%(unit)s belongs to %(parent)s on days when that unit is not in force."
                " Correct the dates, or name another superior unit for those days."
            ) % {"unit": unit.name, "parent": parent.name}
