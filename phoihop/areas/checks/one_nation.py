from collections.abc import Iterator

from django.utils.translation import gettext as _

from phoihop.areas.enums import Level
from phoihop.areas.territory import Territory


def nations_not_one(territory: Territory) -> Iterator[str]:
    """Every map is one tree."""
    nations = sum(unit.level == Level.NATION for unit in territory.units.values())
    if nations != 1:
        yield _("The map has %(count)s units of the level “nation”. It must have exactly one.") % {
            "count": nations
        }
