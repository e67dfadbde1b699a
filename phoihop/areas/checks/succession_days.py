from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.errors import written
from phoihop.areas.territory import Succession, Territory


def successions_out_of_step(territory: Territory) -> Iterator[str]:
    """A predecessor ends and an heir begins on the day of the succession: a new territory is a new unit."""
    for row in territory.successions:
        yield from _ends_late(territory, row)
        yield from _begins_early(territory, row)


def _ends_late(territory: Territory, row: Succession) -> Iterator[str]:
    unit = territory.units[row.predecessor]
    if unit.valid_until != row.on:
        yield _(
            "%(unit)s passed on its territory on %(day)s but does not end that day. Correct its dates."
        ) % {
            "unit": unit.name,
            "day": written(row.on),
        }


def _begins_early(territory: Territory, row: Succession) -> Iterator[str]:
    unit = territory.units[row.successor]
    if unit.valid_from != row.on:
        yield _("%(unit)s received territory on %(day)s but does not begin that day. Correct its dates.") % {
            "unit": unit.name,
            "day": written(row.on),
        }
