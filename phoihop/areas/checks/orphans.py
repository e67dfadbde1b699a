from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.errors import written
from phoihop.areas.territory import Territory, gaps


def days_without_parent(territory: Territory) -> Iterator[str]:
    """Below the nation, a unit has a superior unit on every day it is in force."""
    for unit in territory.units.values():
        if unit.level == Level.NATION:
            continue
        for gap in gaps(unit, territory.links_up.get(unit.id, ())):
            since = written(gap.valid_from) if gap.valid_from and gap.first > gap.first.min else None
            yield (
                _("From %(day)s %(unit)s belongs to no superior unit. Say which it belongs to.")
                % {"day": since, "unit": unit.name}
                if since
                else _("%(unit)s belongs to no superior unit. Say which it belongs to.") % {"unit": unit.name}
            )
